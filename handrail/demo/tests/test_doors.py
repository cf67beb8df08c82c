"""Can one come, change and go, and does the hub hear of it?"""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import jwt
import pytest
from starlette.types import Message, Receive, Scope, Send

from handrail.demo.help_button import LOGOUT_EVENT, shared_secret
from handrail.demo.platform import build
from handrail.demo.settings import Settings
from handrail.demo.tests.conftest import Browser

pytestmark = pytest.mark.once

Visit = Callable[..., Browser]


class Hub:
    """Something on a port that hears logout calls."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []
        calls = self.calls

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                calls.append((self.path, parse_qs(body)["logout_token"][0]))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Keeps the tests' output quiet."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def hub() -> Iterator[Hub]:
    made = Hub()
    thread = threading.Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def test_the_switch_makes_one_another_person(visit: Visit) -> None:
    browser = visit()
    answer = browser.post("/switch", {"person": "carol"})
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Globex" in browser.get("/").text


def test_the_switch_can_make_one_nobody(visit: Visit) -> None:
    browser = visit()
    browser.post("/switch", {"person": "nobody"})
    assert "Sign in to Larkspan" in browser.get("/").text


@pytest.mark.parametrize("person", ["dora", "ingrid", "x" * 5000])
def test_the_switch_offers_the_cast_alone(visit: Visit, person: str) -> None:
    answer = visit().post("/switch", {"person": person})
    assert answer.status_code == 400
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "address",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "x"],
)
def test_nobody_is_sent_elsewhere_after_signing_in(visit: Visit, address: str) -> None:
    answer = visit("nobody").post("/switch", {"person": "bob", "next": address})
    assert answer.headers["location"] == "/"


def test_changing_works_while_the_hub_is_away(visit: Visit) -> None:
    assert visit("alice.acme").post("/switch", {"person": "bob"}).status_code == 303


def test_signing_out_ends_the_persons_sessions_at_the_hub(hub: Hub, tmp_path: Path) -> None:
    settings = Settings(hub.url, 8001, 8002, tmp_path / "secret")
    Browser(build(settings), settings.origin, "alice.acme").post("/switch", {"person": "nobody"})
    ((path, token),) = hub.calls
    assert path == "/help/backchannel-logout"
    secret = shared_secret(settings.secret_file)
    claims = jwt.decode(token, secret, algorithms=["HS256"], audience=hub.url)
    assert claims["sub"] == "alice"
    assert claims["iss"] == settings.origin
    assert claims["events"] == {LOGOUT_EVENT: {}}
    assert claims["jti"]
    assert "nonce" not in claims
    assert jwt.get_unverified_header(token)["typ"] == "logout+jwt"


def test_the_hub_hears_of_a_sign_out_only_when_the_browser_has(hub: Hub, tmp_path: Path) -> None:
    settings = Settings(hub.url, 8001, 8002, tmp_path / "secret")
    platform = build(settings)
    heard_before_the_answer: list[int] = []

    async def watched(scope: Scope, receive: Receive, send: Send) -> None:
        async def answer(message: Message) -> None:
            heard_before_the_answer.append(len(hub.calls))
            await send(message)

        await platform(scope, receive, answer)

    Browser(watched, settings.origin, "alice.acme").post("/switch", {"person": "nobody"})
    assert set(heard_before_the_answer) == {0}
    assert len(hub.calls) == 1


def test_another_account_of_the_same_person_is_no_sign_out(hub: Hub, tmp_path: Path) -> None:
    settings = Settings(hub.url, 8001, 8002, tmp_path / "secret")
    browser = Browser(build(settings), settings.origin, "alice.acme")
    browser.post("/switch", {"person": "alice", "account": "acme-nordics"})
    assert hub.calls == []
    assert "Nordic Always On" in browser.get("/campaigns").text


def test_signing_in_goes_on_to_where_one_wanted_to_be(visit: Visit) -> None:
    browser = visit("nobody")
    assert 'value="/reports"' in browser.get("/login?next=/reports").text
    answer = browser.post("/switch", {"person": "bob", "next": "/reports"})
    assert answer.headers["location"] == "/reports"
