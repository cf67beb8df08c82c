"""What can be done with a conversation? Every write, for whichever medium it belongs to.

The mediums ask `require` and their own rules first; these functions keep what is true of all:
one row is locked while it changes, what is sent twice is kept once, open pages hear of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from handrail.engines.conversations import archive, files, kept, topics
from handrail.engines.conversations.models import (
    FIRST_NUMBER,
    Attachment,
    Conversation,
    Message,
    MessageKind,
    SavedDraft,
    Tag,
    Tagging,
)
from handrail.people.models import Agent, Member, Team
from handrail.people.viewer import Viewer

log = structlog.get_logger("handrail.files")

MESSAGE_LENGTH = 50_000
MOST_UNSENT = 40
"""Uploads that one person may have lying about without sending them; or two messages full."""

NEW = "new"
"""The key of the draft of what is no conversation yet."""

MOST_DRAFTS = 100
"""Drafts that are kept for one person; the oldest makes room."""

DRAFT_LENGTH = 60_000
"""Letters that a draft may have in all its fields: a message, and the fields around it."""


@dataclass(frozen=True)
class Draft:
    """What somebody wants to say, checked by the form that it came from."""

    body: str
    attachment_ids: list[str] = field(default_factory=list)
    client_id: UUID | None = None
    author: str = ""
    """What somebody calls themselves who is neither a member nor an agent."""


def open_conversation(
    viewer: Viewer,
    *,
    kind: str,
    subject: str,
    status: str,
    is_shared: bool,
    draft: Draft,
    category: int | None = None,
    draft_key: str = NEW,
) -> tuple[Conversation, bool]:
    """Begins a conversation as this member; returns it and whether it is new.

    `draft_key` says in which form it was typed: what that one kept is forgotten. The same
    `client_id` again (a double click, a repeated request) returns the first one.
    """
    member = _member(viewer)
    if draft.client_id and (earlier := _sent_before(member, draft.client_id)):
        return earlier, False
    try:
        with transaction.atomic():
            conversation = Conversation.objects.create(
                kind=kind,
                subject=subject,
                account_id=member.account_id,
                creator=member,
                is_shared=is_shared,
                status=status,
                category=category,
                client_id=draft.client_id,
            )
            conversation.number = FIRST_NUMBER + conversation.pk
            conversation.save(update_fields=["number"])
            _write(viewer, conversation, MessageKind.REPLY, draft)
            archive.write(conversation)
            forget_draft(viewer, draft_key)
            topics.changed(conversation)
    except IntegrityError:
        earlier = _sent_before(member, draft.client_id) if draft.client_id else None
        if earlier is None:
            raise
        return earlier, False
    return conversation, True


def open_for_stranger(
    viewer: Viewer, *, kind: str, subject: str, status: str, category: int, draft: Draft
) -> Conversation:
    """Begins a conversation of somebody whom we do not know: no account's, and no member's."""
    conversation = Conversation.objects.create(
        kind=kind, subject=subject, status=status, category=category
    )
    conversation.number = FIRST_NUMBER + conversation.pk
    conversation.save(update_fields=["number"])
    _write(viewer, conversation, MessageKind.REPLY, draft)
    archive.write(conversation)
    topics.changed(conversation)
    return conversation


def locked(conversation: Conversation) -> Conversation:
    """The conversation as it is now, locked until the transaction ends.

    On SQLite the transaction itself is the lock (IMMEDIATE).
    """
    return (
        Conversation.objects.select_for_update(of=("self",))
        .select_related("account", "creator__person", "assignee", "team")
        .get(pk=conversation.pk)
    )


def say(viewer: Viewer, conversation: Conversation, draft: Draft) -> tuple[Message, bool]:
    """Adds a reply that both sides see; returns it and whether it is new."""
    message, is_new = _write_once(viewer, conversation, MessageKind.REPLY, draft)
    if is_new:
        set_last_word(conversation, message.created_at, is_unread=viewer.agent is not None)
        archive.add(conversation, message)
        topics.changed(conversation)
    return message, is_new


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
    topics.changed_for_agents(conversation)
    return message


def set_status(conversation: Conversation, status: str, *, is_closed: bool) -> None:
    conversation.status = status
    conversation.closed_at = timezone.now() if is_closed else None
    conversation.save(update_fields=["status", "closed_at"])
    topics.changed(conversation)


def assign(conversation: Conversation, agent: Agent | None) -> None:
    conversation.assignee = agent
    conversation.save(update_fields=["assignee"])
    topics.changed_for_agents(conversation)


def set_priority(conversation: Conversation, priority: int) -> None:
    conversation.priority = priority
    conversation.save(update_fields=["priority"])
    topics.changed_for_agents(conversation)


def set_team(conversation: Conversation, team: Team | None) -> None:
    conversation.team = team
    conversation.save(update_fields=["team"])
    topics.changed_for_agents(conversation)


def add_tag(conversation: Conversation, name: str) -> bool:
    """Puts a word on it, where it is not yet; returns whether it was put."""
    tag, _is_new = Tag.objects.get_or_create(name=name)
    last = {"last_message_at": conversation.last_message_at}
    _tagging, is_new = conversation.taggings.get_or_create(tag=tag, defaults=last)
    if is_new:
        topics.changed_for_agents(conversation)
    return is_new


def remove_tag(conversation: Conversation, name: str) -> bool:
    """Takes a word off it; returns whether it was there."""
    removed, _rows = Tagging.objects.filter(conversation=conversation, tag__name=name).delete()
    if removed:
        topics.changed_for_agents(conversation)
    return bool(removed)


def share(conversation: Conversation, is_shared: bool) -> None:
    """Opens the conversation to its account, or closes it to all but its creator."""
    topics.changed(conversation)  # those who lose sight of it hear of it once more
    conversation.is_shared = is_shared
    conversation.save(update_fields=["is_shared"])
    archive.rescope(conversation)
    topics.changed(conversation)


def mark_read(viewer: Viewer, conversation: Conversation) -> None:
    """A member has seen it: read for the whole account. Costs nothing when it was read before."""
    if viewer.member and conversation.is_unread:
        updated = Conversation.objects.visible_to(viewer).filter(
            pk=conversation.pk, last_message_at=conversation.last_message_at, is_unread=True
        )
        if updated.update(is_unread=False):
            conversation.is_unread = False
            topics.changed(conversation)


def upload(viewer: Viewer, given: "UploadedFile[Any]") -> Attachment:
    """Keeps a file until its message is sent; raises FileRefused in the person's words."""
    most_unsent = max(MOST_UNSENT, 2 * settings.MOST_FILES)
    if Attachment.objects.unsent_by(viewer).count() >= most_unsent:
        raise files.FileRefused(_("Send or remove the files that you have added first."))
    checked = files.check(given)
    attachment = Attachment(
        member=viewer.member,
        agent=viewer.agent,
        name=checked.name,
        content_type=checked.content_type,
        size=checked.size,
        sha256=checked.sha256,
    )
    try:
        kept.keep(attachment, checked)
    except OSError as trouble:
        log.error("file_not_kept", why=str(trouble))
        words = _("“%(name)s” could not be kept just now. Try again in a moment.")
        raise files.NotKept(words % {"name": checked.name}) from trouble
    try:
        attachment.save()
    except Exception:
        kept.remove(attachment)  # nothing would ever point at them
        raise
    return attachment


