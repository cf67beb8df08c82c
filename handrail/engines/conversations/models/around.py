"""What is remembered around a conversation: tags, followers, links, a rating, drafts?"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Abs
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from handrail.engines.conversations.access import SavedDraftQuerySet
from handrail.engines.conversations.models.conversation import Conversation


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
