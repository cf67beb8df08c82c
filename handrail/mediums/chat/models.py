"""What do we remember of a chat, beside its conversation?"""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from handrail.base.ids import public_id
from handrail.engines.conversations.models import Conversation, Message, Score
from handrail.mediums.chat.access import (
    AssistantDefaultQuerySet,
    AssistantSwitchQuerySet,
    AvailabilityQuerySet,
    ChatQuerySet,
    NoticeAcceptedQuerySet,
    PolicyQuerySet,
    ProposalQuerySet,
)


class Reason(models.TextChoices):
    """Why a chat came to wait for a person."""

    WISH = "wish", _("The member asked for a person")
    BUTTON = "button", _("The member pressed the button")
    FRUSTRATION = "frustration", _("The member sounded frustrated")
    FAILURE = "failure", _("The assistant could not answer again and again")
    OFF = "off", _("The assistant is off for this account")
    TRANSFER = "transfer", _("An agent gave it to somebody else")


def _past(column: str) -> models.Index:
    """What has ended and has this in common, whoever spoke last first."""
    return models.Index(
        F(column),
        F("last_word_at").desc(),
        F("conversation").desc(),
        name=f"chat_past_by_{column}",
        condition=Q(last_word_at__isnull=False),
    )


class Chat(models.Model):
    """A live talk. Whatever its lists filter or sort by is in the conversation: status, assignee,
    team, and `is_unread`, the members' side."""

    conversation = models.OneToOneField(
        Conversation, primary_key=True, on_delete=models.CASCADE, related_name="chat"
    )
    language = models.CharField(max_length=16, blank=True)
    """In which the member writes, as far as we know (BCP 47, first part); routing goes by it."""
    page = models.CharField(max_length=500, blank=True)
    """Address of the host's page where it was begun; never more than its path."""
    pages_read = models.JSONField(default=list)
    """Help pages that were open or cited in it, as `medium/public_id`, the newest last."""
    waiting_since = models.DateTimeField(null=True)
    """Since when they wait for a person. Its order is the queue's; None: they do not wait."""
    reason = models.CharField(max_length=16, choices=Reason, blank=True)
    accepted_at = models.DateTimeField(null=True)
    """When the first agent was there."""
    waited_seconds = models.PositiveIntegerField(null=True)
    """From the wish for a person to the first agent; what expected times are reckoned from."""
    is_unread_for_us = models.BooleanField(default=False)
    """The member said something that its agent has not seen."""
    failures = models.PositiveSmallIntegerField(default=0)
    """How often in a row the assistant had no answer."""
    asked = models.ForeignKey(
        Message, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    """The member's last message, while the assistant owes an answer to it."""
    summary = models.TextField(blank=True)
    """For the agent, in a few lines; made when it is handed over."""
    member_seen_at = models.DateTimeField(null=True)
    """When a page of the member's was last heard of."""
    has_left = models.BooleanField(default=False)
    """Their last page said that it was closed, and none has spoken up since."""
    ticket = models.ForeignKey(
        Conversation, null=True, on_delete=models.SET_NULL, related_name="chats_before"
    )
    """What it was turned into."""
    last_word_at = models.DateTimeField(null=True)
    """The conversation's `last_message_at`, once it has ended, when nobody says anything more: an
    index cannot span two tables, and past chats of one reason or rating are listed so."""
    score = models.SmallIntegerField(null=True, choices=Score)
    """Of its rating, for the same reason."""

    objects = ChatQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(
                F("waiting_since"),
                F("conversation"),
                name="chat_queue",
                condition=Q(waiting_since__isnull=False),
            ),
            models.Index(F("accepted_at").desc(), name="chat_accepted"),
            models.Index(F("asked"), name="chat_unanswered", condition=Q(asked__isnull=False)),
            _past("reason"),
            _past("score"),
        )

    def __str__(self) -> str:
        return str(self.conversation)


