"""Who is behind this request, and may it change something?

Paths below /console look at the console's cookie alone, all others at the help session's alone:
one browser can hold both, and neither may lend its rights to the other.
"""

from collections.abc import Callable
from typing import Any

import structlog
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from handrail.base.languages import language_of
from handrail.base.origins import own_origin
from handrail.base.robots import has_question, is_trainer
from handrail.people.access import viewer_of_session
from handrail.people.viewer import NotSignedIn, Viewer, viewer_for_agent, viewer_for_nobody
from handrail.surfaces.help.answers import refused, sign_in_page
from handrail.surfaces.help.framing import framed_by_hosts
from handrail.surfaces.help.sessions import TOKEN_HEADER, Panel, is_page_token, session_of

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}  # RFC 9110, 9.2.1

PERSONLESS = ("/healthz", "/readyz", "/metrics", "/help/v1.js", "/help/frame")
"""Paths that are the same for all, and must answer when the database does not."""

NOT_FOR_TRAINERS = "Questions are answered for people and their agents. Pages may be read.\n"

log = structlog.get_logger("handrail.help")


class ViewerMiddleware:
    """Sets `request.viewer`, and for members `request.help_session` and `request.panel`.

    Language and time zone are the viewer's while the view runs. Costs a member one query,
    a visitor none, an agent none beside Django's two.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        if _is_question(request) and is_trainer(request.headers.get("User-Agent", "")):
            return HttpResponse(NOT_FOR_TRAINERS, status=403, content_type="text/plain")
        request.help_session = None
        request.panel = None
        request.viewer = self._viewer(request)
        if not _is_console(request.path):
            # Django's check reads the console's cookie; `process_view` has this surface's own.
            request.csrf_processing_done = True
        language = _language(request)
        with translation.override(language), timezone.override(request.viewer.zone):
            response = self.get_response(request)
        return _finished(request, response, language)

    def process_view(
        self, request: Any, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Lets a change through only from one of our pages, drawn for who sends it.

        Both must hold: the `Origin` is ours, and the page's own word is in a header, which no
        form of another site can set. Views that are `csrf_exempt` have rules of their own.
        """
        if (
            request.method in SAFE_METHODS
            or _is_console(request.path)
            or getattr(view, "csrf_exempt", False)
        ):
            return None
        if request.headers.get("Origin") != own_origin():
            return refused("foreign_page", 403)
        given = request.headers.get(TOKEN_HEADER, "")
        if request.viewer.member is None:
            # The page was somebody's: 401 lets it renew its session and try again.
            return refused("no_session", 401) if given else None
        if not is_page_token(given, request.viewer.member):
            return refused("other_member", 409)
        return None

    def process_exception(self, request: Any, error: Exception) -> HttpResponse | None:
        """Leads whoever is not signed in to the place where they can be.

        A script of ours is told so by a 401, renews the session and tries again.
        """
        if not isinstance(error, NotSignedIn):
            return None
        is_page = request.headers.get("HX-Request") != "true"
        if _is_console(request.path) and is_page:
            is_read = request.method in SAFE_METHODS
            return redirect_to_login(request.get_full_path() if is_read else "/console/")
        return sign_in_page(request, 401) if is_page else refused("no_session", 401)

    def _viewer(self, request: Any) -> Viewer:
        if request.path in PERSONLESS:
            return Viewer()
        if _is_console(request.path):
            agent = request.user if request.user.is_authenticated else None
            return viewer_for_agent(agent) if agent else viewer_for_nobody()
        session = session_of(request)
        if session is None:
            return viewer_for_nobody()
        request.help_session = session
        request.panel = Panel(session)
        return viewer_of_session(session)


def _is_question(request: Any) -> bool:
    return has_question(request.META.get("QUERY_STRING", ""))


def _is_console(path: str) -> bool:
    return path == "/console" or path.startswith("/console/")


def _language(request: Any) -> str:
    """The viewer's language, as near as we have it; for nobody what their browser asks for."""
    if request.viewer.locale:
        return language_of(request.viewer.locale)
    return translation.get_language_from_request(request)


def _finished(request: Any, response: HttpResponseBase, language: str) -> HttpResponseBase:
    """What every answer carries: its language, no copy in any cache, and who may frame it."""
    if _is_question(request):
        response.headers.setdefault("X-Robots-Tag", "noindex")
    if request.path not in PERSONLESS:
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie", "Accept-Language"])
    if not request.viewer.is_nobody:
        response.headers.setdefault("Cache-Control", "private, no-store")
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    if is_page and request.path.startswith("/help/"):
        framed_by_hosts(response, request.help_session)
    return response
