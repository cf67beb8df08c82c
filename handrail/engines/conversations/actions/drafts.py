"""What is kept of what somebody typed and has not sent?"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from handrail.engines.conversations.actions.locking import locked
from handrail.engines.conversations.models import Conversation, Message, SavedDraft
from handrail.people.models import Member
from handrail.people.viewer import Viewer

NEW = "new"
"""The key of the draft of what is no conversation yet."""

MOST_DRAFTS = 100
"""Drafts that are kept for one person; the oldest makes room."""

DRAFT_LENGTH = 60_000
"""Letters that a draft may have in all its fields: a message, and the fields around it."""


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
    return bool(viewer.member and sent_before(viewer.member, client_id))


def sent_before(member: Member, client_id: UUID) -> Conversation | None:
    return Conversation.objects.filter(creator=member, client_id=client_id).first()
