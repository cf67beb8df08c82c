"""What was said, by whom, with which files, and how did it read before it was changed?"""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from handrail.base.ids import public_id
from handrail.engines.conversations.access import (
    AttachmentQuerySet,
    MessageQuerySet,
    MessageVersionQuerySet,
    ReadMarkQuerySet,
)
from handrail.engines.conversations.models.conversation import Conversation


class MessageKind(models.TextChoices):
    REPLY = "reply", _("Reply")
    NOTE = "note", _("Internal note")
    EVENT = "event", _("Event")


class Message(models.Model):
    """What one person said, or an event that everybody in the conversation should see.

    Written by a member, by an agent, or by neither: then the system did it. An event has no body
    but the name of what happened and its details; the page puts it into words.
    """

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages", db_index=False
    )
    kind = models.CharField(max_length=8, choices=MessageKind, default=MessageKind.REPLY)
    member = models.ForeignKey("people.Member", null=True, on_delete=models.PROTECT)
    agent = models.ForeignKey("people.Agent", null=True, on_delete=models.PROTECT)
    body = models.TextField(blank=True)
    event = models.CharField(max_length=32, blank=True)
    detail = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    client_id = models.UUIDField(null=True)
    edited_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    """When its author took it back. The body is empty then; what it said is in its versions."""

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["conversation", "id"], name="message_thread"),)
        constraints = (
            models.UniqueConstraint(fields=["conversation", "client_id"], name="message_sent_once"),
            models.CheckConstraint(
                condition=Q(member=None) | Q(agent=None), name="message_has_one_author"
            ),
            models.CheckConstraint(
                condition=~Q(kind="note") | Q(member=None), name="message_note_is_ours"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def author_name(self) -> str:
        """Somebody whom we do not know is called what they called themselves."""
        author = self.member or self.agent
        return author.name if author else self.detail.get("author") or str(_("Handrail"))


def attachment_path(attachment: "Attachment", filename: str) -> str:
    """Where a file is kept: a random name of our own; nothing that a client chose is in it."""
    name = public_id()
    return f"{name[:2]}/{name}"


class Attachment(models.Model):
    """A file beside a message; without a message it is an upload that is not sent yet.

    `content_type` comes from the content. `preview` is a bitmap that we drew anew, and the only
    thing ever shown inside a page; the file itself is always a download.
    """

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    message = models.ForeignKey(
        Message, null=True, on_delete=models.CASCADE, related_name="attachments"
    )
    member = models.ForeignKey("people.Member", null=True, on_delete=models.PROTECT)
    agent = models.ForeignKey("people.Agent", null=True, on_delete=models.PROTECT)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to=attachment_path, max_length=100)
    preview = models.FileField(upload_to=attachment_path, max_length=100, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["message", "created_at"], name="attachment_of_message"),)

    def __str__(self) -> str:
        return self.name


class MessageVersion(models.Model):
    """How a message read before its author changed it, or took it back: the trace that is left."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="versions")
    body = models.TextField(blank=True)
    member = models.ForeignKey("people.Member", null=True, on_delete=models.PROTECT)
    agent = models.ForeignKey("people.Agent", null=True, on_delete=models.PROTECT)
    """Who changed it."""
    created_at = models.DateTimeField(default=timezone.now)

    objects = MessageVersionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(member=None) | Q(agent=None), name="version_has_one_author"
            ),
        )

    def __str__(self) -> str:
        return f"{self.message} until {self.created_at}"


class ReadMark(models.Model):
    """Up to where somebody has seen a conversation. It only ever moves on."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="read_marks", db_index=False
    )
    member = models.ForeignKey("people.Member", null=True, on_delete=models.CASCADE)
    agent = models.ForeignKey("people.Agent", null=True, on_delete=models.CASCADE)
    upto = models.PositiveBigIntegerField()
    """The primary key of the last message that they saw; it may be gone since."""
    seen_at = models.DateTimeField(default=timezone.now)

    objects = ReadMarkQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["conversation", "member"], name="member_seen_once"),
            models.UniqueConstraint(fields=["conversation", "agent"], name="agent_seen_once"),
            models.CheckConstraint(condition=Q(member=None) ^ Q(agent=None), name="one_has_seen"),
        )

    def __str__(self) -> str:
        return f"{self.member or self.agent}: {self.upto}"
