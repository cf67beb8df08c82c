"""What is offered to whom? Plans open acts, audiences open rows; both are the owner's rows."""

from typing import ClassVar

from django.db import models
from django.db.models import Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _


class Plan(models.Model):
    """What an account pays for; the owner decides what each plan opens."""

    key = models.SlugField(_("key"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=100)
    rank = models.PositiveSmallIntegerField(
        _("rank"), default=0, help_text=_("Higher plans have higher ranks.")
    )

    class Meta:
        ordering: ClassVar = ["rank", "key"]

    def __str__(self) -> str:
        return self.name


class PlanEntitlement(models.Model):
    """One act that a plan opens to its members, e.g. `booking.book`."""

    plan = models.ForeignKey(
        Plan, on_delete=models.CASCADE, related_name="entitlements", db_index=False
    )
    key = models.CharField(_("entitlement"), max_length=64)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["plan", "key"], name="people_entitlement_once_a_plan")
        ]

    def __str__(self) -> str:
        return self.key


class Audience(models.Model):
    """A named rule that tells which viewers may read what is addressed to it.

    `everyone`: signed in or not. `agents`: our own people alone. Otherwise members, narrowed
    by `kinds`, `plans` and `roles`, which all must match; an empty one matches any. Agents are
    in every audience: they cannot help with what they cannot read.
    """

    key = models.SlugField(_("key"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=100)
    everyone = models.BooleanField(_("everyone, signed in or not"), default=False)
    agents = models.BooleanField(_("agents alone"), default=False)
    kinds = models.JSONField(_("kinds of account"), default=list, blank=True)
    roles = models.JSONField(_("roles of members"), default=list, blank=True)
    plans = models.ManyToManyField(
        Plan, through="AudiencePlan", verbose_name=_("plans"), blank=True
    )

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(everyone=True, agents=True), name="people_audience_not_both"
            )
        ]

    def __str__(self) -> str:
        return self.name


class AudiencePlan(models.Model):
    """A plan that an audience is narrowed to.

    PROTECT: were the last plan of an audience deleted with its row here, the audience would be
    narrowed by nothing, and pages for Enterprise would open to all.
    """

    audience = models.ForeignKey(Audience, on_delete=models.CASCADE, db_index=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["audience", "plan"], name="people_plan_once_an_audience")
        ]

    def __str__(self) -> str:
        return f"{self.audience}: {self.plan}"
