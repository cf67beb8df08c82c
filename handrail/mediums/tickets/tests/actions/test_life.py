"""Is nothing lost and nothing doubled when several people act on one ticket at the same moment?"""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from handrail.engines.activity.models import Activity
from handrail.engines.conversations.models import (
    Conversation,
    Follower,
    Link,
    Message,
    MessageKind,
    Rating,
    Score,
    Tagging,
)
from handrail.engines.notify.models import OutgoingMail
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions import Change, NotNow
from handrail.mediums.tickets.models import BulkChange, Ticket
from handrail.mediums.tickets.states import SPOKEN, Act, Status, Who, rule_for
from handrail.people.actions import create_agent
from handrail.people.models import Agent, Member
from tests.making import reply, ticket_of, viewer_of, words
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)

OF_MEMBERS = (Act.REPLY, Act.ACCEPT, Act.REJECT, Act.CLOSE, Act.REOPEN)
OF_AGENTS = (Act.REPLY, Act.ASK, Act.OFFER, Act.START, Act.CLOSE, Act.REOPEN)


@pytest.fixture
def finn(installation: None) -> Agent:
    return create_agent(email="finn@handrail.example", name="Finn")


def doing(who: Member | Agent, ticket: Ticket, act: Act, body: str = "") -> Callable[[], Any]:
    """One thing that somebody does, ready to be done."""
    if act in SPOKEN:
        return partial(actions.reply, viewer_of(who), ticket, words(body or act), act=act)
    return partial(actions.move, viewer_of(who), ticket, act)


def now(ticket: Ticket) -> Conversation:
    return Conversation.objects.get(pk=ticket.pk)


def history(ticket: Ticket) -> list[Message]:
    events = Message.objects.filter(conversation_id=ticket.pk, event="status")
    return list(events.order_by("pk"))


def assert_the_table_holds(ticket: Ticket) -> None:
    """Each step is a row of the table, begins where the last one ended, and ends at what is."""
    status = Status.OPEN
    for event in history(ticket):
        who = Who.AGENT if event.agent_id else Who.MEMBER
        assert event.detail["before"] == status
        rule = rule_for(who, Act(event.detail["act"]), status)
        assert rule
        assert rule.after == event.detail["after"]
        status = Status(event.detail["after"])
    row = now(ticket)
    assert row.status == status
    assert (row.closed_at is not None) == (status == Status.CLOSED)


def happened(outcomes: list[Any]) -> list[Any]:
    """What was done; whatever was not was refused in words, and is no accident."""
    done = [outcome for outcome in outcomes if not isinstance(outcome, Exception)]
    refused = [outcome for outcome in outcomes if isinstance(outcome, NotNow)]
    assert len(done) + len(refused) == len(outcomes), outcomes
    return done


def test_replies_of_members_and_agents_are_all_there_once(
    alice: Member, bob: Member, dora: Agent, finn: Agent
) -> None:
    ticket = ticket_of(alice, is_shared=True)
    people: tuple[Member | Agent, ...] = (alice, dora, bob, finn)
    said = [(who, f"Word {n}") for n, who in enumerate(people * 2)]
    outcomes = at_once([doing(who, ticket, Act.REPLY, body) for who, body in said])
    assert len(happened(outcomes)) == len(said)
    replies = Message.objects.filter(conversation_id=ticket.pk, kind=MessageKind.REPLY)
    assert Counter(replies.exclude(body=words().body).values_list("body", flat=True)) == Counter(
        body for _who, body in said
    )
    last = replies.order_by("created_at", "pk").last()
    assert last
    assert now(ticket).last_message_at == last.created_at
    assert now(ticket).is_unread == (last.agent_id is not None)
    assert now(ticket).assignee in (dora, finn)
    assert_the_table_holds(ticket)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_at_once_the_table_of_transitions_holds(
    alice: Member, bob: Member, dora: Agent, finn: Agent, seed: int
) -> None:
    chance = Random(seed)  # noqa: S311  which acts meet
    ticket = ticket_of(alice, is_shared=True)
    done = 0
    for _round in range(3):
        acts = [
            doing(who, ticket, chance.choice(OF_AGENTS if isinstance(who, Agent) else OF_MEMBERS))
            for who in (alice, bob, dora, finn)
        ]
        done += len(happened(at_once(acts)))
        assert_the_table_holds(ticket)
    of_ticket = Activity.objects.filter(public_id=ticket.conversation.public_id)
    assert of_ticket.exclude(verb="tickets.opened").count() == done


def test_of_accepting_and_rejecting_one_counts(alice: Member, bob: Member, dora: Agent) -> None:
    ticket = ticket_of(alice, is_shared=True)
    reply(dora, ticket, act=Act.OFFER)
    acts = [doing(alice, ticket, Act.ACCEPT), doing(bob, ticket, Act.REJECT)] * 2
    assert len(happened(at_once(acts))) == 1
    assert_the_table_holds(ticket)
    assert [event.detail["act"] for event in history(ticket)][1:] in (["accept"], ["reject"])


