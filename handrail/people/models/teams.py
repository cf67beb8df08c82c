"""Which agents work together, and who of them gets what comes in?"""

from typing import ClassVar

from django.db import models
from django.db.models import UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from handrail.base.ids import PUBLIC_ID_LENGTH, public_id
from handrail.people.models.agents import Agent


class AssignMode(models.TextChoices):
    """How a conversation that comes to a team finds its agent."""

    BY_HAND = "by_hand", _("By hand: somebody takes it")
    ROUND_ROBIN = "round_robin", _("In turn: whoever waited longest")
    LOAD = "load", _("By load: whoever has the least open")


class Team(models.Model):
    """Agents who share a queue. Retired, never deleted: old conversations keep theirs."""

    public_id = models.CharField(
        max_length=PUBLIC_ID_LENGTH, unique=True, editable=False, default=public_id
    )
    name = models.CharField(_("name"), max_length=80, unique=True)
    assign_mode = models.CharField(
        _("who gets what comes in"),
        max_length=16,
        choices=AssignMode.choices,
        default=AssignMode.BY_HAND,
    )
    agents = models.ManyToManyField(Agent, through="TeamMembership", related_name="teams")
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class TeamMembership(models.Model):
    """An agent in a team. `last_given_at` is what "in turn" goes by; never given is first."""

    team = models.ForeignKey(
        Team, on_delete=models.CASCADE, related_name="memberships", db_index=False
    )
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="team_memberships")
    last_given_at = models.DateTimeField(_("last given something"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["team", "agent"], name="people_agent_once_a_team")
        ]

    def __str__(self) -> str:
        return f"{self.agent} in {self.team}"
