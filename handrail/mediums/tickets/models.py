"""What do we remember of a ticket, beside its conversation?"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from handrail.base.ids import public_id
from handrail.engines.conversations.models import Conversation
from handrail.mediums.tickets.access import (
    BulkChangeQuerySet,
    CannedReplyQuerySet,
    IssueTypeFieldQuerySet,
    IssueTypeQuerySet,
    SavedViewQuerySet,
    TicketQuerySet,
)


class IssueType(models.Model):
    """What a ticket is about. Retired, never deleted: old tickets keep theirs.

    `account_kind` empty means every kind.
    """

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    account_kind = models.CharField(max_length=16, blank=True)
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=250, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    team = models.ForeignKey("people.Team", null=True, on_delete=models.SET_NULL)
    """Who gets its tickets; None: nobody in particular."""
    is_for_sign_in = models.BooleanField(default=False)
    """Offered by the public sign-in help, which needs no session."""
    retired_at = models.DateTimeField(null=True)

    objects = IssueTypeQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["account_kind", "name"], name="issue_type_once"),
        )
        verbose_name = _("issue type")

    def __str__(self) -> str:
        return self.name


class FieldKind(models.TextChoices):
    TEXT = "text", _("Text")
    CHOICE = "choice", _("Choice")
    NUMBER = "number", _("Number")
    DATE = "date", _("Date")


class IssueTypeField(models.Model):
    """A field that the form shows for one issue type. Retired, never deleted: answers keep it.

    With `shown_when`, a field before it of the same type, it is there only while that one holds
    `shown_value`; it is not required, and not kept, while it is not there.
    """

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    issue_type = models.ForeignKey(IssueType, on_delete=models.CASCADE, related_name="fields")
    kind = models.CharField(max_length=8, choices=FieldKind, default=FieldKind.TEXT)
    label = models.CharField(max_length=80)
    help_text = models.CharField(max_length=250, blank=True)
    choices = models.JSONField(default=list)
    """The words of a choice, in order; empty for other kinds."""
    is_required = models.BooleanField(default=False)
    shown_when = models.ForeignKey("self", null=True, on_delete=models.SET_NULL)
    shown_value = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)

    objects = IssueTypeFieldQuerySet.as_manager()

    class Meta:
        verbose_name = _("field of an issue type")

    def __str__(self) -> str:
        return self.label


class Ticket(models.Model):
    """A support request. Whatever its lists filter or sort by is in the conversation."""

    conversation = models.OneToOneField(
        Conversation, primary_key=True, on_delete=models.CASCADE, related_name="ticket"
    )
    issue_type = models.ForeignKey(IssueType, on_delete=models.PROTECT)
    answers = models.JSONField(default=dict)
    """What the issue type's own fields were given: a field's public id to text."""
    came_from = models.JSONField(default=dict)
    """Where the member was when they wrote, as the host says: page, title, version."""
    first_replied_at = models.DateTimeField(null=True)
    """When an agent first answered."""
    target = models.ForeignKey("SlaTarget", null=True, on_delete=models.SET_NULL)
    """What we promised for it; None: nothing."""
    first_reply_due_at = models.DateTimeField(null=True)
    resolution_due_at = models.DateTimeField(null=True)
    """None while the clock stands, because we wait for the member."""
    clock_started_at = models.DateTimeField(null=True)
    """Since when the clock of the resolution runs; None while it stands."""
    worked_seconds = models.PositiveIntegerField(default=0)
    """Business time that the resolution took before `clock_started_at`."""
    warned_at = models.DateTimeField(null=True)
    """When somebody was told that a deadline is near; None again with the next deadline."""
    reminded_at = models.DateTimeField(null=True)
    """When the member was reminded that we wait; None again with every word."""

    objects = TicketQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.conversation)


class SlaTarget(models.Model):
    """What we promise to a plan and a priority, in minutes of business hours.

    The most exact one counts: plan and priority, then plan, then priority, then neither. An empty
    number promises nothing.
    """

    plan = models.ForeignKey("people.Plan", null=True, on_delete=models.CASCADE)
    priority = models.SmallIntegerField(null=True)
    first_reply_minutes = models.PositiveIntegerField(null=True)
    resolution_minutes = models.PositiveIntegerField(null=True)
    hours = models.ForeignKey("people.BusinessHours", on_delete=models.PROTECT)

    class Meta:
        verbose_name = _("service level target")
        constraints = (
            models.UniqueConstraint(
                Coalesce("plan_id", 0), Coalesce("priority", 0), name="target_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan or '*'}, {self.priority or '*'}"


class Policy(models.Model):
    """The owner's choices about tickets: one row, made with the installation."""

    remind_after_days = models.PositiveSmallIntegerField(null=True, default=3)
    """Silence of the member after which they are reminded, once; None: never."""
    close_after_days = models.PositiveSmallIntegerField(null=True, default=7)
    """Silence of the member after which the ticket closes by itself; None: never."""
    follow_up_after_days = models.PositiveSmallIntegerField(null=True, default=14)
    """Closed for longer than this, a reply opens a follow-up instead; None: it reopens for ever."""
    warn_before_minutes = models.PositiveSmallIntegerField(default=30)
    """How long before a deadline the assignee is told."""
    asks_for_rating = models.BooleanField(default=True)

    def __str__(self) -> str:
        return "policy"


