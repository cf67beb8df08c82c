"""Does the platform vouch for its people as the hub's contract says, and for nobody else?"""

import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jwt
import pytest

from handrail.demo.help_button import return_path, shared_secret
from handrail.demo.settings import KEY_ID, Settings, read_settings
from handrail.demo.tests.conftest import Browser

pytestmark = pytest.mark.once

Visit = Callable[..., Browser]


def claims_for(browser: Browser, settings: Settings, page: str = "/") -> dict[str, Any]:
    answer = browser.post("/help-token", headers={"Referer": f"{settings.origin}{page}"})
    secret = shared_secret(settings.secret_file)
    token = answer.json()["token"]
    assert jwt.get_unverified_header(token) == {"alg": "HS256", "kid": KEY_ID, "typ": "JWT"}
    claims: dict[str, Any] = jwt.decode(
        token, secret, algorithms=["HS256"], audience=settings.hub_url
    )
    return claims


def test_alice_is_vouched_for_with_every_claim(visit: Visit, settings_of_demo: Settings) -> None:
    claims = claims_for(visit(), settings_of_demo, "/campaigns/C-3041?x=1")
    assert claims.pop("exp") - claims["iat"] <= 300
    assert abs(claims.pop("iat") - time.time()) < 10
    assert len(claims.pop("jti")) > 20
    assert claims == {
        "iss": "http://localhost:8001",
        "aud": "http://127.0.0.1:9",
        "sub": "alice",
        "email": "alice@acme.example",
        "email_verified": True,
        "name": "Alice Bergmann",
        "role": "admin",
        "locale": "en",
        "zoneinfo": "Europe/Berlin",
        "account": {
            "id": "acme",
            "name": "Acme",
            "kind": "brand",
            "plan": "enterprise",
            "zoneinfo": "Europe/Berlin",
        },
        "accounts": [
            {
                "id": "acme-nordics",
                "name": "Acme Nordics",
                "kind": "brand",
                "plan": "essentials",
                "zoneinfo": "Europe/Oslo",
                "role": "admin",
            }
        ],
        "context": {"page": "/campaigns/C-3041", "host_version": "larkspan-26.4"},
    }


def test_in_her_second_account_the_first_is_the_one_to_switch_to(
    visit: Visit, settings_of_demo: Settings
) -> None:
    claims = claims_for(visit("alice.acme-nordics"), settings_of_demo)
    assert claims["account"]["id"] == "acme-nordics"
    assert [other["id"] for other in claims["accounts"]] == ["acme"]


def test_bob_and_carol_are_who_they_are(visit: Visit, settings_of_demo: Settings) -> None:
    bob = claims_for(visit("bob.acme"), settings_of_demo)
    carol = claims_for(visit("carol.globex"), settings_of_demo)
    assert (bob["role"], bob["zoneinfo"], bob["accounts"]) == ("member", "Europe/London", [])
    assert (carol["account"]["kind"], carol["account"]["plan"]) == ("partner", "free")
    assert carol["zoneinfo"] == "America/New_York"


def test_every_token_is_for_one_use(visit: Visit, settings_of_demo: Settings) -> None:
    browser = visit()
    tokens = [claims_for(browser, settings_of_demo)["jti"] for _ in range(3)]
    assert len(set(tokens)) == 3


def test_a_visitor_gets_no_token(visit: Visit) -> None:
    answer = visit("nobody").post("/help-token")
    assert answer.status_code == 204
    assert answer.content == b""


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://127.0.0.1:9"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_site_gets_no_token(visit: Visit, headers: dict[str, str]) -> None:
    answer = visit().post("/help-token", headers=headers)
    assert answer.status_code == 403
    assert "token" not in answer.text


def test_a_token_is_not_to_be_had_by_get_and_never_kept(visit: Visit) -> None:
    browser = visit()
    assert browser.get("/help-token").status_code == 405
    assert browser.post("/help-token").headers["cache-control"] == "no-store"


def test_somebody_from_a_mail_goes_on_signed_in(visit: Visit) -> None:
    wanted = "http://127.0.0.1:9/help/tickets/abc?reply=1"
    page = visit().get(f"/help-sign-in?handrail_return={quote(wanted, safe='')}")
    assert 'action="http://127.0.0.1:9/help/enter"' in page.text
    assert 'name="next" value="/help/tickets/abc?reply=1"' in page.text
    assert 'name="token" value="ey' in page.text
    assert page.headers["cache-control"] == "no-store"


def test_a_visitor_from_a_mail_signs_in_first_and_goes_on_then(visit: Visit) -> None:
    browser = visit("nobody")
    address = f"/help-sign-in?handrail_return={quote('http://127.0.0.1:9/help/tickets/abc')}"
    page = browser.get(address)
    assert 'name="token"' not in page.text
    answer = browser.post("/switch", {"person": "bob", "next": address})
    assert answer.headers["location"] == address
    assert "help/enter" in browser.get(address).text


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/help/",
        "https://evil.example/help/",
        "http://127.0.0.1:99/help/",
        "http://127.0.0.1:9.evil.example/help/",
        "http://127.0.0.1:9@evil.example/help/",
        "https://127.0.0.1:9/help/",
        "http://127.0.0.1:9/console/",
        "http://127.0.0.1:9\\@evil.example/help/",
        "javascript:alert(1)",
    ],
)
def test_a_return_address_that_is_not_the_hubs_is_refused(visit: Visit, address: str) -> None:
    page = visit().get(f"/help-sign-in?handrail_return={quote(address, safe='')}")
    assert page.status_code == 400
    assert 'name="token"' not in page.text


def test_a_line_break_does_not_help_a_return_address(settings_of_demo: Settings) -> None:
    assert return_path(settings_of_demo, "http://127.0.0.1:9/help/\nx") is None


def test_the_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "secret"
    first = shared_secret(path)
    assert len(first) >= 43
    assert shared_secret(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secret"]


def test_the_hubs_secret_counts_when_it_was_quicker(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("made by the hub, and long enough to sign with\n")
    assert shared_secret(path) == "made by the hub, and long enough to sign with"


def test_the_environment_says_where_everything_is(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HANDRAIL_URL", "DEMO_PORT", "DEMO_SMTP_PORT", "DEMO_SECRET_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HANDRAIL_DATA", "/srv/data")
    usual = read_settings()
    assert usual.hub_url == "http://127.0.0.1:8000"
    assert usual.origin == "http://localhost:8001"
    assert usual.smtp_port == 8002
    assert usual.secret_file == Path("/srv/data/demo/secret")
    monkeypatch.setenv("HANDRAIL_URL", "https://help.example.com/")
    monkeypatch.setenv("DEMO_SECRET_FILE", "/run/secret")
    monkeypatch.setenv("DEMO_PORT", "9001")
    monkeypatch.setenv("DEMO_SMTP_PORT", "2525")
    chosen = read_settings()
    assert chosen.hub_url == "https://help.example.com"
    assert chosen.secret_file == Path("/run/secret")
    assert (chosen.port, chosen.smtp_port) == (9001, 2525)
