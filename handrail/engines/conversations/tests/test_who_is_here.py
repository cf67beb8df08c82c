"""Do pages of a talk hear who of the other side has it open, and of nobody else?"""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.core.cache import cache

from handrail.engines.conversations import actions, live_acts, topics
from handrail.engines.conversations.models import Conversation
from handrail.engines.live import presence, push
from handrail.people.actions import create_agent, sign_out
from handrail.people.models import Agent, HelpSession, Member
from tests.making import ticket_of, viewer_of, words
from tests.sockets import Socket, connected, together

pytestmark = pytest.mark.django_db(transaction=True)

KIND = "talk"
later = sync_to_async


@pytest.fixture(params=["memory", "redis"], autouse=True)
def layer(request: pytest.FixtureRequest, settings: Any, monkeypatch: Any) -> Iterator[None]:
    """Inside of one process alone, and with a real Redis between many."""
    settings.REQUIRE_SECOND_FACTOR = False
    is_shared = request.param == "redis"
    settings.REDIS_URL = request.getfixturevalue("redis_url") if is_shared else ""
    monkeypatch.setattr(topics, "_talks", set())
    monkeypatch.setattr(live_acts, "_kinds", {})
    live_acts.register_kind(
        KIND, say=actions.say, note=actions.add_note, edit=actions.edit, remove=actions.remove
    )
    yield
    push.attach(None)


@pytest.fixture
def talk(alice: Member, dora: Agent) -> Conversation:
    """Alice's, with Dora."""
    conversation, _is_new = actions.open_conversation(
        viewer_of(alice), kind=KIND, subject="Clicks", status="live", is_shared=False, draft=words()
    )
    actions.assign(conversation, dora)
    return conversation


@pytest.fixture
def topic(talk: Conversation) -> str:
    return f"conversation:{talk.public_id}"


async def hears(page: Socket, *names: str) -> None:
    """The page hears that just these are here, if not at first: who comes and goes is looked for
    in a thread, which on a busy machine looks once for two changes, or twice."""
    while [one["name"] for one in (await page.hear_of("here"))["who"]] != list(names):
        pass  # it hears of nothing for so long that `hear` gives up


def test_each_side_hears_that_the_other_is_here_and_that_they_left(
    alice: Member, dora: Agent, topic: str
) -> None:
    async def visit(hers: Socket, ours: Socket) -> None:
        assert await hers.follow(topic) == "following"
        assert await hers.is_silent(), "nobody else is here"
        assert await ours.follow(topic) == "following"
        await hears(ours, alice.name, dora.name)
        await hears(hers, alice.name, dora.name)
        await ours.say("unfollow", topic)
        await hears(hers, alice.name)
        await ours.follow(topic)
        await hears(hers, alice.name, dora.name)
        await hears(ours, alice.name, dora.name)
        await hers.say("unfollow", topic)
        await hears(ours, dora.name)

    together([alice, dora], visit)


def test_a_second_page_of_somebody_tells_nobody_and_knows_who_is_here(
    alice: Member, dora: Agent, topic: str
) -> None:
    async def visit(first: Socket, second: Socket, ours: Socket) -> None:
        for page in (first, ours):
            await page.follow(topic)
        await hears(ours, alice.name, dora.name)
        await ours.settle()
        await second.follow(topic)
        await hears(second, alice.name, dora.name)
        await second.say("unfollow", topic)
        assert await ours.is_silent()

    together([alice, alice, dora], visit)


def test_whose_session_ends_is_here_no_more(alice: Member, dora: Agent, topic: str) -> None:
    async def visit(hers: Socket, ours: Socket) -> None:
        for page in (ours, hers):
            await page.follow(topic)
        await hears(ours, alice.name, dora.name)
        await later(sign_out)(await later(HelpSession.objects.get)(member=alice))
        await hears(ours, dora.name)

    together([alice, dora], visit)


def test_a_member_hears_of_the_agent_who_is_with_them_and_of_no_other(
    alice: Member, dora: Agent, talk: Conversation, topic: str
) -> None:
    erik = create_agent(email="erik@larkspan.example", name="Erik", role="agent")

    async def visit(hers: Socket, others: Socket) -> None:
        await hers.follow(topic)
        await others.follow(topic)
        await hears(others, alice.name)
        assert await hers.is_silent()
        await later(actions.assign)(talk, erik)
        await hears(hers, alice.name, "Erik")
        await hears(others, alice.name, "Erik")
        await later(actions.assign)(talk, None)
        await hears(hers, alice.name)

    together([alice, erik], visit)


def test_once_it_is_over_only_its_member_is_told_of(
    alice: Member, dora: Agent, talk: Conversation, topic: str
) -> None:
    async def visit(hers: Socket, ours: Socket) -> None:
        for page in (hers, ours):
            await page.follow(topic)
        await hears(hers, alice.name, dora.name)
        await later(actions.set_status)(talk, "ended", is_closed=True)
        await hears(hers, alice.name)

    together([alice, dora], visit)


def test_of_tickets_nobody_hears_who_reads_them(alice: Member, dora: Agent) -> None:
    conversation = ticket_of(alice).conversation
    actions.assign(conversation, dora)
    thread = f"conversation:{conversation.public_id}"

    async def visit(hers: Socket, ours: Socket) -> None:
        for page in (hers, ours):
            await page.follow(thread)
        assert await hers.is_silent()
        assert await ours.is_silent()

    together([alice, dora], visit)


def test_what_is_said_asks_nothing_of_it(
    alice: Member, dora: Agent, topic: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def visit(hers: Socket, ours: Socket) -> None:
        for page in (hers, ours):
            await page.follow(topic)
        await hears(hers, alice.name, dora.name)
        monkeypatch.setattr(presence, "_here", None)
        monkeypatch.setattr(presence, "_say", None)
        await hers.tell(topic, "Hello?")
        assert (await ours.hear_of("line"))["line"]["text"] == "Hello?"

    together([alice, dora], visit)


def test_who_is_at_another_process_counts_until_nobody_says_so_again(
    alice: Member, dora: Agent, topic: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not settings.REDIS_URL:
        pytest.skip("One process alone.")
    monkeypatch.setattr(presence, "AGAIN_SECONDS", 0.2)
    doras = f"here:{topic}:a{dora.pk}"
    cache.set(doras, {"another process": time.time() + 60})

    async def visit(page: Socket) -> None:
        await page.follow(topic)
        await hears(page, alice.name, dora.name)
        gone = {"another process": time.time() - 1}
        await later(cache.set)(doras, gone)  # it was ended at once, and says nothing any more
        await hears(page, alice.name)
        await later(cache.set)(doras, {"another process": time.time() + 60})
        await hears(page, alice.name, dora.name)
        assert await later(cache.get)(f"here:{topic}:m{alice.pk}")

    connected(alice, visit)
