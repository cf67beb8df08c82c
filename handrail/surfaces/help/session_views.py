"""How does a member come in, move on and leave? The protocol between host, frame and hub."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from handrail.base.languages import language_of
from handrail.base.limits import Limit, TooMany, client_address
from handrail.base.origins import local_path, own_origin
from handrail.people import actions
from handrail.people.models import Member, SessionKind
from handrail.people.refusals import PassRefused, Refused
from handrail.people.tokens import MOST_BYTES
from handrail.surfaces.help.answers import refusal, refused, sign_in_page, too_many
from handrail.surfaces.help.framing import never_framed
from handrail.surfaces.help.sessions import (
    COOKIE,
    HelpRequest,
    clear_cookie,
    page_token,
    require_session,
    set_cookie,
)

HOME = "/help/"
BELOW = "/help/"

ATTEMPTS = Limit("sign-in", most=300, seconds=60)
"""A whole office can stand behind one address, and renews every half hour."""

FAILURES = Limit("sign-in-refused", most=30, seconds=60)
"""Nobody fails so often by accident."""

log = structlog.get_logger("handrail.help")

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def _limited(*, as_page: bool) -> Callable[[View[P]], View[P]]:
    """Counts attempts and failures by address, and answers refusals; see `answers`."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def limited(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            address = client_address(request)
            try:
                FAILURES.check(address)
                ATTEMPTS.hit(address)
                return view(request, *args, **kwargs)
            except TooMany as error:
                return too_many(request, error, as_page=as_page)
            except Refused as error:
                FAILURES.count(address)
                return refusal(request, error, as_page=as_page)

        return limited

    return decorate


@csrf_exempt
@require_POST
@never_cache
@_limited(as_page=False)
def session(request: HttpRequest) -> HttpResponse:
    """The frame exchanges the host's token for a session, or says that nobody is signed in.

    The session that the cookie named ends in both cases: the panel always belongs to whom the
    host says is signed in now. JSON and our own Origin: no form of another site can send both.
    """
    if _origin(request) != own_origin():
        return refused("foreign_page", 403)
    given = _json(request)
    previous = request.COOKIES.get(COOKIE, "")
    if given.get("visitor") is True:
        actions.sign_out_by(previous)
        response: HttpResponse = JsonResponse({"ok": True})
        clear_cookie(response)
        return response
    token = given.get("token")
    if not isinstance(token, str) or not token:
        return refused("bad_request", 400)
    issued = actions.exchange_token(token, previous=previous)
    member = issued.session.member
    response = JsonResponse(
        {
            "ok": True,
            "name": member.name,
            "page_token": page_token(member),
            "continues": issued.session.continues,
        }
    )
    set_cookie(response, issued)
    return response


@csrf_exempt
@require_POST
@never_cache
def end(request: HttpRequest) -> HttpResponse:
    """Signs out: the session in the cookie ends, and what grew out of it, sockets included.

    It needs no page's word, since the frame must be able to do it before it drew a page.
    """
    if _origin(request) != own_origin():
        return refused("foreign_page", 403)
    actions.sign_out_by(request.COOKIES.get(COOKIE, ""))
    response = JsonResponse({"ok": True})
    clear_cookie(response)
    return response


@csrf_exempt
@require_POST
@never_cache
@_limited(as_page=False)
def backchannel_logout(request: HttpRequest) -> HttpResponse:
    """The host's server signs a person out everywhere (OpenID Connect Back-Channel Logout 1.0).

    No browser is involved: the signature is all that counts. 200 also when there was nothing.
    """
    ended = actions.log_out_person(request.POST.get("logout_token", ""))
    log.info("signed_out_by_host", sessions=ended)
    return HttpResponse(status=200)


@require_POST
@never_cache
def code(request: HelpRequest) -> HttpResponse:
    """A code with which "Open as a full page" takes the session along, once, within 60 s."""
    return JsonResponse({"code": actions.make_code(require_session(request))})


@csrf_exempt
@require_POST
@never_cache
@_limited(as_page=True)
def enter(request: HttpRequest) -> HttpResponse:
    """A full page's session, by a code from our own frame or a token from the host's own page.

    Who could send this form from elsewhere could sign somebody in as another person, and read
    what they then write. So the Origin decides: ours for a code, the host's for a token.
    """
    next_path = local_path(request.POST.get("next", HOME), BELOW) or HOME
    previous = request.COOKIES.get(COOKIE, "")
    if token := request.POST.get("token", ""):
        issued = actions.exchange_token(
            token, previous=previous, kind=SessionKind.PAGE, origin=_origin(request)
        )
    elif _origin(request) != own_origin():
        raise PassRefused("wrong_origin")
    else:
        issued = actions.enter_by_code(request.POST.get("code", ""))
    return _entered(issued, next_path)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@_limited(as_page=True)
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """A link from a mail. GET only asks, since mail scanners follow links; POST spends it."""
    if request.method == "POST":
        if _origin(request) != own_origin():
            raise PassRefused("wrong_origin")
        entered = actions.enter_by_link(secret)
        return _entered(entered.issued, local_path(entered.next_path, BELOW) or HOME)
    found = actions.find_link(secret)
    if found is None:
        raise PassRefused("spent", "link")
    response = _in_language_of(found.member, request)
    # The address of this page is a secret, which goes to no other site. `no-referrer` would also
    # empty the Origin of our own form (Fetch, "append a request Origin header").
    response["Referrer-Policy"] = "same-origin"
    never_framed(response)
    return response


def _in_language_of(member: Member, request: HttpRequest) -> HttpResponse:
    """The page that a link opens, in the language of the mail that brought it."""
    language = language_of(member.locale)
    with translation.override(language):
        response = render(request, "help/continue.html", {"member": member})
    response["Content-Language"] = language
    return response


@require_POST
@never_cache
def switch(request: HelpRequest) -> HttpResponse:
    """Moves the session to another account that its token listed."""
    wanted = str(_json(request).get("account", ""))
    try:
        issued = actions.switch_account(require_session(request), wanted)
    except Refused as error:
        return refusal(request, error)
    response = JsonResponse({"ok": True})
    set_cookie(response, issued)
    return response


@require_safe
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """The ways to sign in, for a visitor who asks for them."""
    return sign_in_page(request, 200)


def _entered(issued: actions.IssuedSession, next_path: str) -> HttpResponse:
    """303: the browser goes on by GET, and a reload does not send the secret again."""
    response = HttpResponseRedirect(next_path)
    response.status_code = 303
    set_cookie(response, issued)
    return response


def _origin(request: HttpRequest) -> str:
    """Where the browser says that a request was made; "null" and a missing one are nowhere."""
    return request.headers.get("Origin", "")


def _json(request: HttpRequest) -> dict[str, Any]:
    """The object in the body; empty when it is none, so that a missing field is refused later."""
    if request.content_type != "application/json" or len(request.body) > 2 * MOST_BYTES:
        return {}
    try:
        given = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return given if isinstance(given, dict) else {}
