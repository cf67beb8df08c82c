"""What is said between a member and us? Whatever a list filters or sorts by is in one table.

A ticket, a chat and a meeting's thread are a Conversation with something of their own beside it.
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Abs
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from handrail.base.ids import public_id
from handrail.engines.activity.ref import Ref
from handrail.engines.conversations.access import (
    AttachmentQuerySet,
    ConversationQuerySet,
    MessageQuerySet,
    SavedDraftQuerySet,
)

FIRST_NUMBER = 100_000
"""Numbers have six digits from the first conversation on."""

SUBJECT_LENGTH = 140


class Priority(models.IntegerChoices):
    LOW = 10, _("Low")
    NORMAL = 20, _("Normal")
    HIGH = 30, _("High")
    URGENT = 40, _("Urgent")


def _by_last_word(*columns: str, name: str, condition: Q | None = None) -> models.Index:
    """What has these in common, whoever spoke last first."""
    order = (F("last_message_at").desc(), F("id").desc())
    return models.Index(*map(F, columns), *order, name=name, condition=condition)


class Conversation(models.Model):
    """One exchange between an account and us.

    `kind` is the medium's name and `status` one of that medium's. `is_unread` is the members'
    side: it belongs to the conversation, so one member who has seen it has read it for all.
    """

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    number = models.PositiveBigIntegerField(unique=True, null=True)
    kind = models.CharField(max_length=16)
    subject = models.CharField(max_length=SUBJECT_LENGTH)
    category = models.BigIntegerField(null=True)
    """What it is about, by the primary key of something of the medium's: a ticket's issue type."""
    account = models.ForeignKey(
        "people.Account", null=True, on_delete=models.PROTECT, db_index=False
    )
    """None, with no creator either, where somebody wrote whom we do not know (sign-in help)."""
    creator = models.ForeignKey(
        "people.Member", null=True, on_delete=models.PROTECT, db_index=False
    )
    is_shared = models.BooleanField(default=False)
    status = models.CharField(max_length=24)
    assignee = models.ForeignKey(
        "people.Agent", null=True, on_delete=models.PROTECT, db_index=False
    )
    team = models.ForeignKey("people.Team", null=True, on_delete=models.PROTECT, db_index=False)
    priority = models.SmallIntegerField(choices=Priority, default=Priority.NORMAL)
    due_at = models.DateTimeField(null=True)
    """The next moment by which we owe something; None while we owe nothing, or wait ourselves."""
    due_kind = models.CharField(max_length=16, blank=True)
    """What is owed then: one of the medium's words, such as "first_reply"."""
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged", db_index=False
    )
    """Where its messages are now. What was merged is closed, and leads there."""
    is_unread = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    last_message_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    client_id = models.UUIDField(null=True)
    """Chosen by the page that sent the form: sent twice, it makes one conversation."""

    objects = ConversationQuerySet.as_manager()

    class Meta:
        indexes = (
            _by_last_word("account", name="conv_of_account"),
            _by_last_word("creator", name="conv_of_creator"),
            _by_last_word("kind", "status", name="conv_queue"),
            _by_last_word("assignee", "kind", "status", name="conv_of_assignee"),
            _by_last_word("kind", name="conv_all"),
            models.Index(F("kind"), F("id").desc(), name="conv_newest"),
            models.Index(F("account"), F("id").desc(), name="conv_newest_of_account"),
            # Of what is rare among all, each order needs its own: the rest is passed by.
            _by_last_word("kind", "category", name="conv_of_category"),
            models.Index(F("kind"), F("category"), F("id").desc(), name="conv_newest_of_category"),
            _by_last_word("kind", "priority", name="conv_of_priority"),
            models.Index(F("kind"), F("priority"), F("id").desc(), name="conv_newest_of_priority"),
            _by_last_word("team", "kind", "status", name="conv_of_team"),
            models.Index(
                F("kind"),
                F("due_at"),
                F("id"),
                name="conv_due",
                condition=Q(due_at__isnull=False),  # not ~Q(due_at=None): SQLite compares words
            ),
            models.Index(
                F("kind"),
                F("priority").desc(),
                F("last_message_at").desc(),
                F("id").desc(),
                name="conv_pressing",
                condition=Q(closed_at=None),
            ),
            # What is closed and read is nearly all there is, and not what lists of work are about.
            _by_last_word("kind", name="conv_alive", condition=Q(closed_at=None)),
            models.Index(
                F("kind"), F("id").desc(), name="conv_alive_newest", condition=Q(closed_at=None)
            ),
            _by_last_word("account", name="conv_alive_of_account", condition=Q(closed_at=None)),
            _by_last_word("account", name="conv_unread", condition=Q(is_unread=True)),
        )
        constraints = (
            models.UniqueConstraint(fields=["creator", "client_id"], name="conv_sent_once"),
            models.CheckConstraint(
                condition=Q(account=None, creator=None) | (~Q(account=None) & ~Q(creator=None)),
                name="conv_is_a_members_or_nobodys",
            ),
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


class Tag(models.Model):
    """A word that agents put on conversations to find them again; members never see it."""

    name = models.CharField(max_length=40, unique=True)
    """Lower case, without a comma: what was typed is brought into this form first."""

    def __str__(self) -> str:
        return self.name


class Tagging(models.Model):
    """A tag on a conversation."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="taggings", db_index=False
    )
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, db_index=False)
    last_message_at = models.DateTimeField(default=timezone.now)
    """The conversation's: an index cannot span two tables, and what has a tag is listed so."""

    class Meta:
        indexes = (
            # Not in the order of the key itself: PostgreSQL would walk through all conversations
            # in that order, and see which of them has the tag.
            models.Index(F("tag"), Abs("conversation").desc(), name="tagging_newest"),
            models.Index(
                F("tag"),
                F("last_message_at").desc(),
                Abs("conversation").desc(),
                name="tagging_by_last_word",
            ),
        )
        constraints = (models.UniqueConstraint(fields=["conversation", "tag"], name="tagged_once"),)

    def __str__(self) -> str:
        return f"{self.tag} on {self.conversation}"


class Follower(models.Model):
    """Somebody beside the creator and the assignee who hears of replies.

    It grants nothing: a member who may not see the conversation any more hears no more of it.
    """

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="followers", db_index=False
    )
    member = models.ForeignKey("people.Member", null=True, on_delete=models.CASCADE)
    agent = models.ForeignKey("people.Agent", null=True, on_delete=models.CASCADE)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["conversation", "member"], name="member_follows_once"),
            models.UniqueConstraint(fields=["conversation", "agent"], name="agent_follows_once"),
            models.CheckConstraint(
                condition=Q(member=None) ^ Q(agent=None), name="follower_is_one_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.member or self.agent} follows {self.conversation}"


class LinkKind(models.TextChoices):
    """How `conversation` came to know `other`."""

    FOLLOW_UP = "follow_up", _("Follow-up of")
    SPLIT = "split", _("Split from")
    MERGED = "merged", _("Merged from")
    RELATED = "related", _("Related to")


class Link(models.Model):
    """Two conversations that belong together. Each reader sees it only where both are theirs."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="links", db_index=False
    )
    other = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="back_links")
    kind = models.CharField(max_length=16, choices=LinkKind)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["conversation", "other"], name="linked_once"),
            models.CheckConstraint(condition=~Q(conversation=F("other")), name="linked_elsewhere"),
        )

    def __str__(self) -> str:
        return f"{self.conversation} {self.kind} {self.other}"


class Score(models.IntegerChoices):
    """How satisfied a member was (CSAT)."""

    BAD = 1, _("Bad")
    OK = 2, _("OK")
    GOOD = 3, _("Good")


class Rating(models.Model):
    """What the creator thinks of how it went, once it is closed. Changed as often as they like."""

    conversation = models.OneToOneField(
        Conversation, primary_key=True, on_delete=models.CASCADE, related_name="rating"
    )
    score = models.SmallIntegerField(choices=Score)
    comment = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.conversation}: {Score(self.score).label}"


class SavedDraft(models.Model):
    """What somebody typed and has not sent: the same on their other devices.

    `key` says which form: "new", or a conversation's public id.
    """

    key = models.CharField(max_length=40)
    member = models.ForeignKey("people.Member", null=True, on_delete=models.CASCADE)
    agent = models.ForeignKey("people.Agent", null=True, on_delete=models.CASCADE)
    fields = models.JSONField(default=dict)
    updated_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = SavedDraftQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["member", "key"], name="one_draft_a_member"),
            models.UniqueConstraint(fields=["agent", "key"], name="one_draft_an_agent"),
            models.CheckConstraint(
                condition=Q(member=None) ^ Q(agent=None), name="draft_is_one_persons"
            ),
        )

    def __str__(self) -> str:
        return f"{self.member or self.agent}: {self.key}"


class Presence(models.Model):
    """An agent who has the conversation open; gone when `seen_at` is older than a minute."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="presences", db_index=False
    )
    agent = models.ForeignKey("people.Agent", on_delete=models.CASCADE)
    seen_at = models.DateTimeField(default=timezone.now)
    is_writing = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["conversation", "agent"], name="present_once"),
        )

    def __str__(self) -> str:
        return f"{self.agent} at {self.conversation}"
