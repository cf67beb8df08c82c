"""What does an open page hear, and when is it closed? Alone and beside others."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from asgiref.sync import sync_to_async
from django.db import transaction
from django.utils import timezone

from handrail.engines.conversations import topics
from handrail.engines.live import acts, hearing, pace, push
from handrail.engines.live.consumer import MOST_TOPICS
from handrail.engines.live.page import SIGNED_OUT, TOO_SLOW
from handrail.engines.live.topics import Topic
from handrail.people.actions import (
    change_role,
    deactivate_agent,
    end_membership,
    sign_out,
    start_session,
)
from handrail.people.models import Agent, HelpSession, Member
from handrail.people.viewer import Viewer
from tests.making import note, reply, ticket_of, viewer_of
from tests.sockets import Socket, connected

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["memory", "redis"], autouse=True)
def layer(request: pytest.FixtureRequest, settings: Any) -> str:
    """Inside of one process alone, and with a real Redis between many."""
    settings.REQUIRE_SECOND_FACTOR = False
    is_shared = request.param == "redis"
    settings.REDIS_URL = request.getfixturevalue("redis_url") if is_shared else ""
    return str(request.param)


later = sync_to_async
"""Does an act in a thread, as a request would."""


@pytest.fixture
def ticket(alice: Member) -> Any:
    return ticket_of(alice)


@pytest.fixture
def thread(ticket: Any) -> Topic:
    return Topic(topics.THREAD, ticket.conversation.public_id)


# --- Following ----------------------------------------------------------------------------------


def test_a_page_hears_that_what_it_follows_changed(
    alice: Member, dora: Agent, ticket: Any, thread: Topic
) -> None:
    async def visit(page: Socket) -> Any:
        assert await page.follow(thread) == "following"
        await later(reply)(dora, ticket)
        return await page.hear()

    assert connected(alice, visit) == {"type": "changed", "topic": str(thread)}


def test_a_members_list_hears_of_what_is_theirs_alone(
    alice: Member, dora: Agent, ticket: Any
) -> None:
    """Its rule asks who hears, not only what they may see."""
    own = Topic(topics.OWN, alice.public_id)

    async def visit(page: Socket) -> Any:
        assert await page.follow(own) == "following"
        await later(reply)(dora, ticket)
        return await page.hear()

    assert connected(alice, visit) == {"type": "changed", "topic": str(own)}


def test_an_agents_page_hears_of_notes_and_the_queue(dora: Agent, ticket: Any) -> None:
    desk = Topic(topics.DESK_THREAD, ticket.conversation.public_id)

    async def visit(page: Socket) -> set[str]:
        for topic in (desk, Topic(topics.QUEUE)):
            assert await page.follow(topic) == "following"
        await later(note)(dora, ticket)
        return {(await page.hear())["topic"] for _ in range(2)}

    assert connected(dora, visit) == {str(desk), "queue:"}


def test_what_one_may_not_see_cannot_be_followed(carol: Member, thread: Topic) -> None:
    async def visit(page: Socket) -> str:
        return await page.follow(thread)

    assert connected(carol, visit) == "refused"


def test_what_one_unfollows_is_not_heard_any_more(
    alice: Member, dora: Agent, ticket: Any, thread: Topic
) -> None:
    async def visit(page: Socket) -> bool:
        await page.follow(thread)
        await page.say("unfollow", thread)
        await page.say("follow", Topic(topics.QUEUE))  # refused: by then, the first was read
        assert (await page.hear())["type"] == "refused"
        await later(reply)(dora, ticket)
        return await page.is_silent()

    assert connected(alice, visit)


def test_a_page_follows_twenty_things_at_most(alice: Member) -> None:
    async def visit(page: Socket) -> list[str]:
        return [await page.follow(topic) for topic in mine]

    mine = [
        Topic(topics.THREAD, ticket_of(alice).conversation.public_id)
        for _ in range(MOST_TOPICS + 1)
    ]
    assert connected(alice, visit) == ["following"] * MOST_TOPICS + ["refused"]


def test_a_closed_page_is_forgotten(
    alice: Member, dora: Agent, ticket: Any, thread: Topic, caplog: pytest.LogCaptureFixture
) -> None:
    async def visit(page: Socket) -> None:
        await page.follow(thread)

    connected(alice, visit)
    reply(dora, ticket)
    assert "push_failed" not in caplog.text


# --- Only what is committed ---------------------------------------------------------------------


def test_nothing_is_heard_before_it_is_committed(
    alice: Member, dora: Agent, ticket: Any, thread: Topic
) -> None:
    written, may_commit = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            reply(dora, ticket)
            written.set()
            may_commit.wait(5)

    async def visit(page: Socket) -> Any:
        await page.follow(thread)
        writing = asyncio.create_task(sync_to_async(write, thread_sensitive=False)())
        await asyncio.to_thread(written.wait, 5)
        assert await page.is_silent()
        may_commit.set()
        heard = await page.hear()
        await writing
        return heard["type"]

    assert connected(alice, visit) == "changed"


def test_what_was_rolled_back_is_never_heard(
    alice: Member, dora: Agent, ticket: Any, thread: Topic
) -> None:
    def write() -> None:
        with pytest.raises(RuntimeError), transaction.atomic():
            reply(dora, ticket)
            raise RuntimeError

    async def visit(page: Socket) -> bool:
        await page.follow(thread)
        await later(write)()
        return await page.is_silent()

    assert connected(alice, visit)


def test_a_push_reaches_the_loop_of_the_server_from_any_thread(
    alice: Member, dora: Agent, ticket: Any, thread: Topic
) -> None:
    """As the embedded server has it: sockets on one loop, requests and tasks on threads."""

    async def visit(page: Socket) -> Any:
        push.attach(asyncio.get_running_loop())
        try:
            await page.follow(thread)
            await asyncio.to_thread(in_a_thread, lambda: reply(dora, ticket))
            return await page.hear()
        finally:
            push.attach(None)

    assert connected(alice, visit)["type"] == "changed"


def in_a_thread(act: Callable[[], Any]) -> None:
    """In one that knows of no loop, unlike those of asgiref."""
    bare = threading.Thread(target=act)
    bare.start()
    bare.join()


# --- When it must end ---------------------------------------------------------------------------


def test_a_session_that_ends_closes_its_pages(alice: Member) -> None:
    async def visit(page: Socket) -> int:
        await later(lambda: sign_out(HelpSession.objects.get()))()
        return await page.close_code()

    assert connected(alice, visit) == SIGNED_OUT == 4401


def test_a_membership_that_ends_closes_its_pages(alice: Member, thread: Topic) -> None:
    async def visit(page: Socket) -> int:
        await page.follow(thread)
        await later(end_membership)(alice)
        return await page.close_code()

    assert connected(alice, visit) == SIGNED_OUT


def test_a_session_that_expired_is_closed_as_soon_as_there_is_news(
    alice: Member, dora: Agent, ticket: Any, thread: Topic
) -> None:
    """The page then renews its session and catches up; left open, it would wait for ever."""

    async def visit(page: Socket) -> int:
        await page.follow(thread)
        with time_machine.travel(timezone.now() + timedelta(hours=1)):
            await later(reply)(dora, ticket)
            return await page.close_code()

    assert connected(alice, visit) == SIGNED_OUT


def test_nothing_is_said_after_the_last_word(
    alice: Member, dora: Agent, ticket: Any, thread: Topic
) -> None:
    """Several topics change at once; a server refuses any word after the closing one."""

    async def visit(page: Socket) -> bool:
        for topic in followed:
            await page.follow(topic)
        with time_machine.travel(timezone.now() + timedelta(hours=1)):
            await later(reply)(dora, ticket)
            await page.close_code()
            await page.say("follow", thread)
            return await page.is_silent()

    followed = (thread, *topics.list_topics(viewer_of(alice)))
    assert connected(alice, visit)


def test_who_expired_follows_nothing_new(alice: Member, thread: Topic) -> None:
    async def visit(page: Socket) -> int:
        with time_machine.travel(timezone.now() + timedelta(hours=1)):
            await page.say("follow", thread)
            return await page.close_code()

    assert connected(alice, visit) == SIGNED_OUT


@pytest.mark.parametrize(
    "act", [deactivate_agent, lambda agent: change_role(agent, "editor")], ids=["left", "moved"]
)
def test_an_agent_who_leaves_or_changes_is_closed(dora: Agent, act: Callable[[Agent], Any]) -> None:
    async def visit(page: Socket) -> int:
        await page.follow(Topic(topics.QUEUE))
        await later(act)(dora)
        return await page.close_code()

    assert connected(dora, visit) == SIGNED_OUT


def test_another_session_of_the_same_member_stays_open(
    alice: Member, dora: Agent, ticket: Any, thread: Topic
) -> None:
    other = start_session(alice).session

    async def visit(page: Socket) -> Any:
        await page.follow(thread)
        await later(sign_out)(other)
        await later(reply)(dora, ticket)
        return (await page.hear())["type"]

    assert connected(alice, visit) == "changed"


# --- Who comes in -------------------------------------------------------------------------------


async def code(page: Socket) -> int:
    return await page.close_code()


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:8000.evil"])
def test_a_page_of_another_site_is_closed(alice: Member, origin: str) -> None:
    assert connected(alice, code, origin=origin) == SIGNED_OUT


def test_nobody_is_closed(installation: None) -> None:
    assert connected(None, code) == SIGNED_OUT
    assert connected(None, code, side="console") == SIGNED_OUT


def test_one_sides_cookie_opens_nothing_on_the_other(alice: Member, dora: Agent) -> None:
    assert connected(alice, code, side="console") == SIGNED_OUT
    assert connected(dora, code, side="help") == SIGNED_OUT


JUNK = [
    " ",
    "{",
    "[]",
    "null",
    '"follow"',
    '{"type": "follow"}',
    '{"type": ["follow"], "topic": "queue:"}',
    '{"type": "session_ended"}',
    '{"type": "topic.changed", "topic": "queue:"}',
    json.dumps({"type": "follow", "topic": "conversation:" + "x" * 2000}),
    "[" * 900,
    '{"a":' * 200,
    "\ud83e".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "1" * 1000,
]


def test_junk_is_not_answered_with_more_than_a_refusal_and_closes_nothing(
    alice: Member, thread: Topic
) -> None:
    async def visit(page: Socket) -> str:
        for text in JUNK:
            await page.wire.send_to(text_data=text)
        await page.wire.send_to(bytes_data=b"\x00\xff" * 100)
        await page.say("follow", thread)
        heard = [await page.hear()]
        while heard[-1] == {"type": "refused"}:
            heard.append(await page.hear())
        return str(heard[-1]["type"])

    assert connected(alice, visit) == "following"


@pytest.fixture(autouse=True)
def _no_loop_is_left() -> Iterator[None]:
    yield
    push.attach(None)


# --- Gone ---------------------------------------------------------------------------------------


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What was done of what a page says, by an act of its own; the clock of the pace stands, and
    three things may be done at once."""
    done: list[int] = []

    def count(viewer: Viewer, key: str, content: acts.Content) -> None:
        done.append(content["n"])

    monkeypatch.setattr(acts, "_acts", {(topics.THREAD, "count"): acts.Act(count)})
    monkeypatch.setattr(pace, "AT_ONCE", 3)
    monkeypatch.setattr(pace, "time", SimpleNamespace(monotonic=lambda: 0.0))
    return done


def test_what_waits_for_its_turn_is_dropped_when_the_page_has_gone_and_what_came_in_time_is_not(
    alice: Member, thread: Topic, counted: list[int]
) -> None:
    """Else a page that said too much would be busy for as long as that takes, with nobody there:
    where the clock stands, for ever."""

    async def visit(page: Socket) -> None:
        for n in range(3):
            await page.say("count", thread, n=n)
        await page.say("follow", thread)
        for n in range(3, 300):
            await page.say("count", thread, n=n)

    connected(alice, visit)
    assert counted == [0, 1, 2]


def test_who_says_more_than_can_ever_be_done_is_closed(
    alice: Member, thread: Topic, counted: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hearing, "MOST_UNHEARD", 20)

    async def visit(page: Socket) -> int:
        for n in range(100):
            await page.say("count", thread, n=n)
        return await page.close_code()

    assert connected(alice, visit) == TOO_SLOW
    assert counted == [0, 1, 2], "what came in time is done"
