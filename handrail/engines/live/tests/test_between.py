"""Do processes hear of each other's news, and look at what they missed while Redis was away?"""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from asgiref.sync import async_to_sync, sync_to_async
from django.utils import timezone
from redis.asyncio import Redis as AsyncRedis
from structlog.testing import capture_logs

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


def test_another_processs_news_are_heard(own: OwnRedis, alice: Member, topic: Topic) -> None:
    async def visit(page: Socket) -> Any:
        assert await page.follow(topic) == "following"
        await later(from_elsewhere)(own.url, news_of(topic, "from afar"))
        return (await page.hear())["words"]

    assert connected(alice, visit) == "from afar"


def test_its_own_news_are_heard_once(own: OwnRedis, alice: Member, topic: Topic) -> None:
    async def visit(page: Socket) -> bool:
        assert await page.follow(topic) == "following"
        await later(fanout.spread)(news_of(topic, "from here"))
        assert (await page.hear())["words"] == "from here"
        return await page.is_silent()

    assert connected(alice, visit)


def test_the_rule_is_asked_for_them_too(own: OwnRedis, alice: Member, topic: Topic) -> None:
    async def visit(page: Socket) -> int:
        assert await page.follow(topic) == "following"
        await later(HelpSession.objects.update)(ended_at=timezone.now())
        await later(from_elsewhere)(own.url, news_of(topic, "too late"))
        return await page.close_code()

    assert connected(alice, visit) == SIGNED_OUT


def test_a_session_that_ends_elsewhere_closes_its_pages_here(
    own: OwnRedis, alice: Member, topic: Topic
) -> None:
    async def visit(page: Socket) -> int:
        assert await page.follow(topic) == "following"
        ended = await later(lambda: HelpSession.objects.get().session_id)()
        await later(from_elsewhere)(own.url, News(sessions=(ended,)))
        return await page.close_code()

    assert connected(alice, visit) == SIGNED_OUT


def test_after_redis_was_away_every_page_looks(own: OwnRedis, alice: Member, topic: Topic) -> None:
    async def visit(page: Socket) -> None:
        assert await page.follow(topic) == "following"
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
        assert await page.follow(topic) == "following"
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
            heard = await subscription.get_message(timeout=5)
        line = fanout.hall().line
        assert line
        await line.stopped()
        return heard

    heard = async_to_sync(serve)()
    assert heard and json.loads(heard["data"])["from"] == between.origin()


def test_redis_may_be_at_a_socket_of_the_machine(
    redis_url: str, settings: Any, alice: Member, topic: Topic
) -> None:
    settings.REDIS_URL = redis_url
    assert redis_url.startswith("unix:")

    async def visit(page: Socket) -> Any:
        assert await page.follow(topic) == "following"
        await later(from_elsewhere)(redis_url, news_of(topic, "from next door"))
        return (await page.hear())["words"]

    assert connected(alice, visit) == "from next door"


def test_where_news_could_not_leave_the_others_are_told_to_look(
    redis_url: str, tmp_path: Path, topic: Topic
) -> None:
    """Those who listen were not cut off themselves: for them, Redis never went away."""
    own_way = tmp_path / "redis.sock"

    async def write() -> None:
        line = between.Line(f"unix://{own_way}", lambda news: None, lambda: None)
        with capture_logs() as written:
            line.tell(between.written(news_of(topic, "lost")))
            while not any(one["event"] == "push_failed" for one in written):
                await asyncio.sleep(0.01)
        own_way.symlink_to(redis_url.removeprefix("unix://"))
        line.tell(between.written(news_of(topic, "after it")))
        while line.is_behind:
            await asyncio.sleep(0.01)
        await line.stopped()

    with redis.Redis.from_url(redis_url) as client, client.pubsub() as subscription:
        subscription.subscribe(between.CHANNEL)
        assert subscription.get_message(timeout=5)
        asyncio.run(write())
        gap, after = (next_of(subscription) for _ in range(2))
    assert read(gap) == News(has_gap=True)
    assert "after it" in after["frame"]


def test_a_process_without_pages_tells_of_what_it_lost_as_well(
    redis_url: str, tmp_path: Path, topic: Topic
) -> None:
    own_way = tmp_path / "redis.sock"
    with pytest.raises(redis.RedisError):
        between.publish(f"unix://{own_way}", news_of(topic, "lost"))
    own_way.symlink_to(redis_url.removeprefix("unix://"))
    with redis.Redis.from_url(redis_url) as client, client.pubsub() as subscription:
        subscription.subscribe(between.CHANNEL)
        assert subscription.get_message(timeout=5)
        for words in ("after it", "and on"):
            between.publish(f"unix://{own_way}", news_of(topic, words))
        gap, after, on = (next_of(subscription) for _ in range(3))
    assert read(gap) == News(has_gap=True)
    assert "after it" in after["frame"]
    assert "and on" in on["frame"]


def next_of(subscription: Any) -> Any:
    heard = subscription.get_message(timeout=5)
    assert heard
    return json.loads(heard["data"])


def test_after_news_were_lost_elsewhere_every_page_looks(
    own: OwnRedis, alice: Member, topic: Topic
) -> None:
    async def visit(page: Socket) -> Any:
        assert await page.follow(topic) == "following"
        await later(from_elsewhere)(own.url, News(has_gap=True))
        return await page.hear()

    assert connected(alice, visit) == {"type": "following", "topic": str(topic)}


@pytest.mark.parametrize(
    "news",
    [
        News(Topic(topics.QUEUE), "{}", may_wait=True),
        News(Topic(topics.THREAD, "x"), "{}", but="m1"),
        News(sessions=("help-1", "agent-2")),
        News(has_gap=True),
    ],
)
def test_news_are_read_as_they_were_written(news: News) -> None:
    assert read(json.loads(json.dumps(news.as_json))) == news
