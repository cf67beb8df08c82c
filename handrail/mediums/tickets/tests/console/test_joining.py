"""What do the dialogs for merging, splitting and linking show, and where do they lead?"""

from collections.abc import Callable

import pytest
from django.test import Client

from handrail.engines.conversations.models import Conversation
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.models import Ticket
from handrail.mediums.tickets.threads import links
from handrail.people.models import Agent, Member
from tests.making import note, reply, ticket_of, viewer_of, words

pytestmark = pytest.mark.django_db

Browse = Callable[..., Client]


def path(ticket: Ticket, act: str = "") -> str:
    return f"/console/tickets/{ticket.conversation.public_id}/{act}"


def test_the_dialog_proposes_the_accounts_tickets_and_says_why_some_cannot_be(
    alice: Member, bob: Member, carol: Member, dora: Agent, browse: Browse
) -> None:
    one = ticket_of(alice, "One")
    ticket_of(alice, "Can be", message=words("Words of the first message"))
    ticket_of(bob, "Bob's own")
    ticket_of(carol, "Of Globex")
    page = browse(dora).get(path(one, "merge")).content.decode()
    assert "Can be" in page
    assert "Words of the first message" in page
    assert "Both are private, and of different people" in page
    assert "Of Globex" not in page


def test_a_number_finds_any_ticket_and_words_those_of_the_account(
    alice: Member, carol: Member, dora: Agent, browse: Browse
) -> None:
    one, other = ticket_of(alice, "One"), ticket_of(alice, "The walrus")
    foreign = ticket_of(carol, "Walrus of Globex")
    browser = browse(dora)
    found = browser.get(path(one, "merge?found&q=walrus")).content.decode()
    assert "The walrus" in found
    assert "Globex" not in found
    for typed in (foreign.conversation.number, f"%23{foreign.conversation.number}"):
        found = browser.get(path(one, f"merge?found&q={typed}")).content.decode()
        assert "Walrus of Globex" in found
        assert "They are of different accounts" in found
        assert "disabled" in found
    assert other.conversation.public_id in browser.get(path(one, "link?q=walrus")).content.decode()
    assert "Walrus of Globex" in browser.get(path(one, "link?q=walrus")).content.decode()
    reply(alice, other, "My order is 4711.")
    for typed, is_there in (("4711", True), ("%234711", False)):
        found = browser.get(path(one, f"merge?found&q={typed}")).content.decode()
        assert ("The walrus" in found) == is_there, typed
    kept = browser.get(path(one, f"merge?found&q=walrus&into={other.conversation.public_id}"))
    assert f'value="{other.conversation.public_id}" checked' in kept.content.decode()
    assert "No ticket has" in browser.get(path(one, "merge?found&q=nowhere")).content.decode()


def test_merging_leads_to_the_ticket_that_goes_on(
    alice: Member, dora: Agent, browse: Browse
) -> None:
    one, other = ticket_of(alice, "One"), ticket_of(alice, "Two")
    browser = browse(dora)
    answer = browser.post(path(one, "merge"), {"into": other.conversation.public_id})
    assert answer["HX-Redirect"] == path(other)
    page = browser.get(path(one)).content.decode()
    assert f"Merged into #{other.conversation.number}" in page
    assert path(other) in page
    assert "desk-composer" not in page
    assert "Merge…" not in page


def test_what_cannot_be_merged_comes_back_with_the_reason(
    alice: Member, carol: Member, dora: Agent, browse: Browse
) -> None:
    one, foreign = ticket_of(alice), ticket_of(carol)
    browser = browse(dora)
    answer = browser.post(path(one, "merge"), {"into": foreign.conversation.public_id})
    assert answer.status_code == 422
    assert "They are of different accounts" in answer.content.decode()
    assert browser.post(path(one, "merge")).status_code == 422
    assert browser.post(path(one, "merge"), {"into": "A" * 22}).status_code == 404


def test_splitting_leads_to_the_new_ticket_and_refusals_keep_what_was_chosen(
    alice: Member, dora: Agent, browse: Browse
) -> None:
    ticket = ticket_of(alice, message=words("First words"))
    second = reply(alice, ticket, "Second words")
    note(dora, ticket, "A note of ours")
    browser = browse(dora)
    page = browser.get(path(ticket, "split")).content.decode()
    for shown in ("First words", "Second words", "A note of ours", "Internal note"):
        assert shown in page
    data = {"split-subject": "", "split-issue_type": ticket.issue_type.public_id}
    refused = browser.post(path(ticket, "split"), {**data, "message": second.public_id})
    assert refused.status_code == 422
    assert f'value="{second.public_id}" checked' in refused.content.decode()
    data["split-subject"] = "Of its own"
    assert "Choose the messages" in browser.post(path(ticket, "split"), data).content.decode()
    answer = browser.post(path(ticket, "split"), {**data, "message": second.public_id})
    made = Conversation.objects.get(subject="Of its own")
    assert answer["HX-Redirect"] == f"/console/tickets/{made.public_id}/"


def test_linking_and_unlinking(alice: Member, carol: Member, dora: Agent, browse: Browse) -> None:
    one, other = ticket_of(alice), ticket_of(carol, "The same at Globex")
    browser = browse(dora)
    assert browser.post(path(one, "link")).status_code == 422
    answer = browser.post(path(one, "link"), {"to": other.conversation.public_id})
    assert answer["HX-Redirect"] == path(one)
    page = browser.get(path(one)).content.decode()
    assert "The same at Globex" in page
    assert "Related to" in page
    head = browser.post(path(one, "unlink"), {"ticket": other.conversation.public_id})
    assert "The same at Globex" not in head.content.decode()
    assert links(viewer_of(dora), one.conversation) == []


# --- Open pages ---------------------------------------------------------------------------------


def test_an_open_page_is_drawn_anew_where_messages_moved(
    alice: Member, dora: Agent, browse: Browse
) -> None:
    one, other = ticket_of(alice, message=words("one")), ticket_of(alice, message=words("two"))
    last = {ticket: ticket.conversation.messages.get().public_id for ticket in (one, other)}
    for who, side in ((alice, "help"), (dora, "console")):
        quiet = browse(who).get(
            f"/{side}/tickets/{other.conversation.public_id}/messages?after={last[other]}"
        )
        assert "HX-Reswap" not in quiet
        assert "two" not in quiet.content.decode()
    actions.merge(viewer_of(dora), one, other)
    for who, side in ((alice, "help"), (dora, "console")):
        whole = browse(who).get(
            f"/{side}/tickets/{other.conversation.public_id}/messages?after={last[other]}"
        )
        assert whole["HX-Reswap"] == "innerHTML"
        shown = whole.content.decode()
        assert shown.index(last[one]) < shown.index(last[other])
        ended = browse(who).get(
            f"/{side}/tickets/{one.conversation.public_id}/messages?after={last[one]}"
        )
        assert ended["HX-Reswap"] == "innerHTML"
        assert last[one] not in ended.content.decode()
        assert f"Merged into #{other.conversation.number}" in ended.content.decode()


def test_a_members_reply_to_an_open_page_leads_on(
    alice: Member, dora: Agent, browse: Browse
) -> None:
    one, other = ticket_of(alice), ticket_of(alice)
    actions.merge(viewer_of(dora), one, other)
    browser = browse(alice)
    answer = browser.post(
        f"/help/tickets/{one.conversation.public_id}/reply", {"body": "late words"}
    )
    assert answer["HX-Redirect"] == f"/help/tickets/{other.conversation.public_id}/?moved=1"
    page = browser.get(answer["HX-Redirect"]).content.decode()
    assert "Your reply is here" in page
    assert "late words" in page
    ended = browser.get(f"/help/tickets/{one.conversation.public_id}/").content.decode()
    assert f"Merged into #{other.conversation.number}" in ended
    assert "Write to reopen" not in ended
