"""Identity linked by an unverified email. Zammad CVE-2026-84458.

A person is (issuer, subject) and nothing else. An address is where mail goes; that two people have
the same one, or that one takes over another's, links nothing.
"""

from collections.abc import Callable
from typing import Any

import pytest

from conftest import ACME, GLOBEX
from handrail.people.access import live_session
from handrail.people.actions import apply_claims, make_link, register_host
from handrail.people.models import Account, Agent, Host, Member, Person
from tests.browsing import client_for
from tests.host_platform import KID, Frame, token
from tests.making import ticket_of
from tests.strangers import proved

ClaimsOf = Callable[..., dict[str, Any]]


def who_enters(claims: dict[str, Any], **signed: Any) -> Member:
    frame = Frame()
    assert frame.exchange(token(claims, **signed)).status_code == 200
    session = live_session(frame.cookie)
    assert session is not None
    return session.member


@pytest.mark.parametrize("verified", [True, False, None])
@pytest.mark.parametrize("spelling", [str, str.upper, str.title])
def test_the_same_address_does_not_make_the_same_person(
    alice: Member, claims_of: ClaimsOf, verified: bool | None, spelling: Callable[[str], str]
) -> None:
    mallory = {
        **claims_of("Mallory", GLOBEX),
        "email": spelling(alice.email),
        "email_verified": verified,
    }
    entered = who_enters(mallory)
    assert entered.person != alice.person
    assert entered.account.name == "Globex"


def test_another_host_cannot_speak_for_our_people(alice: Member, claims_of: ClaimsOf) -> None:
    """Same subject, same address, same account id: another issuer is another world."""
    secret = "the-secret-of-the-other-host-in-tests"
    register_host(name="Other", issuer="https://other.example", secret=secret, kid=KID)
    entered = who_enters(claims_of("Alice", ACME, "admin"), key=secret, iss="https://other.example")
    assert entered.person != alice.person
    assert entered.account != alice.account


def test_a_host_cannot_sign_with_its_key_in_anothers_name(
    alice: Member, claims_of: ClaimsOf
) -> None:
    secret = "the-secret-of-the-other-host-in-tests"
    register_host(name="Other", issuer="https://other.example", secret=secret, kid="other")
    forged = token(claims_of("Alice", ACME), key=secret, headers={"kid": "other"})
    assert Frame().exchange(forged).json()["error"] == "unknown_key"


@pytest.mark.parametrize(
    "subject", ["Alice", "alice ", " alice", "ALICE", "al\u0131ce", "alice\u200b"]
)
def test_a_subject_that_looks_alike_is_another_person(
    alice: Member, claims_of: ClaimsOf, subject: str
) -> None:
    assert who_enters({**claims_of("Alice", ACME), "sub": subject}).person != alice.person


def test_an_agents_address_makes_no_agent(dora: Agent, host: Host, claims_of: ClaimsOf) -> None:
    frame = Frame()
    frame.exchange(token({**claims_of("Dora", ACME), "email": dora.email}))
    assert frame.browser.get("/console/").status_code == 302
    assert Person.objects.get().name == "Dora"
    assert Agent.objects.count() == 1


def test_taking_over_an_address_takes_over_no_link(
    alice: Member, host: Host, claims_of: ClaimsOf
) -> None:
    """A link opens the session of the member it was made for, whoever has the address now."""
    secret = make_link(alice, "/help/")
    apply_claims(host, {**claims_of("Mallory", GLOBEX), "email": alice.email})
    window = Frame()
    window.browser.post(f"/help/link/{secret}")
    session = live_session(window.cookie)
    assert session is not None
    assert session.member == alice


def test_the_same_account_id_at_two_hosts_is_two_accounts(
    alice: Member, claims_of: ClaimsOf
) -> None:
    other = register_host(name="Other", issuer="https://other.example", secret="o" * 32)
    apply_claims(other, claims_of("Mallory", ACME, "admin"))
    assert Account.objects.filter(external_id="acme").count() == 2


def test_proving_a_members_address_makes_nobody_that_member(alice: Member, dora: Agent) -> None:
    """Who reads Alice's mail and cannot sign in as her learns nothing of hers, and is nobody."""
    hers = ticket_of(alice, is_shared=True)
    ticket = proved(dora, name="Alice", email=alice.email)
    assert ticket.conversation.creator is None
    assert ticket.conversation.account is None
    mine = client_for(alice)
    assert mine.get(f"/help/tickets/{hers.conversation.public_id}/").status_code == 200
    assert mine.get(f"/help/tickets/{ticket.conversation.public_id}/").status_code == 404
    assert "Cannot sign in" not in mine.get("/help/tickets/").content.decode()
    assert Person.objects.filter(email=alice.email).count() == 1
