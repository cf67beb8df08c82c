"""Does a chat come to one person, in its turn, and back?"""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import time_machine
from django.core.exceptions import ValidationError

from handrail.engines.conversations.models import Conversation, Message
from handrail.mediums.chat import actions
from handrail.mediums.chat.actions import NotNow, Taken
from handrail.mediums.chat.models import Chat, Reason
from handrail.mediums.chat.states import Status
from handrail.people.actions import create_agent
from handrail.people.models import Agent, AgentRole, Member, Team
from handrail.people.viewer import SYSTEM, NotEntitled
from tests.chats import assistant_is, chat_of, live_chat_of, said, waiting_chat_of
from tests.making import viewer_of
from tests.racing import at_once

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


def another(name: str, role: str = AgentRole.AGENT) -> Agent:
    return create_agent(
        email=f"{name.lower()}@handrail.example",
        name=name,
        password="long enough to pass",
        role=role,
    )


def now(chat: Chat) -> Chat:
    return Chat.objects.select_related("conversation__assignee", "conversation__team").get(
        pk=chat.pk
    )


def test_who_asks_for_a_person_waits_from_then_on(alice: Member) -> None:
    with time_machine.travel(NOON, tick=False):
        chat = actions.ask_for_person(viewer_of(alice), chat_of(alice), Reason.WISH)
    assert (chat.conversation.status, chat.waiting_since, chat.reason) == (
        Status.WAITING,
        NOON,
        "wish",
    )
    with pytest.raises(NotNow):
        actions.ask_for_person(viewer_of(alice), chat, Reason.BUTTON)


def test_who_accepts_is_with_the_member_and_their_wait_is_known(alice: Member, dora: Agent) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        chat = waiting_chat_of(alice)
        clock.shift(timedelta(seconds=90))
        chat = actions.accept(viewer_of(dora), chat)
    assert (chat.conversation.status, chat.conversation.assignee) == (Status.LIVE, dora)
    assert (chat.waited_seconds, chat.waiting_since) == (90, None)
    assert actions.accept(viewer_of(dora), chat) == chat
    assert [m.event for m in chat.conversation.messages.filter(kind="event")] == [
        "asked_for_person",
        "accepted",
    ]


def test_who_comes_second_hears_who_was_first(alice: Member, dora: Agent) -> None:
    chat = live_chat_of(alice, dora)
    with pytest.raises(Taken) as refusal:
        actions.accept(viewer_of(another("Erik")), chat)
    assert refusal.value.by == dora
    assert refusal.value.messages == ["Dora accepted this chat first."]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_has_it_and_the_other_hears_of_it(
    alice: Member, dora: Agent
) -> None:
    agents = [dora, another("Erik"), another("Fred")]
    chat = waiting_chat_of(alice)
    done = at_once([partial(actions.accept, viewer_of(agent), chat) for agent in agents])
    [winner] = [one for one in done if isinstance(one, Chat)]
    losers = [one for one in done if isinstance(one, Taken)]
    assert len(losers) == 2
    assert {loser.by for loser in losers} == {winner.conversation.assignee}
    assert now(chat).conversation.assignee == winner.conversation.assignee
    assert Message.objects.filter(event="accepted").count() == 1


def test_an_editor_accepts_nothing(alice: Member) -> None:
    with pytest.raises(NotEntitled):
        actions.accept(viewer_of(another("Edith", AgentRole.EDITOR)), waiting_chat_of(alice))


def test_given_to_an_agent_it_is_live_with_them_and_the_note_is_theirs(
    alice: Member, dora: Agent
) -> None:
    erik = another("Erik")
    chat = live_chat_of(alice, dora)
    chat = actions.transfer(viewer_of(dora), chat, agent=erik, note="Knows reports.")
    assert (chat.conversation.status, chat.conversation.assignee) == (Status.LIVE, erik)
    [note] = chat.conversation.messages.filter(kind="note")
    assert note.body == "Knows reports."
    assert not Message.objects.visible_to(viewer_of(alice)).filter(pk=note.pk).exists()
    with pytest.raises(ValidationError):
        actions.transfer(viewer_of(dora), chat, agent=another("Edith", AgentRole.EDITOR))


def test_given_to_a_team_it_waits_in_the_place_that_it_had(alice: Member, dora: Agent) -> None:
    team = Team.objects.create(name="Billing")
    with time_machine.travel(NOON, tick=False) as clock:
        chat = waiting_chat_of(alice)
        clock.shift(timedelta(minutes=3))
        chat = actions.accept(viewer_of(dora), chat)
        clock.shift(timedelta(minutes=5))
        chat = actions.transfer(viewer_of(dora), chat, team=team)
    chat = now(chat)
    assert (chat.conversation.status, chat.conversation.team) == (Status.WAITING, team)
    assert (chat.conversation.assignee, chat.waiting_since) == (None, NOON)
    assert chat.reason == Reason.TRANSFER
    assert chat.waited_seconds == 180, "the first agent came after three minutes, whoever is next"


def test_given_back_the_assistant_answers_again_where_it_is_on(alice: Member, dora: Agent) -> None:
    chat = actions.give_back(viewer_of(dora), live_chat_of(alice, dora))
    assert (chat.conversation.status, chat.conversation.assignee) == (Status.ASSISTANT, None)
    assert (chat.waiting_since, chat.reason) == (None, "")
    assistant_is(False)
    waiting = actions.ask_for_person(viewer_of(alice), chat, Reason.WISH)
    with pytest.raises(NotNow):
        actions.give_back(viewer_of(dora), waiting)
    assert Conversation.objects.get(pk=chat.pk).status == Status.WAITING


def test_whom_an_agent_joins_unasked_has_not_waited(alice: Member, dora: Agent) -> None:
    chat = actions.accept(viewer_of(dora), chat_of(alice))
    assert (chat.accepted_at is not None, chat.waited_seconds) == (True, None)


def test_a_note_to_whoever_comes_next_holds_nothing_that_no_database_keeps(
    alice: Member, dora: Agent
) -> None:
    chat = live_chat_of(alice, dora)
    actions.transfer(viewer_of(dora), chat, note="Ple\0ase")
    assert chat.conversation.messages.get(kind="note").body == "Please"


def test_who_never_said_that_they_are_here_is_missed_as_well(alice: Member, dora: Agent) -> None:
    with time_machine.travel(datetime(2026, 11, 27, 12, 0, tzinfo=UTC), tick=False) as clock:
        chat = live_chat_of(alice, dora)
        said(alice, chat, "Are you still there?")
        clock.shift(timedelta(minutes=4))
        assert actions.take_from_the_gone(SYSTEM) == 0
        clock.shift(timedelta(minutes=2))
        assert actions.take_from_the_gone(SYSTEM) == 1
    assert Conversation.objects.get(pk=chat.pk).status == Status.WAITING
