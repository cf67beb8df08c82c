"""Which session does a cookie open, and which viewer is behind it?"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS
from django.db.models import CharField, DateTimeField, Model, QuerySet
from django.utils import timezone

from handrail.base import statements
from handrail.base.statements import Blank
from handrail.base.tokens import hashed
from handrail.people.models import Account, HelpSession, Host, Member, Person
from handrail.people.viewer import Viewer, viewer_for_member

MOST_LETTERS = 100
"""Our secrets have 43; whatever is much longer is not worth hashing."""

_PARTS: dict[str, type[Model]] = {
    "": HelpSession,
    "host__": Host,
    "member__": Member,
    "member__person__": Person,
    "member__account__": Account,
}
"""What a session is read with, and the way there."""


def live_session(secret: str) -> HelpSession | None:
    """The session that this secret opens now, with all that a Viewer needs, in one query."""
    if not secret or len(secret) > MOST_LETTERS:
        return None
    return live_session_of(hashed(secret))


def live_session_of(token_hash: str) -> HelpSession | None:
    """The same by what is kept of the secret. One query."""
    found = statements.rows(_live, now=timezone.now(), token_hash=token_hash)
    return _session(found[0]) if found else None


def _live() -> QuerySet[HelpSession, tuple[Any, ...]]:
    """Every page of every member asks it, so its text is kept."""
    live = HelpSession.objects.live(now=Blank("now", DateTimeField()))
    columns = [way + name for way, model in _PARTS.items() for name in _names(model)]
    return live.filter(token_hash=Blank("token_hash", CharField())).values_list(*columns)


def _session(row: Iterable[Any]) -> HelpSession:
    """What `select_related` would have made of the row."""
    values = iter(row)
    session, host, member, person, account = (_made(part, values) for part in _PARTS.values())
    member.person, member.account = person, account
    session.host, session.member = host, member
    return cast(HelpSession, session)


def _made(model: type[Model], values: Iterator[Any]) -> Any:
    names = _names(model)
    return statements.made(model, names, islice(values, len(names)))


@cache
def _names(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def viewer_of_session(session: HelpSession, *, via: str = "web") -> Viewer:
    """The viewer of a live session, without a query."""
    return viewer_for_member(session.member, via=via, session_id=session.session_id)


def live_viewers(token_hashes: Collection[str]) -> dict[str, Viewer]:
    """Those of these sessions that count now, each with its viewer. One query for 256.

    A viewer knows which member it is, in which account, on which plan; whatever else is asked of
    it is read then. It is for those who hear, not for whoever acts.
    """
    found = statements.among(token_hashes, _live_among)
    return {row[0]: _hearer(*row[1:]) for row in found}


def _live_among(token_hashes: Sequence[str]) -> list[tuple[Any, ...]]:
    hashes = statements.told("hash", token_hashes)
    return statements.rows(_live_of, len(token_hashes), now=timezone.now(), **hashes)


def _live_of(size: int) -> QuerySet[HelpSession, tuple[Any, ...]]:
    live = HelpSession.objects.live(now=Blank("now", DateTimeField()))
    return live.filter(token_hash__in=statements.blanks("hash", size, CharField)).values_list(
        "token_hash",
        "pk",
        "member_id",
        "member__public_id",
        "member__account_id",
        "member__account__public_id",
        "member__account__plan_id",
    )


def _hearer(
    pk: int, member_pk: int, public_id: str, account_pk: int, account_public_id: str, plan_pk: int
) -> Viewer:
    known = (account_pk, account_public_id, plan_pk)
    account = Account.from_db(DEFAULT_DB_ALIAS, ("id", "public_id", "plan_id"), known)
    theirs = (member_pk, account_pk, public_id, None)
    fields = ("id", "account_id", "public_id", "ended_at")  # in the order of the columns, always
    member = Member.from_db(DEFAULT_DB_ALIAS, fields, theirs)
    member.account = account
    return Viewer(member=member, via="socket", session_id=HelpSession(pk=pk).session_id)


def context_of(viewer: Viewer) -> dict[str, str]:
    """Where a member was at the host when their session began, as the host says. One query."""
    kind, _, pk = (viewer.session_id or "").partition("-")
    if kind != "help" or not pk.isdecimal():
        return {}
    found = HelpSession.objects.filter(pk=int(pk), member=viewer.member).values_list("context")
    return dict(found[0][0]) if found else {}
