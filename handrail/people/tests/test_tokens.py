"""Which tokens do we believe?"""

import base64
import json
import time
from collections.abc import Callable
from typing import Any

import jwt
import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from conftest import ACME, HOST_SECRET
from handrail.people.actions import add_key, deactivate_host, exchange_token, retire_key
from handrail.people.models import Host, HostKey, Person, SpentToken
from handrail.people.refusals import MESSAGES, TokenRefused
from handrail.people.tokens import verify_identity, verify_logout
from tests.host_platform import KID, logout_token, payload, token

Claims = dict[str, Any]


@pytest.fixture
def claims(host: Host, claims_of: Callable[..., Claims]) -> Claims:
    return claims_of("Alice", ACME, "admin")


def refusal_of(given: str) -> str:
    """The code with which a token is refused."""
    with pytest.raises(TokenRefused) as refused:
        verify_identity(given)
    assert refused.value.code in MESSAGES
    return refused.value.code


def pem_of(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return public.decode()


@pytest.fixture(scope="module")
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def test_a_good_token_is_believed(host: Host, claims: Claims) -> None:
    verified = verify_identity(token(claims))
    assert verified.host == host
    assert verified.claims["sub"] == "alice"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"iat": -200, "exp": -60}, "expired"),
        ({"iat": 90, "exp": 120}, "not_yet_valid"),
        ({"nbf": 90}, "not_yet_valid"),
        ({"iat": 0, "exp": 301}, "lives_too_long"),
        ({"aud": "https://another.example"}, "wrong_audience"),
        ({"iss": "https://another.example"}, "unknown_issuer"),
        ({"iss": "https://platform.example\x00"}, "bad_claims"),
        ({"iss": None}, "bad_claims"),
        ({"aud": None}, "bad_claims"),
        ({"sub": None}, "bad_claims"),
        ({"sub": 7}, "bad_claims"),
        ({"exp": None}, "bad_claims"),
        ({"iat": None}, "bad_claims"),
        ({"jti": None}, "bad_claims"),
        ({"jti": ""}, "bad_claims"),
        ({"jti": "x" * 256}, "bad_claims"),
        ({"exp": "tomorrow"}, "malformed"),
        ({"iat": "now"}, "bad_claims"),
        ({"events": {}}, "wrong_use"),
    ],
)
def test_what_is_wrong_is_refused_by_name(
    claims: Claims, changed: dict[str, Any], code: str
) -> None:
    """Whole numbers for times are seconds from now."""
    now = int(time.time())
    for claim in {"iat", "nbf", "exp"} & changed.keys():
        if isinstance(changed[claim], int):
            changed = {**changed, claim: now + changed[claim]}
    assert refusal_of(token(claims, **changed)) == code


def test_clocks_may_differ_by_half_a_minute(claims: Claims) -> None:
    now = int(time.time())
    assert verify_identity(token(claims, iat=now + 25, exp=now + 200))
    assert verify_identity(token(claims, iat=now - 100, exp=now - 25))


@pytest.mark.parametrize("given", ["", "x", "a.b.c", "e30.e30.", "..", "é.é.é", "e30.bnVsbA.e30"])
def test_what_is_no_token_is_malformed(host: Host, given: str) -> None:
    assert refusal_of(given) in {"malformed", "bad_claims"}


def test_deeply_nested_json_is_malformed(host: Host) -> None:
    nested = base64.urlsafe_b64encode(b"[" * 7_000).rstrip(b"=").decode()
    assert refusal_of(f"{nested}.e30.e30") == "malformed"
    assert refusal_of(f"e30.{nested}.e30") == "malformed"


def test_an_oversized_token_is_refused_before_it_is_read(
    claims: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(jwt, "decode_complete")
    assert refusal_of(token(claims, filler="x" * 16_384)) == "oversized"


def test_a_foreign_signature_is_refused(claims: Claims) -> None:
    assert refusal_of(token(claims, key="another-secret-of-32-bytes-or-more")) == "bad_signature"


def test_an_unsigned_token_is_refused(claims: Claims) -> None:
    for algorithm in ("none", "None", "NONE"):
        header = {"alg": algorithm, "kid": KID, "typ": "JWT"}
        parts = (json.dumps(part).encode() for part in (header, payload(claims)))
        unsigned = ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)
        assert refusal_of(f"{unsigned}.") == "bad_signature"


def test_a_public_key_is_never_used_as_a_secret(
    host: Host, claims: Claims, rsa_key: rsa.RSAPrivateKey
) -> None:
    """The classic confusion: the RS256 public key, known to all, as an HS256 secret."""
    pem = pem_of(rsa_key)
    add_key(host, kid="rsa", algorithm="RS256", public_key=pem)
    header = {"alg": "HS256", "kid": "rsa", "typ": "JWT"}
    parts = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=")
        for part in (header, payload(claims))
    ]
    hmac = jwt.get_algorithm_by_name("HS256")
    signed = hmac.sign(b".".join(parts), pem.encode())
    forged = b".".join([*parts, base64.urlsafe_b64encode(signed).rstrip(b"=")]).decode()
    assert refusal_of(forged) == "bad_signature"


