"""Which public keys does a host publish? Its JWKS (RFC 7517), fetched rarely."""

import json
import time
from typing import Any

import jwt
import structlog
from django.core.cache import cache

from handrail.base.outbound import OutboundError, fetch
from handrail.base.tokens import hashed
from handrail.people.models import Algorithm, Host

FRESH_SECONDS = 10 * 60
"""After this, keys are fetched again, so that a key which the host withdrew stops working."""
KEPT_SECONDS = 60 * 60
"""So long the keys we have still count while the host's address does not answer."""
PAUSE_SECONDS = 60
"""At most one fetch a minute for each host, however many unknown kids are sent to us."""
MOST_BYTES = 64 * 1024
MOST_KEYS = 50

log = structlog.get_logger("handrail.people")


def public_key(host: Host, kid: str) -> jwt.PyJWK | None:
    """The key that the host publishes as `kid`, if any. May fetch, for 5 s at most."""
    if not host.jwks_url:
        return None
    known = cache.get(_cache_key(host))
    is_stale = known is None or known["fetched_at"] < time.time() - FRESH_SECONDS
    if is_stale or kid not in known["keys"]:
        known = _refetched(host) or known
    published = known["keys"].get(kid) if known else None
    return _usable(published) if published else None


def _refetched(host: Host) -> dict[str, Any] | None:
    """Fetches the keys and keeps them; None when it is too soon or the host does not answer."""
    if not cache.add(f"{_cache_key(host)}:pause", True, timeout=PAUSE_SECONDS):
        return None
    try:
        answer = fetch(host.jwks_url, most_bytes=MOST_BYTES)
        listed = json.loads(answer.body)["keys"] if answer.is_ok else None
    except (OutboundError, ValueError, KeyError, TypeError, RecursionError) as error:
        log.warning("jwks_not_fetched", host=host.pk, error=type(error).__name__)
        return None
    if not isinstance(listed, list):
        log.warning("jwks_not_fetched", host=host.pk, status=answer.status)
        return None
    keys = {
        key["kid"]: key
        for key in listed[:MOST_KEYS]
        if isinstance(key, dict) and isinstance(key.get("kid"), str) and _usable(key)
    }
    fetched = {"fetched_at": time.time(), "keys": keys}
    cache.set(_cache_key(host), fetched, timeout=KEPT_SECONDS)
    return fetched


def _usable(published: dict[str, Any]) -> jwt.PyJWK | None:
    """A key for signatures, with the algorithm that its own type allows (RFC 8725, 3.1).

    A published symmetric key ("oct") would be a secret that everybody knows: never used.
    """
    algorithm = {"RSA": Algorithm.RS256, "EC": Algorithm.ES256}.get(str(published.get("kty")))
    if algorithm is None or published.get("alg", algorithm) != algorithm:
        return None
    if published.get("use", "sig") != "sig" or (
        algorithm == Algorithm.ES256 and published.get("crv") != "P-256"
    ):
        return None
    try:
        return jwt.PyJWK(published, algorithm=algorithm.value)
    except jwt.PyJWTError:
        return None


def _cache_key(host: Host) -> str:
    """With the address in it, so that keys from an earlier address do not count."""
    return f"jwks:{host.pk}:{hashed(host.jwks_url)}"
