"""How do we make values that others hand back to us? Random secrets, and signed words."""

import hashlib
import secrets
from collections.abc import Iterator

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SECRET_BYTES = 32


def random_secret() -> str:
    """256 random bits, as 43 letters that are safe in URLs and cookies."""
    return secrets.token_urlsafe(SECRET_BYTES)


def hashed(secret: str) -> str:
    """What is kept of a random secret: its SHA-256 in hex.

    Plain hashing is enough for 256 random bits (not for passwords). Looking a hash up in an
    index leaks nothing useful through timing: whoever guesses cannot choose a hash's prefix.
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def signature(purpose: str, *words: str) -> str:
    """An HMAC-SHA256 over `words`, good for `purpose` alone and for no other."""
    return _signature(settings.SECRET_KEY, purpose, words)


def is_signature(given: str, purpose: str, *words: str) -> bool:
    """Whether `given` signs these words, with SECRET_KEY or one of its fallbacks."""
    return any(constant_time_compare(given, _signature(key, purpose, words)) for key in _keys())


def _keys() -> Iterator[str]:
    yield settings.SECRET_KEY
    yield from settings.SECRET_KEY_FALLBACKS


def _signature(key: str, purpose: str, words: tuple[str, ...]) -> str:
    """Lengths are signed too: ("ab", "c") must not be worth the same as ("a", "bc")."""
    message = "".join(f"{len(word)}:{word}" for word in words)
    return salted_hmac(f"handrail.{purpose}", message, secret=key, algorithm="sha256").hexdigest()