def test_the_key_decides_the_algorithm_not_the_token(claims: Claims) -> None:
    stronger = token(claims, key=HOST_SECRET * 2, algorithm="HS512")
    assert refusal_of(stronger) == "bad_signature"


def test_rsa_and_elliptic_curve_keys_verify(
    host: Host, claims: Claims, rsa_key: rsa.RSAPrivateKey
) -> None:
    curve_key = ec.generate_private_key(ec.SECP256R1())
    add_key(host, kid="rsa", algorithm="RS256", public_key=pem_of(rsa_key))
    add_key(host, kid="ec", algorithm="ES256", public_key=pem_of(curve_key))
    assert verify_identity(token(claims, key=rsa_key, algorithm="RS256", headers={"kid": "rsa"}))
    assert verify_identity(token(claims, key=curve_key, algorithm="ES256", headers={"kid": "ec"}))


def test_keys_rotate_without_a_gap(host: Host, claims: Claims) -> None:
    new_secret = "the-new-secret-of-the-host-in-tests"
    add_key(host, kid="test-2", algorithm="HS256", secret=new_secret)
    with_new: dict[str, Any] = {"key": new_secret, "headers": {"kid": "test-2"}}
    assert verify_identity(token(claims))
    assert verify_identity(token(claims, **with_new))
    retire_key(HostKey.objects.get(host=host, kid=KID))
    assert refusal_of(token(claims)) == "unknown_key"
    assert verify_identity(token(claims, **with_new))


def test_the_keys_of_one_host_do_not_verify_another(host: Host, claims: Claims) -> None:
    from handrail.people.actions import register_host

    register_host(name="Other", issuer="https://other.example", secret="o" * 32, kid="other-1")
    foreign = token(claims, key="o" * 32, headers={"kid": "other-1"})
    assert refusal_of(foreign) == "unknown_key"


@pytest.mark.parametrize("header", ["jku", "x5u", "jwk", "x5c"])
def test_a_token_cannot_bring_its_own_key(
    claims: Claims, header: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*args: object, **kwargs: object) -> None:
        pytest.fail("the token made us ask somebody")

    monkeypatch.setattr("handrail.people.jwks.fetch", asked)
    brought: Any = {"kty": "oct", "k": "b3du"} if header == "jwk" else "https://evil.example/keys"
    forged = token(claims, key="k" * 32, headers={header: brought})
    assert refusal_of(forged) == "bad_signature"


def test_an_unknown_critical_header_is_refused(claims: Claims) -> None:
    assert refusal_of(token(claims, headers={"crit": ["exp2"], "exp2": 1})) in {
        "malformed",
        "bad_claims",
    }


def test_an_inactive_host_is_not_believed(host: Host, claims: Claims) -> None:
    deactivate_host(host)
    assert refusal_of(token(claims)) == "unknown_issuer"


def test_a_host_may_choose_its_own_audience(host: Host, claims: Claims) -> None:
    host.audience = "help-of-the-platform"
    host.save()
    assert refusal_of(token(claims)) == "wrong_audience"
    assert verify_identity(token(claims, aud=["help-of-the-platform", "else"]))


def test_a_replayed_token_is_refused(claims: Claims) -> None:
    once = token(claims)
    exchange_token(once)
    with pytest.raises(TokenRefused, match="replayed"):
        exchange_token(once)


def test_a_token_that_was_refused_for_its_claims_is_not_spent(claims: Claims) -> None:
    with pytest.raises(TokenRefused, match=r"bad_claims: host .*role"):
        exchange_token(token(claims, role="owner"))
    assert not SpentToken.objects.exists()
    assert not Person.objects.exists()


def test_a_spent_token_is_remembered_until_it_could_not_be_used_any_more(claims: Claims) -> None:
    from handrail.people.tasks import forget_expired

    now = int(time.time())
    with time_machine.travel(now, tick=False):
        once = token(claims)
        exchange_token(once)
    with time_machine.travel(now + 120 + 29, tick=False):
        forget_expired()
        with pytest.raises(TokenRefused, match="replayed"):
            exchange_token(once)
    with time_machine.travel(now + 120 + 61, tick=False):
        forget_expired()
        assert not SpentToken.objects.exists()
        assert refusal_of(once) == "expired"


def test_an_identity_is_no_logout_and_a_logout_no_identity(claims: Claims) -> None:
    assert refusal_of(logout_token("alice")) == "wrong_use"
    for given in (
        token(claims),
        logout_token("alice", events={}),
        logout_token("alice", events=[]),
        logout_token("alice", nonce="n"),
    ):
        with pytest.raises(TokenRefused, match="wrong_use"):
            verify_logout(given)


def test_a_refusal_never_repeats_the_token(claims: Claims) -> None:
    given = token(claims, role="a-role-that-nobody-should-read-in-a-log")
    with pytest.raises(TokenRefused) as refused:
        exchange_token(given)
    told = f"{refused.value} {refused.value.message} {refused.value.detail}"
    assert "nobody-should-read" not in told
    assert given[:20] not in told
