"""Who comes in at `/mcp`? Whoever sends one request, not too often, and in reasonable time.

What is behind the door is made when the first agent comes, and lives on the loop until the server
stops.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from functools import partial
from typing import TYPE_CHECKING, Any

from handrail.base.limits import Limit, TooMany, address_behind

if TYPE_CHECKING:
    from handrail.surfaces.api.server import Run

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

PATH = "/mcp"
FORWARDED = b"x-forwarded-for"
CLIENT = "handrail.client"
"""In the scope of a request: the address that limits count."""

REQUESTS = Limit("mcp", most=600, seconds=60)
"""From one address of the network: a team's agents behind it."""
REQUESTS_OF_ALL = Limit("mcp-of-all", most=6_000, seconds=60)

PATIENCE_SECONDS = 30
"""For all of a request, from its first byte to the last of its answer."""

SERVER_ERROR, TOO_OFTEN = -32000, "Too many requests. Try again in {seconds} seconds."
ONLY_POST = "This is the address of an MCP server (Streamable HTTP, without sessions): POST to it."


class Door:
    """An ASGI application, HTTP only. `run` does work that may ask the database or the cache."""

    def __init__(self, run: "Run") -> None:
        self._run = run
        self._opening = asyncio.Lock()
        self._manager: Any = None
        self._life: asyncio.Task[None] | None = None
        self._end = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._answer(scope, receive, watched)
        except TimeoutError:
            if not started:
                await _refuse(send, 408, "The request took too long.")

    async def close(self) -> None:
        """Ends what is behind the door, with the server."""
        self._end.set()
        if self._life is not None:
            await self._life

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "POST":
            await _refuse(send, 405, ONLY_POST, (b"allow", b"POST"))
            return
        client = client_of(scope)
        try:
            await self._run(partial(_count, client))
        except TooMany as error:
            words = TOO_OFTEN.format(seconds=error.retry_after)
            await _refuse(send, 429, words, (b"retry-after", b"%d" % error.retry_after))
            return
        manager = await self._opened()
        await manager.handle_request({**scope, CLIENT: client}, receive, send)

    async def _opened(self) -> Any:
        async with self._opening:
            if self._manager is None:
                make = await asyncio.to_thread(_session_manager)
                manager = make(self._run)
                is_ready = asyncio.Event()
                self._life = asyncio.create_task(self._live(manager, is_ready))
                await is_ready.wait()
                self._manager = manager
            return self._manager

    async def _live(self, manager: Any, is_ready: asyncio.Event) -> None:
        async with manager.run():
            is_ready.set()
            await self._end.wait()


def client_of(scope: Scope) -> str:
    """The address that limits count, by the rules of `base.limits`."""
    said = [value.decode("latin-1") for name, value in scope["headers"] if name == FORWARDED]
    return address_behind((scope.get("client") or ("",))[0], ",".join(said))


def _count(client: str) -> None:
    REQUESTS.hit(client)
    REQUESTS_OF_ALL.hit("")


def _session_manager() -> Callable[["Run"], Any]:
    from handrail.surfaces.api.server import session_manager

    return session_manager


async def _refuse(send: Send, status: int, words: str, *headers: tuple[bytes, bytes]) -> None:
    """As the protocol says it, for programs that look no further than the body."""
    error = {"jsonrpc": "2.0", "id": None, "error": {"code": SERVER_ERROR, "message": words}}
    body = json.dumps(error).encode()
    kind = (b"content-type", b"application/json")
    length = (b"content-length", b"%d" % len(body))
    await send(
        {"type": "http.response.start", "status": status, "headers": [kind, length, *headers]}
    )
    await send({"type": "http.response.body", "body": body})
