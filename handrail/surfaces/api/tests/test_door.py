"""Who comes in at `/mcp`, and who does not?"""

import asyncio
import json
from typing import Any

import pytest
from django.conf import settings as chosen

from handrail.base.limits import Limit
from handrail.surfaces.api import door
from handrail.surfaces.api.door import Door, client_of
from handrail.surfaces.api.tests.agents import posted
from handrail.surfaces.api.tools import ASK
from handrail.surfaces.api.tools import call as call_tool

pytestmark = pytest.mark.django_db

LIST = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}).encode()


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT", "OPTIONS", "HEAD"])
def test_only_posts_come_in(method: str) -> None:
    [answer] = posted(LIST, method=method)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


def test_a_request_needs_no_session() -> None:
    [answer] = posted(LIST)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Mcp-Session-Id" not in answer.headers
    assert len(answer.json()["result"]["tools"]) == 6


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", f"{chosen.HANDRAIL_URL}.evil.example"]
)
@pytest.mark.parametrize("version", ["2025-06-18", "2026-07-28"])
def test_pages_of_other_sites_are_refused(origin: str, version: str) -> None:
    [answer] = posted(LIST, Origin=origin, MCP_Protocol_Version=version)
    assert answer.status_code == 403


def test_our_own_pages_are_let_in() -> None:
    [answer] = posted(LIST, Origin=chosen.HANDRAIL_URL)
    assert answer.status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil:80"])
def test_other_hosts_are_refused(host: str) -> None:
    [answer] = posted(LIST, Host=host)
    assert answer.status_code == 421


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"null", b"\0", b"\xff\xfe", b"[" * 50_000, b'{"jsonrpc": "2.0"}'],
)
@pytest.mark.parametrize("version", ["2025-06-18", "2026-07-28", "1999-01-01", "x" * 900])
def test_nonsense_is_refused_and_never_an_accident(content: bytes, version: str) -> None:
    [answer] = posted(content, MCP_Protocol_Version=version)
    assert 400 <= answer.status_code < 500, answer.text
    assert "Traceback" not in answer.text


def test_halves_of_letters_are_no_accident() -> None:
    call = {"name": "askQuestion", "arguments": {"question": "\ud800 payout"}}
    request = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    [answer] = posted(json.dumps(request).encode())
    assert answer.status_code in (200, 400)  # the SDK takes them in one of the protocol's eras
    assert not call_tool(ASK, "192.0.2.1", call["arguments"]).is_error  # type: ignore[arg-type]


def test_a_request_has_a_size() -> None:
    [answer] = posted(b" " * 70_000 + LIST)
    assert answer.status_code == 413


def test_one_address_may_come_so_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "REQUESTS", Limit("test", most=2, seconds=60))
    first, second, third = posted(LIST, times=3)
    assert (first.status_code, second.status_code, third.status_code) == (200, 200, 429)
    assert 0 < int(third.headers["Retry-After"]) <= 60
    assert "Too many requests" in third.json()["error"]["message"]


def test_all_together_may_come_so_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "REQUESTS_OF_ALL", Limit("test", most=1, seconds=60))
    assert [answer.status_code for answer in posted(LIST, times=2)] == [200, 429]


def test_only_a_proxy_that_we_trust_says_who_comes(settings: Any) -> None:
    scope = {
        "client": ("192.0.2.1", 1),
        "headers": [
            (b"x-forwarded-for", b"198.51.100.7"),
            (b"x_forwarded_for", b"203.0.113.9"),
            (b"x-forwarded-for", b"198.51.100.8"),
        ],
    }
    assert client_of(scope) == "192.0.2.1"
    trusting = type(settings.ENV)(**{**vars(settings.ENV), "trusted_proxies": ["192.0.2.0/24"]})
    settings.ENV = trusting
    assert client_of(scope) == "198.51.100.8"
    assert client_of({"client": None, "headers": []}) == "unknown"


def test_who_sends_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "PATIENCE_SECONDS", 0.2)
    sent: list[Any] = []

    async def run(work: Any) -> Any:
        return work()

    async def receive() -> Any:
        await asyncio.Event().wait()

    async def send(message: Any) -> None:
        sent.append(message)

    async def go() -> None:
        one = Door(run)
        await one._opened()
        await one({"type": "http", "method": "POST", "headers": [], "path": "/mcp"}, receive, send)
        await one.close()

    asyncio.run(go())
    assert sent[0]["status"] == 408
