"""Is what somebody typed there again, for them and for nobody else?"""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations.models import SavedDraft
from handrail.engines.conversations.tasks import KEEP_DRAFTS
from handrail.mediums.tickets import actions, drafts
from handrail.mediums.tickets.models import IssueType, Ticket
from handrail.people.models import Agent, Member
from tests.making import ticket_of, upload, viewer_of, words

pytestmark = pytest.mark.django_db

Browse = Callable[..., Client]

NEW = "/help/tickets/draft"
FORM = "/help/tickets/?createTicket=true"
WORDS = "Half a sentence that"


def page_of(ticket: Ticket, side: str = "help") -> str:
    return f"/{side}/tickets/{ticket.conversation.public_id}/"


def seen_by(browser: Client, address: str) -> str:
    page: str = browser.get(address).content.decode()
    return page


def test_a_reply_is_there_again_on_every_device_of_its_writer(
    alice: Member, bob: Member, browse: Browse
) -> None:
    ticket = ticket_of(alice, is_shared=True)
    address = page_of(ticket)
    assert browse(alice).post(address + "draft", {"body": WORDS}).status_code == 204
    page = seen_by(browse(alice), address)
    assert WORDS in page
    assert "Draft restored" in page
    assert WORDS not in seen_by(browse(bob), address)


def test_a_note_comes_back_as_a_note_and_never_to_a_member(
    alice: Member, dora: Agent, browse: Browse
) -> None:
    ticket = ticket_of(alice)
    browse(dora).post(page_of(ticket, "console") + "draft", {"body": WORDS, "act": "note"})
    page = seen_by(browse(dora), page_of(ticket, "console"))
    assert WORDS in page
    assert 'value="note" checked' in page
    assert WORDS not in seen_by(browse(alice), page_of(ticket))


def test_a_new_ticket_is_there_again_with_its_files(
    alice: Member, bob: Member, browse: Browse
) -> None:
    sent = upload(alice, "seen.txt").public_id
    typed = {"subject": "No clicks", "body": WORDS, "attachments": [sent], "is_shared": "on"}
    assert browse(alice).post(NEW, typed).status_code == 204
    page = seen_by(browse(alice), FORM)
    for part in ("No clicks", WORDS, sent):
        assert part in page
    page = seen_by(browse(bob), FORM)
    assert not [part for part in ("No clicks", WORDS, sent) if part in page]


def test_another_persons_upload_does_not_come_with_a_draft(
    alice: Member, bob: Member, browse: Browse
) -> None:
    foreign = upload(bob).public_id
    browse(alice).post(NEW, {"body": WORDS, "attachments": [foreign]})
    assert foreign not in seen_by(browse(alice), FORM)


def test_sending_forgets_the_draft_and_a_failed_sending_keeps_it(
    alice: Member, dora: Agent, browse: Browse
) -> None:
    ticket = ticket_of(alice)
    for who, side, act in (
        (alice, "help", ""),
        (dora, "console", "ask"),
        (dora, "console", "note"),
    ):
        browser, address = browse(who), page_of(ticket, side)
        browser.post(address + "draft", {"body": WORDS, "act": act})
        assert browser.post(address + "reply", {"body": "", "act": act}).status_code == 422
        assert SavedDraft.objects.count() == 1
        assert browser.post(address + "reply", {"body": WORDS, "act": act}).status_code == 200
        assert not SavedDraft.objects.exists()


def test_a_submitted_ticket_is_no_draft_any_more(alice: Member, browse: Browse) -> None:
    browse(alice).post(NEW, {"body": WORDS})
    ticket_of(alice)
    assert not SavedDraft.objects.exists()


def test_an_autosave_that_comes_after_its_message_keeps_nothing(
    alice: Member, browse: Browse
) -> None:
    sent, first = words(client_id=uuid4()), words(client_id=uuid4())
    ticket = ticket_of(alice, message=first)
    actions.reply(viewer_of(alice), ticket, sent)
    late = {"body": WORDS, "client_id": str(sent.client_id)}
    assert browse(alice).post(page_of(ticket) + "draft", late).status_code == 204
    browse(alice).post(NEW, {"body": WORDS, "client_id": str(first.client_id)})
    assert not SavedDraft.objects.exists()


def test_nothing_typed_is_nothing_kept(alice: Member, browse: Browse) -> None:
    browser = browse(alice)
    browser.post(NEW, {"body": WORDS})
    browser.post(NEW, {"body": "", "is_shared": "on"})
    assert not SavedDraft.objects.exists()


def test_a_draft_can_be_discarded(alice: Member, browse: Browse) -> None:
    ticket, browser = ticket_of(alice), browse(alice)
    for address, page in ((NEW, FORM), (page_of(ticket) + "draft", page_of(ticket))):
        browser.post(address, {"body": WORDS})
        answer = browser.post(address + "?discard=1")
        assert answer["HX-Redirect"] == page
    assert not SavedDraft.objects.exists()


