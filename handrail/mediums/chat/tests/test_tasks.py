"""Does what happens later happen, without anybody asking for it?"""

from collections.abc import Callable

import pytest

from handrail.engines.conversations.models import Conversation
from handrail.engines.tasks.worker import Worker
from handrail.mediums.chat import actions, tasks
from handrail.mediums.chat.models import Chat, Presence, Reason
from handrail.mediums.chat.states import Status
from handrail.people.models import Agent, Member
from tests.chats import chat_of, here, live_chat_of, waiting_chat_of
from tests.making import viewer_of

pytestmark = pytest.mark.django_db(transaction=True)


def work() -> None:
    Worker().run_ready()


def agent_of(chat: Chat) -> Agent | None:
    return Conversation.objects.get(pk=chat.pk).assignee


def test_who_asks_for_a_person_comes_to_one_who_is_here(alice: Member, dora: Agent) -> None:
    here(dora)
    chat = chat_of(alice)
    work()
    assert agent_of(chat) is None
    actions.ask_for_person(viewer_of(alice), chat, Reason.WISH)
    work()
    assert agent_of(chat) == dora


@pytest.mark.parametrize(
    "makes_room",
    [
        lambda dora, chat: actions.end(viewer_of(dora), chat),
        lambda dora, chat: actions.make_ticket(viewer_of(dora), chat),
        lambda dora, chat: actions.give_back(viewer_of(dora), chat),
        lambda dora, chat: here(dora, limit=2),
    ],
    ids=["end", "ticket", "give-back", "limit"],
)
def test_who_waits_comes_to_whoever_has_room_again(
    alice: Member, bob: Member, dora: Agent, makes_room: Callable[[Agent, Chat], object]
) -> None:
    here(dora, limit=1)
    first = live_chat_of(alice, dora)
    second = waiting_chat_of(bob)
    work()
    assert agent_of(second) is None
    makes_room(dora, first)
    work()
    assert agent_of(second) == dora


def test_who_waits_comes_to_whoever_comes(alice: Member, dora: Agent) -> None:
    chat = waiting_chat_of(alice)
    here(dora)
    actions.set_availability(viewer_of(dora), presence=Presence.AWAY)
    work()
    assert agent_of(chat) is None
    here(dora)
    work()
    assert agent_of(chat) == dora


def test_the_round_does_all_of_it_and_twice_is_once(alice: Member, dora: Agent) -> None:
    here(dora)
    chat = waiting_chat_of(alice)
    for _ in range(2):
        tasks.go_round.call()
    assert Conversation.objects.get(pk=chat.pk).status == Status.LIVE
    assert chat.conversation.messages.filter(event="accepted").count() == 1
