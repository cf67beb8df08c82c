"""Who signs in to the platform, and for which accounts? Read from `content/people.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

CONTENT = Path(__file__).parent / "content"


@dataclass(frozen=True)
class Plan:
    """What an account pays for."""

    key: str
    name: str
    price: str


@dataclass(frozen=True)
class Account:
    """A customer of the platform."""

    id: str
    name: str
    kind: str
    """`brand` or `partner`."""
    plan: Plan
    zoneinfo: str


@dataclass(frozen=True)
class Membership:
    """An account that a person works for, and as what."""

    account: Account
    role: str
    """`admin` or `member`."""


@dataclass(frozen=True)
class Person:
    """Somebody with a name and a password on the platform (the demo skips the password)."""

    sub: str
    name: str
    email: str
    locale: str
    zoneinfo: str
    memberships: tuple[Membership, ...]
    """Never empty; the first one is where the person arrives."""

    @property
    def first_name(self) -> str:
        return self.name.split()[0]

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.split()[:2])

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.zoneinfo)

    def membership(self, account_id: str) -> Membership | None:
        return next((m for m in self.memberships if m.account.id == account_id), None)


@dataclass(frozen=True)
class Directory:
    """Everybody, by `sub`, in the order of the file; and the plans, smallest first."""

    plans: tuple[Plan, ...]
    people: dict[str, Person]
    in_switch: tuple[Person, ...]
    """Whom a visitor of the demo may be."""

    def members_of(self, account: Account) -> list[tuple[Person, Membership]]:
        found = ((person, person.membership(account.id)) for person in self.people.values())
        return [(person, membership) for person, membership in found if membership]


@cache
def read_directory() -> Directory:
    """Reads the content's files once; a mistake in them is a KeyError or TypeError at the start."""
    plans = {
        row["key"]: Plan(row["key"], row["name"], row["price"])
        for row in _read("plans.toml")["plan"]
    }
    content = _read("people.toml")
    accounts = {row["id"]: _account(row, plans) for row in content["account"]}
    people = {row["sub"]: _person(row, accounts) for row in content["person"]}
    switchable = tuple(people[row["sub"]] for row in content["person"] if row.get("in_switch"))
    return Directory(tuple(plans.values()), people, switchable)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


def _account(row: dict[str, Any], plans: dict[str, Plan]) -> Account:
    return Account(row["id"], row["name"], row["kind"], plans[row["plan"]], row["zoneinfo"])


def _person(row: dict[str, Any], accounts: dict[str, Account]) -> Person:
    return Person(
        sub=row["sub"],
        name=row["name"],
        email=row["email"],
        locale=row["locale"],
        zoneinfo=row["zoneinfo"],
        memberships=tuple(
            Membership(accounts[entry["id"]], entry["role"]) for entry in row["accounts"]
        ),
    )
