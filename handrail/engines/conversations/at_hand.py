"""How is one conversation read at hardly any cost, with those around it?

In a talk it is read for every word, twice. The text of the query is kept, which saves four fifths
of what Django would do; what comes of it is what `select_related` would have made.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any, cast

from django.db import connection, transaction
from django.db.models import BigIntegerField, CharField, Model, QuerySet

from handrail.base import statements
from handrail.base.statements import Blank
from handrail.engines.conversations.access import WORK, visible_conversations
from handrail.engines.conversations.models import Conversation
from handrail.people.models import Account, Agent, Member, Person, Team
from handrail.people.viewer import SYSTEM, Viewer

Parts = Mapping[str, type[Model]]
"""Models that are read together, each with the way to it from the first, whose way is empty."""

_PARTS: Parts = {
    "": Conversation,
    "account__": Account,
    "creator__": Member,
    "creator__person__": Person,
    "assignee__": Agent,
    "team__": Team,
}
"""What it is read with."""


def find(viewer: Viewer, public_id: str) -> Conversation | None:
    """The conversation, where this viewer may see it. One query."""
    found = statements.rows(_named, *shape(viewer), key=public_id, **told(viewer))
    return _conversation(found[0]) if found else None


@contextmanager
def held(viewer: Viewer, public_id: str) -> Iterator[Conversation | None]:
    """A transaction in which to act in it. On SQLite, where the transaction itself is the lock
    (IMMEDIATE), it is read under the lock, so whoever locks it need not read it once more."""
    with transaction.atomic():
        conversation = find(viewer, public_id)
        if conversation is None or connection.features.has_select_for_update:
            yield conversation
            return
        conversation.is_locked = True
        try:
            yield conversation
        finally:
            conversation.is_locked = False


def lock(pk: int) -> Conversation:
    """The conversation as it is now, locked until the transaction ends; raises DoesNotExist.

    One query on SQLite, where the transaction itself is the lock (IMMEDIATE), else two.
    """
    if connection.features.has_select_for_update:
        statements.rows(_locking, pk=pk)
    found = statements.rows(_by_key, pk=pk)
    if not found:
        raise Conversation.DoesNotExist
    return _conversation(found[0])


def _named(side: str, role: str) -> QuerySet[Conversation, tuple[Any, ...]]:
    """The rule itself, with blanks where this viewer's keys would stand."""
    named = visible_conversations(anybody(side, role)).filter(public_id=Blank("key", CharField()))
    return named.values_list(*columns(_PARTS))


def anybody(side: str, role: str) -> Viewer:
    """A viewer of this shape, with blanks where one's keys would stand: what a rule is asked with
    whose text is kept."""
    if side == "member":
        keys = {name: Blank(name, BigIntegerField()) for name in ("member", "account")}
        return Viewer(member=Member(pk=keys["member"], account_id=keys["account"]))
    if side == "agent":
        return Viewer(agent=Agent(role=role))
    return SYSTEM if side == "system" else Viewer()


def shape(viewer: Viewer) -> tuple[str, str]:
    """On what of a viewer the text of a rule hangs; the rest is told."""
    if viewer.member:
        return "member", ""
    if viewer.agent:
        return "agent", viewer.agent.role if viewer.may(WORK) else ""
    return "system" if viewer.is_system else "nobody", ""


def told(viewer: Viewer) -> dict[str, int]:
    """What stands in the blanks of `anybody`."""
    member = viewer.member
    return {"member": member.pk, "account": member.account_id} if member else {}


def _locking() -> QuerySet[Conversation, tuple[Any, ...]]:
    named = visible_conversations(SYSTEM).filter(pk=Blank("pk", BigIntegerField()))
    return named.select_for_update().values_list("pk")


def _by_key() -> QuerySet[Conversation, tuple[Any, ...]]:
    named = visible_conversations(SYSTEM).filter(pk=Blank("pk", BigIntegerField()))
    return named.values_list(*columns(_PARTS))


def columns(parts: Parts) -> list[str]:
    """What a row is read with: all columns of each of these models, in this order."""
    return [way + name for way, model in parts.items() for name in _names(model)]


def made(parts: Parts, row: Iterable[Any]) -> dict[str, Any]:
    """The instances in a row of `columns`; None where the row has nobody at this place."""
    values = iter(row)
    return {way: _made(model, values) for way, model in parts.items()}


def _conversation(row: Iterable[Any]) -> Conversation:
    found = made(_PARTS, row)
    conversation, creator = found[""], found["creator__"]
    conversation.account, conversation.assignee = found["account__"], found["assignee__"]
    conversation.team, conversation.creator = found["team__"], creator
    if creator is not None:
        creator.person = found["creator__person__"]
    return cast(Conversation, conversation)


def _made(model: type[Model], values: Iterator[Any]) -> Any:
    names = _names(model)
    given = list(islice(values, len(names)))
    return statements.made(model, names, given) if given[0] is not None else None


_known: dict[type[Model], list[str]] = {}


def _names(model: type[Model]) -> list[str]:
    """Its columns, the key first."""
    if model not in _known:
        fields = sorted(model._meta.concrete_fields, key=lambda field: not field.primary_key)
        _known[model] = [field.attname for field in fields]
    return _known[model]
