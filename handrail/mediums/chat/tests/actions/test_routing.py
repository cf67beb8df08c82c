"""Does whoever waits longest come to whom it suits, and nobody gets more than they said?"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
import time_machine

from conftest import GLOBEX
from handrail.engines.activity.models import Activity
from handrail.engines.conversations.models import Conversation
from handrail.engines.notify.models import Notice
from handrail.mediums.chat import actions
from handrail.mediums.chat.models import Availability, Chat, Policy, Presence
from handrail.mediums.chat.states import Status
from handrail.people.models import Agent, Host, Member, Team
from handrail.people.viewer import SYSTEM, NotEntitled
from tests.chats import agent_called, here, live_chat_of, members_of, said, waiting_chat_of
from tests.making import viewer_of
from tests.racing import at_once

pytestmark = pytest.mark.django_db

Traveller = Any
NOON = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def queue_of(host: Host, count: int, clock: Traveller, language: str = "") -> list[Chat]:
    chats = []
    for member in members_of(host, count, GLOBEX):
        chats.append(waiting_chat_of(member, language=language))
        clock.shift(timedelta(seconds=1))
    return chats


def given() -> dict[int, str]:
    live = Conversation.objects.filter(status=Status.LIVE, kind="chat")
    return dict(live.values_list("pk", "assignee__name"))


def test_who_waits_longest_is_first_and_limits_hold(
    host: Host, dora: Agent, clock: Traveller
) -> None:
    erik = agent_called("Erik")
    here(dora, limit=2)
    here(erik, limit=1)
    chats = queue_of(host, 5, clock)
    assert actions.route_waiting(SYSTEM) == 3
    assert given() == {chats[0].pk: "Dora", chats[1].pk: "Erik", chats[2].pk: "Dora"}
    assert actions.route_waiting(SYSTEM) == 0
    actions.end(viewer_of(erik), Chat.objects.get(pk=chats[1].pk))
    assert actions.route_waiting(SYSTEM) == 1
    assert given()[chats[3].pk] == "Erik"


def test_by_load_then_by_turn(host: Host, dora: Agent, clock: Traveller) -> None:
    erik = agent_called("Erik")
    for agent in (dora, erik):
        here(agent, limit=3)
    chats = queue_of(host, 2, clock)
    actions.route_waiting(SYSTEM)
    assert given() == {chats[0].pk: "Dora", chats[1].pk: "Erik"}
    for chat in chats:
        actions.end(SYSTEM, chat)
    Availability.objects.filter(agent=erik).update(last_given_at=NOON - timedelta(hours=1))
    again = queue_of(host, 1, clock)
    actions.route_waiting(SYSTEM)
    assert given() == {again[0].pk: "Erik"}


def test_language_and_skill_are_asked_before_load(
    alice: Member, bob: Member, dora: Agent, carol: Member
) -> None:
    erik, fred = agent_called("Erik"), agent_called("Fred")
    team = Team.objects.create(name="Billing")
    here(dora, languages=["en"])
    here(erik, languages=["de"], limit=1)
    here(fred, languages=["fr"], skills=[team.public_id])
    german = waiting_chat_of(alice, language="de-AT")
    billing = actions.transfer(viewer_of(dora), waiting_chat_of(bob, language="en"), team=team)
    english = waiting_chat_of(carol, language="en")
    actions.route_waiting(SYSTEM)
    assert given() == {german.pk: "Erik", billing.pk: "Fred", english.pk: "Dora"}


def test_one_whom_nobody_can_take_holds_up_nobody(
    host: Host, alice: Member, dora: Agent, clock: Traveller
) -> None:
    here(dora)
    erik = agent_called("Erik")
    nobodys = Team.objects.create(name="Nobody's")
    stuck = actions.transfer(viewer_of(erik), waiting_chat_of(alice), team=nobodys)
    [other] = queue_of(host, 1, clock)
    actions.route_waiting(SYSTEM)
    assert given() == {other.pk: "Dora"}
    assert Chat.objects.get(pk=stuck.pk).waiting_since


def test_who_is_away_or_not_heard_of_gets_none(host: Host, dora: Agent, clock: Traveller) -> None:
    erik = agent_called("Erik")
    here(dora)
    here(erik)
    actions.set_availability(viewer_of(erik), presence=Presence.AWAY)
    queue_of(host, 1, clock)
    clock.shift(timedelta(minutes=3))
    assert actions.route_waiting(SYSTEM) == 0
    actions.be_here(viewer_of(dora))
    assert actions.route_waiting(SYSTEM) == 1


def test_the_owner_may_leave_it_to_the_agents(host: Host, dora: Agent, clock: Traveller) -> None:
    here(dora)
    queue_of(host, 1, clock)
    Policy.objects.update(routes_by_itself=False)
    assert actions.route_waiting(SYSTEM) == 0


def test_the_agent_hears_of_it_and_it_is_on_record(alice: Member, dora: Agent) -> None:
    here(dora)
    chat = waiting_chat_of(alice)
    actions.route_waiting(SYSTEM)
    [notice] = Notice.objects.filter(agent=dora)
    assert notice.title == "A chat is yours now: Where are my clicks?"
    [activity] = Activity.objects.filter(verb="chat.routed")
    assert (activity.system, activity.detail) == ("system", {"to": dora.public_id})
    [event] = chat.conversation.messages.filter(event="accepted")
    assert event.agent == dora


def test_members_route_nothing(alice: Member) -> None:
    with pytest.raises(NotEntitled):
        actions.route_waiting(viewer_of(alice))


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_give_each_chat_once_and_nobody_too_many(
    host: Host, dora: Agent, clock: Traveller
) -> None:
    here(dora, limit=2)
    here(agent_called("Erik"), limit=1)
    chats = queue_of(host, 6, clock)
    counts = at_once([partial(actions.route_waiting, SYSTEM)] * 3)
    assert sum(counts) == 3
    assert sorted(given().values()) == ["Dora", "Dora", "Erik"]
    assert set(given()) == {chat.pk for chat in chats[:3]}
    assert Activity.objects.filter(verb="chat.routed").count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_run_and_an_agent_who_accepts_at_once_agree(alice: Member, dora: Agent) -> None:
    erik = agent_called("Erik")
    here(dora)
    chat = waiting_chat_of(alice)
    done = at_once(
        [partial(actions.route_waiting, SYSTEM), partial(actions.accept, viewer_of(erik), chat)]
    )
    winner = given()[chat.pk]
    if winner == "Dora":
        assert isinstance(done[1], actions.Taken)
        assert done[1].by == dora
    else:
        assert done[0] == 0


def test_what_a_gone_agent_does_not_answer_comes_back_to_its_place(
    alice: Member, bob: Member, dora: Agent, clock: Traveller
) -> None:
    here(dora)
    chat = live_chat_of(alice, dora)
    answered = live_chat_of(bob, dora)
    said(dora, answered, "They are below your ads.")
    clock.shift(timedelta(minutes=4))
    assert actions.take_from_the_gone(SYSTEM) == 0
    clock.shift(timedelta(minutes=2))
    assert actions.take_from_the_gone(SYSTEM) == 1
    chat = Chat.objects.select_related("conversation").get(pk=chat.pk)
    assert (chat.conversation.status, chat.waiting_since) == (Status.WAITING, NOON)
    assert chat.conversation.assignee_id is None
    assert actions.take_from_the_gone(SYSTEM) == 0


def test_what_a_gone_agent_only_read_comes_back_unless_it_asks_for_nothing(
    alice: Member, bob: Member, dora: Agent, clock: Traveller
) -> None:
    here(dora)
    read, thanked = live_chat_of(alice, dora), live_chat_of(bob, dora)
    said(dora, thanked, "They are below your ads.")
    said(bob, thanked, "Thank you!")
    for chat in (read, thanked):
        last = chat.conversation.messages.latest("pk")
        actions.see(viewer_of(dora), Chat.objects.get(pk=chat.pk), last.pk)
    assert not Chat.objects.filter(is_unread_for_us=True).exists()
    clock.shift(timedelta(minutes=4))
    assert actions.take_from_the_gone(SYSTEM) == 0
    clock.shift(timedelta(minutes=2))
    assert actions.take_from_the_gone(SYSTEM) == 1
    assert Chat.objects.get(pk=read.pk).waiting_since == NOON
    assert Conversation.objects.get(pk=thanked.pk).status == Status.LIVE
