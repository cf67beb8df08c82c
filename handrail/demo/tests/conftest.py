"""How do the tests look at the platform? With a browser's requests in this process, or Chromium."""

import asyncio
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import ConsoleMessage, Page, sync_playwright
from starlette.applications import Starlette
from starlette.types import ASGIApp

from handrail.demo.platform import build
from handrail.demo.settings import Settings
from handrail.demo.visits import COOKIE
from tools import machine, processes

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


class Browser:
    """Somebody's browser: keeps cookies, names its origin, follows no redirect."""

    def __init__(self, app: ASGIApp, origin: str, cookie: str | None) -> None:
        self._app = app
        self._origin = origin
        self.cookies = httpx.Cookies()
        if cookie:
            self.cookies.set(COOKIE, cookie)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
        return asyncio.run(self._ask("GET", path, headers or {}, None))

    def post(
        self,
        path: str,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Sends a form as a page of the platform does, unless `headers` say otherwise."""
        sent = {"Origin": self._origin, "Sec-Fetch-Site": "same-origin", **(headers or {})}
        return asyncio.run(self._ask("POST", path, sent, form or {}))

    async def _ask(
        self, method: str, path: str, headers: Mapping[str, str], form: Mapping[str, str] | None
    ) -> httpx.Response:
        transport = httpx.ASGITransport(app=self._app)
        async with httpx.AsyncClient(
            transport=transport, base_url=self._origin, cookies=self.cookies
        ) as client:
            answer = await client.request(method, path, headers=headers, data=form)
            self.cookies = client.cookies
        return answer


@pytest.fixture
def settings_of_demo(tmp_path: Path) -> Settings:
    """A platform whose hub is away: nothing listens on port 9."""
    return Settings("http://127.0.0.1:9", 8001, 8002, tmp_path / "demo" / "secret")


@pytest.fixture
def platform(settings_of_demo: Settings) -> Starlette:
    return build(settings_of_demo)


@pytest.fixture
def visit(platform: Starlette, settings_of_demo: Settings) -> Callable[..., Browser]:
    """Makes the browser of somebody: `visit("carol.globex")`, or of somebody new: `visit()`."""

    def make(cookie: str | None = None) -> Browser:
        return Browser(platform, settings_of_demo.origin, cookie)

    return make


@dataclass(frozen=True)
class Served:
    """A platform that browsers and mail can reach."""

    url: str
    smtp_port: int


@pytest.fixture(scope="module")
def platform_served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A platform of the module's own, whose hub is away."""
    data = tmp_path_factory.mktemp("platform")
    port, smtp_port = processes.free_port("localhost"), processes.free_port()
    env = {
        **os.environ,
        "HANDRAIL_DATA": str(data),
        "HANDRAIL_URL": "http://127.0.0.1:9",
        "DEMO_PORT": str(port),
        "DEMO_SMTP_PORT": str(smtp_port),
    }
    command = [sys.executable, "-m", "uvicorn", "--factory", "handrail.demo.platform:app"]
    command += ["--host", "localhost", "--port", str(port), "--log-level", "warning"]
    with processes.running(command, env=env, log=data / "log") as server:
        url = f"http://localhost:{port}"
        processes.wait_until(lambda: processes.answers(url), server, "Larkspan")
        yield Served(url, smtp_port)


@pytest.fixture(scope="module")
def address(platform_served: Served) -> str:
    return platform_served.url


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    program: Path | None = machine.chromium_shell()
    if program is None:
        assert not machine.is_ci(), "CI must have a Chromium."
        pytest.skip("Chromium is not on this machine.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Chromium, address: str) -> Iterator[Page]:
    """A page that fails its test when something goes wrong in it, the hub's absence aside."""
    context = chromium.new_context(base_url=address)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    wrong: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and "127.0.0.1:9" not in message.location["url"]:
            wrong.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []
