"""Are many tickets changed as one would be, and taken back where nobody was there since?"""

from functools import partial
from typing import Any

import pytest

from handrail.engines.activity.models import Activity
from handrail.engines.conversations.models import Conversation, Priority
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions import Change
from handrail.mediums.tickets.actions.bulk import MOST_AT_ONCE
from handrail.mediums.tickets.actions.sorting import MOST_TAGS
from handrail.mediums.tickets.models import BulkChange, Ticket
from handrail.mediums.tickets.states import Act, Status
from handrail.people.actions import create_agent
from handrail.people.models import Agent, Member, Team
from handrail.people.viewer import NotEntitled
from tests.making import reply, ticket_of, viewer_of
from tests.racing import at_once

pytestmark = pytest.mark.django_db


def now(ticket: Ticket) -> Conversation:
    return Conversation.objects.get(pk=ticket.pk)


@pytest.fixture
def three(alice: Member) -> list[Ticket]:
    return [ticket_of(alice, f"Ticket {number}") for number in range(3)]


def state(ticket: Ticket) -> tuple[Any, ...]:
    row = now(ticket)
    tags = tuple(row.taggings.values_list("tag__name", flat=True))
    return (row.assignee_id, row.team_id, row.priority, row.status, row.closed_at is None, tags)


def test_each_change_is_done_to_all_and_taken_back(three: list[Ticket], dora: Agent) -> None:
    viewer, team = viewer_of(dora), Team.objects.create(name="Billing")
    before = [state(ticket) for ticket in three]
    for change in (
        Change("assignee", dora),
        Change("team", team),
        Change("priority", int(Priority.URGENT)),
        Change("tag", "vip"),
        Change("act", "close"),
    ):
        outcome = actions.change_many(viewer, three, change)
        assert [ticket.pk for ticket in outcome.changed] == [ticket.pk for ticket in three]
        assert all(state(ticket) != old for ticket, old in zip(three, before, strict=True))
        assert actions.undo(viewer, outcome.bulk) == 3
        assert [state(ticket) for ticket in three] == before
        assert actions.undo(viewer, outcome.bulk) == 0


def test_what_the_table_forbids_is_refused_for_that_ticket_alone(
    three: list[Ticket], dora: Agent
) -> None:
    viewer = viewer_of(dora)
    actions.move(viewer, three[1], Act.CLOSE)
    outcome = actions.change_many(viewer, three, Change("act", "close"))
    assert [ticket.pk for ticket in outcome.changed] == [three[0].pk, three[2].pk]
    [(refused, reason)] = outcome.refused
    assert refused.pk == three[1].pk
    assert "“Closed” now" in reason
    assert actions.undo(viewer, outcome.bulk) == 2
    assert now(three[1]).status == Status.CLOSED


def test_undo_leaves_what_somebody_changed_since(
    three: list[Ticket], alice: Member, dora: Agent
) -> None:
    viewer = viewer_of(dora)
    ask = actions.change_many(viewer, three, Change("priority", 40))
    actions.set_priority(viewer, three[0], Priority.LOW)
    assert actions.undo(viewer, ask.bulk) == 2
    assert [now(ticket).priority for ticket in three] == [10, 20, 20]
    closing = actions.change_many(viewer, three, Change("act", "close"))
    reply(alice, three[2], "Still broken.")
    assert actions.undo(viewer, closing.bulk) == 2
    assert [now(ticket).status for ticket in three] == [Status.OPEN] * 3


def test_what_was_so_before_is_not_taken_away(three: list[Ticket], dora: Agent) -> None:
    viewer = viewer_of(dora)
    actions.add_tag(viewer, three[0], "vip")
    outcome = actions.change_many(viewer, three, Change("tag", "vip"))
    assert actions.undo(viewer, outcome.bulk) == 2
    assert state(three[0])[-1] == ("vip",)


def test_nobody_undoes_what_another_did(three: list[Ticket], dora: Agent) -> None:
    finn = create_agent(email="finn@handrail.example", name="Finn")
    outcome = actions.change_many(viewer_of(dora), three, Change("priority", 40))
    with pytest.raises(BulkChange.DoesNotExist):
        actions.undo(viewer_of(finn), outcome.bulk)
    assert now(three[0]).priority == Priority.URGENT


def test_it_is_for_agents_who_answer(three: list[Ticket], alice: Member) -> None:
    editor = create_agent(email="eva@handrail.example", name="Eva", role="editor")
    for who in (alice, editor):
        with pytest.raises(NotEntitled):
            actions.change_many(viewer_of(who), three, Change("priority", 40))
    assert not BulkChange.objects.exists()


def test_it_is_on_record(three: list[Ticket], dora: Agent) -> None:
    actions.change_many(viewer_of(dora), three, Change("priority", 40))
    row = Activity.objects.get(verb="tickets.changed_many")
    assert row.detail == {"field": "priority", "value": 40, "tickets": 3}
    assert Activity.objects.filter(verb="tickets.prioritised").count() == 3


def test_a_ticket_without_room_for_a_tag_is_told_and_the_rest_get_it(
    three: list[Ticket], dora: Agent
) -> None:
    for number in range(MOST_TAGS):
        actions.add_tag(viewer_of(dora), three[1], f"tag {number}")
    outcome = actions.change_many(viewer_of(dora), three, Change("tag", "vip"))
    assert [ticket.pk for ticket in outcome.changed] == [three[0].pk, three[2].pk]
    assert [(ticket.pk, why) for ticket, why in outcome.refused] == [
        (three[1].pk, "A ticket has room for 20 tags.")
    ]
    assert now(three[1]).taggings.count() == MOST_TAGS


def test_no_more_than_a_hundred_at_once(three: list[Ticket], dora: Agent) -> None:
    outcome = actions.change_many(viewer_of(dora), three * 40, Change("priority", 40))
    assert len(outcome.changed) == MOST_AT_ONCE


@pytest.mark.django_db(transaction=True)
def test_two_bulk_changes_at_once_are_one_after_the_other(three: list[Ticket], dora: Agent) -> None:
    viewer = viewer_of(dora)
    close = Change("act", "close")
    acts = [
        partial(actions.change_many, viewer, rows, close) for rows in (three, list(reversed(three)))
    ]
    done = at_once(acts)
    assert not [one for one in done if isinstance(one, Exception)]
    assert sorted(len(one.changed) for one in done) == [0, 3]
