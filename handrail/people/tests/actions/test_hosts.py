"""Which hosts and keys do we accept?"""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from django.db import IntegrityError, connection

from handrail.base.origins import BadOrigin
from handrail.people.actions import add_key, register_host
from handrail.people.actions.hosts import BadKey
from handrail.people.models import Host, HostKey

Private = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


def public_pem(key: Private) -> str:
    public = key.public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def private_pem(key: Private) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def test_origins_are_kept_as_browsers_write_them(db: None) -> None:
    host = register_host(
        name="x",
        issuer="x",
        origins=["https://App.Example.com/", "http://localhost:8001", "https://a.example:443"],
    )
    assert host.origins == [
        "https://app.example.com",
        "http://localhost:8001",
        "https://a.example",
    ]


def test_a_bad_origin_or_key_leaves_no_host_behind(db: None) -> None:
    with pytest.raises(BadOrigin):
        register_host(name="x", issuer="x", origins=["https://*.example.com"], secret="s" * 32)
    with pytest.raises(BadKey):
        register_host(name="x", issuer="x", secret="short")
    assert not Host.objects.exists()


def test_a_secret_is_not_in_the_database_in_plain(db: None) -> None:
    secret = "a-secret-that-must-not-be-readable-there"
    register_host(name="x", issuer="x", secret=secret)
    assert HostKey.objects.get().secret == secret
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM people_hostkey")
        (stored,) = cursor.fetchone()
    assert secret not in stored


def test_a_secret_survives_a_new_secret_key(db: None, settings: Any) -> None:
    register_host(name="x", issuer="x", secret="s" * 32)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-of-the-operator"
    assert HostKey.objects.get().secret == "s" * 32


def test_a_key_must_fit_its_algorithm(db: None) -> None:
    host = register_host(name="x", issuer="x")
    good = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    small = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505
    p256, p384 = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP384R1())
    for algorithm, pem in [
        ("RS256", public_pem(small)),
        ("RS256", private_pem(good)),
        ("RS256", public_pem(p256)),
        ("ES256", public_pem(p384)),
        ("ES256", public_pem(good)),
        ("ES256", "not a key"),
        ("RS256", ""),
        ("none", ""),
        ("HS512", ""),
    ]:
        with pytest.raises(BadKey):
            add_key(host, kid="k", algorithm=algorithm, public_key=pem)
    add_key(host, kid="rsa", algorithm="RS256", public_key=public_pem(good))
    add_key(host, kid="ec", algorithm="ES256", public_key=public_pem(p256))


def test_the_database_refuses_a_key_that_is_secret_and_public(db: None) -> None:
    host = register_host(name="x", issuer="x")
    with pytest.raises(IntegrityError):
        HostKey.objects.create(
            host=host, kid="k", algorithm="HS256", secret="s" * 32, public_key="PEM"
        )