class CannedReply(models.Model):
    """Words that agents send often. `owner` None: everybody's."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    title = models.CharField(max_length=80)
    body = models.TextField(max_length=10_000)
    """With placeholders such as {member.first_name}; unknown ones stay as they are."""
    owner = models.ForeignKey("people.Agent", null=True, on_delete=models.CASCADE)
    used = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True)

    objects = CannedReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("canned reply")

    def __str__(self) -> str:
        return self.title


class SavedView(models.Model):
    """A view of the queue that somebody saved. `owner` None: everybody's."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    name = models.CharField(max_length=60)
    owner = models.ForeignKey("people.Agent", null=True, on_delete=models.CASCADE)
    filters = models.JSONField(default=dict)
    """What the queue's form of filters holds; only keys that it knows are ever used."""
    position = models.PositiveSmallIntegerField(default=0)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")

    def __str__(self) -> str:
        return self.name


class BulkChange(models.Model):
    """Several tickets changed at once, with what each had before, so that it can be undone."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    agent = models.ForeignKey("people.Agent", on_delete=models.CASCADE)
    what = models.JSONField(default=dict)
    """What was chosen: the field and its new value."""
    before = models.JSONField(default=dict)
    """A conversation's public id to what it had."""
    created_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)

    objects = BulkChangeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.agent}: {self.what}"


class SignInRequest(models.Model):
    """A ticket of somebody who could not sign in, and whom we therefore do not know.

    Nothing in it is proved until they follow the one-time link that an agent sends: then
    `proved_at` says that whoever wrote reads that mailbox. It makes nobody a member.
    """

    ticket = models.OneToOneField(
        Ticket, primary_key=True, on_delete=models.CASCADE, related_name="sign_in_request"
    )
    name = models.CharField(max_length=100)
    email = models.EmailField(max_length=254)
    account_name = models.CharField(max_length=100, blank=True)
    """The company or account that they say they belong to: a word, and no link to an account."""
    locale = models.CharField(max_length=35, blank=True)
    proof_digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of the one-time link's secret; empty: none was sent, or it was used."""
    proof_expires_at = models.DateTimeField(null=True)
    proved_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("request for sign-in help")
        indexes = (
            models.Index(fields=["proof_digest"], name="proof", condition=~Q(proof_digest="")),
        )

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"


class SignInAnswer(models.Model):
    """What the page for people who cannot sign in says before it offers its form."""

    question = models.CharField(max_length=120)
    answer = models.TextField(max_length=2000)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("answer about signing in")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.question


class AddedAddress(models.Model):
    """An address that was told that the ticket was submitted. It grants nothing."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="added_addresses")
    address = models.EmailField()
    was_told = models.BooleanField()
    """False where a cap kept us from writing to it; the ticket's page says so."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["ticket", "address"], name="added_address_once"),
        )

    def __str__(self) -> str:
        return self.address
