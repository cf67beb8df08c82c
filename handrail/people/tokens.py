"""Is this token really a host's word? Signature, audience, time and shape of a JWT.

Rules from RFC 7519 and RFC 8725: the issuer selects the host, `kid` one of the host's own keys, and
the key alone decides the algorithm. A token's `jku`, `x5u`, `jwk` and `x5c` are never looked at.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import jwt
from django.conf import settings

from handrail.people import jwks
from handrail.people.claims import MAX_ID, is_plain
from handrail.people.models import Algorithm, Host, HostKey
from handrail.people.refusals import TokenRefused

MOST_BYTES = 16 * 1024
LEEWAY_SECONDS = 30
LONGEST_LIFE_SECONDS = 300
REQUIRED = ["iss", "aud", "sub", "iat", "exp", "jti"]
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"

_codes: list[tuple[type[jwt.PyJWTError], str]] = [  # the first that fits counts
    (jwt.ExpiredSignatureError, "expired"),
    (jwt.ImmatureSignatureError, "not_yet_valid"),
    (jwt.InvalidAudienceError, "wrong_audience"),
    (jwt.MissingRequiredClaimError, "bad_claims"),
    (jwt.InvalidAlgorithmError, "bad_signature"),
    (jwt.InvalidSignatureError, "bad_signature"),
    (jwt.InvalidKeyError, "bad_signature"),
    (jwt.DecodeError, "malformed"),
    (jwt.PyJWTError, "bad_claims"),
]


@dataclass(frozen=True)
class VerifiedToken:
    """A token that its host signed, for us, and that is valid now. Not yet spent."""

    host: Host
    claims: dict[str, Any]
    jti: str
    issued_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class _Key:
    """What verifies a signature, with the one algorithm that it is for."""

    algorithm: str
    material: Any


def verify_identity(token: str) -> VerifiedToken:
    """Verifies a token that says who somebody is; raises TokenRefused.

    May fetch the host's public keys, so it must not run inside of a transaction.
    """
    verified = _verified(token)
    if "events" in verified.claims:
        raise TokenRefused("wrong_use", "a logout token where an identity is wanted")
    return verified


def verify_logout(token: str) -> VerifiedToken:
    """Verifies a token that ends a person's sessions; raises TokenRefused.

    OpenID Connect Back-Channel Logout 1.0, 2.4 and 2.6; `sub` is required here, since hosts do
    not know our sessions by `sid`.
    """
    verified = _verified(token)
    events = verified.claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT_EVENT), dict):
        raise TokenRefused("wrong_use", "no logout event")
    if "nonce" in verified.claims:
        raise TokenRefused("wrong_use", "a logout token with a nonce")
    return verified


def _verified(token: str) -> VerifiedToken:
    if len(token) > MOST_BYTES:
        raise TokenRefused("oversized")
    issuer, kid = _unproved(token)
    host = Host.objects.filter(issuer=issuer, is_active=True).first()
    if host is None:
        raise TokenRefused("unknown_issuer")
    key = _key(host, kid)
    if key is None:
        raise TokenRefused("unknown_key", f"host {host.pk}")
    claims = _decoded(token, key, host)
    issued_at, expires_at = int(claims["iat"]), int(claims["exp"])
    if expires_at - issued_at > LONGEST_LIFE_SECONDS:
        raise TokenRefused("lives_too_long", f"host {host.pk}")
    return VerifiedToken(
        host=host,
        claims=claims,
        jti=_plain(claims["jti"], "jti"),
        issued_at=datetime.fromtimestamp(issued_at, UTC),
        expires_at=datetime.fromtimestamp(expires_at, UTC),
    )


def _unproved(token: str) -> tuple[str, str]:
    """What the token claims about its issuer and key, only to find what will prove it."""
    try:
        parsed = jwt.decode_complete(token, options={"verify_signature": False})
    except (jwt.PyJWTError, RecursionError, ValueError) as error:
        raise TokenRefused("malformed", type(error).__name__) from None
    return _plain(parsed["payload"].get("iss"), "iss"), _plain(parsed["header"].get("kid"), "kid")


def _decoded(token: str, key: _Key, host: Host) -> dict[str, Any]:
    try:
        return jwt.decode(
            token,
            key=key.material,
            algorithms=[key.algorithm],
            audience=host.audience or settings.HANDRAIL_URL,
            issuer=host.issuer,
            leeway=LEEWAY_SECONDS,
            options={"require": REQUIRED, "enforce_minimum_key_length": True},
        )
    except jwt.PyJWTError as error:
        code = next(code for kind, code in _codes if isinstance(error, kind))
        raise TokenRefused(code, f"host {host.pk}: {type(error).__name__}") from None


def _key(host: Host, kid: str) -> _Key | None:
    """The host's key of this name: one that was given to us, else one that the host publishes."""
    given = HostKey.objects.filter(host=host, kid=kid, retired_at=None).first()
    if given is not None:
        material = given.secret if given.algorithm == Algorithm.HS256 else given.public_key
        return _Key(given.algorithm, material)
    published = jwks.public_key(host, kid)
    return _Key(published.algorithm_name, published.key) if published else None


def _plain(value: Any, claim: str) -> str:
    if not isinstance(value, str) or not is_plain(value, MAX_ID):
        raise TokenRefused("bad_claims", claim)
    return value
