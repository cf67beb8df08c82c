"""How do agents sign in? allauth's password and second factor, with our rules.

Nobody signs up: an administrator makes agents. Second-factor secrets are encrypted at rest.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from copy import copy
from functools import lru_cache
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import DEFAULT_DB_ALIAS
from django.db.models import BigIntegerField, CharField, DateTimeField, Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.cookie import parse_cookie
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from handrail.base import statements
from handrail.base.limits import client_address
from handrail.base.secrets import decrypt, encrypt
from handrail.base.statements import Blank
from handrail.engines.live.doors import Door, Key
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
    session = SessionStore(_session_key(scope) or None)
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


def _session_key(scope: Mapping[str, Any]) -> str:
    cookies = parse_cookie(dict(scope["headers"]).get(b"cookie", b"").decode("latin-1"))
    return str(cookies.get(settings.SESSION_COOKIE_NAME, ""))


def _key(scope: Mapping[str, Any], viewer: Viewer) -> Key:
    """The session, whose it is, and the password that it rests on."""
    agent = viewer.agent
    return (_session_key(scope), str(agent.pk), agent.password) if agent else ()


def _viewers(keys: Collection[Key]) -> dict[Key, Viewer]:
    """Two queries; a third where the installation asks for a second factor."""
    alive = set(statements.among({key[0] for key in keys}, _alive))
    rows = statements.among({int(key[1]) for key in keys}, _active)
    agents = {str(row[0]): _agent_of(row) for row in rows}
    found = {}
    for key in keys:
        session_key, pk, password = key
        agent = agents.get(pk)
        if agent and session_key in alive and agent.password == password:  # both are our own
            found[key] = viewer_for_agent(agent, via="socket")
    return found


@lru_cache(maxsize=1024)
def _agent_of(row: tuple[Any, ...]) -> Agent:
    """For whoever hears, and so is only read: the same row makes the same agent."""
    return Agent.from_db(DEFAULT_DB_ALIAS, _COLUMNS, row)


def _viewer(key: Key) -> Viewer:
    """An agent of its own, since an action may change what it holds."""
    found = _viewers([key]).get(key)
    if found is None or found.agent is None:
        return viewer_for_nobody(via="socket")
    return viewer_for_agent(copy(found.agent), via="socket")


DOOR = Door(agent_viewer_of_scope, _key, _viewers, _viewer)
"""How agents' pages come in to their sockets."""

_COLUMNS = [
    field.attname
    for field in Agent._meta.concrete_fields
    if not isinstance(field, DateTimeField)  # which cost more to read than all others together
]


def _alive(keys: Sequence[str]) -> list[str]:
    asked = statements.told("key", keys)
    found = statements.rows(_alive_of, len(keys), now=timezone.now(), **asked)
    return [row[0] for row in found]


def _alive_of(size: int) -> QuerySet[Session, tuple[Any, ...]]:
    named = statements.blanks("key", size, CharField)
    alive = Session.objects.filter(expire_date__gt=Blank("now", DateTimeField()))
    return alive.filter(session_key__in=named).values_list("session_key")


def _active(pks: Sequence[int]) -> list[tuple[Any, ...]]:
    needs_factor = bool(settings.REQUIRE_SECOND_FACTOR)
    return statements.rows(_active_of, len(pks), needs_factor, **statements.told("pk", pks))


def _active_of(size: int, needs_factor: bool) -> QuerySet[Agent, tuple[Any, ...]]:
    active = Agent.objects.filter(
        is_active=True, pk__in=statements.blanks("pk", size, BigIntegerField)
    )
    if needs_factor:  # as `is_mfa_enabled` has it
        active = active.filter(Exists(Authenticator.objects.filter(user_id=OuterRef("pk"))))
    return active.values_list(*_COLUMNS)