class ProposalState(models.TextChoices):
    OPEN = "open", _("Waits for a yes")
    DONE = "done", _("Done")
    DECLINED = "declined", _("Declined")
    FAILED = "failed", _("Did not work")


class Proposal(models.Model):
    """Something that the assistant could do as the member, which waits for their yes.

    `tool` is a name of `hub.tools`; `arguments` were checked when it was proposed, and are checked
    again when it is done.
    """

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="proposals"
    )
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="proposal")
    tool = models.CharField(max_length=64)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=ProposalState, default=ProposalState.OPEN)
    result = models.JSONField(default=dict)
    """What came of it: `text`, and `ref` where it is something that can be opened."""
    created_at = models.DateTimeField(default=timezone.now)

    objects = ProposalQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.tool}: {self.state}"


class AssistantDefault(models.Model):
    """Whether the assistant is on for accounts of a kind whose admin has not chosen."""

    account_kind = models.CharField(max_length=16, primary_key=True)
    is_on = models.BooleanField(default=False)

    objects = AssistantDefaultQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.account_kind}: {self.is_on}"


class AssistantSwitch(models.Model):
    """What an account's admin has chosen; without a row the default of its kind holds."""

    account = models.OneToOneField(
        "people.Account", primary_key=True, on_delete=models.CASCADE, related_name="assistant"
    )
    is_on = models.BooleanField()
    changed_by = models.ForeignKey("people.Member", null=True, on_delete=models.SET_NULL)
    changed_at = models.DateTimeField(default=timezone.now)
    why_off = models.CharField(max_length=500, blank=True)
    """What they told us when they switched it off; they need not."""

    objects = AssistantSwitchQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.account}: {self.is_on}"


class NoticeAccepted(models.Model):
    """A member who has read that a machine answers, once."""

    member = models.OneToOneField("people.Member", primary_key=True, on_delete=models.CASCADE)
    accepted_at = models.DateTimeField(default=timezone.now)

    objects = NoticeAcceptedQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.member)


class Presence(models.TextChoices):
    """Whether an agent takes chats."""

    HERE = "here", _("Here")
    AWAY = "away", _("Away")


class Availability(models.Model):
    """How an agent takes chats. Without a row they are away."""

    agent = models.OneToOneField(
        "people.Agent", primary_key=True, on_delete=models.CASCADE, related_name="availability"
    )
    presence = models.CharField(max_length=8, choices=Presence, default=Presence.AWAY)
    limit = models.PositiveSmallIntegerField(default=3)
    """Chats at a time that come by themselves; more can be accepted by hand."""
    languages = models.JSONField(default=list)
    """In which they can answer (BCP 47, first part); empty: whatever comes."""
    skills = models.JSONField(default=list)
    """Public ids of the teams whose chats come to them; empty: those of all their teams."""
    seen_at = models.DateTimeField(null=True)
    """When a page of theirs was last heard of: who is not heard of takes no chats."""
    changed_at = models.DateTimeField(default=timezone.now)
    last_given_at = models.DateTimeField(null=True)

    objects = AvailabilityQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.agent}: {self.presence}"


class Policy(models.Model):
    """What the owner chose for chats. One row."""

    hours = models.ForeignKey("people.BusinessHours", null=True, on_delete=models.SET_NULL)
    """When agents are there; None: around the clock."""
    routes_by_itself = models.BooleanField(default=True)
    left_minutes = models.PositiveSmallIntegerField(default=10)
    """A member who waits and is not heard of for so long has left: it becomes a ticket."""
    idle_minutes = models.PositiveSmallIntegerField(default=60)
    """A chat in which nobody says anything for so long ends."""
    failures_until_person = models.PositiveSmallIntegerField(default=2)
    keep_days = models.PositiveIntegerField(null=True, blank=True)
    """Ended chats are removed after so many days; None: they are kept."""

    objects = PolicyQuerySet.as_manager()

    def __str__(self) -> str:
        return "policy"
