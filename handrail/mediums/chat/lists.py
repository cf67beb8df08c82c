"""Which of their chats does a member's list show? A page at a time, by key and not by offset."""

from datetime import UTC, datetime
from typing import NamedTuple

from django.db.models import F, Q
from django.db.models.functions import Substr

from handrail.base.among import Among
from handrail.engines.conversations.access import ConversationQuerySet, visible_conversations
from handrail.engines.conversations.archive import find
from handrail.engines.conversations.models import Conversation, Message, MessageKind
from handrail.engines.search.excerpts import Part, excerpt
from handrail.engines.search.words import Clause, question
from handrail.mediums.chat.models import Chat
from handrail.mediums.chat.states import KIND
from handrail.people.viewer import Viewer

PAGE = 20
LONGEST_EXCERPTED = 5000
MOST_LOOKED_AT = 500
"""Messages in which the words of a search are looked for, of all chats of a page."""


class Listed(NamedTuple):
    """As much of a chat as a list shows."""

    pk: int
    public_id: str
    subject: str
    status: str
    is_unread: bool
    last_message_at: datetime
    assignee_name: str | None


_COLUMNS = (*Listed._fields[:-1], "assignee__name")


class Found(NamedTuple):
    """What a search proposes, and what to mark it by."""

    ids: list[int]
    question: list[Clause]


class Page(NamedTuple):
    """Some chats, and the key where the next page begins; empty: there is none."""

    rows: list[Listed]
    before: str


def own(viewer: Viewer) -> ConversationQuerySet:
    """Theirs alone, which the rule says as well: so the index of who began it serves the list, and
    not that of all that their account has."""
    return visible_conversations(viewer).of_kind(KIND).filter(creator=viewer.member)


def alive(viewer: Viewer) -> Chat | None:
    """The chat of theirs that goes on; there is one at most."""
    going_on = own(viewer).alive().newest_first()
    found = Chat.objects.visible_to(viewer).filter(conversation__in=going_on.values("pk")[:1])
    return found.select_related("conversation").first()


def found(viewer: Viewer, text: str) -> Found | None:
    """The chats that hold what was asked for; None where nothing was asked."""
    asked = question(text)
    return Found(find(viewer, KIND, asked), asked) if asked else None


def page(viewer: Viewer, search: Found | None, before: str) -> Page:
    """Whoever spoke last first. One query, and none where a search found nothing."""
    if search and not search.ids:
        return Page([], "")
    chats = own(viewer).newest_first()
    if search:
        chats = chats.filter(Among(F("pk"), search.ids))
    if key := read_key(before):
        at, pk = key
        chats = chats.filter(last_message_at__lte=at).filter(
            Q(last_message_at__lt=at) | Q(pk__lt=pk)
        )
    rows = [Listed(*row) for row in chats.values_list(*_COLUMNS)[: PAGE + 1]]
    shown = rows[:PAGE]
    return Page(shown, key_of(shown[-1]) if len(rows) > PAGE else "")


def excerpts(viewer: Viewer, pks: list[int], asked: list[Clause]) -> dict[int, list[Part]]:
    """For each chat with a match in what was said: the words around the newest one. One query."""
    said = (
        Message.objects.visible_to(viewer)
        .filter(conversation__in=pks)
        .exclude(kind=MessageKind.EVENT)
        .order_by("-pk")
        .values_list("conversation_id", Substr("body", 1, LONGEST_EXCERPTED))
    )
    shown: dict[int, list[Part]] = {}
    for conversation_id, body in said[:MOST_LOOKED_AT]:
        if conversation_id not in shown and (parts := excerpt(body, asked)):
            shown[conversation_id] = parts
    return shown


def key_of(row: Listed | Conversation) -> str:
    return f"{row.last_message_at.isoformat()}~{row.pk}"


def read_key(text: str) -> tuple[datetime, int] | None:
    """The key that a page was asked for; nonsense begins at the top."""
    at, _tilde, pk = text.partition("~")
    try:
        moment, number = datetime.fromisoformat(at), int(pk)
        in_utc = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return (in_utc, number) if moment.tzinfo and 0 <= number < 2**63 else None
