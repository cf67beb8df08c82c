"""What was said and done, as each reader may read it?"""

import pytest
from django.utils import translation

from handrail.engines.conversations.models import Message
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.models import Ticket
from handrail.mediums.tickets.states import Act
from handrail.mediums.tickets.threads import event_words, thread
from handrail.people.models import Agent, Member
from handrail.people.viewer import viewer_for_nobody
from tests.making import note, reply, ticket_of, upload, viewer_of, words

pytestmark = pytest.mark.django_db


def said(who: Member | Agent, ticket: Ticket, after: str = "") -> list[str]:
    """What the thread shows, line by line."""
    lines = thread(viewer_of(who), ticket, after)
    return [line.words or line.message.body for line in lines]


def test_a_thread_stands_in_the_order_in_which_it_happened(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice, message=words("It broke."))
    reply(dora, ticket, "When?", act=Act.ASK)
    reply(alice, ticket, "Today.")
    reply(dora, ticket, "Try this.", act=Act.OFFER)
    actions.move(viewer_of(alice), ticket, Act.ACCEPT)
    assert said(alice, ticket) == [
        "It broke.",
        "When?",
        "Dora asked for a response",
        "Today.",
        "Alice replied, the ticket is now In Progress",
        "Try this.",
        "Dora offered a solution",
        "Alice accepted the solution and closed the ticket",
    ]


def test_notes_are_agents_alone(alice: Member, bob: Member, dora: Agent) -> None:
    ticket = ticket_of(alice, is_shared=True, message=words("It broke."))
    note(dora, ticket, "They are on the old plan.")
    assert said(alice, ticket) == said(bob, ticket) == ["It broke."]
    lines = thread(viewer_of(dora), ticket)
    assert [line.kind for line in lines] == ["member", "note"]


def test_who_may_not_read_the_ticket_reads_no_line(alice: Member, bob: Member) -> None:
    ticket = ticket_of(alice)
    assert said(bob, ticket) == []
    assert thread(viewer_for_nobody(), ticket) == []


def test_a_page_catches_up_from_what_it_has_last(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice)
    first = reply(alice, ticket, "One.")
    reply(alice, ticket, "Two.")
    last = reply(alice, ticket, "Three.")
    assert said(alice, ticket, first.public_id) == ["Two.", "Three."]
    assert said(alice, ticket, last.public_id) == []


def test_an_agents_page_catches_up_from_a_note(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice)
    written = note(dora, ticket)
    reply(alice, ticket, "And now?")
    assert said(dora, ticket, written.public_id) == ["And now?"]


def test_the_end_of_another_thread_is_no_place_in_this_one(alice: Member, bob: Member) -> None:
    """It tells nothing either: what is not there and what is not theirs are the same."""
    mine = ticket_of(alice)
    other, private = ticket_of(alice), ticket_of(bob)
    for foreign in (other, private):
        elsewhere = foreign.conversation.messages.get()
        assert said(alice, mine, elsewhere.public_id) == []
    assert said(alice, mine, "AAAAAAAAAAAAAAAAAAAAAA") == []


@pytest.mark.parametrize("nonsense", ["", "1", "%", "\0", "x" * 5000, "' OR 1=1 --"])
def test_a_page_that_has_nothing_gets_everything(alice: Member, nonsense: str) -> None:
    assert said(alice, ticket_of(alice), nonsense) == ["Since Monday the report is empty."]


def test_lines_know_who_speaks(alice: Member, bob: Member, dora: Agent) -> None:
    ticket = ticket_of(alice, is_shared=True)
    reply(bob, ticket)
    reply(dora, ticket)
    seen_by_alice = thread(viewer_of(alice), ticket)[:3]
    assert [line.is_mine for line in seen_by_alice] == [True, False, False]
    assert [line.kind for line in seen_by_alice] == ["member", "member", "agent"]
    assert seen_by_alice[2].role == "Support agent"
    assert thread(viewer_of(dora), ticket)[2].is_mine


def test_files_stand_with_their_message(alice: Member) -> None:
    ids = [upload(alice, name).public_id for name in ("a.txt", "b.txt")]
    ticket = ticket_of(alice, message=words(attachment_ids=ids))
    reply(alice, ticket)
    lines = thread(viewer_of(alice), ticket)
    assert [sorted(file.name for file in line.attachments) for line in lines] == [
        ["a.txt", "b.txt"],
        [],
    ]


def test_a_thread_costs_two_queries(
    alice: Member, dora: Agent, django_assert_max_num_queries: object
) -> None:
    ticket = ticket_of(alice)
    for _ in range(3):
        reply(dora, ticket, attachment_ids=[upload(dora).public_id])
    viewer = viewer_of(alice)
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        assert len(thread(viewer, ticket)) == 5


EVENTS = {
    "shared": "Alice opened the ticket to everyone in the account",
    "made_private": "Alice made the ticket private",
    "something_new": "Alice changed the ticket",
}


@pytest.mark.parametrize("event", EVENTS)
def test_every_event_has_words(alice: Member, event: str) -> None:
    assert event_words(Message(member=alice, event=event)) == EVENTS[event]


@pytest.mark.parametrize("act", list(Act))
def test_every_change_of_status_has_words_of_its_own(act: Act, dora: Agent) -> None:
    event = Message(agent=dora, event="status", detail={"act": str(act), "after": "open"})
    assert event_words(event).startswith("Dora ")
    assert event_words(event) != "Dora changed the ticket"


def test_what_nobody_did_was_done_by_the_house() -> None:
    with translation.override("en"):
        closed = Message(event="status", detail={"act": "close", "after": "closed"})
        assert event_words(closed) == "Closed by itself, because nobody answered"
        reopened = Message(event="status", detail={"act": "reopen", "after": "open"})
        assert event_words(reopened) == "Handrail reopened the ticket"
