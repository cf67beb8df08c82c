"""Who was told what, and did it arrive?"""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from handrail.base.ids import public_id
from handrail.engines.activity.ref import Ref
from handrail.engines.notify.access import NoticeQuerySet, OutgoingMailQuerySet


class Notice(models.Model):
    """A line for one member or one agent, in their language, that leads to a thing."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    member = models.ForeignKey("people.Member", null=True, on_delete=models.CASCADE)
    agent = models.ForeignKey("people.Agent", null=True, on_delete=models.CASCADE)
    title = models.CharField(max_length=200)
    medium = models.CharField(max_length=32)
    thing_id = models.CharField(max_length=32)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["member", "read_at", "-id"], name="notice_of_member"),
            models.Index(fields=["agent", "read_at", "-id"], name="notice_of_agent"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(member=None) ^ Q(agent=None), name="notice_has_one_reader"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        return Ref(self.medium, self.thing_id)

    @property
    def is_unread(self) -> bool:
        return self.read_at is None


class OutgoingMail(models.Model):
    """One mail to one address: the ledger of all that we sent or tried to send.

    `kind` names the occasion, and caps are counted by it.
    """

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    kind = models.CharField(max_length=32)
    to_address = models.EmailField()
    account = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField()
    medium = models.CharField(max_length=32)
    thing_id = models.CharField(max_length=32)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["kind", "to_address", "created_at"], name="mail_cap_address"),
            models.Index(fields=["kind", "account", "created_at"], name="mail_cap_account"),
            models.Index(fields=["medium", "thing_id", "id"], name="mail_of_thing"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"
