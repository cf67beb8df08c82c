"""What do we take over from a host's word? Facts about a person, their accounts and roles."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from handrail.people.actions.sessions import end_sessions
from handrail.people.claims import AccountClaims, PersonClaims, read_claims
from handrail.people.models import Account, HelpSession, Host, Member, Person, Plan

log = structlog.get_logger("handrail.people")


@dataclass(frozen=True)
class Asserted:
    """The member whom a host's word is about, and the accounts that it lists for them."""

    member: Member
    """In the account that the host names as the current one, with all facts."""
    account_ids: list[int]
    """First the current one, then those to switch to."""
    context: dict[str, str]
    """Where they are at the host, as it says."""

    def switched_to(self, earlier: HelpSession) -> Member | None:
        """The member as whom the person already moved on from the account that the host names.

        A renewal must not move somebody back in the middle of their work. When the host itself
        now names another account than before, its word counts.
        """
        if earlier.account_ids[:1] != self.account_ids[:1]:
            return None
        return (
            Member.objects.active()
            .with_facts()
            .filter(pk=earlier.member_id, account_id__in=self.account_ids)
            .first()
        )


def apply_claims(host: Host, claims: Mapping[str, Any]) -> Member:
    """Takes over a host's claims, as in a token's payload, and returns the member in `account`.

    `iat` may be missing here: now. Raises BadClaims.
    """
    now = timezone.now().timestamp()
    return apply_assertion(host, read_claims({"iat": now, **claims})).member


@transaction.atomic
def apply_assertion(host: Host, claims: PersonClaims) -> Asserted:
    """Writes what the host says. The newer `iat` wins: an older assertion changes no fact."""
    person = _apply_person(host, claims)
    member = _apply_membership(person, claims.account, claims.issued_at)
    others = [_apply_membership(person, other, claims.issued_at) for other in claims.others or ()]
    account_ids = [member.account_id, *(other.account_id for other in others)]
    if claims.others is not None:
        _end_unlisted(person, account_ids, claims.issued_at)
    return Asserted(Member.objects.with_facts().get(pk=member.pk), account_ids, claims.context)


def _apply_person(host: Host, claims: PersonClaims) -> Person:
    """Locks the person's row: a sign-out that comes at the same time is before or after us."""
    facts = {
        "email": claims.email,
        "email_verified": claims.email_verified,
        "name": claims.name,
        "locale": claims.locale,
        "zoneinfo": claims.zoneinfo,
        "asserted_at": claims.issued_at,
    }
    person, created = Person.objects.select_for_update().get_or_create(
        host=host, subject=claims.subject, defaults=facts
    )
    if not created:
        newer = Person.objects.filter(pk=person.pk, asserted_at__lte=claims.issued_at)
        newer.update(**facts)
    return person


def _apply_membership(person: Person, claims: AccountClaims, issued_at: datetime) -> Member:
    account = _apply_account(person.host_id, claims, issued_at)
    member, created = Member.objects.get_or_create(
        person=person, account=account, defaults={"role": claims.role, "asserted_at": issued_at}
    )
    if created or member.asserted_at > issued_at:
        return member
    Member.objects.filter(pk=member.pk, asserted_at__lte=issued_at).update(
        role=claims.role, ended_at=None, asserted_at=issued_at
    )
    if member.role != claims.role:
        end_sessions(HelpSession.objects.filter(member=member))
    return member


def _apply_account(host_id: int, claims: AccountClaims, issued_at: datetime) -> Account:
    plan = _plan(claims.plan)
    facts = {
        "name": claims.name,
        "kind": claims.kind,
        "plan": plan,
        "zoneinfo": claims.zoneinfo,
        "asserted_at": issued_at,
    }
    account, created = Account.objects.get_or_create(
        host_id=host_id, external_id=claims.id, defaults=facts
    )
    if created or account.asserted_at > issued_at:
        return account
    Account.objects.filter(pk=account.pk, asserted_at__lte=issued_at).update(**facts)
    if (account.kind, account.plan_id) != (claims.kind, plan.pk):
        end_sessions(HelpSession.objects.filter(member__account=account))
    return account


def _plan(key: str) -> Plan:
    """The plan with this key; for one that we do not know, the lowest.

    A token must not create plans (what a plan opens is the owner's decision), nor may a typo
    lock a whole account out of help. The account gets the right plan with the first token after
    the owner added it.
    """
    plan = Plan.objects.filter(key=key).first()
    if plan is None:
        log.warning("unknown_plan", plan=key)
        plan = Plan.objects.order_by("rank", "key")[0]
    return plan


def _end_unlisted(person: Person, account_ids: list[int], issued_at: datetime) -> None:
    """Ends the memberships that a full list no longer names, and their sessions."""
    unlisted = Member.objects.filter(
        person=person, ended_at=None, asserted_at__lte=issued_at
    ).exclude(account_id__in=account_ids)
    ids = list(unlisted.values_list("pk", flat=True))
    if ids:
        Member.objects.filter(pk__in=ids).update(ended_at=timezone.now(), asserted_at=issued_at)
        end_sessions(HelpSession.objects.filter(member_id__in=ids))
