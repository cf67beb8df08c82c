"""Which tickets does a list show? A page at a time, by key and not by offset.

The cost does not grow with the number of tickets: the order is an index, and a page begins
where the last one ended.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q

from handrail.engines.conversations.access import ConversationQuerySet, visible_conversations
from handrail.engines.conversations.models import Conversation
from handrail.mediums.tickets.actions import KIND
from handrail.mediums.tickets.states import WAITING_ON_US, Status
from handrail.people.viewer import Viewer

PAGE = 25

ALIVE = Q(closed_at=None)
"""Said beside every status but "closed": so a small index serves, whatever else is in the table."""


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and the key where the next page begins (empty: there is none)."""

    rows: list[Conversation]
    before: str


def member_page(viewer: Viewer, filters: Mapping[str, Any], before: str) -> Page:
    """A member's tickets, the newest word first, narrowed by all filters at once. One query."""
    tickets = visible_conversations(viewer).of_kind(KIND)
    if filters.get("status"):
        tickets = tickets.filter(_in_status(filters["status"]))
    if filters.get("creator") == "me" and viewer.member:
        tickets = tickets.filter(creator_id=viewer.member.pk)
    if filters.get("view"):
        tickets = tickets.filter(is_unread=filters["view"] == "unread")
    return _page(tickets, before)


def queue_page(viewer: Viewer, view: str, before: str) -> Page:
    """A view of the agents' queue. One query."""
    tickets = visible_conversations(viewer).of_kind(KIND).filter(queue_filter(viewer, view))
    return _page(tickets.select_related("account", "assignee", "ticket__issue_type"), before)


def queue_filter(viewer: Viewer, view: str) -> Q:
    """The views of the queue; an unknown one is the first."""
    me = viewer.agent.pk if viewer.agent else None
    waiting = ALIVE & Q(status__in=WAITING_ON_US)
    return {
        "mine": ALIVE & Q(assignee_id=me),
        "unassigned": waiting & Q(assignee=None),
        "waiting": waiting,
        "all": Q(),
        "closed": Q(status=Status.CLOSED),
    }.get(view, waiting)


def _in_status(status: str) -> Q:
    return Q(status=status) if status == Status.CLOSED else ALIVE & Q(status=status)


def _page(tickets: ConversationQuerySet, before: str) -> Page:
    tickets = tickets.select_related("creator__person").newest_first()
    if key := _read_key(before):
        at, pk = key
        tickets = tickets.filter(last_message_at__lte=at).filter(
            Q(last_message_at__lt=at) | Q(pk__lt=pk)
        )
    rows = list(tickets[: PAGE + 1])
    has_more = len(rows) > PAGE
    rows = rows[:PAGE]
    return Page(rows, _key(rows[-1]) if has_more else "")


def _key(conversation: Conversation) -> str:
    return f"{conversation.last_message_at.isoformat()}~{conversation.pk}"


def _read_key(text: str) -> tuple[datetime, int] | None:
    """The key that a page was asked for; nonsense begins at the top."""
    at, _, pk = text.partition("~")
    try:
        moment, number = datetime.fromisoformat(at), int(pk)
        in_utc = moment.astimezone(UTC)  # may lie before year 1
    except (ValueError, OverflowError):
        return None
    return (in_utc, number) if moment.tzinfo and 0 <= number < 2**63 else None
