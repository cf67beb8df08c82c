"""How are secrets kept at rest? Encrypted with a key that is not in the database."""

import base64
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

PURPOSE = b"handrail secrets at rest"


class CannotDecrypt(Exception):
    """Neither SECRET_KEY nor a fallback opens what was stored: an earlier key is missing."""


def encrypt(plain: str) -> str:
    """Encrypts with the current SECRET_KEY (Fernet: AES-128-CBC and HMAC-SHA256)."""
    return (
        _box(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS).encrypt(plain.encode()).decode()
    )


def decrypt(stored: str) -> str:
    """Opens what `encrypt` made, also with an earlier key; raises CannotDecrypt."""
    try:
        return (
            _box(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
            .decrypt(stored.encode())
            .decode()
        )
    except InvalidToken:
        # The ciphertext must not travel into a log with the exception's chain.
        raise CannotDecrypt("a stored secret does not open with any SECRET_KEY") from None


@lru_cache(maxsize=8)
def _box(*secret_keys: str) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key)) for key in secret_keys])


def _derived(secret_key: str) -> bytes:
    """A key for this purpose alone (HKDF, RFC 5869): SECRET_KEY also signs other things."""
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE)
    return base64.urlsafe_b64encode(derivation.derive(secret_key.encode()))


class EncryptedTextField(models.TextField[str, str]):
    """Text that the database only ever sees encrypted. It cannot be searched or sorted by.

    The empty string stays empty, so that "no secret" can be told without a key.
    """

    def get_prep_value(self, value: Any) -> Any:
        plain = super().get_prep_value(value)
        return encrypt(plain) if plain else plain

    def from_db_value(
        self, stored: str | None, expression: Any, connection: BaseDatabaseWrapper
    ) -> str | None:
        return decrypt(stored) if stored else stored
