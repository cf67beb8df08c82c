"""Who else is there, at scale? Accounts by the thousand, their members, our agents.

The same seed makes the same crowd. It is made once: asked for more, it grows.
"""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from django.utils import timezone

from handrail.config.demo.phrases import Phrases
from handrail.config.demo.pour import Row, batch, flag, moment, next_pk, pour
from handrail.people import actions as people
from handrail.people.models import (
    Account,
    AccountKind,
    Agent,
    Host,
    Member,
    MemberRole,
    Person,
    Plan,
)

SEED = 1729
TICKETS_AN_ACCOUNT = 10
AGENTS = 20
"""A team that a crowd of tickets keeps busy."""

PREFIX = "crowd-"
"""The crowd's ids at the host begin so: that is how it is known again."""

BATCH = 10_000

Told = Callable[[int], None]
"""Hears how many are done."""


@dataclass(frozen=True)
class Crowd:
    """Everybody of the crowd, the busiest account first."""

    accounts: Sequence["Party"]
    agents: list[int]


@dataclass(slots=True)
class Party:
    """An account, as far as its tickets need to know it."""

    pk: int
    kind: str
    language: str
    members: list[int]


def random_id(chance: Random) -> str:
    """Looks like a public id, and is no secret: whoever knows the seed knows it."""
    return base64.urlsafe_b64encode(chance.randbytes(16))[:22].decode()


def gather(host: Host, accounts: int, phrases: Phrases) -> Crowd:
    """The crowd of this host, made as far as it is not there yet."""
    agents = _agents(phrases)
    made = Account.objects.filter(host=host, external_id__startswith=PREFIX).count()
    for first in range(made, accounts, BATCH):
        with batch(Account, Person, Member):
            _pour_accounts(host, range(first, min(first + BATCH, accounts)), phrases)
    return Crowd(_parties(host)[:accounts], agents)


def _pour_accounts(host: Host, numbers: range, phrases: Phrases) -> None:
    chance = Random(f"{SEED} accounts {numbers.start}")  # noqa: S311  made-up people
    plans = list(Plan.objects.order_by("rank").values_list("pk", flat=True))
    account, person = next_pk(Account), next_pk(Person)
    accounts: list[Row] = []
    persons: list[Row] = []
    members: list[Row] = []
    now = timezone.now().timestamp()
    for number in numbers:
        language = phrases.language(chance)
        zone = chance.choice(language.zones)
        made = moment(now - chance.randrange(3 * 365, 5 * 365) * 86_400)
        kind = AccountKind.BRAND if number % 2 else AccountKind.PARTNER
        firm, plan = phrases.firm(chance, language), chance.choice(plans)
        external = f"{PREFIX}{number}"
        accounts.append(
            (account, host.pk, external, random_id(chance), firm, kind, plan, zone, made, made)
        )
        for place in range(chance.choice((1, 1, 2, 2, 3, 4))):
            subject, name = f"{external}-{place}", phrases.person(chance, language)
            address = f"{subject}@crowd.example"
            persons.append(
                (
                    *(person, host.pk, subject, random_id(chance), address, flag(True), name),
                    *(language.code, zone, made, made),
                )
            )
            role = MemberRole.MEMBER if place else MemberRole.ADMIN
            members.append((person, account, random_id(chance), role, made, made))
            person += 1
        account += 1
    _pour_people(accounts, persons, members)


def _pour_people(accounts: list[Row], persons: list[Row], members: list[Row]) -> None:
    identified = ("public_id", "name", "kind", "plan_id", "zoneinfo", "created_at", "asserted_at")
    pour(Account, ("id", "host_id", "external_id", *identified), accounts)
    described = ("public_id", "email", "email_verified", "name", "locale", "zoneinfo")
    pour(Person, ("id", "host_id", "subject", *described, "created_at", "asserted_at"), persons)
    pour(
        Member,
        ("person_id", "account_id", "public_id", "role", "created_at", "asserted_at"),
        members,
    )


def _parties(host: Host) -> list[Party]:
    parties: dict[int, Party] = {}
    rows = Member.objects.filter(
        account__host=host, account__external_id__startswith=PREFIX
    ).values_list("account_id", "pk", "account__kind", "person__locale")
    for account, member, kind, language in rows.order_by("account_id", "pk").iterator(BATCH):
        if account not in parties:
            parties[account] = Party(account, kind, language, [])
        parties[account].members.append(member)
    return list(parties.values())


def _agents(phrases: Phrases) -> list[int]:
    """The active agents; a small team gets colleagues who cannot sign in."""
    chance = Random(SEED)  # noqa: S311  made-up people
    language = phrases.languages["en"]
    active = Agent.objects.filter(is_active=True)
    for number in range(max(AGENTS - active.count(), 0)):
        people.create_agent(
            email=f"crowd-{number}@larkspan.example", name=phrases.person(chance, language)
        )
    return list(active.order_by("pk").values_list("pk", flat=True))
