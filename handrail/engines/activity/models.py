"""What happened? The audit trail: one row per action, never changed, never shown to members."""

from django.db import models
from django.utils import timezone

from handrail.engines.activity.access import ActivityQuerySet
from handrail.engines.activity.ref import Ref


class Activity(models.Model):
    """Who did what to which thing, when and by which way in.

    Exactly one of `member`, `agent` and `system` names the actor; a visitor leaves all empty.
    """

    at = models.DateTimeField(default=timezone.now)
    verb = models.CharField(max_length=64)
    member = models.ForeignKey("people.Member", null=True, on_delete=models.PROTECT)
    agent = models.ForeignKey("people.Agent", null=True, on_delete=models.PROTECT)
    system = models.CharField(max_length=32, blank=True)
    account = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT)
    medium = models.CharField(max_length=32)
    public_id = models.CharField(max_length=32)
    via = models.CharField(max_length=16)
    detail = models.JSONField(default=dict)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["medium", "public_id", "id"], name="activity_of_thing"),
            models.Index(fields=["account", "id"], name="activity_of_account"),
            models.Index(fields=["verb", "at"], name="activity_of_verb"),
        )
        verbose_name_plural = "activities"

    def __str__(self) -> str:
        return f"{self.verb} {self.ref}"

    @property
    def ref(self) -> Ref:
        return Ref(self.medium, self.public_id)
