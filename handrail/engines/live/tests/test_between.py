"""Do processes hear of each other's news, and look at what they missed while Redis was away?"""

import asyncio
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
import redis
from asgiref.sync import sync_to_async
from django.utils import timezone
from redis.asyncio import Redis as AsyncRedis

from handrail.config.bench.redis_server import OwnRedis, own_redis
from handrail.engines.conversations import topics
from handrail.engines.live import between, fanout, push
from handrail.engines.live.news import News, framed, read
from handrail.engines.live.page import SIGNED_OUT
from handrail.engines.live.topics import Topic
from handrail.people.models import HelpSession, Member
from tests.making import ticket_of
from tests.sockets import Socket, connected

pytestmark = pytest.mark.django_db(transaction=True)

later = sync_to_async


@pytest.fixture
def own(settings: Any) -> Iterator[OwnRedis]:
    with own_redis() as server:
        settings.REDIS_URL = server.url
        yield server
    push.attach(None)
    between._client.cache_clear()


@pytest.fixture
def topic(alice: Member) -> Topic:
    return Topic(topics.THREAD, ticket_of(alice).conversation.public_id)


def from_elsewhere(url: str, news: News) -> None:
    """As another process of this installation tells it."""
    with redis.Redis.from_url(url) as client:
        client.publish(between.CHANNEL, json.dumps({"from": "another", **news.as_json}))


def news_of(topic: Topic, words: str) -> News:
    return News(topic, framed({"type": "line", "topic": str(topic), "words": words}))


async def listening(url: str, page: Socket, topic: Topic) -> None:
    """Following, the subscription stands, and all that was said of that is heard."""
    assert await page.follow(topic) == "following"
    await asyncio.to_thread(subscribed, url)
    while not await page.is_silent():
        assert (await page.hear())["type"] == "following"


def subscribed(url: str) -> None:
    with redis.Redis.from_url(url) as client:
        while client.pubsub_numsub(between.CHANNEL)[0][1] < 1:
            time.sleep(0.02)


def test_another_processs_news_are_heard(own: OwnRedis, alice: Member, topic: Topic) -> None:
    async def visit(page: Socket) -> Any:
        await listening(own.url, page, topic)
        await later(from_elsewhere)(own.url, news_of(topic, "from afar"))
        return (await page.hear())["words"]

    assert connected(alice, visit) == "from afar"


def test_its_own_news_are_heard_once(own: OwnRedis, alice: Member, topic: Topic) -> None:
    async def visit(page: Socket) -> bool:
        await listening(own.url, page, topic)
        await later(fanout.spread)(news_of(topic, "from here"))
        assert (await page.hear())["words"] == "from here"
        return await page.is_silent()

    assert connected(alice, visit)


def test_the_rule_is_asked_for_them_too(own: OwnRedis, alice: Member, topic: Topic) -> None:
    async def visit(page: Socket) -> int:
        await listening(own.url, page, topic)
        await later(HelpSession.objects.update)(ended_at=timezone.now())
        await later(from_elsewhere)(own.url, news_of(topic, "too late"))
        return await page.close_code()

    assert connected(alice, visit) == SIGNED_OUT


def test_a_session_that_ends_elsewhere_closes_its_pages_here(
    own: OwnRedis, alice: Member, topic: Topic
) -> None:
    async def visit(page: Socket) -> int:
        await listening(own.url, page, topic)
        ended = await later(lambda: HelpSession.objects.get().session_id)()
        await later(from_elsewhere)(own.url, News(sessions=(ended,)))
        return await page.close_code()

    assert connected(alice, visit) == SIGNED_OUT


def test_after_redis_was_away_every_page_looks(own: OwnRedis, alice: Member, topic: Topic) -> None:
    async def visit(page: Socket) -> None:
        await listening(own.url, page, topic)
        own.kill()
        await later(fanout.spread)(news_of(topic, "while it is away"))
        assert (await page.hear())["words"] == "while it is away", "our own pages need no Redis"
        await asyncio.to_thread(own.start)
        assert (await page.hear())["type"] == "following"
        await later(from_elsewhere)(own.url, news_of(topic, "back"))
        assert (await page.hear())["words"] == "back"

    connected(alice, visit)


def test_what_is_not_understood_ends_nothing(own: OwnRedis, alice: Member, topic: Topic) -> None:
    def nonsense() -> None:
        with redis.Redis.from_url(own.url) as client:
            for text in ("", "[]", "{}", '{"from": 1}', '{"from": "x", "topic": 7, "frame": []}'):
                client.publish(between.CHANNEL, text)

    async def visit(page: Socket) -> Any:
        await listening(own.url, page, topic)
        await later(nonsense)()
        await later(from_elsewhere)(own.url, news_of(topic, "still here"))
        return (await page.hear())["words"]

    assert connected(alice, visit) == "still here"


def test_a_process_without_pages_tells_the_others(own: OwnRedis, topic: Topic) -> None:
    with redis.Redis.from_url(own.url) as client, client.pubsub() as subscription:
        subscription.subscribe(between.CHANNEL)
        assert subscription.get_message(timeout=5)
        push.changed(topic)
        heard = subscription.get_message(timeout=5)
    assert json.loads(heard["data"])["from"] == between.origin()


def test_a_server_tells_the_others_before_a_page_is_open(own: OwnRedis, topic: Topic) -> None:
    async def serve() -> Any:
        push.attach(asyncio.get_running_loop())
        async with AsyncRedis.from_url(own.url) as client, client.pubsub() as subscription:
            await subscription.subscribe(between.CHANNEL)
            assert await subscription.get_message(timeout=5)
            await later(push.changed)(topic)
            return await subscription.get_message(timeout=5)

    heard = asyncio.run(serve())
    assert heard and json.loads(heard["data"])["from"] == between.origin()


def test_redis_may_be_at_a_socket_of_the_machine(
    redis_url: str, settings: Any, alice: Member, topic: Topic
) -> None:
    settings.REDIS_URL = redis_url
    assert redis_url.startswith("unix:")

    async def visit(page: Socket) -> Any:
        await listening(redis_url, page, topic)
        await later(from_elsewhere)(redis_url, news_of(topic, "from next door"))
        return (await page.hear())["words"]

    assert connected(alice, visit) == "from next door"


@pytest.mark.parametrize(
    "news",
    [
        News(Topic(topics.QUEUE), "{}", may_wait=True),
        News(Topic(topics.THREAD, "x"), "{}", but="m1"),
        News(sessions=("help-1", "agent-2")),
    ],
)
def test_news_are_read_as_they_were_written(news: News) -> None:
    assert read(json.loads(json.dumps(news.as_json))) == news
