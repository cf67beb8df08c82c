"""How do the processes of one installation tell each other? By one subscription of Redis each.

It delivers at most once. Whenever it was cut off, a process tells its pages to look at what they
lack, so nothing hangs on a message that got lost.
"""

import asyncio
import json
import os
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from uuid import uuid4

import redis
import redis.asyncio
import structlog
from redis.asyncio.retry import Retry as LaterRetry
from redis.backoff import NoBackoff
from redis.retry import Retry

from handrail.engines.live.news import News, read

log = structlog.get_logger("handrail.live")

CHANNEL = "handrail:live"
SECONDS = 2.0
"""How long Redis may take to answer."""
SILENCE_SECONDS = 15.0
"""After so long without news we ask whether Redis is still there."""
FIRST_PAUSE = 0.1
LONGEST_PAUSE = 2.0
MOST_TOGETHER = 200
ASKED_AGAIN_SECONDS = 2.0
MOST_WAITING = 10_000

_ORIGIN = uuid4().hex


def origin() -> str:
    """This process, also where it was forked from one that had asked before."""
    return f"{_ORIGIN}-{os.getpid()}"


def written(news: News) -> str:
    return json.dumps({"from": origin(), **news.as_json}, ensure_ascii=False)


def publish(url: str, news: News) -> None:
    """From a process without pages of its own: a worker, a command. Raises RedisError.

    What could not leave is lost; the next that can says so before, as a `Line` does.
    """
    global _has_lost
    with _publishing:
        news_now = [News(has_gap=True), news] if _has_lost else [news]
        _has_lost = True
        for one in news_now:
            _client(url).publish(CHANNEL, written(one))
        _has_lost = False


_publishing = threading.Lock()
_has_lost = False


@cache
def _client(url: str) -> "redis.Redis":
    retry = Retry(NoBackoff(), 1)
    return redis.Redis.from_url(
        url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS, retry=retry
    )


class Line:
    """The one subscription of a process, and the way in which its own news leave it.

    `heard` is called for each of the others' news, `cut_off` when some may have been missed.
    """

    def __init__(
        self, url: str, heard: Callable[[News], None], cut_off: Callable[[], None]
    ) -> None:
        self._url = url
        self._heard = heard
        self._cut_off = cut_off
        self._waiting: deque[str] = deque(maxlen=MOST_WAITING)
        self._has_lost = False
        self._is_sending = False
        self.is_listening = False
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """On the loop; the second time it does nothing."""
        if not self._tasks:
            self._tasks = [
                asyncio.ensure_future(self._listen()),
                asyncio.ensure_future(self._send()),
            ]

    def stop(self) -> None:
        for task in self._tasks:
            task.cancel()

    async def stopped(self) -> None:
        """Its connections are closed, too. Asked again: what comes in at the moment at which a
        task is cancelled can swallow that (in Python 3.11, under the timeouts of redis). Not at
        once, which would interrupt the closing of a connection on a busy machine."""
        while left := [task for task in self._tasks if not task.done()]:
            self.stop()
            await asyncio.wait(left, timeout=ASKED_AGAIN_SECONDS)

    def tell(self, text: str) -> None:
        """On the loop; what `written` wrote leaves in this order, many together. A process that
        serves no page yet has news, too."""
        self.start()
        self._has_lost |= len(self._waiting) == MOST_WAITING  # the oldest gives way
        self._waiting.append(text)
        self._wake.set()

    @property
    def is_behind(self) -> bool:
        """Whether something has still to leave."""
        return bool(self._waiting) or self._has_lost or self._is_sending

    async def _listen(self) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                async with self._connection(None) as client, client.pubsub() as subscription:
                    await subscription.subscribe(CHANNEL)
                    pause = FIRST_PAUSE
                    await self._hear(subscription)
            except (redis.RedisError, OSError) as trouble:
                log.warning("redis_cut_off", why=str(trouble))
            except Exception:  # whatever it is: nobody would notice that this task has ended
                log.exception("redis_cut_off")
            self.is_listening = False
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _hear(self, subscription: "redis.asyncio.client.PubSub") -> None:
        """Until it is cut off. The first answer says that from now on nothing is missed."""
        is_asked = False
        while True:
            message = await subscription.get_message(timeout=SILENCE_SECONDS)
            if message is None:
                if is_asked:
                    raise redis.ConnectionError("no answer")
                await subscription.ping()
                is_asked = True
                continue
            is_asked = False
            if message["type"] == "subscribe":
                self.is_listening = True
                self._cut_off()
            elif message["type"] == "message":
                self._take(message["data"])

    def _take(self, data: bytes) -> None:
        try:
            given = json.loads(data)
            if given["from"] != origin():
                self._heard(read(given))
        except Exception:  # another release may write what this one does not read
            log.exception("news_not_understood")

    async def _send(self) -> None:
        """What could not leave is lost; the next that can says so, since whoever listens need not
        have been cut off as well."""
        pause = FIRST_PAUSE
        async with self._connection(SECONDS) as client:
            while True:
                await self._wake.wait()
                self._wake.clear()
                while self.is_behind:
                    self._is_sending = True
                    has_left = await self._send_these(client, self._next_texts())
                    self._is_sending = False
                    if has_left:
                        pause = FIRST_PAUSE
                    else:
                        self._has_lost = True
                        await asyncio.sleep(pause)
                        pause = min(pause * 2, LONGEST_PAUSE)

    def _next_texts(self) -> list[str]:
        texts = [written(News(has_gap=True))] if self._has_lost else []
        self._has_lost = False
        count = min(len(self._waiting), MOST_TOGETHER)
        return texts + [self._waiting.popleft() for _ in range(count)]

    async def _send_these(self, client: "redis.asyncio.Redis", texts: list[str]) -> bool:
        """Twice, since the first attempt may meet a connection that is dead. Returns whether they
        left."""
        for is_last in (False, True):
            try:
                async with client.pipeline(transaction=False) as together:
                    for text in texts:
                        together.publish(CHANNEL, text)
                    await together.execute()
                return True
            except Exception as trouble:  # as above
                if is_last:
                    log.warning("push_failed", why=repr(trouble), count=len(texts))
                with suppress(redis.RedisError, OSError):
                    await client.connection_pool.disconnect()
        return False

    def _connection(self, timeout: float | None) -> "redis.asyncio.Redis":
        """Never again by itself: we must know when it was cut off."""
        of_network = {} if self._url.startswith("unix:") else {"socket_keepalive": True}
        return redis.asyncio.Redis.from_url(
            self._url,
            socket_timeout=timeout,
            socket_connect_timeout=SECONDS,
            retry=LaterRetry(NoBackoff(), 0),
            **of_network,
        )
