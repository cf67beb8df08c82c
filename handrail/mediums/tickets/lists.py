"""Which tickets does a list show? A page at a time, by key and not by offset.

The cost does not grow with the number of tickets: the order is an index, and a page begins
where the last one ended.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, NamedTuple, TypeVar

from django.db.models import BigIntegerField, DateTimeField, F, Q, QuerySet
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from handrail.base import statements
from handrail.base.among import Among
from handrail.base.statements import Blank
from handrail.engines.conversations.access import ConversationQuerySet, visible_conversations
from handrail.engines.conversations.archive import find
from handrail.engines.conversations.models import Conversation, Message, MessageKind
from handrail.engines.search import archive
from handrail.engines.search.excerpts import Part, excerpt
from handrail.engines.search.words import Clause, question
from handrail.mediums.tickets.actions import KIND
from handrail.mediums.tickets.states import Status
from handrail.people.any_member import ANY_MEMBER, facts_of
from handrail.people.viewer import Viewer

PAGE = 25

ALIVE = Q(closed_at=None)
"""Said beside every status but "closed": so a small index serves, whatever else is in the table."""


SORTS = {"": _("Last reply"), "newest": _("Newest first"), "oldest": _("Oldest first")}
"""The orders of a member's list, each with an index; nothing else is ever sorted by."""

MOST_COUNTED = 100
"""Counts beside the statuses stop here, and say "99+"."""

LONGEST_EXCERPTED = 5000
"""Letters of a message in which an excerpt is looked for."""


class Listed(NamedTuple):
    """As much of a ticket as a member's list shows.

    Read as values: making three models of each row cost a sixth of the page.
    """

    pk: int
    public_id: str
    number: int
    subject: str
    status: str
    is_unread: bool
    is_shared: bool
    last_message_at: datetime
    creator_id: int
    creator_name: str


_COLUMNS = (*Listed._fields[:-1], "creator__person__name")


Shown = TypeVar("Shown")


@dataclass(frozen=True)
class Page(Generic[Shown]):
    """Some rows of a list, and the key where the next page begins (empty: there is none)."""

    rows: list[Shown]
    before: str


@dataclass(frozen=True)
class Found:
    """What a search proposes: conversations by primary key, and the question to mark them by."""

    ids: list[int]
    question: list[Clause]

    @property
    def is_capped(self) -> bool:
        """There may be more than were looked at."""
        return len(self.ids) >= archive.MOST_FOUND


def found(viewer: Viewer, text: str) -> Found | None:
    """The tickets that hold what was asked for; None where nothing was asked.

    Narrow a list that begins at `visible_to` by it: `tickets.filter(Among(F("pk"), found.ids))`.
    """
    asked = question(text)
    return Found(find(viewer, KIND, asked), asked) if asked else None


class Key(NamedTuple):
    """Where a page begins: behind the ticket whose last word, and whose primary key, these are."""

    at: Any
    pk: Any


_ANY_KEY = Key(Blank("at", DateTimeField()), Blank("pk", BigIntegerField()))


class Asked(NamedTuple):
    """What a list is asked for."""

    status: str
    is_own: bool
    view: str
    sort: str
    found: Found | None
    after: Key | None = None

    @classmethod
    def by(cls, filters: Mapping[str, Any]) -> "Asked":
        return cls(
            status=filters.get("status") or "",
            is_own=filters.get("creator") == "me",
            view=filters.get("view") or "",
            sort=filters.get("sort") or "",
            found=filters.get("found"),
        )


Rows = QuerySet[Conversation, tuple[Any, ...]]


class MemberList:
    """A member's tickets under their filters, all of which hold at once."""

    def __init__(self, viewer: Viewer, filters: Mapping[str, Any]) -> None:
        self._viewer = viewer
        self._asked = Asked.by(filters)

    def page(self, before: str) -> Page[Listed]:
        """A page in one of SORTS, from the key that the page before ended with. One query."""
        asked = self._asked._replace(after=_read_key(before))
        found = [Listed(*row) for row in _read(_page, self._viewer, asked)]
        rows = found[:PAGE]
        return Page(rows, _key(rows[-1]) if len(found) > PAGE else "")

    def status_counts(self) -> dict[str, int]:
        """How many each status holds under the other filters, up to MOST_COUNTED. Two queries.

        What is alive is few, and counted among the newest thousand; what is closed is counted
        apart.
        """
        counts = Counter(status for (status,) in _read(_alive, self._viewer, self._asked))
        counts[Status.CLOSED] = len(_read(_closed, self._viewer, self._asked))
        return {status: min(counts[status], MOST_COUNTED) for status in Status.values}


