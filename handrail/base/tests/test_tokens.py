"""What do we sign and hash?"""

from typing import Any

from handrail.base.tokens import hashed, is_signature, random_secret, signature


def test_secrets_are_random_and_long() -> None:
    made = {random_secret() for _ in range(100)}
    assert len(made) == 100
    assert all(len(secret) == 43 and secret.isascii() for secret in made)


def test_a_hash_does_not_show_its_secret() -> None:
    secret = random_secret()
    assert hashed(secret) == hashed(secret)
    assert secret not in hashed(secret)
    assert len(hashed("é")) == 64


def test_a_signature_is_for_its_words_and_its_purpose_alone() -> None:
    given = signature("greeting", "hello", "world")
    assert is_signature(given, "greeting", "hello", "world")
    for purpose, words in [
        ("farewell", ("hello", "world")),
        ("greeting", ("hello", "mars")),
        ("greeting", ("world", "hello")),
        ("greeting", ("helloworld",)),
        ("greeting", ("hellow", "orld")),
        ("greeting", ()),
    ]:
        assert not is_signature(given, purpose, *words)


def test_no_signature_is_none() -> None:
    for given in ("", "x", "é", "0" * 64):
        assert not is_signature(given, "greeting", "hello")


def test_an_earlier_key_still_verifies_but_no_longer_signs(settings: Any) -> None:
    before = signature("greeting", "hello")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the-operators-new-key"
    assert is_signature(before, "greeting", "hello")
    assert signature("greeting", "hello") != before
    settings.SECRET_KEY_FALLBACKS = []
    assert not is_signature(before, "greeting", "hello")
