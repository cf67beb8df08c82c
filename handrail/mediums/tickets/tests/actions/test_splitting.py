"""Does a part of a ticket become one of its own, for the same people and without losing a word?"""

from functools import partial

import pytest

from handrail.engines.conversations.models import Conversation, Link, LinkKind, Message
from handrail.engines.notify.models import Notice
from handrail.mediums.tickets import actions, lists
from handrail.mediums.tickets.actions import NotNow, Part
from handrail.mediums.tickets.models import IssueType, Ticket
from handrail.mediums.tickets.states import Act, Status
from handrail.mediums.tickets.threads import links, thread
from handrail.people.models import Agent, Member
from handrail.people.viewer import NotEntitled
from tests.making import note, reply, ticket_of, upload, viewer_of, words
from tests.racing import at_once

pytestmark = pytest.mark.django_db


def now(ticket: Ticket) -> Conversation:
    return Conversation.objects.get(pk=ticket.pk)


def said(who: Member | Agent, ticket: Ticket) -> list[str]:
    return [line.words or line.message.body for line in thread(viewer_of(who), ticket)]


def split(agent: Agent, ticket: Ticket, *messages: Message, subject: str = "Another") -> Ticket:
    part = Part([m.public_id for m in messages], subject, IssueType.objects.all()[0])
    return actions.split(viewer_of(agent), ticket, part)


def test_chosen_messages_leave_with_their_files_and_notes(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice, message=words("the report is empty"))
    sent = upload(alice)
    other = reply(alice, ticket, "and an invoice is wrong", attachment_ids=[sent.public_id])
    hint = note(dora, ticket, "the invoice of May")
    made = split(dora, ticket, other, hint, subject="Wrong invoice")
    of_old, of_new = ticket.conversation.number, made.conversation.number
    assert said(alice, ticket) == [
        "the report is empty",
        f"Dora moved messages into a ticket of their own, #{of_new}",
    ]
    assert said(alice, made) == ["and an invoice is wrong", f"Dora moved this out of #{of_old}"]
    assert "the invoice of May" in said(dora, made)
    sent.refresh_from_db()
    assert sent.message == other
    assert made.conversation.subject == "Wrong invoice"


def test_the_new_one_is_for_the_same_people_and_goes_on_with_the_same_agent(
    alice: Member, bob: Member, dora: Agent
) -> None:
    ticket = ticket_of(alice, is_shared=True)
    actions.assign(viewer_of(dora), ticket, dora)
    made = split(dora, ticket, reply(alice, ticket)).conversation
    assert (made.creator, made.account, made.is_shared) == (alice, alice.account, True)
    assert (made.assignee, made.status) == (dora, Status.OPEN)
    assert made.number == 100_000 + made.pk
    assert Notice.objects.filter(member=alice, title__startswith="A ticket of its own").exists()
    for who in (alice, bob, dora):
        found = Conversation.objects.visible_to(viewer_of(who))
        assert found.filter(pk=made.pk).exists()


def test_both_lead_to_each_other(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice)
    made = split(dora, ticket, reply(alice, ticket))
    assert Link.objects.get().kind == LinkKind.SPLIT
    for who in (alice, dora):
        (back,) = links(viewer_of(who), made.conversation)
        (forth,) = links(viewer_of(who), ticket.conversation)
        assert (back.ticket, back.words) == (ticket.conversation, "Split from")
        assert (forth.ticket.pk, forth.words) == (made.pk, "Split into")


def test_words_are_found_where_they_are_now(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice)
    made = split(dora, ticket, reply(alice, ticket, "walrus"))
    found = lists.found(viewer_of(alice), "walrus")
    assert found is not None
    assert found.ids == [made.pk]


def test_of_a_shared_ticket_it_is_whose_words_it_begins_with(
    alice: Member, bob: Member, dora: Agent
) -> None:
    ticket = ticket_of(alice, is_shared=True)
    assert split(dora, ticket, reply(bob, ticket)).conversation.creator == bob


def test_a_private_part_stays_private_to_the_same_person(
    alice: Member, bob: Member, dora: Agent
) -> None:
    """Bob wrote while it was shared; what Dora told Alice since must not become his."""
    ticket = ticket_of(alice, is_shared=True)
    his = reply(bob, ticket, "me too")
    actions.share(viewer_of(alice), ticket, False)
    secret = reply(dora, ticket, "for Alice alone", act=Act.ASK)
    made = split(dora, ticket, his, secret).conversation
    assert (made.creator, made.is_shared) == (alice, False)
    assert not Message.objects.visible_to(viewer_of(bob)).filter(body="for Alice alone").exists()


def test_neither_is_left_without_a_word(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice)
    first = ticket.conversation.messages.get()
    hint = note(dora, ticket)
    for chosen, why in (
        ([], "Choose the messages"),
        ([hint], "Notes alone"),
        ([first], "has to stay"),
    ):
        with pytest.raises(NotNow, match=why):
            split(dora, ticket, *chosen)
    assert Conversation.objects.count() == 1


def test_messages_of_other_tickets_and_events_do_not_leave(
    alice: Member, carol: Member, dora: Agent
) -> None:
    ticket, foreign = ticket_of(alice), ticket_of(carol)
    reply(alice, ticket)
    actions.assign(viewer_of(dora), ticket, dora)
    event = Message.objects.get(event="assigned")
    with pytest.raises(NotNow):
        split(dora, ticket, foreign.conversation.messages.get(), event)
    assert foreign.conversation.messages.count() == 1


def test_what_stays_goes_on_from_its_own_last_word(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice)
    middle = reply(alice, ticket, "stays")
    last = reply(dora, ticket, "goes", act=Act.ASK)
    made = split(dora, ticket, last)
    assert (now(ticket).last_message_at, now(ticket).is_unread) == (middle.created_at, False)
    assert (now(made).last_message_at, now(made).is_unread) == (last.created_at, True)


def test_a_merge_is_taken_back_by_splitting(alice: Member, dora: Agent) -> None:
    one, other = ticket_of(alice, message=words("one")), ticket_of(alice, message=words("two"))
    came = one.conversation.messages.get()
    actions.merge(viewer_of(dora), one, other)
    made = split(dora, other, came, subject=one.conversation.subject)
    assert said(alice, made)[0] == "one"
    assert said(alice, other)[0] == "two"


def test_what_was_merged_away_is_not_split(alice: Member, dora: Agent) -> None:
    one, other = ticket_of(alice), ticket_of(alice)
    first = one.conversation.messages.get()
    actions.merge(viewer_of(dora), one, other)
    with pytest.raises(NotNow, match="was merged into"):
        split(dora, one, first)


def test_agents_alone_split(alice: Member) -> None:
    ticket = ticket_of(alice)
    part = Part([], "x", ticket.issue_type)
    with pytest.raises(NotEntitled):
        actions.split(viewer_of(alice), ticket, part)


@pytest.mark.django_db(transaction=True)
def test_of_two_splits_of_the_same_message_one_happens(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice)
    chosen = reply(alice, ticket, "moves once")
    outcomes = at_once([partial(split, dora, ticket, chosen) for _twice in range(2)])
    assert sum(isinstance(outcome, Ticket) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, NotNow) for outcome in outcomes) == 1
    assert Message.objects.filter(body="moves once").count() == 1
    assert Conversation.objects.count() == 2
