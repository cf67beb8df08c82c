"""What is one open page: who is behind it, what does it follow, and what is it still to be sent?

It lives on its loop; whatever is said to it goes through one queue, so it is heard in that order.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from handrail.engines.live.doors import Door, Key, Scope, person_of
from handrail.engines.live.topics import Topic
from handrail.people.viewer import Viewer

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

SIGNED_OUT = 4401
"""Close code: no session, or it ended. The page renews its session before it connects again."""

TOO_MANY = 4429
"""Close code: this person has opened more pages since. It connects again when it is looked at."""

TOO_SLOW = 4408
"""Close code: it does not read what it is sent, or says more than can ever be done. It connects
again, and catches up."""

MOST_WAITING = 2_000
"""Frames that wait for one page: some seconds of the busiest room."""


class Page:
    """One socket."""

    def __init__(self, door: Door, scope: Scope, viewer: Viewer) -> None:
        self.door = door
        self.scope = scope
        self.key: Key = door.key_of(scope, viewer)
        self.session_id = viewer.session_id or ""
        self.person = person_of(viewer)
        self.following: set[Topic] = set()
        self.is_over = False
        """Whether nothing is said to it any more, nor heard of it."""
        self.has_gone = False
        """Whether it is closed at the other side; what it said before may still be done."""
        self.says_too_much = False
        """Whether it said more than can ever be done, and is about to be closed for it."""
        self._frames: deque[str] = deque()
        self._close_code = 0
        self._wake: asyncio.Future[None] | None = None

    def put(self, frame: str) -> None:
        """Sends it after what waits already. On the page's loop; never waits."""
        if self.is_over:
            return
        if len(self._frames) >= MOST_WAITING:
            self.end(TOO_SLOW)
            return
        self._frames.append(frame)
        self._stir()

    def end(self, code: int) -> None:
        """Once, and nothing is said afterwards; what still waited is not said either."""
        if self.is_over:
            return
        self.is_over = True
        self._frames.clear()
        self._close_code = code
        self._stir()

    async def write(self, send: Send) -> None:
        """Sends what is put, until the page is over. One task of each page."""
        loop = asyncio.get_running_loop()
        while True:
            while self._frames:
                await send({"type": "websocket.send", "text": self._frames.popleft()})
            if self.is_over:
                if not self.has_gone:
                    await send({"type": "websocket.close", "code": self._close_code})
                return
            self._wake = loop.create_future()
            await self._wake

    def _stir(self) -> None:
        if self._wake is not None and not self._wake.done():
            self._wake.set_result(None)
