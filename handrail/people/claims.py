"""What does a host's token say? Its claims, checked one by one and turned into plain values."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from handrail.people.models import AccountKind, MemberRole

MAX_ID = 255
MAX_NAME = 200
MAX_ACCOUNTS = 100
MAX_CONTEXT = {"page": 500, "title": 200, "host_version": 60}
"""What a host may say of where the member is, and how many letters of it we keep."""

LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8}){0,4}")


class BadClaims(Exception):
    """A claim is missing or unusable. `claim` names it; the value is not repeated anywhere."""

    def __init__(self, claim: str) -> None:
        super().__init__(f"unusable claim: {claim}")
        self.claim = claim


@dataclass(frozen=True)
class AccountClaims:
    """One account, and what the person is in it."""

    id: str
    name: str
    kind: str
    plan: str
    """Key of the plan; one that we do not know counts as the lowest plan."""
    zoneinfo: str
    role: str


@dataclass(frozen=True)
class PersonClaims:
    """What a host asserts about one person at one moment."""

    subject: str
    issued_at: datetime
    email: str
    """Empty when the host sent none that mail could reach."""
    email_verified: bool
    name: str
    locale: str
    zoneinfo: str
    """Empty: the account's zone counts."""
    account: AccountClaims
    others: tuple[AccountClaims, ...] | None
    """The accounts to switch to, without `account`. None: the host did not say."""
    context: dict[str, str] = field(default_factory=dict)
    """Where the person is at the host: page, title, host_version, as far as it was said."""


def read_claims(claims: Mapping[str, Any]) -> PersonClaims:
    """Checks the claims one by one and returns them as values; raises BadClaims.

    Refused, since a guess would open or close something: a missing or unknown role or account
    kind, a missing id. Replaced, since help must not fail for a detail: an unknown time zone
    (the account's, then UTC), a language that is no language tag (the installation's), an
    address that no mail could reach (none), an empty name (the address, or the id).
    """
    subject = _identifier(claims, "sub")
    email = _email(claims.get("email"))
    role = _role(claims)
    account = _account(claims.get("account"), "account", role)
    return PersonClaims(
        subject=subject,
        issued_at=_moment(claims),
        email=email,
        email_verified=bool(email) and claims.get("email_verified") is True,
        name=_line(claims.get("name")) or email or subject[:MAX_NAME],
        locale=_locale(claims.get("locale")),
        zoneinfo=_zone(claims.get("zoneinfo")),
        account=account,
        others=_others(claims.get("accounts"), account),
        context=_context(claims.get("context")),
    )


def _others(listed: Any, account: AccountClaims) -> tuple[AccountClaims, ...] | None:
    if listed is None:
        return None
    if not isinstance(listed, list) or len(listed) > MAX_ACCOUNTS:
        raise BadClaims("accounts")
    read = {}
    for entry in listed:
        if not isinstance(entry, Mapping):
            raise BadClaims("accounts")
        other = _account(entry, "accounts", _role(entry, "accounts.role"))
        read[other.id] = other
    read.pop(account.id, None)
    return tuple(read.values())


def _account(value: Any, claim: str, role: str) -> AccountClaims:
    if not isinstance(value, Mapping):
        raise BadClaims(claim)
    kind = value.get("kind")
    if kind not in AccountKind.values:
        raise BadClaims(f"{claim}.kind")
    external_id = _identifier(value, "id", f"{claim}.id")
    return AccountClaims(
        id=external_id,
        name=_line(value.get("name")) or external_id[:MAX_NAME],
        kind=str(kind),
        plan=_line(value.get("plan")),
        zoneinfo=_zone(value.get("zoneinfo")) or "UTC",
        role=role,
    )


def _context(value: Any) -> dict[str, str]:
    """Lines of text for agents to read; what is none is left out, since help must not fail for it.

    It grants nothing, and what looks like an address is no link by that.
    """
    given = value if isinstance(value, Mapping) else {}
    lines = {key: _line(given.get(key), most) for key, most in MAX_CONTEXT.items()}
    return {key: line for key, line in lines.items() if line}


def _identifier(claims: Mapping[str, Any], key: str, claim: str = "") -> str:
    """An id is taken exactly as it is: trimming or folding could make two people one."""
    value = claims.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not is_plain(value, MAX_ID):
        raise BadClaims(claim or key)
    return value


def is_plain(value: str, most: int) -> bool:
    """Whether text can stand as an identifier: not empty, not too long, all of it visible."""
    return 0 < len(value) <= most and not any(_is_control(letter) for letter in value)


def _role(claims: Mapping[str, Any], claim: str = "role") -> str:
    role = claims.get("role")
    if role not in MemberRole.values:
        raise BadClaims(claim)
    return str(role)


def _moment(claims: Mapping[str, Any]) -> datetime:
    issued_at = claims.get("iat")
    if isinstance(issued_at, bool) or not isinstance(issued_at, int | float):
        raise BadClaims("iat")
    try:
        return datetime.fromtimestamp(issued_at, UTC)
    except (OverflowError, ValueError, OSError):
        raise BadClaims("iat") from None


def _line(value: Any, most: int = MAX_NAME) -> str:
    """One line of text for people: no control or formatting characters, not too long."""
    if not isinstance(value, str):
        return ""
    visible = "".join(" " if _is_control(letter) else letter for letter in value[: 10 * most])
    return " ".join(visible.split())[:most]


def _is_control(letter: str) -> bool:
    """Control characters, lone surrogates, and marks that turn the direction of what follows."""
    return unicodedata.category(letter) in {"Cc", "Cs"} or letter in "\u202a\u202b\u202d\u202e"


def _email(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 254:
        return ""
    try:
        validate_email(value)
    except ValidationError:
        return ""
    return value


def _locale(value: Any) -> str:
    if not isinstance(value, str) or not LANGUAGE_TAG.fullmatch(value):
        return ""
    return value.replace("_", "-")


def _zone(value: Any) -> str:
    """The name of an IANA zone, or nothing. Looked up in the list: a name is also a path."""
    if not isinstance(value, str) or value not in available_timezones():
        return ""
    return ZoneInfo(value).key
