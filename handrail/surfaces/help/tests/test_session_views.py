"""How do members come in, move on and leave?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from conftest import ACME, GLOBEX, HOST_ORIGIN
from handrail.base.origins import own_origin
from handrail.people.access import live_session
from handrail.people.actions import apply_claims, make_code, make_link, start_session
from handrail.people.models import Account, HelpSession, Host, Member
from handrail.surfaces.help.session_views import ATTEMPTS, FAILURES
from handrail.surfaces.help.sessions import COOKIE, page_token
from tests.host_platform import Frame, logout_token, token

Claims = dict[str, Any]


@pytest.fixture
def claims(host: Host, claims_of: Callable[..., Claims]) -> Claims:
    return {
        **claims_of("Alice", ACME, "admin"),
        "accounts": [{**GLOBEX, "role": "member"}],
    }


@pytest.fixture
def frame() -> Frame:
    return Frame()


# --- POST /help/session -------------------------------------------------------------------------


def test_a_token_is_exchanged_for_a_cookie(frame: Frame, claims: Claims) -> None:
    response = frame.exchange(token(claims))
    assert response.status_code == 200
    session = live_session(frame.cookie)
    assert session is not None
    assert session.member.name == "Alice"
    assert response.json() == {
        "ok": True,
        "name": "Alice",
        "page_token": page_token(session.member),
        "continues": False,
    }


def test_a_session_continues_for_the_same_person_in_the_same_account_alone(
    frame: Frame, claims: Claims
) -> None:
    accounts = [{**ACME, "role": "admin"}, {**GLOBEX, "role": "member"}]

    def continues(**changed: Any) -> bool:
        given = token({**claims, "accounts": accounts, **changed})
        return frame.exchange(given).json()["continues"] is True

    assert [continues(), continues()] == [False, True]
    assert not continues(account=GLOBEX)
    assert not continues(sub="bob")


def test_the_cookie_is_for_us_alone_in_this_frame_alone(frame: Frame, claims: Claims) -> None:
    frame.exchange(token(claims))
    written = frame.browser.cookies[COOKIE].OutputString()
    assert written.startswith("__Host-handrail-help=")
    attributes = {part.strip() for part in written.split(";")[1:]}
    assert attributes == {"HttpOnly", "Path=/", "SameSite=None", "Secure", "Partitioned"}


def test_a_visitor_has_no_session(frame: Frame, claims: Claims) -> None:
    frame.exchange(token(claims))
    before = frame.cookie
    response = frame.post_json("/help/session", {"visitor": True})
    assert (response.status_code, response.json()) == (200, {"ok": True})
    assert live_session(before) is None
    cleared = response.cookies[COOKIE].OutputString()
    assert "Max-Age=0" in cleared
    assert "Partitioned" in cleared


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"role": "owner"}, 400, "bad_claims"),
        ({"aud": "https://else.example"}, 403, "wrong_audience"),
        ({"iss": "https://else.example"}, 403, "unknown_issuer"),
        ({"filler": "x" * 17_000}, 413, "oversized"),
    ],
)
def test_a_refusal_has_a_code_and_plain_words(
    frame: Frame, claims: Claims, changed: dict[str, Any], status: int, code: str
) -> None:
    response = frame.exchange(token(claims, **changed))
    assert response.status_code == status
    assert response.json()["error"] == code
    assert response.json()["message"].endswith(".")
    assert COOKIE not in response.cookies


@pytest.mark.parametrize("body", ["", "[]", "null", "7", '"x"', "{", "{}", '{"token": 7}', "é"])
def test_a_body_that_is_no_token_is_refused(frame: Frame, host: Host, body: str) -> None:
    response = frame.browser.post("/help/session", body, content_type="application/json")
    assert response.status_code == 400


def test_a_failed_exchange_leaves_the_session_as_it_was(frame: Frame, claims: Claims) -> None:
    frame.exchange(token(claims))
    before = frame.cookie
    frame.exchange(token(claims, role="owner"))
    assert live_session(before)


def test_a_panel_opened_anew_belongs_to_whom_the_host_says(
    frame: Frame, claims: Claims, claims_of: Callable[..., Claims]
) -> None:
    frame.exchange(token(claims))
    of_alice = frame.cookie
    frame.exchange(token(claims_of("Carol", GLOBEX, "admin")))
    session = live_session(frame.cookie)
    assert session is not None
    assert session.member.name == "Carol"
    assert live_session(of_alice) is None


# --- Leaving ------------------------------------------------------------------------------------


def test_signing_out_ends_the_session_and_takes_the_cookie(frame: Frame, claims: Claims) -> None:
    frame.exchange(token(claims))
    before = frame.cookie
    response = frame.post_json("/help/session/end", {})
    assert response.json() == {"ok": True}
    assert live_session(before) is None
    assert "Max-Age=0" in response.cookies[COOKIE].OutputString()
    assert frame.post_json("/help/session/end", {}).status_code == 200


def test_the_hosts_server_signs_a_person_out(frame: Frame, claims: Claims) -> None:
    frame.exchange(token(claims))
    response = Client().post("/help/backchannel-logout", {"logout_token": logout_token("alice")})
    assert response.status_code == 200
    assert response["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert live_session(frame.cookie) is None


@pytest.mark.parametrize("given", ["", "x", "identity", "foreign"])
def test_a_sign_out_that_no_host_signed_is_refused(
    frame: Frame, claims: Claims, given: str
) -> None:
    frame.exchange(token(claims))
    forged = {
        "identity": token(claims),
        "foreign": logout_token("alice", key="another-secret-of-32-bytes-or-more"),
    }.get(given, given)
    response = Client().post("/help/backchannel-logout", {"logout_token": forged})
    assert response.status_code in {400, 403}
    assert live_session(frame.cookie)


# --- The full page ------------------------------------------------------------------------------


def test_a_code_takes_the_session_into_a_full_page(frame: Frame, claims: Claims) -> None:
    frame.exchange(token(claims))
    member = Member.objects.get(account__name="Acme")
    code = frame.post_as(member, "/help/code").json()["code"]
    window = Frame()
    response = window.browser.post("/help/enter", {"code": code, "next": "/help/tickets/"})
    assert (response.status_code, response["Location"]) == (303, "/help/tickets/")
    session = live_session(window.cookie)
    assert session is not None
    assert session.member == member
    again = Frame().browser.post("/help/enter", {"code": code})
    assert again.status_code == 403
    assert "no longer works" in again.content.decode()


def test_a_token_from_the_hosts_own_page_opens_a_full_page(claims: Claims) -> None:
    window = Frame()
    response = window.browser.post(
        "/help/enter",
        {"token": token(claims), "next": f"{own_origin()}/help/tickets/"},
        headers={"origin": HOST_ORIGIN},
    )
    assert (response.status_code, response["Location"]) == (303, "/help/tickets/")
    assert live_session(window.cookie)


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "https://evil.example/help/", "/console/", "/help/../console/", ""]
)
def test_a_full_page_never_leads_elsewhere(claims: Claims, wanted: str) -> None:
    response = Frame().browser.post(
        "/help/enter", {"token": token(claims), "next": wanted}, headers={"origin": HOST_ORIGIN}
    )
    assert response["Location"] == "/help/"


# --- Links from mails ---------------------------------------------------------------------------


def test_a_link_asks_before_it_signs_in(alice: Member) -> None:
    secret = make_link(alice, "/help/tickets/")
    window = Frame()
    for _ in range(3):
        page = window.browser.get(f"/help/link/{secret}")
        assert "Continue as Alice" in page.content.decode()
        assert COOKIE not in page.cookies
    assert page["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    response = window.browser.post(f"/help/link/{secret}")
    assert (response.status_code, response["Location"]) == (303, "/help/tickets/")
    assert live_session(window.cookie)


def test_a_link_asks_in_the_language_of_its_mail(claims: Claims, host: Host) -> None:
    member = apply_claims(host, {**claims, "locale": "de"})
    page = Client().get(
        f"/help/link/{make_link(member, '/help/')}", headers={"accept-language": "ar"}
    )
    assert page["Content-Language"] == "de"
    assert '<html lang="de" dir="ltr"' in page.content.decode()
    assert "Weiter als Alice" in page.content.decode()


def test_a_spent_link_leads_to_the_sign_in(alice: Member, host: Host) -> None:
    secret = make_link(alice, "/help/")
    Frame().browser.post(f"/help/link/{secret}")
    for response in (
        Frame().browser.post(f"/help/link/{secret}"),
        Client().get(f"/help/link/{secret}"),
        Client().get("/help/link/nonsense"),
    ):
        assert response.status_code == 403
        assert host.sign_in_url in response.content.decode()


# --- Switching ----------------------------------------------------------------------------------


def test_the_session_moves_to_a_listed_account(frame: Frame, claims: Claims) -> None:
    frame.exchange(token(claims))
    acme = Member.objects.get(account__name="Acme")
    globex = Account.objects.get(name="Globex")
    response = frame.post_as(acme, "/help/switch", {"account": globex.public_id})
    assert response.json() == {"ok": True}
    session = live_session(frame.cookie)
    assert session is not None
    assert session.member.account == globex


def test_the_session_does_not_move_elsewhere(frame: Frame, claims: Claims, carol: Member) -> None:
    frame.exchange(token({**claims, "accounts": None}))
    acme = Member.objects.get(account__name="Acme")
    response = frame.post_as(acme, "/help/switch", {"account": carol.account.public_id})
    assert (response.status_code, response.json()["error"]) == (403, "not_listed")
    assert live_session(frame.cookie)


# --- How often ----------------------------------------------------------------------------------


def test_who_fails_often_waits(frame: Frame, host: Host) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        statuses = [frame.exchange("nonsense").status_code for _ in range(FAILURES.most + 1)]
        assert statuses[:-1] == [400] * FAILURES.most
        refused = frame.exchange("nonsense")
    assert refused.status_code == 429
    assert refused.json()["error"] == "too_many"
    assert int(refused["Retry-After"]) > 0


def test_failures_of_one_address_do_not_stop_another(frame: Frame, claims: Claims) -> None:
    for _ in range(FAILURES.most + 1):
        frame.exchange("nonsense")
    frame.browser.defaults["REMOTE_ADDR"] = "198.51.100.7"
    assert frame.exchange(token(claims)).status_code == 200


def test_an_office_behind_one_address_can_renew(frame: Frame, claims: Claims) -> None:
    assert ATTEMPTS.most >= 300
    assert all(frame.exchange(token(claims)).status_code == 200 for _ in range(FAILURES.most + 5))


# --- What is left -------------------------------------------------------------------------------


def test_get_never_changes_anything(claims: Claims, alice: Member) -> None:
    issued = start_session(alice)
    code = make_code(issued.session)
    window = Frame()
    window.browser.cookies[COOKIE] = issued.secret
    with time_machine.travel(timezone.now() + timedelta(seconds=1)):
        for path in ("session", "session/end", "backchannel-logout", "code", "enter", "switch"):
            asked = window.browser.get(f"/help/{path}", {"token": token(claims), "code": code})
            assert asked.status_code == 405
    assert live_session(issued.secret)
    assert HelpSession.objects.count() == 1
