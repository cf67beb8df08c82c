"""What do we take over from a host's word, and what not?"""

import time
from collections.abc import Callable
from typing import Any

import pytest

from conftest import ACME, GLOBEX
from handrail.people.actions import apply_claims, register_host, start_session
from handrail.people.models import Account, HelpSession, Host, Member, Person, Plan
from handrail.people.signals import sessions_ended

ClaimsOf = Callable[..., dict[str, Any]]
NOW = int(time.time())


def listed(account: dict[str, str], role: str = "member") -> dict[str, str]:
    return {**account, "role": role}


@pytest.fixture
def ended() -> Any:
    """The ids of sessions whose end was told to sockets."""
    heard: list[str] = []

    def hear(*, session_ids: list[str], **kwargs: Any) -> None:
        heard.extend(session_ids)

    sessions_ended.connect(hear, weak=False)
    yield heard
    sessions_ended.disconnect(hear)


def test_the_same_word_twice_changes_nothing(host: Host, claims_of: ClaimsOf) -> None:
    first = apply_claims(host, claims_of("Alice", ACME, "admin"))
    again = apply_claims(host, claims_of("Alice", ACME, "admin"))
    assert first == again
    assert (Person.objects.count(), Account.objects.count(), Member.objects.count()) == (1, 1, 1)


def test_the_newer_word_wins(host: Host, claims_of: ClaimsOf) -> None:
    newer = claims_of("Alice", {**ACME, "name": "Acme Ltd", "plan": "free"}, "member")
    apply_claims(host, {**newer, "iat": NOW, "email": "new@acme.example"})
    older = {**claims_of("Alice", {**ACME, "name": "Old"}, "admin"), "iat": NOW - 60, "name": "Old"}
    member = apply_claims(host, older)
    assert (member.name, member.email, member.role) == ("Alice", "new@acme.example", "member")
    assert (member.account.name, member.account.plan.key) == ("Acme Ltd", "free")


def test_an_older_word_neither_ends_nor_revives_a_membership(
    host: Host, claims_of: ClaimsOf
) -> None:
    both = {**claims_of("Alice", ACME), "accounts": [listed(GLOBEX)]}
    apply_claims(host, {**both, "iat": NOW})
    apply_claims(host, {**claims_of("Alice", ACME), "accounts": [], "iat": NOW - 60})
    assert Member.objects.active().count() == 2
    apply_claims(host, {**claims_of("Alice", ACME), "accounts": [], "iat": NOW + 1})
    assert [member.account.name for member in Member.objects.active()] == ["Acme"]
    apply_claims(host, {**both, "iat": NOW})
    assert Member.objects.active().count() == 1
    apply_claims(host, {**both, "iat": NOW + 2})
    assert Member.objects.active().count() == 2


def test_accounts_that_are_no_longer_listed_are_left(
    host: Host,
    claims_of: ClaimsOf,
    ended: list[str],
    django_capture_on_commit_callbacks: Any,
) -> None:
    apply_claims(host, {**claims_of("Alice", ACME), "accounts": [listed(GLOBEX)]})
    in_globex = start_session(Member.objects.get(account__name="Globex")).session
    in_acme = start_session(Member.objects.get(account__name="Acme")).session
    with django_capture_on_commit_callbacks(execute=True):
        apply_claims(host, {**claims_of("Alice", ACME), "accounts": []})
    assert ended == [in_globex.session_id]
    assert list(HelpSession.objects.live()) == [in_acme]


def test_without_a_list_the_other_memberships_stay(host: Host, claims_of: ClaimsOf) -> None:
    apply_claims(host, {**claims_of("Alice", ACME), "accounts": [listed(GLOBEX)]})
    apply_claims(host, claims_of("Alice", ACME))
    assert Member.objects.active().count() == 2


def test_another_role_ends_the_members_sessions(
    alice: Member, bob: Member, host: Host, claims_of: ClaimsOf
) -> None:
    start_session(alice)
    of_bob = start_session(bob).session
    apply_claims(host, claims_of("Alice", ACME, "member"))
    assert list(HelpSession.objects.live()) == [of_bob]


@pytest.mark.parametrize("changed", [{"plan": "free"}, {"kind": "partner"}])
def test_another_plan_or_kind_ends_the_sessions_of_the_whole_account(
    alice: Member,
    bob: Member,
    carol: Member,
    host: Host,
    claims_of: ClaimsOf,
    changed: dict[str, str],
) -> None:
    start_session(alice)
    start_session(bob)
    of_carol = start_session(carol).session
    apply_claims(host, claims_of("Alice", {**ACME, **changed}, "admin"))
    assert list(HelpSession.objects.live()) == [of_carol]


def test_another_name_ends_nothing(alice: Member, host: Host, claims_of: ClaimsOf) -> None:
    start_session(alice)
    apply_claims(host, {**claims_of("Alice", {**ACME, "name": "Acme Ltd"}, "admin"), "name": "Al"})
    assert HelpSession.objects.live().count() == 1


def test_an_unknown_plan_counts_as_the_lowest_until_the_owner_adds_it(
    host: Host, claims_of: ClaimsOf
) -> None:
    platinum = claims_of("Alice", {**ACME, "plan": "platinum"})
    assert apply_claims(host, platinum).account.plan.key == "free"
    assert not Plan.objects.filter(key="platinum").exists()
    Plan.objects.create(key="platinum", name="Platinum", rank=30)
    assert apply_claims(host, platinum).account.plan.key == "platinum"


def test_two_hosts_never_share_an_account_or_a_person(host: Host, claims_of: ClaimsOf) -> None:
    other = register_host(name="Other", issuer="https://other.example", secret="o" * 32)
    ours = apply_claims(host, claims_of("Alice", ACME))
    theirs = apply_claims(other, claims_of("Alice", ACME))
    assert ours.person_id != theirs.person_id
    assert ours.account_id != theirs.account_id
