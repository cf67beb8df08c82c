"""How do open pages hear of a change: from our hub's sockets, and from a group of Channels?

Two ASGI applications, each with a thread that tells of changes as a request's would: so many a
second for so long, as soon as so many pages follow (`BENCH_LIVE`, as in `Order`).
"""

import asyncio
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.layers import get_channel_layer

from handrail.config.asgi import application as hub
from handrail.config.serving.asgi_types import Receive, Scope, Send
from handrail.engines.conversations.topics import QUEUE
from handrail.engines.live import fanout
from handrail.engines.live.news import News, framed
from handrail.engines.live.topics import Topic

ORDER = "BENCH_LIVE"
QUIET_SECONDS = 1.0
"""Between the last page that follows and the first change."""


@dataclass(frozen=True)
class Order:
    pages: int
    a_second: float
    changes: int

    def __str__(self) -> str:
        return f"{self.pages} {self.a_second} {self.changes}"


def ordered() -> Order:
    pages, a_second, changes = os.environ[ORDER].split()
    return Order(int(pages), float(a_second), int(changes))


def change() -> dict[str, Any]:
    """What a page hears; the clock is the machine's, the same for both processes."""
    return {"type": "changed", "topic": f"{QUEUE}:", "at": time.monotonic()}


class Teller:
    """The thread, which begins once enough pages follow."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell
        self._followers = 0

    def one_more(self) -> None:
        self._followers += 1
        if self._followers == ordered().pages:
            threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        order = ordered()
        began = time.monotonic() + QUIET_SECONDS
        for number in range(order.changes):
            time.sleep(max(0.0, began + number / order.a_second - time.monotonic()))
            self._tell()


def _tell_ours() -> None:
    """As `push.changed` does after a commit; without the pause of lists, which would spare most."""
    fanout.spread(News(Topic(QUEUE), framed(change())))


_ours = Teller(_tell_ours)


async def ours(scope: Scope, receive: Receive, send: Send) -> None:
    """The whole hub; its sockets' answers tell when a page follows."""
    if scope["type"] != "websocket":
        await hub(scope, receive, send)
        return

    known: list[bool] = []

    async def noticed(message: Any) -> None:
        await send(message)
        if not known and '"following"' in message.get("text", ""):
            known.append(True)  # it is told again where something may have been missed
            _ours.one_more()

    await hub(scope, receive, noticed)


_loop: list[asyncio.AbstractEventLoop] = []


def _tell_group() -> None:
    """As our pushes did before: handed to the loop on which the layer lives."""
    layer = get_channel_layer()
    assert layer is not None  # noqa: S101 - for mypy
    told = layer.group_send(QUEUE, {"type": "topic.changed", "content": change()})
    asyncio.run_coroutine_threadsafe(told, _loop[0])


_group = Teller(_tell_group)


class Listener(AsyncJsonWebsocketConsumer):
    """As little as a page of Channels can be: it asks for no rule, and knows nobody."""

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        await self.channel_layer.group_add(QUEUE, self.channel_name)
        _loop[:] = [asyncio.get_running_loop()]
        await self.send_json({"type": "following", "topic": content["topic"]})
        _group.one_more()

    async def topic_changed(self, event: dict[str, Any]) -> None:
        await self.send_json(event["content"])


_listener = Listener.as_asgi()


async def channels(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await _listener(scope, receive, send)  # type: ignore[arg-type]  # its own names for these
    else:
        await hub(scope, receive, send)
