"""What may follow what? Every cell of the table of who, act and status, written by hand."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from handrail.engines.activity.models import Activity
from handrail.engines.conversations.models import Message
from handrail.engines.notify.models import Notice, OutgoingMail
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions import NotNow
from handrail.mediums.tickets.models import Policy, Ticket
from handrail.mediums.tickets.states import (
    EXPLANATIONS,
    WAITING_ON_MEMBER,
    WAITING_ON_US,
    Act,
    Status,
    Who,
    acts_for,
    rule_for,
)
from handrail.people.models import Agent, Member
from handrail.people.viewer import SYSTEM
from tests.fences.database import undone
from tests.making import reply, ticket_of, viewer_of, words

# Rows: who does what. Columns: the status before. Cells: the status after, "same" where it stays,
# "-" where it cannot be done.
TABLE = """
                 open         in_progress  awaiting     solution     closed
member reply     same         same         in_progress  in_progress  open
member ask       -            -            -            -            -
member offer     -            -            -            -            -
member accept    -            -            -            closed       -
member reject    -            -            -            in_progress  -
member start     -            -            -            -            -
member close     closed       closed       closed       closed       -
member reopen    -            -            -            -            open
agent  reply     in_progress  in_progress  in_progress  in_progress  -
agent  ask       awaiting     awaiting     awaiting     awaiting     -
agent  offer     solution     solution     solution     solution     -
agent  accept    -            -            -            -            -
agent  reject    -            -            -            -            -
agent  start     in_progress  -            in_progress  in_progress  -
agent  close     closed       closed       closed       closed       -
agent  reopen    -            -            -            -            in_progress
member remind    -            -            -            -            -
agent  remind    -            -            -            -            -
system reply     -            -            -            -            -
system ask       -            -            -            -            -
system offer     -            -            -            -            -
system accept    -            -            -            -            -
system reject    -            -            -            -            -
system start     -            -            -            -            -
system close     -            -            closed       closed       -
system reopen    -            -            -            -            -
system remind    -            -            same         same         -
"""

WORDS = {
    "open": Status.OPEN,
    "in_progress": Status.IN_PROGRESS,
    "awaiting": Status.AWAITING,
    "solution": Status.SOLUTION,
    "closed": Status.CLOSED,
}
WITH_WORDS = {Act.REPLY, Act.ASK, Act.OFFER}
"""Acts that come with a message."""


def cells() -> Iterator[tuple[Who, Act, Status, str]]:
    for line in TABLE.strip().splitlines()[1:]:
        who, act, *after = line.split()
        for before, word in zip(WORDS, after, strict=True):
            yield Who(who), Act(act), WORDS[before], word


def test_the_table_has_a_cell_for_everything() -> None:
    known = {(who, act, status) for who, act, status, _ in cells()}
    assert known == {(who, act, status) for who in Who for act in Act for status in Status}


@pytest.mark.parametrize(("who", "act", "before", "word"), list(cells()))
def test_every_cell_is_as_written(who: Who, act: Act, before: Status, word: str) -> None:
    rule = rule_for(who, act, before)
    if word == "-":
        assert rule is None
        assert act not in acts_for(who, before)
    else:
        assert rule is not None
        assert rule.why
        assert rule.after == (None if word == "same" else WORDS[word])
        assert act in acts_for(who, before)


def test_every_status_says_whose_turn_it_is() -> None:
    assert set(EXPLANATIONS) == set(Status)
    assert set(WAITING_ON_US) == {Status.OPEN, Status.IN_PROGRESS}
    assert set(WAITING_ON_MEMBER) == {Status.AWAITING, Status.SOLUTION}


# --- The same table, played ---------------------------------------------------------------------


@pytest.fixture
def ticket_in(alice: Member, dora: Agent) -> Callable[[Status], Ticket]:
    """A ticket of Alice's that came into a status by real acts."""
    desk = viewer_of(dora)

    def bring(status: Status) -> Ticket:
        ticket = ticket_of(alice)
        if status == Status.IN_PROGRESS:
            actions.move(desk, ticket, Act.START)
        if status == Status.AWAITING:
            reply(dora, ticket, act=Act.ASK)
        if status == Status.SOLUTION:
            reply(dora, ticket, act=Act.OFFER)
        if status == Status.CLOSED:
            actions.move(viewer_of(alice), ticket, Act.CLOSE)
        return ticket

    return bring


@pytest.mark.django_db
@pytest.mark.parametrize("before", list(Status))
def test_every_cell_can_be_played_and_nothing_else(
    ticket_in: Callable[[Status], Ticket], alice: Member, dora: Agent, before: Status
) -> None:
    ticket = ticket_in(before)
    assert ticket.conversation.status == before
    people: dict[Who, Member | Agent] = {Who.MEMBER: alice, Who.AGENT: dora}
    for who, act, _, word in (cell for cell in cells() if cell[2] == before):
        if who == Who.SYSTEM and act not in BY_THE_CLOCK:
            continue  # nothing in the product does that by itself
        with undone():
            play(ticket, people.get(who), act, word)
        ticket.conversation.refresh_from_db()


BY_THE_CLOCK = {Act.REMIND: actions.remind_silent, Act.CLOSE: actions.close_silent}
"""What the product does by itself, to whoever was silent for long."""


def play(ticket: Ticket, person: Member | Agent | None, act: Act, word: str) -> None:
    before, rows = ticket.conversation.status, counts()
    if word == "-":
        if person is None:
            let_time_pass(act)
        else:
            with pytest.raises(NotNow):
                do(person, ticket, act)
        ticket.conversation.refresh_from_db()
        assert ticket.conversation.status == before
        assert counts() == rows
        return
    if person is None:
        assert let_time_pass(act) == 1
    else:
        do(person, ticket, act)
    ticket.conversation.refresh_from_db()
    after = before if word == "same" else WORDS[word]
    assert ticket.conversation.status == after
    assert (ticket.conversation.closed_at is not None) == (after == Status.CLOSED)
    changes = Message.objects.filter(conversation=ticket.conversation, event="status")
    last = changes.order_by("-pk").first()
    if after != before:
        assert last is not None
        assert last.detail == {"act": act, "before": before, "after": after}
        assert last.author_name == (person.name if person else "Handrail")


def let_time_pass(act: Act) -> int:
    """A month later, where nobody is reminded before it closes."""
    if act == Act.CLOSE:
        Policy.objects.update(remind_after_days=None)
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        return BY_THE_CLOCK[act](SYSTEM)


def do(person: Member | Agent, ticket: Ticket, act: Act) -> None:
    if act in WITH_WORDS:
        actions.reply(viewer_of(person), ticket, words(), act=act)
    else:
        actions.move(viewer_of(person), ticket, act)


def counts() -> list[int]:
    """How many rows there are of all that an act can write."""
    return [model.objects.count() for model in (Message, Activity, Notice, OutgoingMail)]
