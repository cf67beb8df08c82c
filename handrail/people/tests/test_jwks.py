"""Which published keys do we use, and how often do we ask for them?"""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from conftest import ACME, HOST_ORIGIN
from handrail.people.actions import register_host
from handrail.people.models import Host
from handrail.people.refusals import TokenRefused
from handrail.people.tokens import verify_identity
from tests.host_platform import token
from tests.key_server import KeyServer, key_server, published


@pytest.fixture(scope="module")
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="module")
def curve_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture
def keys(settings: Any) -> Iterator[KeyServer]:
    with key_server() as server:
        settings.ENV = replace(settings.ENV, outbound_allow=[server.door])
        yield server


@pytest.fixture
def host(installation: None, keys: KeyServer) -> Host:
    """A host without any key of ours: what counts is what it publishes."""
    return register_host(name="The Platform", issuer=HOST_ORIGIN, jwks_url=keys.url)


@pytest.fixture
def signed(host: Host, claims_of: Callable[..., dict[str, Any]]) -> Callable[..., str]:
    """A good token of Alice's, signed with a key."""

    def sign(key: Any, kid: str, **headers: Any) -> str:
        algorithm = "RS256" if isinstance(key, rsa.RSAPrivateKey) else "ES256"
        claims = claims_of("Alice", ACME)
        return token(claims, key=key, algorithm=algorithm, headers={"kid": kid, **headers})

    return sign


def is_believed(given: str) -> bool:
    try:
        verify_identity(given)
    except TokenRefused as refused:
        assert refused.code in {"unknown_key", "bad_signature"}
        return False
    return True


Signed = Callable[..., str]


def test_published_keys_verify(
    keys: KeyServer, signed: Signed, rsa_key: Any, curve_key: Any
) -> None:
    keys.publish(published(rsa_key, "r", use="sig", alg="RS256"), published(curve_key, "e"))
    assert is_believed(signed(rsa_key, "r"))
    assert is_believed(signed(curve_key, "e"))
    assert not is_believed(signed(rsa_key, "e"))
    assert keys.asked == ["/keys"]


def test_a_new_kid_is_found_at_once(keys: KeyServer, signed: Signed, rsa_key: Any) -> None:
    keys.publish(published(rsa_key, "first"))
    assert is_believed(signed(rsa_key, "first"))
    with time_machine.travel(time.time() + 61):
        keys.publish(published(rsa_key, "first"), published(rsa_key, "second"))
        assert is_believed(signed(rsa_key, "second"))
    assert len(keys.asked) == 2


def test_unknown_kids_make_us_ask_once_a_minute(
    keys: KeyServer, signed: Signed, rsa_key: Any
) -> None:
    keys.publish(published(rsa_key, "known"))
    for number in range(20):
        assert not is_believed(signed(rsa_key, f"made-up-{number}"))
    assert len(keys.asked) == 1
    with time_machine.travel(time.time() + 61):
        assert not is_believed(signed(rsa_key, "made-up"))
        assert is_believed(signed(rsa_key, "known"))
    assert len(keys.asked) == 2


def test_a_withdrawn_key_stops_working_within_minutes(
    keys: KeyServer, signed: Signed, rsa_key: Any, curve_key: Any
) -> None:
    keys.publish(published(rsa_key, "stolen"))
    assert is_believed(signed(rsa_key, "stolen"))
    keys.publish(published(curve_key, "new"))
    with time_machine.travel(time.time() + 601):
        assert not is_believed(signed(rsa_key, "stolen"))


def test_known_keys_outlive_a_short_outage_but_not_a_long_one(
    keys: KeyServer, signed: Signed, rsa_key: Any
) -> None:
    keys.publish(published(rsa_key, "r"))
    assert is_believed(signed(rsa_key, "r"))
    keys.answer = (500, {}, b"")
    with time_machine.travel(time.time() + 1800):
        assert is_believed(signed(rsa_key, "r"))
    with time_machine.travel(time.time() + 3601):
        assert not is_believed(signed(rsa_key, "r"))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"null",
        b'{"keys": {}}',
        b'{"keys": [1, null, {}]}',
        b'{"keys": ["x"], "x": ' + b"[" * 50_000,
        b"x" * 100_000,
    ],
)
def test_what_is_no_list_of_keys_opens_nothing(
    keys: KeyServer, signed: Signed, rsa_key: Any, body: bytes
) -> None:
    keys.answer = (200, {}, body)
    assert not is_believed(signed(rsa_key, "r"))


def test_only_keys_for_signatures_of_the_right_kind_count(
    keys: KeyServer, signed: Signed, rsa_key: Any, curve_key: Any
) -> None:
    keys.publish(
        published(rsa_key, "for-encryption", use="enc"),
        published(rsa_key, "other-algorithm", alg="PS256"),
        published(curve_key, "other-curve", crv="P-384"),
        {**published(curve_key, "mixed"), "kty": "RSA"},
    )
    for kid in ("for-encryption", "other-algorithm", "mixed"):
        assert not is_believed(signed(rsa_key, kid))
    assert not is_believed(signed(curve_key, "other-curve"))


def test_a_small_key_is_not_strong_enough(keys: KeyServer, signed: Signed) -> None:
    small = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505
    keys.publish(published(small, "small"))
    with pytest.warns(jwt_warning()):
        given = signed(small, "small")
    assert not is_believed(given)


def jwt_warning() -> type[Warning]:
    from jwt.warnings import InsecureKeyLengthWarning

    return InsecureKeyLengthWarning
