"""What has a page said that is still to be done, and is it still there?

What it says is read as it comes, however slowly it is done: so we know at once that it has gone.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from typing import Any

from handrail.engines.live.page import TOO_SLOW, Page

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

MOST_UNHEARD = 1_000
"""Frames that wait to be done: nearly a minute of one person's pace."""

MOST_LETTERS = 2_000_000
"""In all of them."""


class Hearing:
    """What one page says, in its order."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._texts: deque[str] = deque()
        self._letters = 0
        self._wake = asyncio.Event()

    async def listen(self, receive: Receive) -> None:
        """Until the page has gone. One task of each page."""
        try:
            while (event := await receive())["type"] != "websocket.disconnect":
                text = event.get("text")
                if text and not (self._page.is_over or self._page.says_too_much):
                    self._take(text)
        finally:
            self._page.has_gone = True
            self._wake.set()

    async def texts(self) -> AsyncIterator[str]:
        """One after the other; ends when the page has gone and all of it was given."""
        while True:
            while self._texts:
                text = self._texts.popleft()
                self._letters -= len(text)
                yield text
            if self._page.has_gone:
                return
            if self._page.says_too_much:
                self._page.end(TOO_SLOW)
            self._wake.clear()
            await self._wake.wait()

    def _take(self, text: str) -> None:
        self._texts.append(text)
        self._letters += len(text)
        is_too_much = len(self._texts) > MOST_UNHEARD or self._letters > MOST_LETTERS
        self._page.says_too_much = is_too_much  # nothing more is taken then
        self._wake.set()