def test_an_act_that_is_no_choice_any_more_falls_back(
    alice: Member, dora: Agent, browse: Browse
) -> None:
    ticket = ticket_of(alice)
    browse(dora).post(page_of(ticket, "console") + "draft", {"body": WORDS, "act": "junk"})
    page = seen_by(browse(dora), page_of(ticket, "console"))
    assert 'value="ask" checked' in page


def test_too_long_is_not_kept_and_the_oldest_makes_room(
    alice: Member, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert browse(alice).post(NEW, {"body": "x" * 60_001}).status_code == 413
    assert not SavedDraft.objects.exists()
    monkeypatch.setattr("handrail.engines.conversations.actions.drafts.MOST_DRAFTS", 2)
    tickets = [ticket_of(alice) for _ in range(3)]
    for minutes, ticket in enumerate(tickets):
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False):
            fields = {"body": [WORDS]}
            conversations.save_draft(viewer_of(alice), ticket.conversation, fields)
    kept = set(SavedDraft.objects.values_list("key", flat=True))
    assert kept == {ticket.conversation.public_id for ticket in tickets[1:]}


def test_old_drafts_are_cleaned_away(alice: Member) -> None:
    conversations.save_draft(viewer_of(alice), None, {"body": [WORDS]})
    conversations.forget_old_drafts(timezone.now() - KEEP_DRAFTS)
    assert SavedDraft.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        conversations.forget_old_drafts(timezone.now() - KEEP_DRAFTS)
    assert not SavedDraft.objects.exists()


def test_a_draft_is_its_writers_alone(alice: Member, bob: Member, dora: Agent) -> None:
    conversations.save_draft(viewer_of(alice), None, {"body": [WORDS]})
    assert drafts.restore(viewer_of(alice), "new").is_something
    for other in (bob, dora):
        assert not drafts.restore(viewer_of(other), "new").is_something


# --- Forms that a link fills in -----------------------------------------------------------------

LINK = FORM + "&subject=Upgrade"


def key_in(page: str) -> str:
    found = re.search(r'name="draft_key" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_link_and_a_draft_leave_each_other_alone(alice: Member, browse: Browse) -> None:
    browser = browse(alice)
    browser.post(NEW, {"subject": "Begun by hand", "body": WORDS, "draft_key": "new"})
    page = seen_by(browser, LINK)
    assert 'value="Upgrade"' in page
    assert WORDS not in page
    assert "You began another ticket" in page
    browser.post(NEW, {"subject": "Upgrade", "body": "Soon", "draft_key": key_in(page)})
    assert "Soon" in seen_by(browser, LINK)
    assert "Soon" not in seen_by(browser, LINK + "d")
    page = seen_by(browser, FORM)
    assert WORDS in page
    assert "Soon" not in page
    assert "You began another ticket" not in page


def test_each_forms_draft_ends_with_it_alone(alice: Member, browse: Browse) -> None:
    browser = browse(alice)
    browser.post(NEW, {"body": WORDS})
    key = key_in(seen_by(browser, LINK))
    for _ in range(2):
        browser.post(NEW, {"body": "Soon", "draft_key": key})
        assert browser.post(f"{NEW}?discard=1", {"draft_key": key})["HX-Refresh"] == "true"
        assert set(SavedDraft.objects.values_list("key", flat=True)) == {"new"}
    browser.post(NEW, {"body": "Soon", "draft_key": key})
    given = {
        "subject": "Upgrade",
        "issue_type": IssueType.objects.all()[0].public_id,
        "body": "Soon",
        "draft_key": key,
    }
    assert browser.post("/help/tickets/new", given).status_code == 200
    assert set(SavedDraft.objects.values_list("key", flat=True)) == {"new"}


def test_a_form_names_no_draft_but_that_of_a_form(alice: Member, browse: Browse) -> None:
    ticket = ticket_of(alice).conversation
    browse(alice).post(f"/help/tickets/{ticket.public_id}/draft", {"body": WORDS})
    for key in (ticket.public_id, "new-x", "new-" + "0" * 17, "\0"):
        browse(alice).post(NEW, {"body": "Mine", "draft_key": key})
        browse(alice).post(f"{NEW}?discard=1", {"draft_key": key})
        assert set(SavedDraft.objects.values_list("key", flat=True)) == {ticket.public_id}


def test_a_failed_submission_keeps_what_no_autosave_had_seen(alice: Member, browse: Browse) -> None:
    browser = browse(alice)
    assert browser.post("/help/tickets/new", {"body": WORDS}).status_code == 422
    assert WORDS in seen_by(browser, FORM)
