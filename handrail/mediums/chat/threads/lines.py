"""What does one line of a chat say, ready for the page?

Members' pages and the agents' desk draw the same lines; the addresses in them are the reader's own.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from handrail.engines.conversations.drawing import drawn
from handrail.engines.conversations.models import (
    Attachment,
    Message,
    MessageKind,
    MessageVersion,
    ReadMark,
)
from handrail.mediums.chat.models import Chat
from handrail.mediums.chat.threads.bodies import Refusal, bodies
from handrail.mediums.chat.threads.events import event_words, is_by
from handrail.people.viewer import Viewer

PAGE = 60
"""Lines that a page begins with; earlier ones are asked for."""

MOST_NEWS = 200
CHANGED_FOR = timedelta(minutes=15)
"""So long may somebody change what they said, or take it back."""

UNNAMED = "AAAAAAAAAAAAAAAAAAAAAA"
"""Stands for a public id where an address is made once for all lines."""


@dataclass(frozen=True)
class Person:
    """Who says a line; the assistant and the house have no id."""

    id: str
    name: str


@dataclass(frozen=True)
class File:
    """A file as `attachment.html` draws it."""

    name: str
    size: int
    url: str
    thumbnail_url: str
    is_image: bool


@dataclass(frozen=True)
class Line:
    """One line, as `conversations/_line.html` draws it."""

    id: str = ""
    n: int | str = ""
    kind: str = MessageKind.REPLY
    side: str = "member"
    who: Person = Person("", "")
    text: str = ""
    html: str = ""
    at: datetime | None = None
    client_id: str = ""
    files: list[File] = field(default_factory=list)
    is_mine: bool = False
    may_change: bool = False
    edited: bool = False
    removed: bool = False
    role: str = ""
    body: SafeString | str = ""
    url: str = ""


@dataclass(frozen=True)
class Part:
    """Some lines in their order, and what comes before them: a number, or None for nothing."""

    lines: list[Line]
    before: int | None


def messages(viewer: Viewer, chat: Chat) -> QuerySet[Message]:
    """What this viewer may read of it, in no order yet."""
    return (
        Message.objects.visible_to(viewer)
        .filter(conversation=chat.pk)
        .select_related("member__person", "agent", "proposal")
        .prefetch_related("attachments")
    )


def thread(viewer: Viewer, chat: Chat, *, with_notes: bool = False) -> list[Message]:
    """All of it, the oldest first; notes for agents, where wanted. Two queries."""
    found = messages(viewer, chat).order_by("pk")
    return list(found if with_notes else found.exclude(kind=MessageKind.NOTE))


def newest(viewer: Viewer, chat: Chat, before: int | None = None) -> Part:
    """The last lines, or those before the one of this number. Two queries; what answers rest on
    is asked for once for all of them."""
    found = messages(viewer, chat)
    if before is not None:
        found = found.filter(pk__lt=before)
    page = list(found.order_by("-pk")[: PAGE + 1])
    shown = page[:PAGE][::-1]
    return Part(lines(viewer, chat, shown), shown[0].pk if len(page) > PAGE else None)


def news(viewer: Viewer, chat: Chat, after: int) -> list[Line]:
    """What came after the line of this number: all of it, or so much that one may ask again."""
    found = messages(viewer, chat).filter(pk__gt=after).order_by("pk")
    return lines(viewer, chat, list(found[:MOST_NEWS]))


def one(viewer: Viewer, chat: Chat, public_id: str, refusal: Refusal | None = None) -> Line | None:
    """The line with this public id; `refusal`: a form in it comes back as it was sent."""
    message = messages(viewer, chat).filter(public_id=public_id).first()
    return lines(viewer, chat, [message], refusal)[0] if message else None


def versions(viewer: Viewer, message: Message) -> list[MessageVersion]:
    """How it read before, the oldest first; for agents, and for who wrote it."""
    return list(MessageVersion.objects.visible_to(viewer).filter(message=message).order_by("pk"))


def page_context(viewer: Viewer, chat: Chat) -> dict[str, Any]:
    """What a page with a talk needs: its lines, the blank ones, and up to where the others have
    seen it."""
    part = newest(viewer, chat)
    conversation = chat.conversation
    marks = ReadMark.objects.visible_to(viewer).filter(conversation=conversation)
    who_talks = Q(agent__isnull=False, agent=conversation.assignee_id)
    theirs = marks.exclude(member=None) if viewer.agent else marks.filter(who_talks)
    me = viewer.member or viewer.agent
    return {
        "lines": part.lines,
        "before": part.before,
        "blanks": blanks(viewer, chat),
        "me": me.public_id if me else "",
        "seen_upto": max(theirs.values_list("upto", flat=True), default=0),
        "lines_url": lines_url(viewer, chat),
    }


def blanks(viewer: Viewer, chat: Chat) -> dict[str, Line]:
    """A line without words for each kind that comes: scripts copy them."""
    creator = chat.conversation.creator
    me = viewer.member or viewer.agent
    mine = Line(
        side="agent" if viewer.agent else "member",
        who=Person(me.public_id if me else "", ""),
        is_mine=True,
        may_change=True,
    )
    member = Person(creator.public_id, creator.name) if creator else Person("", "")
    made = {
        "mine": mine,
        "member": Line(side="member", who=member),
        "agent": Line(side="agent", who=Person("", "")),
        "assistant": Line(side="assistant", who=Person("", str(_("Assistant")))),
        "system": Line(side="agent", who=Person("", "")),
    }
    if viewer.agent:
        made["note"] = Line(kind=MessageKind.NOTE, side="agent", who=Person("", ""))
        made["my-note"] = replace(mine, kind=MessageKind.NOTE)
    return made


def lines_url(viewer: Viewer, chat: Chat) -> str:
    side = "chat-desk" if viewer.agent else "chat"
    return reverse(f"{side}:lines", args=[chat.conversation.public_id])


def lines(
    viewer: Viewer, chat: Chat, shown: list[Message], refusal: Refusal | None = None
) -> list[Line]:
    """These messages, ready for the page."""
    address = lines_url(viewer, chat)
    drawn_for_reader = bodies(viewer, chat, shown, address, refusal)
    file_urls = _FileAddresses(viewer)
    return [
        _line(viewer, one, address, drawn_for_reader.get(one.pk, ""), file_urls) for one in shown
    ]


class _FileAddresses:
    """Where this viewer's side has files, made once for all of them."""

    def __init__(self, viewer: Viewer) -> None:
        side = "chat-desk" if viewer.agent else "chat"
        self._download = reverse(f"{side}:download", args=[UNNAMED])
        self._preview = reverse(f"{side}:preview", args=[UNNAMED])

    def file(self, attachment: Attachment) -> File:
        return File(
            name=attachment.name,
            size=attachment.size,
            url=self._download.replace(UNNAMED, attachment.public_id),
            thumbnail_url=self._preview.replace(UNNAMED, attachment.public_id)
            if attachment.preview
            else "",
            is_image=attachment.content_type.startswith("image/"),
        )