def test_closings_are_one_closing_and_one_mail(
    alice: Member, bob: Member, dora: Agent, finn: Agent
) -> None:
    ticket = ticket_of(alice, is_shared=True)
    acts = [doing(who, ticket, Act.CLOSE) for who in (alice, bob, dora, finn)]
    assert len(happened(at_once(acts))) == 1
    assert len(history(ticket)) == 1
    assert OutgoingMail.objects.filter(kind="tickets.close").count() <= 1
    acts = [doing(who, ticket, Act.REOPEN) for who in (alice, bob, dora, finn)]
    assert len(happened(at_once(acts))) == 1
    assert_the_table_holds(ticket)


def test_a_members_word_is_never_lost_to_a_closing(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice)
    reply(dora, ticket, act=Act.ASK)
    outcomes = at_once(
        [doing(alice, ticket, Act.REPLY, "Here it is."), doing(dora, ticket, Act.CLOSE)]
    )
    assert isinstance(outcomes[0], Message)
    assert_the_table_holds(ticket)
    order = [event.detail["act"] for event in history(ticket)][1:]
    assert order in (["reply", "close"], ["close", "reply"])
    is_reopened = order[-1] == "reply"
    assert now(ticket).status == (Status.OPEN if is_reopened else Status.CLOSED)


def test_two_who_close_the_same_tickets_share_them_out(
    alice: Member, dora: Agent, finn: Agent
) -> None:
    tickets = [ticket_of(alice, f"Ticket {n}") for n in range(4)]
    close = Change("act", Act.CLOSE)
    done = at_once(
        [
            partial(actions.change_many, viewer_of(dora), tickets, close),
            partial(actions.change_many, viewer_of(finn), tickets[::-1], close),
        ]
    )
    changed = [ticket.pk for outcome in done for ticket in outcome.changed]
    assert sorted(changed) == [ticket.pk for ticket in tickets]
    for ticket in tickets:
        assert len(history(ticket)) == 1
    # What one of them did is undone by them alone, and the other's stays.
    assert [actions.undo(viewer_of(dora), done[0].bulk)] == [len(done[0].changed)]
    assert [now(ticket).status for ticket in done[1].changed] == ["closed"] * len(done[1].changed)


def test_an_undo_that_is_pressed_twice_is_one(alice: Member, dora: Agent) -> None:
    tickets = [ticket_of(alice, f"Ticket {n}") for n in range(3)]
    bulk = actions.change_many(viewer_of(dora), tickets, Change("priority", 40)).bulk
    restored = at_once([partial(actions.undo, viewer_of(dora), bulk)] * 3)
    assert sorted(restored) == [0, 0, 3]
    assert BulkChange.objects.exclude(undone_at=None).count() == 1
    assert {now(ticket).priority for ticket in tickets} == {20}


def test_a_bulk_change_and_a_reply_both_count(alice: Member, dora: Agent, finn: Agent) -> None:
    tickets = [ticket_of(alice, f"Ticket {n}") for n in range(3)]
    bulk, *said = at_once(
        [
            partial(actions.change_many, viewer_of(dora), tickets, Change("act", Act.CLOSE)),
            *(doing(alice, ticket, Act.REPLY, "And another thing.") for ticket in tickets),
        ]
    )
    assert len(bulk.changed) == 3
    assert Message.objects.filter(body="And another thing.").count() == len(happened(said)) == 3
    for ticket in tickets:
        assert_the_table_holds(ticket)


def test_a_follow_up_that_is_sent_at_the_same_moment_is_one(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice)
    actions.move(viewer_of(dora), ticket, Act.CLOSE)
    Conversation.objects.update(closed_at=timezone.now() - timedelta(days=99))
    sent = words("It is back.")
    made = at_once([partial(actions.reply, viewer_of(alice), ticket, sent)] * 4)
    assert len({message.conversation_id for message in made}) == 1
    assert Conversation.objects.count() == Ticket.objects.count() == 2
    assert Link.objects.count() == Message.objects.filter(body="It is back.").count() == 1
    assert now(ticket).status == Status.CLOSED


def test_what_can_be_there_once_is_there_once(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice)
    actions.move(viewer_of(dora), ticket, Act.CLOSE)
    of_dora, of_alice = viewer_of(dora), viewer_of(alice)
    outcomes = at_once(
        [
            *[partial(actions.rate, of_alice, ticket, Score.GOOD, f"Well {n}") for n in range(2)],
            *[partial(actions.follow, of_dora, ticket)] * 2,
            *[partial(actions.add_tag, of_dora, ticket, "vip")] * 2,
        ]
    )
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert Rating.objects.count() == Follower.objects.count() == Tagging.objects.count() == 1


def test_no_ticket_gets_more_tags_than_there_is_room_for(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice)
    for number in range(18):
        actions.add_tag(viewer_of(dora), ticket, f"tag {number}")
    acts = [partial(actions.add_tag, viewer_of(dora), ticket, f"late {n}") for n in range(5)]
    outcomes = at_once(acts)
    assert [isinstance(outcome, ValidationError) for outcome in outcomes].count(True) == 3
    assert Tagging.objects.count() == 20