def _read(
    query: Callable[[Viewer, Asked], Rows], viewer: Viewer, asked: Asked
) -> list[tuple[Any, ...]]:
    """By a text that is kept, but for a search: it finds another number of tickets each time."""
    if asked.found or viewer.member is None:
        return list(query(viewer, asked))
    told = facts_of(viewer.member)
    if asked.after:
        told |= asked.after._asdict()
        asked = asked._replace(after=_ANY_KEY)
    return statements.rows(query, ANY_MEMBER, asked, **told)


def _page(viewer: Viewer, asked: Asked) -> Rows:
    """One row more than a page shows, which tells whether there are more."""
    tickets = _narrowed(viewer, asked)
    if asked.status:
        tickets = tickets.filter(_in_status(asked.status))
    if asked.sort in ("newest", "oldest"):
        tickets = _by_number(tickets, asked.after, asked.sort == "newest")
    else:
        tickets = _by_last_word(tickets, asked.after)
    return tickets.values_list(*_COLUMNS)[: PAGE + 1]


def _alive(viewer: Viewer, asked: Asked) -> Rows:
    newest = _narrowed(viewer, asked).alive().newest_first()
    return newest.values_list("status")[: 10 * MOST_COUNTED]


def _closed(viewer: Viewer, asked: Asked) -> Rows:
    closed = _narrowed(viewer, asked).filter(status=Status.CLOSED)
    return closed.values_list("pk")[:MOST_COUNTED]


def _narrowed(viewer: Viewer, asked: Asked) -> ConversationQuerySet:
    """All of a member's tickets that fit every filter but the status."""
    tickets = visible_conversations(viewer).of_kind(KIND)
    if asked.is_own and viewer.member:
        tickets = tickets.filter(creator_id=viewer.member.pk)
    if asked.view:
        tickets = tickets.filter(is_unread=asked.view == "unread")
    if asked.found:
        tickets = tickets.filter(Among(F("pk"), asked.found.ids))
    return tickets


def excerpts(viewer: Viewer, page: Page[Listed], search: Found) -> dict[int, list[Part]]:
    """For each row whose thread holds a match: the words around the newest one. One query."""
    said = (
        Message.objects.visible_to(viewer)
        .filter(conversation__in=[row.pk for row in page.rows])
        .exclude(kind=MessageKind.EVENT)
        .order_by("-pk")
        .values_list("conversation_id", Substr("body", 1, LONGEST_EXCERPTED))
    )
    shown: dict[int, list[Part]] = {}
    for conversation_id, body in said[:500]:
        if conversation_id not in shown and (parts := excerpt(body, search.question)):
            shown[conversation_id] = parts
    return shown


def _in_status(status: str) -> Q:
    return Q(status=status) if status == Status.CLOSED else ALIVE & Q(status=status)


def _by_last_word(tickets: ConversationQuerySet, after: Key | None) -> ConversationQuerySet:
    tickets = tickets.newest_first()
    if after:
        tickets = tickets.filter(last_message_at__lte=after.at).filter(
            Q(last_message_at__lt=after.at) | Q(pk__lt=after.pk)
        )
    return tickets


def _by_number(
    tickets: ConversationQuerySet, after: Key | None, is_newest_first: bool
) -> ConversationQuerySet:
    """In the order in which they were written, which numbers have too."""
    if is_newest_first:
        return (tickets.filter(pk__lt=after.pk) if after else tickets).order_by("-pk")
    return (tickets.filter(pk__gt=after.pk) if after else tickets).order_by("pk")


def _key(ticket: Listed) -> str:
    return f"{ticket.last_message_at.isoformat()}~{ticket.pk}"


def _read_key(text: str) -> Key | None:
    """The key that a page was asked for; nonsense begins at the top."""
    at, _tilde, pk = text.partition("~")
    try:
        moment, number = datetime.fromisoformat(at), int(pk)
        in_utc = moment.astimezone(UTC)  # may lie before year 1
    except (ValueError, OverflowError):
        return None
    return Key(in_utc, number) if moment.tzinfo and 0 <= number < 2**63 else None