def _line(
    viewer: Viewer,
    message: Message,
    address: str,
    body: SafeString | str,
    file_urls: _FileAddresses,
) -> Line:
    is_event = bool(message.event)
    is_mine = is_by(viewer, message)
    return Line(
        id=message.public_id,
        n=message.pk,
        kind=MessageKind.EVENT if is_event else message.kind,
        side=side_of(message),
        who=person_of(message),
        text=event_words(message, viewer) if is_event else message.body,
        html="" if is_event or body or message.removed_at else drawn(message.body),
        at=message.created_at,
        client_id=str(message.client_id or ""),
        files=[file_urls.file(one) for one in message.attachments.all()],
        is_mine=is_mine,
        may_change=is_mine and not is_event and _is_young(message),
        edited=message.edited_at is not None,
        removed=message.removed_at is not None,
        role=str(message.agent.get_role_display()) if message.agent else "",
        body="" if message.removed_at else body,
        url=f"{address}/{message.public_id}/" if is_mine or viewer.agent else "",
    )


def side_of(message: Message) -> str:
    if message.agent_id:
        return "agent"
    if message.member_id:
        return "member"
    return "assistant" if message.detail.get("assistant") else "system"


def person_of(message: Message) -> Person:
    author = message.member or message.agent
    if author:
        return Person(author.public_id, author.name)
    return Person("", author_of(message))


def author_of(message: Message) -> str:
    """Who said it, as everybody in the chat reads it."""
    return _("Assistant") if message.detail.get("assistant") else message.author_name


def _is_young(message: Message) -> bool:
    return timezone.now() - message.created_at < CHANGED_FOR
