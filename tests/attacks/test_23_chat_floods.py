"""What if somebody says a thousand things a second, or opens pages without end? They are slowed."""

import asyncio
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from handrail.engines.conversations.models import Message
from handrail.engines.live import pace
from handrail.engines.live.fanout import MOST_PAGES
from handrail.engines.live.page import TOO_MANY, TOO_SLOW, Page
from handrail.mediums.chat.models import Chat
from handrail.people.models import Agent, Member
from handrail.people.viewer import Viewer
from handrail.surfaces.help.sessions import DOOR
from tests.chats import live_chat_of, topic_of
from tests.sockets import Socket, connected, together

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("sockets_without_a_second_factor"),
]


@pytest.fixture
def chat(alice: Member, dora: Agent) -> Chat:
    return live_chat_of(alice, dora)


@pytest.fixture
def _all_at_one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow this machine is, what is said is said at once: the clock of the pace stands."""
    monkeypatch.setattr(pace, "time", SimpleNamespace(monotonic=lambda: 0.0))


@pytest.mark.usefixtures("_all_at_one_moment")
def test_who_says_too_much_is_slowed_and_told_and_others_are_not(
    alice: Member, carol: Member, dora: Agent, chat: Chat
) -> None:
    theirs = live_chat_of(carol, dora)
    much = 2 * pace.AT_ONCE

    async def visit(loud: Socket, quiet: Socket) -> None:
        for _ in range(much):
            await loud.say("say", topic_of(chat), client_id=str(uuid4()), text="me me me")
        refused = await loud.hear_of("refused")
        assert refused["why"]
        assert refused["client_id"]
        assert 1 <= refused["retry_after"] <= 2
        assert (await quiet.tell(topic_of(theirs), "Hello."))["type"] == "said"

    together([alice, carol], visit)
    assert Message.objects.filter(body="me me me").count() < much


@pytest.mark.usefixtures("_all_at_one_moment")
def test_several_pages_of_one_person_are_no_way_around(alice: Member, chat: Chat) -> None:
    async def visit(*pages: Socket) -> None:
        for _ in range(pace.AT_ONCE):
            for page in pages:
                await page.say("say", topic_of(chat), client_id=str(uuid4()), text="me")
        await asyncio.gather(*(page.hear_of("refused") for page in pages))

    together([alice, alice, alice], visit)


def test_what_needs_no_answer_is_dropped_without_one(alice: Member, chat: Chat) -> None:
    async def visit(page: Socket) -> None:
        for _ in range(pace.AT_ONCE + 10):
            await page.say("typing", topic_of(chat))
        assert await page.is_silent()

    connected(alice, visit)


def test_the_oldest_of_too_many_pages_is_closed(alice: Member) -> None:
    async def visit(*pages: Socket) -> int:
        return await pages[0].close_code()

    assert together([alice] * (MOST_PAGES + 1), visit) == TOO_MANY


def test_a_page_that_does_not_read_is_closed_and_holds_no_memory() -> None:
    async def run() -> list[Any]:
        sent: list[Any] = []

        async def stuck(message: Any) -> None:
            sent.append(message)
            if len(sent) == 1:
                await asyncio.sleep(0.05)

        scope: dict[str, Any] = {"headers": []}
        page = Page(DOOR, scope, Viewer())
        writing = asyncio.ensure_future(page.write(stuck))
        page.put("first")
        await asyncio.sleep(0)
        for _ in range(5000):
            page.put("x" * 1000)
        assert not page._frames
        await writing
        return sent

    sent = asyncio.run(run())
    assert [message["type"] for message in sent] == ["websocket.send", "websocket.close"]
    assert sent[-1]["code"] == TOO_SLOW


def test_a_pace_comes_back_with_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("handrail.engines.live.pace.time.monotonic", lambda: now[0])
    theirs = pace.Pace()
    assert [theirs.wait("m1") for _ in range(pace.AT_ONCE)] == [0.0] * pace.AT_ONCE
    early = theirs.wait("m1")
    assert 0 < early <= 1 / pace.A_SECOND
    assert theirs.wait("m2") == 0
    now[0] += 1
    assert [theirs.wait("m1") for _ in range(pace.A_SECOND)] == [0.0] * pace.A_SECOND
    assert theirs.wait("m1") > 0


def test_a_crowd_is_not_remembered_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "MOST_KNOWN", 3)
    theirs = pace.Pace()
    for number in range(10):
        theirs.wait(f"m{number}")
    assert len(theirs._left) == 3
