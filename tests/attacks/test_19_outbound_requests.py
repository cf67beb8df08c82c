"""SSRF: webhooks, feeds, avatars, AI tools. Chatwoot CVE-2026-92527.

Here: the address of a host's public keys, which somebody configures and whose server may lead on.
What the client refuses by itself is in handrail/base/tests/test_outbound.py.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from conftest import ACME
from handrail.people.models import Host
from tests.host_platform import Frame, token
from tests.key_server import KeyServer, key_server, published

Signed = Callable[..., str]


@pytest.fixture
def inside() -> Iterator[KeyServer]:
    """Something in our own network that no stranger may reach through us."""
    with key_server() as server:
        yield server


@pytest.fixture
def foreign(claims_of: Callable[..., dict[str, Any]], host: Host) -> str:
    """A token with an unknown kid, as anybody can send it."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return token(claims_of("Alice", ACME), key=key, algorithm="RS256", headers={"kid": "anything"})


@pytest.mark.parametrize(
    "hostname", ["localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "2130706433"]
)
def test_a_key_address_in_our_own_network_is_never_asked(
    inside: KeyServer, host: Host, foreign: str, hostname: str
) -> None:
    host.jwks_url = f"http://{hostname}:{inside.port}/keys"
    host.save()
    response = Frame().exchange(foreign)
    assert (response.status_code, response.json()["error"]) == (403, "unknown_key")
    assert inside.asked == []


@pytest.mark.parametrize("url", ["http://169.254.169.254/latest/meta-data/", "file:///etc/passwd"])
def test_a_key_address_that_is_no_hosts_is_refused(host: Host, foreign: str, url: str) -> None:
    host.jwks_url = url
    host.save()
    assert Frame().exchange(foreign).json()["error"] == "unknown_key"


def test_a_key_server_cannot_lead_us_into_our_own_network(
    inside: KeyServer, host: Host, foreign: str, settings: Any
) -> None:
    with key_server() as outside:
        settings.ENV = replace(settings.ENV, outbound_allow=[outside.door])
        outside.answer = (302, {"Location": f"http://127.0.0.1:{inside.port}/keys"}, b"")
        host.jwks_url = outside.url
        host.save()
        assert Frame().exchange(foreign).json()["error"] == "unknown_key"
        assert outside.asked == ["/keys"]
    assert inside.asked == []


@pytest.mark.parametrize("header", ["jku", "x5u"])
def test_a_token_cannot_name_the_address_of_its_keys(
    inside: KeyServer,
    host: Host,
    claims_of: Callable[..., dict[str, Any]],
    settings: Any,
    header: str,
) -> None:
    """Even where the operator would allow the address."""
    settings.ENV = replace(settings.ENV, outbound_allow=[inside.door])
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    inside.publish(published(key, "mine"))
    forged = token(
        claims_of("Alice", ACME),
        key=key,
        algorithm="RS256",
        headers={"kid": "mine", header: inside.url},
    )
    assert Frame().exchange(forged).json()["error"] == "unknown_key"
    assert inside.asked == []


def test_an_answer_tells_nothing_of_what_was_found_inside(
    inside: KeyServer, host: Host, foreign: str
) -> None:
    """Open, closed and refused look the same to whoever sends the token."""
    answers = set()
    for url in (inside.url, "http://127.0.0.1:1/keys", "http://name.invalid/keys", ""):
        host.jwks_url = url
        host.save()
        response = Frame().exchange(foreign)
        answers.add((response.status_code, response.content))
    assert len(answers) == 1
