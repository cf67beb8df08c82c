"""How does a test open pages' sockets, and speak the wire of talks? By the real application."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any
from uuid import uuid4

from asgiref.sync import async_to_sync
from channels.testing import WebsocketCommunicator
from django.conf import settings as configured
from django.test import Client

from handrail.config.sockets import sockets
from handrail.engines.live import fanout
from handrail.engines.live.topics import Topic
from handrail.people.actions import start_session
from handrail.people.models import Agent, Member
from handrail.surfaces.help.sessions import COOKIE

SILENCE_S = 0.3
"""How long nothing is said where nothing should be."""

Visit = Callable[..., Awaitable[Any]]


class Socket:
    """One open page."""

    def __init__(self, side: str, cookie: str, origin: str) -> None:
        headers = [(b"origin", origin.encode()), (b"cookie", cookie.encode())]
        self.wire = WebsocketCommunicator(sockets, f"/{side}/live", headers)

    async def say(self, kind: str, topic: Topic | str, **content: Any) -> None:
        await self.wire.send_json_to({"type": kind, "topic": str(topic), **content})

    async def follow(self, topic: Topic | str) -> str:
        await self.say("follow", topic)
        return str((await self.hear())["type"])

    async def hear(self) -> dict[str, Any]:
        heard: dict[str, Any] = await self.wire.receive_json_from(timeout=20)
        return heard

    async def hear_of(self, *kinds: str) -> dict[str, Any]:
        """The next of these types; whatever else is said before is passed over."""
        while True:
            heard = await self.hear()
            if heard["type"] in kinds:
                return heard

    async def ask(self, kind: str, topic: Topic | str, **content: Any) -> dict[str, Any]:
        """Says it, and returns the answer to it."""
        await self.say(kind, topic, **content)
        return await self.hear_of("said", "done", "lines", "refused")

    async def tell(self, topic: Topic | str, text: str, **content: Any) -> dict[str, Any]:
        """Says something in a talk, as a page does, and returns the answer."""
        given = {"client_id": str(uuid4()), "text": text, "files": [], "note": False, **content}
        return await self.ask("say", topic, **given)

    async def is_in(self) -> None:
        """Waits until the server knows the page: it accepts it a little earlier."""
        await self.say("follow", "nothing of this name")
        assert await self.hear() == {"type": "refused"}

    async def settle(self) -> None:
        """Passes over what is still being said."""
        while not await self.is_silent():
            await self.hear()

    async def is_silent(self) -> bool:
        return bool(await self.wire.receive_nothing(SILENCE_S))

    async def close_code(self) -> int:
        """The code with which the server closes; whatever it says before is passed over."""
        while True:
            message = await self.wire.receive_output(timeout=20)
            if message["type"] == "websocket.close":
                return int(message["code"])


def cookie_of(who: Member | Agent | None) -> str:
    if isinstance(who, Member):
        return f"{COOKIE}={start_session(who).secret}"
    if who is None:
        return ""
    browser = Client()
    browser.force_login(who)
    name = configured.SESSION_COOKIE_NAME
    return f"{name}={browser.cookies[name].value}"


def connected(who: Member | Agent | None, visit: Visit, *, origin: str = "", side: str = "") -> Any:
    """Opens a page of this person's, and closes it after the visit."""
    side = side or ("console" if isinstance(who, Agent) else "help")
    cookie = cookie_of(who)

    async def run() -> Any:
        async with _opened(side, cookie, origin or configured.HANDRAIL_URL) as page:
            return await visit(page)

    return async_to_sync(run)()


def together(people: list[Member | Agent], visit: Visit) -> Any:
    """Opens a page of each of them, one after the other, and hands all to the visit."""
    ways = [("console" if isinstance(who, Agent) else "help", cookie_of(who)) for who in people]

    async def run() -> Any:
        async with AsyncExitStack() as open_pages:
            pages = []
            for way in ways:
                opening = _opened(*way, configured.HANDRAIL_URL)
                pages.append(await open_pages.enter_async_context(opening))
                await pages[-1].is_in()
            return await visit(*pages)

    return async_to_sync(run)()


@asynccontextmanager
async def _opened(side: str, cookie: str, origin: str) -> Any:
    await _listening()
    page = Socket(side, cookie, origin)
    await page.wire.connect(timeout=20)
    try:
        yield page
    finally:
        await page.wire.disconnect(timeout=20)


async def _listening() -> None:
    """Where there is a Redis, this process hears the others by now: a page that was here before
    that would be told to look once more, at a moment that no test knows."""
    line = fanout.hall().line
    if line:
        line.start()
        while not line.is_listening:
            await asyncio.sleep(0.01)
