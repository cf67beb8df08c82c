"""How does a browser carry a member's session? A cookie for us alone, and a word in each page.

The cookie is partitioned (CHIPS): it is kept apart for each site that shows our frame, so it works
where third-party cookies are blocked, and no other site can use it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from http.cookies import Morsel
from typing import Any

from django.http import HttpRequest, HttpResponseBase, parse_cookie
from django.utils import timezone

from handrail.base.tokens import hashed, is_signature, signature
from handrail.engines.live.doors import Door, Key, Scope
from handrail.people.access import (
    live_session,
    live_session_of,
    live_viewers,
    viewer_of_session,
)
from handrail.people.actions import IssuedSession
from handrail.people.models import Account, HelpSession, Member
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import NotSignedIn, Viewer, viewer_for_nobody

COOKIE = "__Host-handrail-help"
TOKEN_HEADER = "X-Handrail-Token"  # noqa: S105 - the name of a header
PURPOSE = "help.page"

# Python knows this attribute from 3.14 on; before, a Morsel refuses what it does not know.
vars(Morsel)["_reserved"].setdefault("partitioned", "Partitioned")
vars(Morsel)["_flags"].add("partitioned")


def set_cookie(response: HttpResponseBase, issued: IssuedSession) -> None:
    """Gives the browser the new session. The cookie has no end of its own: the row decides.

    So an expired session can still be named by its renewal, which then continues it.
    """
    _set(response, issued.secret, None)


def clear_cookie(response: HttpResponseBase) -> None:
    """Takes the session away; with the same attributes, else it would be another cookie."""
    _set(response, "", 0)


def _set(response: HttpResponseBase, value: str, max_age: int | None) -> None:
    response.set_cookie(
        COOKIE, value, max_age=max_age, path="/", secure=True, httponly=True, samesite="None"
    )
    response.cookies[COOKIE]["partitioned"] = True


def page_token(member: Member) -> str:
    """The word that a page sends back with whatever it changes.

    It is bound to the member for whom the page was drawn (this person in this account), not to
    the one session: a form that was open while the session was renewed can still be sent, and a
    form that was drawn for somebody else, or for another account, cannot.
    """
    return signature(PURPOSE, member.public_id)


def is_page_token(given: str, member: Member) -> bool:
    return is_signature(given, PURPOSE, member.public_id)


@dataclass(frozen=True)
class ListedAccount:
    """An account that this person may switch to, as the panel's menu shows it."""

    public_id: str
    name: str
    is_current: bool


class Panel:
    """What the panel's frame needs to know about its session; queried only where it is shown."""

    def __init__(self, session: HelpSession) -> None:
        self._session = session

    @property
    def token(self) -> str:
        return page_token(self._session.member)

    @property
    def seconds_left(self) -> int:
        """How long the session lives yet. In the panel, the page renews it before."""
        return int((self._session.expires_at - timezone.now()).total_seconds())

    @cached_property
    def accounts(self) -> list[ListedAccount]:
        """The accounts that the session's token listed and that still have this person.

        Costs one query, and none where the token listed only the account that is shown anyway.
        """
        here = self._session.member.account
        if self._session.account_ids == [here.pk]:
            return [ListedAccount(here.public_id, here.name, is_current=True)]
        listed = Account.objects.filter(
            pk__in=self._session.account_ids,
            members__person_id=self._session.person_id,
            members__ended_at=None,
        ).order_by("name", "pk")
        return [
            ListedAccount(account.public_id, account.name, account.pk == here.pk)
            for account in listed
        ]


class HelpRequest(ViewerRequest):
    """Only a type: a request as this surface's middleware completes it."""

    help_session: HelpSession | None
    panel: Panel | None


def require_session(request: HelpRequest) -> HelpSession:
    """The session that the request came in; raises NotSignedIn without one."""
    if request.help_session is None:
        raise NotSignedIn
    return request.help_session


def require_panel(request: HelpRequest) -> Panel:
    """What the panel's frame knows of its session; raises NotSignedIn without one."""
    if request.panel is None:
        raise NotSignedIn
    return request.panel


def session_of(request: HttpRequest) -> HelpSession | None:
    """The live session that the request's cookie opens. One query, none without a cookie."""
    return live_session(request.COOKIES.get(COOKIE, ""))


def help_viewer_of_scope(scope: Mapping[str, Any]) -> Viewer:
    """The viewer of a socket, read anew at every call: the session may have ended meanwhile."""
    session = live_session(_cookies(scope).get(COOKIE, ""))
    if session is None:
        return viewer_for_nobody(via="socket")
    return viewer_of_session(session, via="socket")


def _key(scope: Scope, viewer: Viewer) -> Key:
    return (hashed(_cookies(scope).get(COOKIE, "")),)


def _viewers(keys: Collection[Key]) -> dict[Key, Viewer]:
    return {(name,): viewer for name, viewer in live_viewers([key[0] for key in keys]).items()}


def _viewer(key: Key) -> Viewer:
    session = live_session_of(key[0])
    if session is None:
        return viewer_for_nobody(via="socket")
    return viewer_of_session(session, via="socket")


DOOR = Door(help_viewer_of_scope, _key, _viewers, _viewer)
"""How members' pages come in to their sockets."""


def _cookies(scope: Mapping[str, Any]) -> dict[str, str]:
    """HTTP/2 splits cookies over several headers (RFC 9113, 8.2.3)."""
    given = [value for name, value in scope["headers"] if name == b"cookie"]
    return parse_cookie(b"; ".join(given).decode("latin-1"))
