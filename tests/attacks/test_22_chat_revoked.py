"""What outlives revocation? No open chat: what ends a session ends what its page hears and says."""

from collections.abc import Callable

import pytest
from asgiref.sync import sync_to_async
from django.db import connection

from handrail.engines.conversations.models import Message
from handrail.engines.live import fanout
from handrail.engines.live.page import SIGNED_OUT
from handrail.mediums.chat import actions
from handrail.mediums.chat.models import Chat
from handrail.people.actions import change_role, deactivate_agent, end_membership, sign_out
from handrail.people.models import Agent, HelpSession, Member
from tests.chats import live_chat_of, topic_of
from tests.making import viewer_of, words
from tests.sockets import Socket, connected

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("sockets_without_a_second_factor"),
]

later = sync_to_async


@pytest.fixture
def chat(alice: Member, dora: Agent) -> Chat:
    return live_chat_of(alice, dora)


ENDS: list[Callable[[Member], object]] = [
    lambda alice: sign_out(HelpSession.objects.get(member=alice, ended_at=None)),
    end_membership,
]


@pytest.mark.parametrize("end", ENDS, ids=["signed out", "left"])
def test_a_session_that_ends_closes_the_chat_and_nothing_more_is_heard(
    alice: Member, dora: Agent, chat: Chat, end: Callable[[Member], object]
) -> None:
    async def visit(page: Socket) -> None:
        await page.follow(topic_of(chat))
        await later(end)(alice)
        await later(actions.say)(viewer_of(dora), chat, words("After the end."))
        heard = []
        while (message := await page.wire.receive_output(timeout=20))["type"] == "websocket.send":
            heard.append(message["text"])
        assert message["code"] == SIGNED_OUT
        assert "After the end." not in str(heard)
        await page.say("say", topic_of(chat), client_id="x", text="And me?")
        assert await page.is_silent()

    connected(alice, visit)


ENDS_BY_HAND = [
    "UPDATE people_helpsession SET ended_at = created_at",
    "UPDATE people_member SET ended_at = created_at",
    "UPDATE people_host SET is_active = %s",
]


@pytest.mark.parametrize("statement", ENDS_BY_HAND)
@pytest.mark.parametrize("act", ["hears", "says", "follows"])
def test_no_signal_is_needed_for_it(
    alice: Member, dora: Agent, chat: Chat, statement: str, act: str
) -> None:
    """Another process, or somebody at the database, has ended it: the next act asks the rows."""

    def end() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, [False] if "%s" in statement else None)

    async def visit(page: Socket) -> int:
        await page.follow(topic_of(chat))
        await later(end)()
        if act == "hears":
            await later(actions.say)(viewer_of(dora), chat, words("After the end."))
        elif act == "says":
            await page.say("say", topic_of(chat), client_id="x", text="After the end.")
        else:
            await page.say("follow", topic_of(chat))
        message = await page.wire.receive_output(timeout=20)
        assert message["type"] == "websocket.close", message
        return int(message["code"])

    assert connected(alice, visit) == SIGNED_OUT
    assert act == "hears" or not Message.objects.filter(body="After the end.").exists()


@pytest.mark.parametrize(
    "end", [deactivate_agent, lambda agent: change_role(agent, "editor")], ids=["left", "moved"]
)
def test_an_agent_who_leaves_hears_and_says_no_more(
    alice: Member, dora: Agent, chat: Chat, end: Callable[[Agent], object]
) -> None:
    async def visit(page: Socket) -> int:
        await page.follow(topic_of(chat))
        await later(end)(dora)
        await later(actions.say)(viewer_of(alice), chat, words("Are you there?"))
        code = await page.close_code()
        return code

    assert connected(dora, visit) == SIGNED_OUT


def test_an_agents_new_password_closes_what_is_open(dora: Agent, alice: Member, chat: Chat) -> None:
    def change() -> None:
        Agent.objects.filter(pk=dora.pk).update(password="another")  # past every signal

    async def visit(page: Socket) -> int:
        await page.follow(topic_of(chat))
        await later(change)()
        await page.say("catch-up", topic_of(chat), after=0)
        return await page.close_code()

    assert connected(dora, visit) == SIGNED_OUT


def test_a_page_that_is_closed_leaves_nothing_behind(alice: Member, chat: Chat) -> None:
    async def visit(page: Socket) -> None:
        await page.follow(topic_of(chat))

    connected(alice, visit)
    assert not fanout._halls
