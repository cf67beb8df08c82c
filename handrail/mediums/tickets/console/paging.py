"""Which tickets does a page of the queue show? A page at a time, by key and not by offset.

An order is one or two stretches, each an index of its own: "due soonest" is what has a deadline,
then what has none. A page begins where the last one ended, so the cost does not grow with what
lies before it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.db.models.functions import Abs, Coalesce

from handrail.base.among import Among
from handrail.base.counting import counted
from handrail.engines.conversations.access import ConversationQuerySet, visible_conversations
from handrail.engines.conversations.models import Conversation
from handrail.mediums.tickets.actions import KIND
from handrail.mediums.tickets.console.filters import VIEWS, QueueFilters, view_rule
from handrail.mediums.tickets.lists import PAGE, Page, found
from handrail.mediums.tickets.models import SignInRequest
from handrail.people.models import Agent, Member
from handrail.people.viewer import Viewer

MOST_COUNTED = 1000
"""Counts stop here: the queue says "1,000+" instead of counting a million rows."""


@dataclass(frozen=True)
class Stretch:
    """A part of an order: which rows it holds, and by which columns they stand."""

    rule: Q
    columns: tuple[str, ...]
    is_descending: bool = True

    def of(self, tickets: ConversationQuerySet) -> ConversationQuerySet:
        sign = "-" if self.is_descending else ""
        return tickets.filter(self.rule).order_by(*(sign + name for name in self.columns))

    def after(
        self, tickets: ConversationQuerySet, key: list[datetime | int]
    ) -> ConversationQuerySet:
        """The rows behind this key. The comparison is of whole rows: one range of the index."""
        compare = TupleLessThan if self.is_descending else TupleGreaterThan
        return self.of(tickets).filter(compare(Tuple(*self.columns), tuple(key)))


_LAST = ("last_message_at", "id")

ORDERS = {
    "last": (Stretch(Q(), _LAST),),
    "newest": (Stretch(Q(), ("id",)),),
    "priority": (
        Stretch(Q(closed_at=None), ("priority", *_LAST)),
        Stretch(Q(closed_at__isnull=False), _LAST),
    ),
    "due": (
        Stretch(Q(due_at__isnull=False), ("due_at", "id"), is_descending=False),
        Stretch(Q(due_at=None), _LAST),
    ),
}
"""The stretches of each order. Priority is of what is alive: what is closed presses nobody."""


_TAGGED = {
    "tagged_at": F("taggings__last_message_at"),
    "tagged_id": Abs("taggings__conversation"),
}
"""Of the tagging that a list is narrowed to, as its indexes have it."""


def _of_tag(stretch: Stretch) -> Stretch:
    """The same order in the tag's own columns, where it has them: they have an index with it.

    What is alive or due is little, and has an index of its own.
    """
    columns = {_LAST: ("tagged_at", "tagged_id"), ("id",): ("tagged_id",)}
    return replace(stretch, columns=columns.get(stretch.columns, stretch.columns))


def queue(viewer: Viewer, filters: QueueFilters) -> ConversationQuerySet:
    """All that the filters leave, in no order yet. A query for a tag, an issue type, a search."""
    tickets = visible_conversations(viewer).of_kind(KIND).filter(filters.where(viewer))
    search = found(viewer, filters.chosen.get("q", ""))
    return tickets.filter(Among(F("pk"), search.ids)) if search else tickets


def queue_page(viewer: Viewer, filters: QueueFilters, before: str) -> Page[Conversation]:
    """A page of the queue: the queries of `queue`, one for each stretch of the order, at most, and
    one for the rows.

    The stretches give keys alone, since the database would join all that they hold before it puts
    them in order, and takes 3 ms to choose among the orders of so many joins.
    """
    tickets = queue(viewer, filters)
    stretches = ORDERS[filters.sort_name]
    if "tag" in filters.chosen:
        tickets = tickets.annotate(**_TAGGED)
        stretches = tuple(map(_of_tag, stretches))
    start, key = _read_key(stretches, before)
    chosen: list[int] = []
    keys: list[str] = []
    for number, stretch in enumerate(stretches[start:], start):
        begun = stretch.after(tickets, key) if key and number == start else stretch.of(tickets)
        for pk, *values in begun.values_list("pk", *stretch.columns)[: PAGE + 1 - len(chosen)]:
            chosen.append(pk)
            keys.append("~".join([str(number), *map(_written, values)]))
        if len(chosen) > PAGE:
            break
    has_more = len(chosen) > PAGE
    return Page(_rows(viewer, chosen[:PAGE]), keys[PAGE - 1] if has_more else "")


def _rows(viewer: Viewer, chosen: list[int]) -> list[Conversation]:
    """These tickets in their order, with all that a row shows. One query.

    Whoever asked is a name by a query inside: two joins less, which are the dearest to plan.
    """
    member = Member.objects.filter(pk=OuterRef("creator_id")).values("person__name")
    stranger = SignInRequest.objects.filter(pk=OuterRef("pk"))
    rows = (
        visible_conversations(viewer)
        .filter(pk__in=chosen)
        .select_related("account", "assignee", "team", "ticket__issue_type")
        .annotate(
            asker=Coalesce(Subquery(member), Subquery(stranger.values("name"))),
            is_proved=Exists(stranger.exclude(proved_at=None)),
        )
    )
    found = {row.pk: row for row in rows}
    return [found[pk] for pk in chosen if pk in found]


def view_counts(viewer: Viewer) -> dict[str, int]:
    """How many tickets each built-in view holds, up to one more than are counted. One query."""
    if viewer.agent is None:
        return {}
    tickets = visible_conversations(viewer).of_kind(KIND)
    rows = {view: tickets.filter(view_rule(viewer, view))[: MOST_COUNTED + 1] for view in VIEWS}
    return counted(Agent.objects.filter(pk=viewer.agent.pk), rows)


def _read_key(stretches: tuple[Stretch, ...], text: str) -> tuple[int, list[datetime | int] | None]:
    """The stretch and the key that a page was asked for; nonsense begins at the top."""
    number, *parts = text.split("~")
    if number not in {str(n) for n in range(len(stretches))}:
        return 0, None
    columns = stretches[int(number)].columns
    values = list(_values(columns, parts)) if len(parts) == len(columns) else []
    return (int(number), values) if values and len(values) == len(columns) else (0, None)


def _written(value: datetime | int) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _values(columns: tuple[str, ...], parts: list[str]) -> Iterator[datetime | int]:
    """What the parts of a key say, as far as they say anything."""
    for name, part in zip(columns, parts, strict=True):
        try:
            value = _moment(part) if name.endswith("_at") else int(part)
        except (ValueError, OverflowError):
            return
        most = 2**15 if name == "priority" else 2**63
        if isinstance(value, int) and not -(2**15) <= value < most:
            return
        yield value


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone is no moment")
    return moment.astimezone(UTC)  # may lie before year 1
