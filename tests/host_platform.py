"""How does a test act as the host? It signs tokens as a real platform does, and shows our frame."""

import time
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import jwt
from django.conf import settings
from django.test import Client

from conftest import HOST_ORIGIN, HOST_SECRET
from handrail.base.origins import own_origin
from handrail.people.models import Member
from handrail.people.tokens import LOGOUT_EVENT
from handrail.surfaces.help.sessions import COOKIE, TOKEN_HEADER, page_token

KID = "test-1"


def payload(claims: Mapping[str, Any], **changed: Any) -> dict[str, Any]:
    """All claims of a good token that lives two minutes; `changed` to None leaves one out."""
    now = int(time.time())
    given = {
        "iss": HOST_ORIGIN,
        "aud": settings.HANDRAIL_URL,
        "iat": now,
        "exp": now + 120,
        "jti": uuid4().hex,
        **claims,
        **changed,
    }
    return {claim: value for claim, value in given.items() if value is not None}


def token(
    claims: Mapping[str, Any],
    *,
    key: Any = HOST_SECRET,
    algorithm: str = "HS256",
    headers: Mapping[str, Any] | None = None,
    **changed: Any,
) -> str:
    """A token as the host signs it."""
    return jwt.encode(
        payload(claims, **changed),
        key,
        algorithm=algorithm,
        headers={"kid": KID, **(headers or {})},
    )


def logout_token(subject: str, **changed: Any) -> str:
    """A token with which the host's server signs somebody out everywhere."""
    return token({"sub": subject, "events": {LOGOUT_EVENT: {}}}, **changed)


class Frame:
    """Our frame in a page of the host's, in one browser: its cookies, its Origin, its word."""

    def __init__(self) -> None:
        self.browser = Client(headers={"origin": own_origin()})

    def exchange(self, given: str, **headers: str) -> Any:
        """Posts a token, as frame.js does."""
        return self.post_json("/help/session", {"token": given}, **headers)

    def post_json(self, path: str, given: object, **headers: str) -> Any:
        return self.browser.post(path, given, content_type="application/json", headers=headers)

    def post_as(self, member: Member, path: str, given: object = None) -> Any:
        """Posts from a page that was drawn for this member."""
        return self.post_json(path, given or {}, **{TOKEN_HEADER: page_token(member)})

    @property
    def cookie(self) -> str:
        """The secret of the session, as the browser holds it."""
        morsel = self.browser.cookies.get(COOKIE)
        return morsel.value if morsel else ""
