"""Widget trust: unsigned attributes, `postMessage('*')`, framing. Chatwoot; Intercom's company
attribute.

The server's part: what grants anything is in the signed token and nowhere else, our pages stand in
the pages of hosts alone, and a token is taken from a host's own origin alone.
"""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from conftest import ACME, GLOBEX, HOST_ORIGIN
from handrail.people.access import context_of, live_session, viewer_of_session
from handrail.people.actions import deactivate_host, register_host, start_session
from handrail.people.models import Host, Member
from handrail.surfaces.help.sessions import COOKIE
from tests.host_platform import Frame, payload, token

ClaimsOf = Callable[..., dict[str, Any]]

CLAIMED = {
    "role": "admin",
    "account": {**GLOBEX, "plan": "enterprise"},
    "accounts": [{**GLOBEX, "role": "admin"}],
    "sub": "carol",
    "email": "carol@globex.example",
    "plan": "enterprise",
    "entitlements": ["booking.book"],
    "audience_ids": [1, 2, 3],
    "agent": True,
}


def ancestors_of(response: Any) -> set[str]:
    policy = response["Content-Security-Policy"]
    (directive,) = [part for part in policy.split("; ") if part.startswith("frame-ancestors ")]
    return set(directive.split()[1:])


def test_what_stands_beside_the_token_grants_nothing(host: Host, claims_of: ClaimsOf) -> None:
    frame = Frame()
    given = {**CLAIMED, "token": token(claims_of("Bob", ACME))}
    frame.browser.post(
        "/help/session?role=admin&plan=enterprise",
        json.dumps(given),
        content_type="application/json",
        headers={"x-role": "admin", "x-account": "globex"},
    )
    _is_plain_bob(frame)


def test_where_somebody_is_says_the_token_alone(host: Host, claims_of: ClaimsOf) -> None:
    """Agents trust what they read of it; a page of the member's own making says nothing."""
    frame = Frame()
    signed = token({**claims_of("Bob", ACME), "context": {"page": "/signed"}})
    given = {"token": signed, "context": {"page": "/forged"}}
    frame.browser.post("/help/session", json.dumps(given), content_type="application/json")
    session = live_session(frame.browser.cookies[COOKIE].value)
    assert session
    assert session.context == {"page": "/signed"}
    assert context_of(viewer_of_session(session)) == {"page": "/signed"}


def test_claims_that_we_do_not_know_grant_nothing(host: Host, claims_of: ClaimsOf) -> None:
    frame = Frame()
    unknown = {key: CLAIMED[key] for key in ("plan", "entitlements", "audience_ids", "agent")}
    frame.exchange(token({**claims_of("Bob", ACME), **unknown}))
    _is_plain_bob(frame)


def test_a_token_whose_claims_were_changed_is_refused(host: Host, claims_of: ClaimsOf) -> None:
    header, _, signature = token(claims_of("Bob", ACME)).split(".")
    for changed in ({"role": "admin"}, {"sub": "alice"}, {"account": GLOBEX}):
        claims = json.dumps(payload({**claims_of("Bob", ACME), **changed})).encode()
        forged = base64.urlsafe_b64encode(claims).rstrip(b"=").decode()
        answer = Frame().exchange(f"{header}.{forged}.{signature}")
        assert answer.json()["error"] == "bad_signature"


def test_a_member_cannot_choose_an_account_by_asking_for_it(alice: Member, carol: Member) -> None:
    frame = Frame()
    frame.browser.cookies[COOKIE] = start_session(alice).secret
    for wanted in (carol.account.public_id, carol.account.external_id, carol.account.pk):
        answer = frame.post_as(alice, "/help/switch", {"account": wanted})
        assert answer.json()["error"] == "not_listed"


def test_only_hosts_show_our_frame(host: Host) -> None:
    register_host(name="Second", issuer="second", origins=["https://second.example"])
    past = register_host(name="Past", issuer="past", origins=["https://past.example"])
    deactivate_host(past)
    for path in ("/help/frame", "/help/", "/help/tickets/", "/help/sign-in"):
        assert ancestors_of(Client().get(path)) == {HOST_ORIGIN, "https://second.example"}


def test_a_member_is_shown_in_their_own_host_alone(alice: Member) -> None:
    register_host(name="Second", issuer="second", origins=["https://second.example"])
    browser = Client()
    browser.cookies[COOKIE] = start_session(alice).secret
    for path in ("/help/", "/help/tickets/"):
        assert ancestors_of(browser.get(path)) == {HOST_ORIGIN}


@pytest.mark.parametrize("path", ["/console/", "/console/tickets/", "/console/login/"])
def test_the_console_is_shown_in_no_frame(host: Host, path: str) -> None:
    answer = Client().get(path, follow=True)
    assert ancestors_of(answer) == {"'none'"}


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "https://platform.example.evil.example",
        "https://evilplatform.example",
        "http://platform.example",
        "https://platform.example:8443",
        "https://sub.platform.example",
        "null",
        "",
    ],
)
def test_a_token_is_taken_from_the_hosts_exact_origin_alone(
    host: Host, claims_of: ClaimsOf, origin: str
) -> None:
    window = Frame()
    answer = window.browser.post(
        "/help/enter", {"token": token(claims_of("Alice", ACME))}, headers={"origin": origin}
    )
    assert answer.status_code == 403
    assert window.cookie == ""


def test_one_hosts_page_cannot_bring_anothers_token(host: Host, claims_of: ClaimsOf) -> None:
    register_host(name="Second", issuer="second", origins=["https://second.example"])
    window = Frame()
    answer = window.browser.post(
        "/help/enter",
        {"token": token(claims_of("Alice", ACME))},
        headers={"origin": "https://second.example"},
    )
    assert answer.status_code == 403


def test_the_boot_page_holds_nothing_personal(alice: Member) -> None:
    """It is the same for everybody, cookie or not."""
    with_cookie = Client()
    with_cookie.cookies[COOKIE] = start_session(alice).secret
    page = with_cookie.get("/help/frame")
    assert page.status_code == 200
    assert alice.name not in page.content.decode()
    assert "X-Handrail-Token" not in page.content.decode()
    assert not page.cookies


def test_a_token_never_travels_in_an_address(host: Host, claims_of: ClaimsOf) -> None:
    given = token(claims_of("Alice", ACME))
    for path in ("/help/", "/help/frame", "/help/session", "/help/enter"):
        Client().get(path, {"token": given})
    assert Frame().exchange(given).status_code == 200


def _is_plain_bob(frame: Frame) -> None:
    session = live_session(frame.cookie)
    assert session is not None
    member = session.member
    assert (member.name, member.role, member.account.name) == ("Bob", "member", "Acme")
    assert session.account_ids == [member.account_id]
    assert frame.browser.get("/console/").status_code == 302
