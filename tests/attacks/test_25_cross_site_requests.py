"""CSRF, state change on GET. Frappe CVE-2026-63654.

Members' pages: our own Origin and the word of the page, which no other site can read or send.
The cookie alone, which is SameSite=None so that it works in the frame, opens nothing to others.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from conftest import ACME, HOST_ORIGIN
from handrail.base.origins import own_origin
from handrail.mediums.tickets.models import SignInRequest
from handrail.mediums.tickets.public import links
from handrail.people.access import live_session
from handrail.people.actions import make_code, make_link, start_session
from handrail.people.models import Agent, HelpSession, Member
from handrail.surfaces.help.sessions import COOKIE, TOKEN_HEADER, page_token
from tests.host_platform import token
from tests.strangers import PAGE, asked, form, proof_link, proved, visitor

FOREIGN = ["https://evil.example", HOST_ORIGIN, "null", None, "", "http://127.0.0.1:8001"]
FORM = "application/x-www-form-urlencoded"
RULES_OF_THEIR_OWN = {
    "docs-public:hook": "no cookie counts; a secret in the address, and only a pull that is due",
    "help:session": "our own Origin, JSON, and a token that the host signed",
    "help:end": "our own Origin; ends the session in the cookie and nothing else",
    "help:backchannel-logout": "no cookie counts; a token that the host signed",
    "help:enter": "our own Origin with a code, the host's own with a token",
    "help:link": "our own Origin, and a secret from a mail",
    "tickets-public:sign-in-help": "our own Origin; no cookie counts; work and limits",
    "tickets-public:proof": "our own Origin, and a secret from a mail",
    "tickets-public:more": "our own Origin, and a signed link from a mail",
}


@pytest.fixture
def victim(alice: Member) -> Client:
    """Alice's browser, as another site can make it send requests: with her cookie."""
    browser = Client()
    browser.cookies[COOKIE] = start_session(alice).secret
    return browser


def from_site(origin: str | None, **more: str) -> dict[str, str]:
    return more if origin is None else {"origin": origin, **more}


@pytest.mark.parametrize("origin", FOREIGN)
@pytest.mark.parametrize("path", ["/help/code", "/help/switch", "/help/session/end"])
def test_another_site_changes_nothing_with_a_members_cookie(
    victim: Client, alice: Member, path: str, origin: str | None
) -> None:
    """Not even if it had learnt the word of a page."""
    word = {TOKEN_HEADER: page_token(alice)}
    answer = victim.post(path, headers=from_site(origin, **word))
    assert (answer.status_code, answer.json()["error"]) == (403, "foreign_page")
    assert HelpSession.objects.live().count() == 1


@pytest.mark.parametrize("path", ["/help/code", "/help/switch"])
def test_a_form_cannot_change_anything_even_from_our_origin(victim: Client, path: str) -> None:
    """A form can set no header, so markup that slipped into a page of ours cannot post it."""
    assert victim.post(path, headers={"origin": own_origin()}).status_code == 409


@pytest.mark.parametrize("origin", FOREIGN)
def test_another_site_cannot_sign_somebody_in_as_somebody_else(
    victim: Client, bob: Member, claims_of: Callable[..., dict[str, Any]], origin: str | None
) -> None:
    """Login CSRF: what a victim then writes would be read by the attacker."""
    attempts = [
        ("/help/session", {"token": token(claims_of("Bob", ACME))}, "application/json"),
        ("/help/session", {"token": token(claims_of("Bob", ACME))}, "text/plain"),
        ("/help/enter", f"code={make_code(start_session(bob).session)}", FORM),
        (f"/help/link/{make_link(bob, '/help/')}", "", FORM),
    ]
    if origin != HOST_ORIGIN:
        attempts.append(("/help/enter", f"token={token(claims_of('Bob', ACME))}", FORM))
    before = victim.cookies[COOKIE].value
    for path, body, content_type in attempts:
        answer = victim.post(path, body, content_type=content_type, headers=from_site(origin))
        assert answer.status_code == 403
        assert COOKIE not in answer.cookies
    session = live_session(before)
    assert session is not None
    assert session.member.name == "Alice"


@pytest.mark.parametrize("content_type", ["text/plain", FORM, "multipart/form-data; boundary=x"])
def test_a_session_is_not_opened_by_what_a_form_can_send(
    claims_of: Callable[..., dict[str, Any]], host: object, content_type: str
) -> None:
    body = json.dumps({"token": token(claims_of("Alice", ACME)), "x": "="})
    answer = Client(headers={"origin": own_origin()}).post(
        "/help/session", body, content_type=content_type
    )
    assert answer.status_code == 400


def test_only_these_views_have_rules_of_their_own() -> None:
    """Every other change anywhere below /help/ goes through the middleware's check."""
    exempt = {
        name
        for name, pattern in _views(get_resolver())
        if getattr(pattern.callback, "csrf_exempt", False)
    }
    assert exempt == set(RULES_OF_THEIR_OWN)


def test_no_answer_lets_another_site_read_it(victim: Client) -> None:
    for method in (victim.get, victim.options):
        for path in ("/help/", "/help/session", "/help/code"):
            answer = method(path, headers={"origin": "https://evil.example"})
            assert not any(name.lower().startswith("access-control-") for name in answer.headers)


def _views(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every view with its full name."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            name = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _views(pattern, name)
        else:
            yield f"{prefix}{pattern.name}", pattern


@pytest.mark.parametrize("origin", FOREIGN)
def test_another_site_sends_nothing_in_a_visitors_name(
    installation: None, dora: Agent, origin: str | None
) -> None:
    """Neither a request, nor a proof, nor a word to an agent."""
    answered = proved(dora, email="lee@elsewhere.example")
    attempts = {
        PAGE: form(visitor()),
        proof_link(dora, asked()): {},
        links.more_path(answered.conversation, answered.sign_in_request): {"body": "Hello"},
    }
    before = SignInRequest.objects.exclude(proved_at=None).count()
    for path, given in attempts.items():
        answer = Client().post(path, given, headers=from_site(origin))
        assert answer.status_code == 403
    assert SignInRequest.objects.count() == 2
    assert SignInRequest.objects.exclude(proved_at=None).count() == before


def test_a_members_cookie_counts_for_nothing_at_the_public_form(victim: Client) -> None:
    """Who has a session writes there as nobody: no page's word is needed, and none is taken."""
    answer = victim.post(PAGE, form(visitor()), headers={"origin": own_origin()})
    assert answer.status_code == 302
    assert SignInRequest.objects.get().ticket.conversation.creator is None


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}/sent", f"{PAGE}/proof/junk"])
def test_the_public_pages_stand_in_no_other_page(host: object, path: str) -> None:
    assert "frame-ancestors 'none'" in visitor().get(path)["Content-Security-Policy"]
