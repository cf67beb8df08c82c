"""How do the writes of many pages share a commit, where the database takes one after the other?

SQLite ends one transaction before the next begins, and each waits for the disk. What comes while
one is on its way is done in the next, together; each act's own transaction is a savepoint in it, so
one that fails leaves the others as they are. PostgreSQL does as much by itself.
"""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import structlog
from django.db import transaction

log = structlog.get_logger("handrail.live")

LONGEST_SECONDS = 0.02
"""For so long acts join a transaction: whoever else writes waits for its end."""


@dataclass
class Work:
    """One page's act, and who waits for what comes of it."""

    act: Callable[..., Any]
    given: tuple[Any, ...]
    future: "asyncio.Future[Any]"
    result: Any = None

    def do(self) -> None:
        self.result = self.act(*self.given)


class Together:
    """One thread that does the writing acts of a loop's pages, in the order in which they came."""

    def __init__(self, loop: asyncio.AbstractEventLoop, with_database: Callable[..., Any]) -> None:
        self._loop = loop
        self._with_database = with_database
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="live-together")
        self._lock = threading.Lock()
        self._waiting: deque[Work] = deque()
        self._is_busy = False

    def run(self, act: Callable[..., Any], *given: Any) -> "asyncio.Future[Any]":
        """On the loop. What is returned is there when it is kept; the act must raise nothing."""
        work = Work(act, given, self._loop.create_future())
        with self._lock:
            self._waiting.append(work)
            if not self._is_busy:
                self._is_busy = True
                self._thread.submit(self._work)
        return work.future

    def close(self) -> None:
        self._thread.shutdown(wait=False)

    # --- In the thread ----------------------------------------------------------------------

    def _work(self) -> None:
        while self._has_more():
            some: list[Work] = []
            try:
                self._with_database(self._do, some)
            except Exception:
                log.exception("acts_failed", count=len(some))
            self._loop.call_soon_threadsafe(_answer, some)

    def _has_more(self) -> bool:
        with self._lock:
            self._is_busy = bool(self._waiting)
            return self._is_busy

    def _do(self, some: list[Work]) -> None:
        """Does what waits, and puts it into `some`."""
        if len(self._waiting) > 1:
            self._do_together(some)
            return
        some.append(self._waiting.popleft())
        some[0].do()  # which costs a savepoint less

    def _do_together(self, some: list[Work]) -> None:
        """Where it cannot be kept together, each is done alone: nobody's words are refused for
        another's."""
        kept: list[bool] = []
        try:
            with transaction.atomic():
                transaction.on_commit(lambda: kept.append(True))
                for work in self._next():
                    some.append(work)
                    work.do()
        except Exception:
            log.exception("not_kept_together", count=len(some), is_kept=bool(kept))
            for work in some if not kept else ():
                work.do()

    def _next(self) -> Iterator[Work]:
        until = time.monotonic() + LONGEST_SECONDS
        while self._waiting and time.monotonic() < until:
            yield self._waiting.popleft()


def _answer(some: list[Work]) -> None:
    for work in some:
        if not work.future.done():
            work.future.set_result(work.result)
