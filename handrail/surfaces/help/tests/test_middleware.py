"""Who is behind a request, and what may it change?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from conftest import ACME
from handrail.base.origins import own_origin
from handrail.people.actions import (
    apply_claims,
    deactivate_agent,
    register_host,
    start_session,
    switch_account,
)
from handrail.people.models import Account, Agent, Host, Member
from handrail.people.viewer import NotEntitled, Viewer
from handrail.surfaces.help.middleware import ViewerMiddleware
from handrail.surfaces.help.sessions import COOKIE, TOKEN_HEADER, page_token

ClaimsOf = Callable[..., dict[str, Any]]


def browser_of(member: Member) -> Client:
    browser = Client(headers={"origin": own_origin()})
    browser.cookies[COOKIE] = start_session(member).secret
    return browser


def seen(path: str, **cookies: str) -> Any:
    """What the middleware finds for a request to this path, and what holds while it is answered."""
    found: dict[str, Any] = {}

    def view(request: Any) -> HttpResponse:
        found.update(
            viewer=request.viewer,
            zone=timezone.get_current_timezone_name(),
            language=translation.get_language(),
        )
        return HttpResponse(content_type="text/plain")

    request = RequestFactory().get(path, headers={"accept-language": "de-CH,de;q=0.9"})
    request.COOKIES.update({name.replace("_", "-"): value for name, value in cookies.items()})
    found["response"] = ViewerMiddleware(view)(request)
    return found


# --- Who ----------------------------------------------------------------------------------------


def test_the_help_cookie_makes_a_member(alice: Member) -> None:
    issued = start_session(alice)
    request = RequestFactory().get("/help/")
    request.COOKIES[COOKIE] = issued.secret
    viewers: list[Viewer] = []
    ViewerMiddleware(lambda asked: _noted(asked, viewers))(request)
    assert viewers[0].member == alice
    assert viewers[0].session_id == issued.session.session_id


def _noted(request: HttpRequest, viewers: list[Viewer]) -> HttpResponse:
    viewers.append(vars(request)["viewer"])
    return HttpResponse()


@pytest.mark.parametrize("path", ["/console", "/console/", "/console/tickets/"])
def test_the_help_cookie_counts_for_nothing_in_the_console(alice: Member, path: str) -> None:
    request = RequestFactory().get(path)
    request.COOKIES[COOKIE] = start_session(alice).secret
    request.user = AnonymousUser()
    viewers: list[Viewer] = []
    ViewerMiddleware(lambda asked: _noted(asked, viewers))(request)
    assert viewers[0].is_nobody


@pytest.mark.parametrize("path", ["/help/", "/consoles", "/", "/docs/console/"])
def test_the_agents_sign_in_counts_for_nothing_outside_of_the_console(
    dora: Agent, path: str
) -> None:
    request = RequestFactory().get(path)
    request.user = dora
    viewers: list[Viewer] = []
    ViewerMiddleware(lambda asked: _noted(asked, viewers))(request)
    assert viewers[0].is_nobody


def test_an_agent_is_an_agent_in_the_console(dora: Agent) -> None:
    request = RequestFactory().get("/console/")
    request.user = dora
    viewers: list[Viewer] = []
    ViewerMiddleware(lambda asked: _noted(asked, viewers))(request)
    assert viewers[0].agent == dora


def test_a_deactivated_agent_is_nobody(dora: Agent) -> None:
    browser = Client()
    browser.force_login(dora)
    deactivate_agent(dora)
    assert browser.get("/console/").status_code == 302


@pytest.mark.parametrize("path", ["/help/v1.js", "/help/frame", "/healthz", "/metrics"])
def test_what_is_the_same_for_all_asks_nobody(
    alice: Member, path: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert seen(path)["viewer"] == Viewer()


# --- Language and time --------------------------------------------------------------------------


def test_language_and_time_are_the_viewers(host: Host, claims_of: ClaimsOf) -> None:
    member = apply_claims(host, {**claims_of("Alice", ACME), "locale": "de-AT"})
    browser = browser_of(member)
    page = browser.get("/help/", headers={"accept-language": "en"})
    assert page["Content-Language"] == "de"
    assert '<html lang="de"' in page.content.decode()


def test_arabic_pages_run_from_right_to_left(host: Host, claims_of: ClaimsOf) -> None:
    member = apply_claims(host, {**claims_of("Alice", ACME), "locale": "ar"})
    page = browser_of(member).get("/help/").content.decode()
    assert '<html lang="ar" dir="rtl"' in page
    assert "كيف يمكننا مساعدتك؟" in page


def test_an_unknown_language_is_the_installations(host: Host, claims_of: ClaimsOf) -> None:
    member = apply_claims(host, {**claims_of("Alice", ACME), "locale": "tlh"})
    page = browser_of(member).get("/help/", headers={"accept-language": "de"})
    assert page["Content-Language"] == "en"


def test_nobody_reads_what_the_browser_asks_for(installation: None) -> None:
    found = seen("/help/")
    assert (found["language"], found["zone"]) == ("de", "UTC")
    assert "Accept-Language" in found["response"]["Vary"]


def test_one_viewers_language_does_not_stay_for_the_next(installation: None) -> None:
    before = (translation.get_language(), timezone.get_current_timezone_name())
    seen("/help/")
    assert (translation.get_language(), timezone.get_current_timezone_name()) == before


# --- May it change something? -------------------------------------------------------------------


def test_a_change_needs_our_origin(alice: Member) -> None:
    browser = browser_of(alice)
    word = {TOKEN_HEADER: page_token(alice)}
    for origin in ("https://platform.example", "null", "", own_origin() + ".evil.example"):
        refused = browser.post("/help/code", headers={**word, "origin": origin})
        assert (refused.status_code, refused.json()["error"]) == (403, "foreign_page")
    assert browser.post("/help/code", headers=word).status_code == 200


def test_a_change_needs_the_pages_word(alice: Member) -> None:
    browser = browser_of(alice)
    for word in ("", "x", page_token(alice)[:-1], page_token(alice).upper()):
        refused = browser.post("/help/code", headers={TOKEN_HEADER: word})
        assert (refused.status_code, refused.json()["error"]) == (409, "other_member")


def test_a_page_drawn_for_somebody_else_changes_nothing(alice: Member, bob: Member) -> None:
    refused = browser_of(alice).post("/help/code", headers={TOKEN_HEADER: page_token(bob)})
    assert refused.status_code == 409


def test_a_page_drawn_for_another_account_changes_nothing(host: Host, claims_of: ClaimsOf) -> None:
    two = {**claims_of("Alice", ACME), "accounts": [{**ACME, "id": "b", "role": "admin"}]}
    member = apply_claims(host, two)
    other = Account.objects.get(external_id="b")
    first = start_session(member, account_ids=[member.account_id, other.pk])
    moved = switch_account(first.session, other.public_id)
    browser = Client(headers={"origin": own_origin()})
    browser.cookies[COOKIE] = moved.secret
    assert browser.post("/help/code", headers={TOKEN_HEADER: page_token(member)}).status_code == 409


def test_an_open_form_can_be_sent_after_a_renewal(alice: Member) -> None:
    drawn = page_token(alice)
    later = browser_of(alice)
    assert later.post("/help/code", headers={TOKEN_HEADER: drawn}).status_code == 200


def test_an_open_form_without_a_session_is_told_to_renew(alice: Member) -> None:
    browser = browser_of(alice)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        refused = browser.post("/help/code", headers={TOKEN_HEADER: page_token(alice)})
    assert (refused.status_code, refused.json()["error"]) == (401, "no_session")


# --- Whoever is not signed in -------------------------------------------------------------------


def test_a_script_is_told_and_a_person_is_led(host: Host) -> None:
    browser = Client(headers={"origin": own_origin()})
    told = browser.post("/help/code", headers={"hx-request": "true"})
    assert (told.status_code, told.json()["error"]) == (401, "no_session")
    led = browser.get("/help/tickets/?status=open")
    assert led.status_code == 401
    assert led["WWW-Authenticate"]
    back = "handrail_return=http%3A%2F%2F127.0.0.1%3A8000%2Fhelp%2Ftickets%2F%3Fstatus%3Dopen"
    assert f"{host.sign_in_url}?{back}" in led.content.decode()


def test_in_the_panel_the_page_asks_the_host_by_itself(host: Host) -> None:
    page = Client().get("/help/tickets/", headers={"sec-fetch-dest": "iframe"})
    assert page.status_code == 401
    assert 'data-renew="/help/tickets/"' in page.content.decode()
    assert host.sign_in_url not in page.content.decode()


def test_only_who_is_not_signed_in_is_led_there(installation: None) -> None:
    middleware = ViewerMiddleware(lambda request: HttpResponse())
    request = RequestFactory().get("/help/")
    assert middleware.process_exception(request, NotEntitled("x")) is None
    assert middleware.process_exception(request, ValueError()) is None


def test_an_agent_is_led_to_the_consoles_sign_in_and_back(installation: None) -> None:
    led = Client().get("/console/tickets/?view=mine")
    assert led.status_code == 302
    assert led["Location"].endswith("?next=/console/tickets/%3Fview%3Dmine")
    told = Client().get("/console/tickets/", headers={"hx-request": "true"})
    assert (told.status_code, told.json()["error"]) == (401, "no_session")


# --- What every answer carries ------------------------------------------------------------------


def ancestors_of(response: Any) -> str:
    policy: str = response["Content-Security-Policy"]
    return next(part for part in policy.split("; ") if part.startswith("frame-ancestors"))


def test_a_members_page_stands_in_their_own_hosts_pages_alone(alice: Member) -> None:
    register_host(name="Other", issuer="other", origins=["https://other.example"])
    mine = browser_of(alice).get("/help/")
    assert ancestors_of(mine) == "frame-ancestors https://platform.example"
    boot = Client().get("/help/frame")
    assert ancestors_of(boot) == "frame-ancestors https://other.example https://platform.example"


def test_without_hosts_nobody_shows_our_pages(installation: None) -> None:
    assert ancestors_of(Client().get("/help/frame")) == "frame-ancestors 'none'"
    assert ancestors_of(Client().get("/console/login/", follow=True)) == "frame-ancestors 'none'"


def test_a_members_page_is_kept_in_no_cache(alice: Member) -> None:
    assert browser_of(alice).get("/help/")["Cache-Control"] == "private, no-store"
