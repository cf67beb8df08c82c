"""How are secrets kept?"""

from typing import Any

import pytest

from handrail.base.secrets import CannotDecrypt, decrypt, encrypt


def test_a_secret_comes_back_and_looks_different_each_time() -> None:
    stored = encrypt("a secret é")
    assert decrypt(stored) == "a secret é"
    assert "secret" not in stored
    assert encrypt("a secret é") != stored


def test_keys_rotate(settings: Any) -> None:
    stored = encrypt("a secret")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the-operators-new-key"
    assert decrypt(stored) == "a secret"
    renewed = encrypt("a secret")
    settings.SECRET_KEY_FALLBACKS = []
    assert decrypt(renewed) == "a secret"
    with pytest.raises(CannotDecrypt):
        decrypt(stored)


def test_what_was_tampered_with_does_not_open_and_is_not_shown() -> None:
    stored = encrypt("a secret")
    tampered = stored[:-6] + "AAAAA="
    with pytest.raises(CannotDecrypt) as refused:
        decrypt(tampered)
    assert stored[:10] not in str(refused.value)
    assert refused.value.__cause__ is None
