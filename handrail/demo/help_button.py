"""How does a host vouch for its people at the hub? Tokens, the sign-in return, and the logout.

This is all that a platform must write on its server to carry the Help button. Each function is
meant to be read next to the guide for hosts.
"""

import os
import secrets
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import jwt

from handrail.demo.directory import Account, Membership, Person
from handrail.demo.settings import KEY_ID, Settings
from handrail.demo.visits import Visit

TOKEN_LIFE = 120
"""Seconds; the hub accepts at most 300."""
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
HOST_VERSION = "larkspan-26.4"
PATIENCE = 2.0
"""Seconds that a sign-out waits for the hub. It happens here even when the hub is away."""


def shared_secret(path: Path) -> str:
    """The secret that we share with the hub; made on the first start, readable by its owner alone.

    Whoever comes first of the two makes the file in one step (it is linked into place complete),
    so that neither ever reads half a secret.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # the hub was quicker, and its secret counts
        finally:
            draft.unlink()
    return path.read_text().strip()


class Voucher:
    """Signs what the platform says about its people."""

    def __init__(self, settings: Settings, secret: str) -> None:
        self._settings = settings
        self._secret = secret

    def help_token(self, visit: Visit, page: str) -> str:
        """A single-use token with which the hub greets this person.

        `page` is the path that the person looks at, which helps an agent to help.
        """
        person = visit.person
        claims = {
            **self._envelope(person, TOKEN_LIFE),
            "email": person.email,
            "email_verified": True,
            "name": person.name,
            "role": visit.membership.role,
            "locale": person.locale,
            "zoneinfo": person.zoneinfo,
            "account": _account_claim(visit.account),
            "accounts": [
                {**_account_claim(other.account), "role": other.role}
                for other in _other_memberships(person, visit.membership)
            ],
            "context": {"page": page, "host_version": HOST_VERSION},
        }
        return self._sign(claims)

    def logout_token(self, person: Person) -> str:
        """Says that all of this person's sessions are over (OpenID Connect Back-Channel Logout
        1.0, 2.4)."""
        claims = {**self._envelope(person, TOKEN_LIFE), "events": {LOGOUT_EVENT: {}}}
        return self._sign(claims, kind="logout+jwt")

    def _envelope(self, person: Person, life: int) -> dict[str, Any]:
        now = int(time.time())
        return {
            "iss": self._settings.origin,
            "aud": self._settings.hub_url,
            "sub": person.sub,
            "iat": now,
            "exp": now + life,
            "jti": secrets.token_urlsafe(16),
        }

    def _sign(self, claims: dict[str, Any], kind: str = "JWT") -> str:
        headers = {"kid": KEY_ID, "typ": kind}
        return jwt.encode(claims, self._secret, algorithm="HS256", headers=headers)


async def end_help_sessions(settings: Settings, voucher: Voucher, person: Person) -> bool:
    """Tells the hub, from server to server, that this person has signed out here.

    False when the hub could not be told: the sign-out must not fail for that, and the hub's own
    session ends by itself.
    """
    address = f"{settings.hub_url}/help/backchannel-logout"
    form = {"logout_token": voucher.logout_token(person)}
    try:  # no proxy from the environment: the demo's hub is next door
        async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
            answer = await client.post(address, data=form)
    except httpx.HTTPError:
        return False
    return answer.is_success


def return_path(settings: Settings, address: str) -> str | None:
    """Where in the hub a person wants to be after signing in here, or None when the address is
    not the hub's: a token must never be posted to anybody else's."""
    if any(ord(letter) < 33 or letter == "\\" for letter in address):
        return None
    wanted, hub = urlsplit(address), urlsplit(settings.hub_url)
    if (wanted.scheme, wanted.netloc) != (hub.scheme, hub.netloc):
        return None
    if not wanted.path.startswith("/help/"):
        return None
    return f"{wanted.path}?{wanted.query}" if wanted.query else wanted.path


def _account_claim(account: Account) -> dict[str, str]:
    return {
        "id": account.id,
        "name": account.name,
        "kind": account.kind,
        "plan": account.plan.key,
        "zoneinfo": account.zoneinfo,
    }


def _other_memberships(person: Person, current: Membership) -> list[Membership]:
    return [other for other in person.memberships if other is not current]
