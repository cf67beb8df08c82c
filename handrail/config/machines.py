"""How do AI agents' requests reach the threads, and what is counted of them?"""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any

from django.db import close_old_connections

from handrail.config.measures import REQUEST_SECONDS, REQUESTS
from handrail.config.serving.asgi_types import Message, Receive, Scope, Send
from handrail.surfaces.api.door import PATH, Door

ROUTE = "mcp"
SEALED = [
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    (b"x-robots-tag", b"noindex"),
]


class Machines:
    """The door for AI agents on the pool of threads that pages have: they share its limit, and the
    connections to the database that go with it."""

    def __init__(self, pool: Executor) -> None:
        self._pool = pool
        self._door: Door | None = None

    def serves(self, scope: Scope) -> bool:
        return scope["type"] == "http" and scope["path"] in (PATH, f"{PATH}/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._door is None:
            self._door = Door(self._run)
        began, statuses = time.perf_counter(), [0]

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])
                message = {**message, "headers": [*message["headers"], *SEALED]}
            await send(message)

        try:
            await self._door(scope, receive, counted)
        finally:
            method = "POST" if scope["method"] == "POST" else "other"
            REQUESTS.labels(method, ROUTE, str(statuses[-1])).inc()
            REQUEST_SECONDS.labels(ROUTE).observe(time.perf_counter() - began)

    async def close(self) -> None:
        if self._door is not None:
            await self._door.close()
            self._door = None

    async def _run(self, work: Callable[[], Any]) -> Any:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, _with_database, work)


def _with_database(work: Callable[[], Any]) -> Any:
    """As around a page: the connection goes back to its pool."""
    close_old_connections()
    try:
        return work()
    finally:
        close_old_connections()
