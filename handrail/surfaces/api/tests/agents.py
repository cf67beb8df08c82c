"""How does a test come as an AI agent? With the SDK's own client, to our app in this process.

Its work is done in the test's thread, which sees what the test has made.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import httpx2
from asgiref.sync import async_to_sync, sync_to_async
from django.conf import settings
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError
from mcp.types import CallToolResult

from handrail.config.machines import Machines

URL = f"{settings.HANDRAIL_URL}/mcp"
ERAS = ("auto", "legacy")
"""The protocol of 2026-07-28, and the one before, with its handshake."""

HEADERS = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}


class InThisThread(Machines):
    """The same application, whose work sees the test's transaction."""

    def __init__(self) -> None:
        pass

    _door = None

    async def _run(self, work: Callable[[], Any]) -> Any:
        return await sync_to_async(work, thread_sensitive=True)()


def as_agent(
    work: Callable[[Client], Awaitable[Any]],
    *,
    era: Any = "auto",
    address: str = "192.0.2.1",
    headers: Mapping[str, str] | None = None,
) -> Any:
    """What `work` gets with a client that is connected from this address."""

    async def go() -> Any:
        machines = InThisThread()
        transport = httpx2.ASGITransport(app=machines, client=(address, 50_000))
        try:
            async with httpx2.AsyncClient(transport=transport, headers=headers) as http:
                connection = streamable_http_client(URL, http_client=http)
                async with Client(connection, mode=era) as client:
                    try:
                        return await work(client)
                    except MCPError as error:  # on its way out it would be wrapped in groups
                        return error
        finally:
            await machines.close()

    result = async_to_sync(go)()
    if isinstance(result, MCPError):
        raise result
    return result


def called(
    name: str, *, era: Any = "auto", address: str = "192.0.2.1", **given: Any
) -> CallToolResult:
    """What a tool answers."""

    async def work(client: Client) -> Any:
        return await client.call_tool(name, given)

    result: CallToolResult = as_agent(work, era=era, address=address)
    return result


def said(result: CallToolResult) -> str:
    """The text of an answer, which has no other content."""
    [content] = result.content
    text: str = content.text  # type: ignore[union-attr]
    return text


def posted(
    content: bytes = b"{}", *, method: str = "POST", times: int = 1, **headers: str
) -> list[httpx2.Response]:
    """What raw requests are answered. Headers are written with underscores."""
    given = HEADERS | {name.replace("_", "-"): value for name, value in headers.items()}

    async def go() -> list[httpx2.Response]:
        machines = InThisThread()
        transport = httpx2.ASGITransport(app=machines, client=("192.0.2.1", 50_000))
        try:
            async with httpx2.AsyncClient(transport=transport) as http:
                return [
                    await http.request(method, URL, content=content, headers=given)
                    for _ in range(times)
                ]
        finally:
            await machines.close()

    return async_to_sync(go)()
