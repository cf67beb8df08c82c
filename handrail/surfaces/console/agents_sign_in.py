"""How do agents sign in? allauth's password and second factor, with our rules.

Nobody signs up: an administrator makes agents. Second-factor secrets are encrypted at rest.
"""

from collections.abc import Callable, Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.http.cookie import parse_cookie
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare

from handrail.base.limits import client_address
from handrail.base.secrets import decrypt, encrypt
from handrail.people.models import Agent
from handrail.people.viewer import Viewer, viewer_for_agent, viewer_for_nobody

WITHOUT_SECOND_FACTOR = ("account_", "mfa_")
"""Names of the pages that an agent without a second factor can open: those to set it up."""


class AgentsSignIn(DefaultAccountAdapter):
    """allauth's hooks for sign-in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that rate limits count by: forwarded ones from trusted proxies only."""
        return client_address(request)


class EncryptedSecrets(DefaultMFAAdapter):
    """allauth's hooks for the second factor."""

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)


class SecondFactorMiddleware:
    """Sends an agent without a second factor to set one up, where the installation asks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not settings.REQUIRE_SECOND_FACTOR or not request.path.startswith("/console/"):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not request.user.is_authenticated or name.startswith(WITHOUT_SECOND_FACTOR):
            return None
        return None if is_mfa_enabled(request.user) else redirect("mfa_activate_totp")


def agent_viewer_of_scope(scope: Mapping[str, Any]) -> Viewer:
    """Who is behind a socket of the console? The same session and the same checks as for pages."""
    cookies = parse_cookie(dict(scope["headers"]).get(b"cookie", b"").decode("latin-1"))
    session = SessionStore(cookies.get(settings.SESSION_COOKIE_NAME) or None)
    if session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return viewer_for_nobody()
    agent = Agent.objects.filter(pk=session.get(SESSION_KEY) or 0, is_active=True).first()
    if agent is None or not constant_time_compare(
        session.get(HASH_SESSION_KEY, ""), agent.get_session_auth_hash()
    ):
        return viewer_for_nobody()
    if settings.REQUIRE_SECOND_FACTOR and not is_mfa_enabled(agent):
        return viewer_for_nobody()
    return viewer_for_agent(agent, via="socket")
