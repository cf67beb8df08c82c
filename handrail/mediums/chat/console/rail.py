"""Which chats does an agent have before them? Their own, those that wait, those of the assistant.

The same rows stand at the left of the desk and above the tickets, in the one queue.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.engines.ai.model.reading import plain
from handrail.engines.conversations.access import WORK
from handrail.engines.conversations.models import Conversation, Message, MessageKind
from handrail.hub.medium import DeskRow
from handrail.mediums.chat.access import ChatQuerySet
from handrail.mediums.chat.models import Chat
from handrail.mediums.chat.states import KIND, Status
from handrail.people.viewer import Viewer

MOST_OWN, MOST_WAITING, MOST_ASSISTED, MOST_LIVE = 30, 50, 20, 50
EXCERPT = 160
"""Letters of what was said last, by which an agent knows a chat again."""

HEADING = re.compile(r"^ {0,3}#{1,6} +")

LOOKS = {
    Status.WAITING: ("warning", "hand"),
    Status.LIVE: ("info", "message-circle"),
    Status.ASSISTANT: ("violet", "sparkles"),
    Status.ENDED: ("", "circle-check"),
}
"""Each status has a tone and a shape of its own, since colour alone does not reach everyone."""


@dataclass(frozen=True)
class Row:
    """One chat, as the rail shows it."""

    chat: Chat
    words: str
    since: datetime
    """Since when they wait, or when something was said last."""

    @property
    def conversation(self) -> Conversation:
        return self.chat.conversation

    @property
    def name(self) -> str:
        creator = self.conversation.creator
        return creator.name if creator else ""

    @property
    def account(self) -> str:
        account = self.conversation.account
        return account.name if account else ""

    @property
    def agent(self) -> str:
        assignee = self.conversation.assignee
        return assignee.name if assignee else ""

    @property
    def is_waiting(self) -> bool:
        return self.conversation.status == Status.WAITING

    @property
    def url(self) -> str:
        return reverse("chat-desk:detail", args=[self.conversation.public_id])


@dataclass(frozen=True)
class Rail:
    mine: list[Row]
    waiting: list[Row]
    assisted: list[Row]

    @property
    def unread(self) -> int:
        """Of one's own: what the page's title says."""
        return sum(row.chat.is_unread_for_us for row in self.mine)


def rail(viewer: Viewer) -> Rail:
    """All that the desk's left side shows. Three queries."""
    return Rail(_own(viewer), _waiting(viewer), _assisted(viewer))


def live(viewer: Viewer) -> list[Row]:
    """Whoever talks with any of us: those to whom we owe a word first. One query."""
    chats = _chats(viewer).filter(conversation__kind=KIND, conversation__status=Status.LIVE)
    order = ("-is_unread_for_us", "conversation__last_message_at", "pk")
    return list(_rows(chats.select_related("conversation__assignee").order_by(*order)[:MOST_LIVE]))


def desk_rows(viewer: Viewer) -> list[DeskRow]:
    """One's own chats and those that wait, above what can wait. Two queries."""
    if viewer.agent is None or not viewer.may(WORK):
        return []
    return [_desk_row(row) for row in (*_own(viewer), *_waiting(viewer))]


def queue() -> tuple[str, str]:
    """In which order chats wait: the longest first, and of one moment the older."""
    return ("waiting_since", "conversation_id")


def _desk_row(row: Row) -> DeskRow:
    status = Status(row.conversation.status)
    tone, icon = LOOKS[status]
    accept = reverse("chat-desk:accept", args=[row.conversation.public_id])
    return DeskRow(
        ref=row.conversation.ref,
        title=row.name,
        hint=row.account,
        words=row.words,
        state=_("Waits") if row.is_waiting else _("Yours"),
        tone=tone,
        icon=icon,
        since=row.since,
        url=row.url,
        is_unread=not row.is_waiting and row.chat.is_unread_for_us,
        act_label=_("Accept") if row.is_waiting else "",
        act_url=accept if row.is_waiting else "",
    )


def _own(viewer: Viewer) -> list[Row]:
    """Live ones, the unread first; within each the one that has waited longest for a word."""
    own = _chats(viewer).filter(
        conversation__assignee=viewer.require_agent(),
        conversation__kind=KIND,
        conversation__status=Status.LIVE,
    )
    order = ("-is_unread_for_us", "conversation__last_message_at", "pk")
    return list(_rows(own.order_by(*order)[:MOST_OWN]))


def _waiting(viewer: Viewer) -> list[Row]:
    # The same said of the conversation: whichever table the database begins with, an index serves.
    in_queue = {"conversation__kind": "chat", "conversation__status": Status.WAITING}
    waiting = _chats(viewer).filter(waiting_since__isnull=False, **in_queue)
    return list(_rows(waiting.order_by(*queue())[:MOST_WAITING]))


def _assisted(viewer: Viewer) -> list[Row]:
    assisted = _chats(viewer).filter(conversation__kind=KIND, conversation__status=Status.ASSISTANT)
    newest = assisted.order_by("-conversation__last_message_at", "-conversation_id")
    return list(_rows(newest[:MOST_ASSISTED]))


def _chats(viewer: Viewer) -> ChatQuerySet:
    """With all that a row shows."""
    said = Message.objects.visible_to(viewer).filter(
        conversation=OuterRef("pk"), kind=MessageKind.REPLY
    )
    last = said.order_by("-pk").values(words=Substr(F("body"), 1, EXCERPT))
    return (
        Chat.objects.visible_to(viewer)
        .select_related("conversation__account", "conversation__creator__person")
        .select_related("conversation__team")
        .annotate(last_words=Subquery(last[:1]))
    )


def _rows(chats: ChatQuerySet) -> Iterator[Row]:
    for chat in chats:
        since = chat.waiting_since or chat.conversation.last_message_at
        yield Row(chat, in_a_line(getattr(chat, "last_words", "") or ""), since)


def in_a_line(text: str) -> str:
    """What was written in Markdown, as it is read, without its lines."""
    lines = (plain(HEADING.sub("", line)) for line in text.splitlines())
    return " ".join(filter(None, lines))


@dataclass(frozen=True)
class Call:
    """Something that an agent should hear of at once, wherever in the console they are."""

    public_id: str
    kind: str
    """`waiting`, or `words` in a chat of their own."""
    name: str
    words: str
    key: str
    """Changes with each thing that calls: what called before does not call again."""


def calls(viewer: Viewer) -> list[Call]:
    """Chats that wait, and unread words in one's own. Two queries."""
    waiting = [_call(row, "waiting") for row in _waiting(viewer)]
    unread = [_call(row, "words") for row in _own(viewer) if row.chat.is_unread_for_us]
    return [*waiting, *unread]


def _call(row: Row, kind: str) -> Call:
    public_id = row.conversation.public_id
    return Call(public_id, kind, row.name, row.words, f"{public_id} {row.since.isoformat()}")
