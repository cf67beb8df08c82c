"""What is done in a talk that goes on live, beside saying something? Changed, taken back, seen.

One's own words alone, and not for long; what stood there before is kept where agents, and whoever
wrote it, can read it.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from handrail.engines.conversations import archive, topics
from handrail.engines.conversations.actions.locking import locked
from handrail.engines.conversations.actions.standing import mark_read
from handrail.engines.conversations.actions.writing import MESSAGE_LENGTH
from handrail.engines.conversations.models import (
    Conversation,
    Message,
    MessageKind,
    MessageVersion,
    ReadMark,
)
from handrail.people.viewer import Viewer

CHANGE_WITHIN = timedelta(minutes=15)
"""For so long one may change or take back what one said."""


def may_change(viewer: Viewer, message: Message) -> bool:
    """Whether this viewer may change or take back this message now."""
    return _is_own(viewer, message) and not _is_too_late(message)


def edit(viewer: Viewer, conversation: Conversation, message: Message, body: str) -> Message:
    """Changes what one said, and leaves a trace; the same words again change nothing."""
    body = body.replace("\0", "").strip()
    if not body:
        raise ValidationError(_("Write something, or remove the message."))
    if len(body) > MESSAGE_LENGTH:
        words = _("A message has at most %(most)s letters; send the rest as a file.")
        raise ValidationError(words % {"most": MESSAGE_LENGTH})
    with transaction.atomic():
        message = _changeable(viewer, conversation, message)
        if message.body != body:
            _keep_version(viewer, message)
            message.body, message.edited_at = body, timezone.now()
            message.save(update_fields=["body", "edited_at"])
            _tell(message)
    return message


def remove(viewer: Viewer, conversation: Conversation, message: Message) -> Message:
    """Takes back what one said: its place stays, its words and files are not shown any more."""
    with transaction.atomic():
        message = _changeable(viewer, conversation, message, again=True)
        if message.removed_at is None:
            _keep_version(viewer, message)
            message.body, message.removed_at = "", timezone.now()
            message.save(update_fields=["body", "removed_at"])
            _tell(message)
    return message


def see(viewer: Viewer, conversation: Conversation, n: int) -> int:
    """Keeps up to where this viewer has seen it, and returns that. It only moves on.

    `n` is the number of a line; what was never written, and notes, are not counted. Both sides are
    told of who talks: that others of us read it is no business of its member's. One query where
    nothing changes.
    """
    marks = ReadMark.objects.visible_to(viewer).filter(
        conversation=conversation, member=viewer.member, agent=viewer.agent
    )
    before = marks.values_list("upto", flat=True).first()
    if (viewer.member is None and viewer.agent is None) or (before is not None and n <= before):
        return before or 0
    upto = _last_before(viewer, conversation, n)
    if upto and upto > (before or 0):
        with transaction.atomic():
            if before is None:
                _first_mark(viewer, conversation, upto)
            marks.filter(upto__lt=upto).update(upto=upto, seen_at=timezone.now())
            if viewer.agent is None or viewer.agent.pk == conversation.assignee_id:
                topics.seen(conversation, viewer, upto)
            mark_read(viewer, conversation)
    return max(upto, before or 0)


def _first_mark(viewer: Viewer, conversation: Conversation, upto: int) -> None:
    try:
        with transaction.atomic():
            ReadMark.objects.create(
                conversation=conversation, member=viewer.member, agent=viewer.agent, upto=upto
            )
    except IntegrityError:
        return  # another page of theirs was quicker; it only moves on


def _last_before(viewer: Viewer, conversation: Conversation, n: int) -> int:
    said = Message.objects.visible_to(viewer).filter(conversation=conversation, pk__lte=n)
    last = said.exclude(kind=MessageKind.NOTE).order_by("-pk").values_list("pk", flat=True).first()
    return last or 0


def _changeable(
    viewer: Viewer, conversation: Conversation, message: Message, *, again: bool = False
) -> Message:
    """The message as it is now, with its conversation locked; raises where it must stay as it is.

    `again`: where it is gone already, that is no reason to refuse.
    """
    conversation = locked(conversation)
    fresh = (
        Message.objects.select_related("member__person", "agent")
        .filter(pk=message.pk, conversation=conversation)
        .first()
    )
    if fresh is None or not _is_own(viewer, fresh):
        raise PermissionDenied
    fresh.conversation = conversation
    if fresh.removed_at is not None and again:
        return fresh
    if fresh.removed_at is not None:
        raise ValidationError(_("You removed this message."))
    if _is_too_late(fresh):
        raise ValidationError(_("It is too late to change this message."))
    return fresh


def _is_own(viewer: Viewer, message: Message) -> bool:
    if message.kind == MessageKind.EVENT or message.event:
        return False
    if viewer.member:
        return message.member_id == viewer.member.pk
    return viewer.agent is not None and message.agent_id == viewer.agent.pk


def _is_too_late(message: Message) -> bool:
    return timezone.now() - message.created_at > CHANGE_WITHIN


def _keep_version(viewer: Viewer, message: Message) -> None:
    MessageVersion.objects.create(
        message=message, body=message.body, member=viewer.member, agent=viewer.agent
    )


def _tell(message: Message) -> None:
    """Pages show the new words in place of the old, and the search forgets the old ones."""
    conversation = message.conversation
    archive.write(conversation)
    if topics.is_talk(conversation):
        topics.line(conversation, message)
        if message.kind != MessageKind.NOTE:  # of which no list says anything
            topics.lists_changed(conversation)
    elif message.kind == MessageKind.NOTE:
        topics.changed_for_agents(conversation)
    else:
        topics.changed(conversation)