def discard_upload(viewer: Viewer, attachment: Attachment) -> None:
    """Removes an upload that was not sent; its files go after commit."""
    with transaction.atomic():
        attachment.delete()
        transaction.on_commit(lambda: kept.remove(attachment))


def forget_unsent_uploads(before: Any) -> int:
    """Removes uploads that nobody sent; returns how many."""
    stale = list(Attachment.objects.filter(message=None, created_at__lt=before)[:500])
    for attachment in stale:
        attachment.delete()
        kept.remove(attachment)
    return len(stale)


def save_draft(
    viewer: Viewer,
    conversation: Conversation | None,
    fields: dict[str, list[str]],
    client_id: UUID | None = None,
    *,
    key: str = NEW,
) -> bool:
    """Keeps what was typed into a form (None: that of a new one); False where it is too much.

    `key` tells several forms of what is no conversation yet from each other.

    Nothing typed is nothing kept. What was sent already (`client_id`) is not kept again, however
    late its last autosave arrives.
    """
    if sum(len(key) + sum(map(len, values)) for key, values in fields.items()) > DRAFT_LENGTH:
        return False
    fields = {  # PostgreSQL keeps no NUL, and nobody meant to type one
        name.replace("\0", ""): [value.replace("\0", "") for value in values]
        for name, values in fields.items()
    }
    key = conversation.public_id if conversation else key
    with transaction.atomic():
        if conversation:
            conversation = locked(conversation)
        if client_id and _was_sent(viewer, conversation, client_id):
            return True
        if not any(any(values) for values in fields.values()):
            forget_draft(viewer, key)
            return True
        SavedDraft.objects.update_or_create(
            member=viewer.member,
            agent=viewer.agent,
            key=key,
            defaults={"fields": fields, "updated_at": timezone.now()},
        )
        kept = SavedDraft.objects.visible_to(viewer).order_by("-updated_at", "-pk")
        too_many = list(kept.values_list("pk", flat=True)[MOST_DRAFTS : 2 * MOST_DRAFTS])
        if too_many:
            SavedDraft.objects.filter(pk__in=too_many).delete()
    return True


def forget_draft(viewer: Viewer, key: str) -> None:
    SavedDraft.objects.visible_to(viewer).filter(key=key).delete()


def forget_old_drafts(before: Any) -> int:
    """Removes drafts that nobody went on with; returns how many."""
    old = SavedDraft.objects.filter(updated_at__lt=before).values_list("pk", flat=True)[:1000]
    return SavedDraft.objects.filter(pk__in=list(old)).delete()[0]


def _was_sent(viewer: Viewer, conversation: Conversation | None, client_id: UUID) -> bool:
    if conversation:
        return Message.objects.filter(conversation=conversation, client_id=client_id).exists()
    return bool(viewer.member and _sent_before(viewer.member, client_id))


def _member(viewer: Viewer) -> Member:
    if viewer.member is None:
        raise ValidationError(_("Only a member of an account can begin a conversation."))
    return viewer.member


def _sent_before(member: Member, client_id: UUID) -> Conversation | None:
    return Conversation.objects.filter(creator=member, client_id=client_id).first()


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
    return _write(viewer, conversation, kind, draft), True


def _write(viewer: Viewer, conversation: Conversation, kind: MessageKind, draft: Draft) -> Message:
    message = Message.objects.create(
        conversation=conversation,
        kind=kind,
        member=viewer.member,
        agent=viewer.agent,
        body=draft.body,
        detail={"author": draft.author} if draft.author else {},
        client_id=draft.client_id,
    )
    _bind_uploads(viewer, message, draft.attachment_ids)
    return message


def _bind_uploads(viewer: Viewer, message: Message, public_ids: Iterable[str]) -> None:
    """Only one's own unsent uploads can be bound: another's id binds nothing."""
    Attachment.objects.unsent_by(viewer).filter(public_id__in=list(public_ids)).update(
        message=message
    )
