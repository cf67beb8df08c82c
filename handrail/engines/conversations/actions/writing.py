"""How does something come into a thread: what somebody says, a note, an event?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import BigIntegerField, BooleanField, DateTimeField, QuerySet

from handrail.base import statements
from handrail.base.statements import Blank
from handrail.engines.conversations import archive, topics
from handrail.engines.conversations.actions.drafts import forget_draft
from handrail.engines.conversations.models import (
    Attachment,
    Conversation,
    Message,
    MessageKind,
    Tagging,
)
from handrail.people.viewer import Viewer

MESSAGE_LENGTH = 50_000


@dataclass(frozen=True)
class Draft:
    """What somebody wants to say, checked by the form that it came from."""

    body: str
    attachment_ids: list[str] = field(default_factory=list)
    client_id: UUID | None = None
    author: str = ""
    """What somebody calls themselves who is neither a member nor an agent."""


def say(viewer: Viewer, conversation: Conversation, draft: Draft) -> tuple[Message, bool]:
    """Adds a reply that both sides see; returns it and whether it is new."""
    if topics.is_talk(conversation):
        return say_live(viewer, conversation, draft)
    message, is_new = _write_once(viewer, conversation, MessageKind.REPLY, draft)
    if is_new:
        set_last_word(conversation, message.created_at, is_unread=viewer.agent is not None)
        archive.add(conversation, message)
        topics.changed(conversation)
    return message, is_new


def say_live(
    viewer: Viewer,
    conversation: Conversation,
    draft: Draft,
    *,
    detail: Mapping[str, Any] | None = None,
) -> tuple[Message, bool]:
    """The same in a talk: what is said comes to open pages itself. Call it with the conversation
    locked. `detail` is what the system says more of its own message, such as an answer's sources.
    """
    message = _write_quickly(viewer, conversation, draft, dict(detail or {}))
    if message is None:
        return _said_before(viewer, conversation, draft.client_id), False
    if draft.attachment_ids:
        bind_uploads(viewer, message, draft.attachment_ids)
    conversation.last_message_at = message.created_at
    conversation.is_unread = viewer.member is None
    statements.change(
        _last_word,
        pk=conversation.pk,
        at=conversation.last_message_at,
        is_unread=conversation.is_unread,
    )
    statements.change(_last_word_of_tags, pk=conversation.pk, at=message.created_at)
    archive.add(conversation, message)
    topics.line(conversation, message, files=bool(draft.attachment_ids))
    topics.lists_changed(conversation)
    return message, True


def _said_before(viewer: Viewer, conversation: Conversation, client_id: UUID | None) -> Message:
    sent = Message.objects.filter(conversation=conversation, client_id=client_id)
    own = sent.filter(member=viewer.member, agent=viewer.agent)
    message = own.select_related("member__person", "agent").first()
    if message is None:
        raise PermissionDenied  # somebody else's id: it is no word of theirs, and tells nothing
    return message


def _last_word() -> "tuple[QuerySet[Conversation], dict[str, Any]]":
    return Conversation.objects.filter(pk=Blank("pk", BigIntegerField())), {
        "last_message_at": Blank("at", DateTimeField()),
        "is_unread": Blank("is_unread", BooleanField()),
    }


def _last_word_of_tags() -> "tuple[QuerySet[Tagging], dict[str, Any]]":
    tagged = Tagging.objects.filter(conversation_id=Blank("pk", BigIntegerField()))
    return tagged, {"last_message_at": Blank("at", DateTimeField())}


def _write_quickly(
    viewer: Viewer, conversation: Conversation, draft: Draft, detail: dict[str, Any]
) -> Message | None:
    """As `write` does, at a tenth of its cost: in a talk each word counts. None where something of
    this client id is there already."""
    if draft.author:
        detail["author"] = draft.author
    message = Message(
        conversation=conversation,
        kind=MessageKind.REPLY,
        member=viewer.member,
        agent=viewer.agent,
        body=draft.body,
        detail=detail,
        client_id=draft.client_id,
    )
    is_new = statements.insert_row(message, unless=("conversation", "client_id"))
    return message if is_new else None


def set_last_word(conversation: Conversation, at: datetime, *, is_unread: bool) -> None:
    """When it was said, and whether members have seen it. Tags know when: that is their order."""
    conversation.last_message_at, conversation.is_unread = at, is_unread
    conversation.save(update_fields=["last_message_at", "is_unread"])
    Tagging.objects.filter(conversation=conversation).update(last_message_at=at)


def add_note(viewer: Viewer, conversation: Conversation, draft: Draft) -> tuple[Message, bool]:
    """Adds a note that agents alone ever see: it moves nothing that a member could notice."""
    message, is_new = _write_once(viewer, conversation, MessageKind.NOTE, draft)
    if is_new:
        archive.add(conversation, message)
        if topics.is_talk(conversation):
            topics.line(conversation, message)
        else:
            topics.changed_for_agents(conversation)
    return message, is_new


def add_event(viewer: Viewer, conversation: Conversation, event: str, **detail: Any) -> Message:
    """Writes into the thread that something happened, for both sides."""
    message = Message.objects.create(
        conversation=conversation,
        kind=MessageKind.EVENT,
        member=viewer.member,
        agent=viewer.agent,
        event=event,
        detail=detail,
    )
    if topics.is_talk(conversation):
        topics.line(conversation, message, files=False)
    topics.changed(conversation)
    return message


def add_event_for_agents(
    viewer: Viewer, conversation: Conversation, event: str, **detail: Any
) -> Message:
    """Writes into the thread that something happened of which members never hear: as a note."""
    message = Message.objects.create(
        conversation=conversation,
        kind=MessageKind.NOTE,
        agent=viewer.agent,
        event=event,
        detail=detail,
    )
    if topics.is_talk(conversation):
        topics.line(conversation, message, files=False)
    topics.changed_for_agents(conversation)
    return message


def put_event_for_agents(
    viewer: Viewer, conversation: Conversation, event: str, **detail: Any
) -> Message:
    """The same, in place of what was written of it before. Call it with the conversation locked."""
    before = Message.objects.filter(conversation=conversation, event=event).order_by("-pk").first()
    if before is None:
        return add_event_for_agents(viewer, conversation, event, **detail)
    before.detail = detail
    before.save(update_fields=["detail"])
    if topics.is_talk(conversation):
        topics.line(conversation, before, files=False)
    topics.changed_for_agents(conversation)
    return before


def _write_once(
    viewer: Viewer, conversation: Conversation, kind: MessageKind, draft: Draft
) -> tuple[Message, bool]:
    """Call it with the conversation locked: then the look before the write is race-free."""
    if draft.client_id:
        earlier = Message.objects.filter(
            conversation=conversation,
            client_id=draft.client_id,
            member=viewer.member,
            agent=viewer.agent,
        ).first()
        if earlier:
            return earlier, False
    forget_draft(viewer, conversation.public_id)
    return write(viewer, conversation, kind, draft), True


def write(viewer: Viewer, conversation: Conversation, kind: MessageKind, draft: Draft) -> Message:
    message = Message.objects.create(
        conversation=conversation,
        kind=kind,
        member=viewer.member,
        agent=viewer.agent,
        body=draft.body,
        detail={"author": draft.author} if draft.author else {},
        client_id=draft.client_id,
    )
    bind_uploads(viewer, message, draft.attachment_ids)
    return message


def bind_uploads(viewer: Viewer, message: Message, public_ids: Iterable[str]) -> None:
    """Only one's own unsent uploads can be bound: another's id binds nothing."""
    Attachment.objects.unsent_by(viewer).filter(public_id__in=list(public_ids)).update(
        message=message
    )
