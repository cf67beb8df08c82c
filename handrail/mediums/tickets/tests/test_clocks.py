"""By when do we owe what? Each scenario in the life of a ticket, with the clock in our hands."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from handrail.engines.conversations.models import Conversation, Priority
from handrail.engines.notify.models import Notice
from handrail.mediums.tickets import actions, clocks, tasks
from handrail.mediums.tickets.models import SlaTarget, Ticket
from handrail.mediums.tickets.states import Act, Status
from handrail.people.models import Agent, BusinessHours, Member, Plan, Team, TeamMembership
from tests.making import note, reply, ticket_of, viewer_of

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
Clock = Callable[..., None]


@pytest.fixture
def to() -> Iterator[Clock]:
    """Sets the clock to a time of day, Monday being day 0."""
    with time_machine.travel(MONDAY, tick=False) as traveller:

        def move(clock: str, day: int = 0) -> None:
            traveller.move_to(at(clock, day))

        yield move


def at(clock: str, day: int = 0) -> datetime:
    hour, minute = clock.split(":")
    return MONDAY.replace(hour=int(hour), minute=int(minute)) + timedelta(days=day)


@pytest.fixture
def office(installation: None) -> BusinessHours:
    """Nine to five on weekdays."""
    return BusinessHours.objects.get_or_create(
        name="Office", defaults={"periods": [[day, "09:00", "17:00"] for day in range(5)]}
    )[0]


@pytest.fixture
def promise(office: BusinessHours) -> Callable[..., SlaTarget]:
    def make(**changes: Any) -> SlaTarget:
        fields = {"first_reply_minutes": 60, "resolution_minutes": 240, "hours": office}
        return SlaTarget.objects.create(**{**fields, **changes})

    return make


@pytest.fixture
def promised(promise: Callable[..., SlaTarget]) -> SlaTarget:
    """To everybody: a reply in an hour, a solution in four."""
    return promise()


def owed(ticket: Ticket) -> tuple[datetime | None, str]:
    conversation = Conversation.objects.get(pk=ticket.pk)
    return conversation.due_at, conversation.due_kind


def now_of(ticket: Ticket) -> Ticket:
    return Ticket.objects.select_related("target__hours", "conversation").get(pk=ticket.pk)


def test_without_a_promise_nothing_is_owed(to: Clock, alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice)
    reply(dora, ticket, act=Act.ASK)
    assert owed(ticket) == (None, "")
    assert clocks.deadlines(now_of(ticket)) == []
    assert now_of(ticket).first_replied_at == MONDAY


def test_a_new_ticket_owes_a_first_reply(to: Clock, alice: Member, promised: SlaTarget) -> None:
    to("16:30")
    ticket = ticket_of(alice)
    assert owed(ticket) == (at("09:30", day=1), "first_reply")
    assert now_of(ticket).resolution_due_at == at("12:30", day=1)


def test_after_the_first_reply_the_solution_is_owed(
    to: Clock, alice: Member, dora: Agent, promised: SlaTarget
) -> None:
    ticket = ticket_of(alice)
    to("09:30")
    reply(dora, ticket)
    assert owed(ticket) == (at("13:00"), "resolution")
    to("10:00")
    reply(dora, ticket)
    assert now_of(ticket).first_replied_at == at("09:30")


def test_a_note_or_a_start_is_no_reply(
    to: Clock, alice: Member, dora: Agent, promised: SlaTarget
) -> None:
    ticket = ticket_of(alice)
    note(dora, ticket)
    actions.move(viewer_of(dora), ticket, Act.START)
    reply(alice, ticket)
    assert owed(ticket) == (at("10:00"), "first_reply")


@pytest.mark.parametrize("act", [Act.ASK, Act.OFFER])
def test_the_clock_stands_while_we_wait_for_the_member(
    to: Clock, alice: Member, dora: Agent, promised: SlaTarget, act: Act
) -> None:
    ticket = ticket_of(alice)
    to("10:00")
    reply(dora, ticket, act=act)
    assert owed(ticket) == (None, "")
    to("12:00", day=1)
    reply(alice, ticket)
    assert owed(ticket) == (at("15:00", day=1), "resolution")
    assert now_of(ticket).worked_seconds == 3600


def test_closing_stops_the_clock_and_reopening_goes_on(
    to: Clock, alice: Member, dora: Agent, promised: SlaTarget
) -> None:
    ticket = ticket_of(alice)
    to("09:30")
    reply(dora, ticket)
    to("12:00")
    actions.move(viewer_of(dora), ticket, Act.CLOSE)
    assert owed(ticket) == (None, "")
    to("09:00", day=2)
    actions.move(viewer_of(alice), ticket, Act.REOPEN)
    assert owed(ticket) == (at("10:00", day=2), "resolution")


def test_reopened_without_any_reply_it_owes_one_from_then_on(
    to: Clock, alice: Member, promised: SlaTarget
) -> None:
    ticket = ticket_of(alice)
    actions.move(viewer_of(alice), ticket, Act.CLOSE)
    to("09:00", day=2)
    actions.move(viewer_of(alice), ticket, Act.REOPEN)
    assert owed(ticket) == (at("10:00", day=2), "first_reply")


def test_who_used_all_the_time_owes_it_at_once(
    to: Clock, alice: Member, dora: Agent, promised: SlaTarget
) -> None:
    ticket = ticket_of(alice)
    to("16:00")
    reply(dora, ticket, act=Act.ASK)
    (paused,) = clocks.deadlines(now_of(ticket))
    assert paused.state == "Overdue, paused"
    to("10:00", day=1)
    reply(alice, ticket)
    assert owed(ticket) == (at("10:00", day=1), "resolution")
    assert clocks.deadlines(now_of(ticket))[0].state == "Overdue"


def test_another_priority_is_another_promise_for_what_happened_so_far(
    to: Clock, alice: Member, dora: Agent, promise: Callable[..., SlaTarget]
) -> None:
    promise(resolution_minutes=480)
    urgent = promise(priority=Priority.URGENT, first_reply_minutes=30, resolution_minutes=120)
    ticket = ticket_of(alice)
    to("09:30")
    reply(dora, ticket, act=Act.ASK)
    to("11:00")
    reply(alice, ticket)
    to("11:15")
    actions.set_priority(viewer_of(dora), ticket, Priority.URGENT)
    assert owed(ticket) == (at("12:30"), "resolution")
    assert now_of(ticket).target == urgent
    actions.set_priority(viewer_of(dora), ticket, Priority.NORMAL)
    assert owed(ticket) == (at("10:30", day=1), "resolution")


def test_a_promise_that_goes_with_the_priority_leaves_nothing_owed(
    to: Clock, alice: Member, dora: Agent, promise: Callable[..., SlaTarget]
) -> None:
    promise(priority=Priority.NORMAL)
    ticket = ticket_of(alice)
    actions.set_priority(viewer_of(dora), ticket, Priority.LOW)
    assert owed(ticket) == (None, "")
    assert clocks.deadlines(now_of(ticket)) == []


def test_the_most_exact_promise_counts(
    alice: Member, carol: Member, promise: Callable[..., SlaTarget]
) -> None:
    plan = alice.account.plan
    neither = promise()
    by_priority = promise(priority=Priority.HIGH)
    by_plan = promise(plan=plan)
    both = promise(plan=plan, priority=Priority.HIGH)
    promise(plan=Plan.objects.create(key="other", name="Other"), priority=Priority.NORMAL)
    assert clocks.target_for(plan.pk, Priority.HIGH) == both
    assert clocks.target_for(plan.pk, Priority.NORMAL) == by_plan
    assert clocks.target_for(carol.account.plan_id, Priority.HIGH) == by_priority
    assert clocks.target_for(None, Priority.LOW) == neither


def test_an_empty_number_promises_nothing(
    to: Clock, alice: Member, dora: Agent, promise: Callable[..., SlaTarget]
) -> None:
    promise(resolution_minutes=None)
    ticket = ticket_of(alice)
    assert owed(ticket)[1] == "first_reply"
    reply(dora, ticket)
    assert owed(ticket) == (None, "")


def test_hours_that_never_open_owe_nothing(
    to: Clock, alice: Member, promise: Callable[..., SlaTarget]
) -> None:
    promise(hours=BusinessHours.objects.create(name="Never"))
    assert owed(ticket_of(alice)) == (None, "")


def test_each_deadline_says_how_it_came_to_be(
    to: Clock, alice: Member, dora: Agent, promised: SlaTarget
) -> None:
    ticket = ticket_of(alice)
    reply_due, solution_due = clocks.deadlines(now_of(ticket))
    assert reply_due.explanation == "We promised a first reply within 1 hour of “Office”."
    assert (reply_due.at, reply_due.tone, reply_due.state) == (at("10:00"), "warning", "Due soon")
    assert solution_due.explanation == "We promised a solution within 4 hours of “Office”."
    assert (solution_due.at, solution_due.tone) == (at("13:00"), "")
    to("10:30")
    assert clocks.deadlines(now_of(ticket))[0].state == "Overdue"
    reply(dora, ticket, act=Act.ASK)
    (paused,) = clocks.deadlines(now_of(ticket))
    assert paused.state == "Paused"
    assert "1 hour 30 minutes of 4 hours of “Office” are used" in paused.explanation
    reply(alice, ticket)
    (running,) = clocks.deadlines(now_of(ticket))
    assert "1 hour 30 minutes were used before, and the clock has run since 23 Nov" in (
        running.explanation
    )
    actions.move(viewer_of(dora), ticket, Act.CLOSE)
    assert clocks.deadlines(now_of(ticket)) == []


def test_a_promise_that_was_taken_back_is_owed_no_more_from_the_next_word_on(
    to: Clock, alice: Member, dora: Agent, promised: SlaTarget
) -> None:
    ticket = ticket_of(alice)
    reply(dora, ticket)
    promised.delete()
    reply(alice, ticket)
    assert owed(ticket) == (None, "")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 minutes"), (60, "1 minute"), (3600, "1 hour"), (9000, "2 hours 30 minutes")],
)
def test_durations_are_said_as_people_say_them(seconds: int, words: str) -> None:
    assert clocks.duration(seconds) == words


# --- Before a promise is broken -----------------------------------------------------------------


def warnings_of(agent: Agent) -> int:
    return Notice.objects.filter(agent=agent, title__startswith="Due soon").count()


def test_the_assignee_is_told_once_before_each_deadline(
    to: Clock, alice: Member, dora: Agent, promised: SlaTarget
) -> None:
    ticket = ticket_of(alice)
    actions.assign(viewer_of(dora), ticket, dora)
    to("09:29")
    tasks.warn_of_deadlines.call()
    assert warnings_of(dora) == 0
    to("09:31")
    tasks.warn_of_deadlines.call()
    assert warnings_of(dora) == 1
    Notice.objects.all().delete()
    tasks.warn_of_deadlines.call()
    assert warnings_of(dora) == 0
    reply(dora, ticket)
    to("12:45")
    tasks.warn_of_deadlines.call()
    assert warnings_of(dora) == 1


def test_without_an_assignee_the_team_is_told(
    to: Clock, alice: Member, dora: Agent, promised: SlaTarget
) -> None:
    ticket = ticket_of(alice)
    to("09:45")
    tasks.warn_of_deadlines.call()
    assert warnings_of(dora) == 0
    team = Team.objects.create(name="First line")
    TeamMembership.objects.create(team=team, agent=dora)
    Conversation.objects.filter(pk=ticket.pk).update(team=team)
    tasks.warn_of_deadlines.call()
    assert warnings_of(dora) == 1


def test_nobody_is_told_of_what_is_answered_closed_or_long_over(
    to: Clock, alice: Member, dora: Agent, promised: SlaTarget
) -> None:
    for act in (Act.ASK, Act.OFFER):
        reply(dora, ticket_of(alice), act=act)
    closed = ticket_of(alice)
    actions.assign(viewer_of(dora), closed, dora)
    actions.move(viewer_of(alice), closed, Act.CLOSE)
    late = ticket_of(alice)
    actions.assign(viewer_of(dora), late, dora)
    to("11:01")
    Notice.objects.all().delete()
    tasks.warn_of_deadlines.call()
    assert warnings_of(dora) == 0


def test_members_never_read_of_deadlines(
    to: Clock, alice: Member, promised: SlaTarget, browse: Callable[..., Any]
) -> None:
    ticket = ticket_of(alice)
    path = f"/help/tickets/{ticket.conversation.public_id}/"
    page = browse(alice).get(path).content.decode()
    assert "promised" not in page and "Due soon" not in page
    assert ticket.conversation.status == Status.OPEN


def test_agents_read_of_deadlines_beside_the_ticket(
    to: Clock, alice: Member, dora: Agent, promised: SlaTarget, browse: Callable[..., Any]
) -> None:
    ticket = ticket_of(alice)
    path = f"/console/tickets/{ticket.conversation.public_id}/"
    page = browse(dora).get(path).content.decode()
    assert "Due soon" in page
    assert "We promised a solution within 4 hours of “Office”." in page
