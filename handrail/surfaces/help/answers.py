"""How do we say no? A code for our scripts, plain words for people, details for the log alone."""

import structlog
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from handrail.base.limits import TooMany
from handrail.base.origins import own_origin
from handrail.hub.menu import sign_in_help_url
from handrail.people.models import Host
from handrail.people.refusals import MESSAGES, Refused

PAGE_MESSAGES: dict[str, Promise] = {
    "foreign_page": _("This request did not come from one of our pages."),
    "no_session": _("You are signed out. Please sign in again."),
    "other_member": _("You are signed in differently now than when this page was opened."),
    "bad_request": _("We could not understand this request."),
}

STATUSES = {"malformed": 400, "bad_claims": 400, "oversized": 413, "too_many": 429}
"""By code; every other refusal is a 403."""

log = structlog.get_logger("handrail.help")


def refused(code: str, status: int) -> HttpResponse:
    """A refusal for a script of ours, by its code.

    In the log it is `reason`: what is called a code there is blacked out.
    """
    log.info("request_refused", reason=code)
    message = PAGE_MESSAGES.get(code) or MESSAGES[code]
    return JsonResponse({"error": code, "message": message}, status=status)


def refusal(request: HttpRequest, error: Refused, *, as_page: bool = False) -> HttpResponse:
    """A refused token, code or link: JSON, or a page that leads to the sign-in."""
    log.warning("sign_in_refused", reason=error.code, detail=error.detail)
    status = STATUSES.get(error.code, 403)
    if as_page:
        return sign_in_page(request, status, error.message)
    return refused(error.code, status)


def too_many(request: HttpRequest, error: TooMany, *, as_page: bool = False) -> HttpResponse:
    """Asked too often; Retry-After says when it may work again."""
    response = (
        sign_in_page(request, 429, MESSAGES["too_many"]) if as_page else refused("too_many", 429)
    )
    response["Retry-After"] = str(error.retry_after)
    return response


def sign_in_page(request: HttpRequest, status: int, message: Promise | str = "") -> HttpResponse:
    """Ways to sign in at the hosts; each leads back to the page that was wanted.

    In the panel there is nothing to press: the script of the boot page asks the host's page for
    a token and loads the page again.
    """
    wanted = request.get_full_path() if request.method == "GET" else "/help/"
    if _is_framed(request):
        response = render(request, "help/frame.html", {"wanted": wanted}, status=status)
    else:
        context = {
            "message": message,
            "ways": ways_to_sign_in(wanted),
            "help_url": sign_in_help_url(),
        }
        response = render(request, "help/sign_in.html", context, status=status)
    response["Cache-Control"] = "no-store"
    if status == 401:
        response["WWW-Authenticate"] = "Handrail"  # RFC 9110, 15.5.2: a 401 names a scheme
    return response


def ways_to_sign_in(wanted: str) -> list[dict[str, str]]:
    """The hosts' own sign-ins, each of which leads back to `wanted`, a path of ours. One query."""
    back = f"{own_origin()}{wanted}"
    hosts = Host.objects.filter(is_active=True).exclude(sign_in_url="")
    return [{"name": host.name, "url": _with(host.sign_in_url, back)} for host in hosts]


def _with(url: str, back: str) -> str:
    """`handrail_return` tells the host where the member wants to be afterwards."""
    return f"{url}{'&' if '?' in url else '?'}{urlencode({'handrail_return': back})}"


def _is_framed(request: HttpRequest) -> bool:
    """Browsers say so themselves (Fetch Metadata); whoever lies sees another empty page."""
    return request.headers.get("Sec-Fetch-Dest") in {"iframe", "frame"}
