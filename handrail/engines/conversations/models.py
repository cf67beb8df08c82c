"""What is said between a member and us? Whatever a list filters or sorts by is in one table.

A ticket, a chat and a meeting's thread are a Conversation with something of their own beside it.
"""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from handrail.base.ids import public_id
from handrail.engines.activity.ref import Ref
from handrail.engines.conversations.access import (
    AttachmentQuerySet,
    ConversationQuerySet,
    MessageQuerySet,
)

FIRST_NUMBER = 100_000
"""Numbers have six digits from the first conversation on."""

SUBJECT_LENGTH = 140


class Priority(models.IntegerChoices):
    LOW = 10, _("Low")
    NORMAL = 20, _("Normal")
    HIGH = 30, _("High")
    URGENT = 40, _("Urgent")


class Conversation(models.Model):
    """One exchange between an account and us.

    `kind` is the medium's name and `status` one of that medium's. `is_unread` is the members'
    side: it belongs to the conversation, so one member who has seen it has read it for all.
    """

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    number = models.PositiveBigIntegerField(unique=True, null=True)
    kind = models.CharField(max_length=16)
    subject = models.CharField(max_length=SUBJECT_LENGTH)
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, db_index=False)
    creator = models.ForeignKey("people.Member", on_delete=models.PROTECT, db_index=False)
    is_shared = models.BooleanField(default=False)
    status = models.CharField(max_length=24)
    assignee = models.ForeignKey(
        "people.Agent", null=True, on_delete=models.PROTECT, db_index=False
    )
    priority = models.SmallIntegerField(choices=Priority, default=Priority.NORMAL)
    is_unread = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    last_message_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    client_id = models.UUIDField(null=True)
    """Chosen by the page that sent the form: sent twice, it makes one conversation."""

    objects = ConversationQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(
                F("account"), F("last_message_at").desc(), F("id").desc(), name="conv_of_account"
            ),
            models.Index(
                F("creator"), F("last_message_at").desc(), F("id").desc(), name="conv_of_creator"
            ),
            models.Index(
                F("kind"),
                F("status"),
                F("last_message_at").desc(),
                F("id").desc(),
                name="conv_queue",
            ),
            models.Index(
                F("assignee"),
                F("kind"),
                F("status"),
                F("last_message_at").desc(),
                F("id").desc(),
                name="conv_of_assignee",
            ),
            models.Index(F("kind"), F("last_message_at").desc(), F("id").desc(), name="conv_all"),
            # What is closed and read is nearly all there is, and not what lists of work are about.
            models.Index(
                F("kind"),
                F("last_message_at").desc(),
                F("id").desc(),
                name="conv_alive",
                condition=Q(closed_at=None),
            ),
            models.Index(
                F("account"),
                F("last_message_at").desc(),
                F("id").desc(),
                name="conv_alive_of_account",
                condition=Q(closed_at=None),
            ),
            models.Index(
                F("account"),
                F("last_message_at").desc(),
                F("id").desc(),
                name="conv_unread",
                condition=Q(is_unread=True),
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=["creator", "client_id"], name="conv_sent_once"),
        )

    def __str__(self) -> str:
        return f"#{self.number} {self.subject}"

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.public_id)


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
        author = self.member or self.agent
        return author.name if author else str(_("Handrail"))


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
