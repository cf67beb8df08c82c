"""What can the owner do with teams?"""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from handrail.engines.activity import actions as activity
from handrail.engines.activity.ref import Ref
from handrail.mediums.tickets.states import KIND
from handrail.people.models import Agent, Team, TeamMembership
from handrail.people.viewer import Viewer

MANAGE = "settings.manage"


@transaction.atomic
def make_team(viewer: Viewer, *, name: str, assign_mode: str, agents: Iterable[Agent]) -> Team:
    viewer.require(MANAGE)
    team = Team.objects.create(name=name, assign_mode=assign_mode)
    _set_agents(team, agents)
    _record(viewer, "tickets.team_made", team)
    return team


@transaction.atomic
def change_team(
    viewer: Viewer, team: Team, *, name: str, assign_mode: str, agents: Iterable[Agent]
) -> None:
    """Renames it, changes its way and its people. Who stays keeps their place in turn."""
    viewer.require(MANAGE)
    Team.objects.select_for_update().get(pk=team.pk)
    Team.objects.filter(pk=team.pk).update(name=name, assign_mode=assign_mode)
    _set_agents(team, agents)
    _record(viewer, "tickets.team_changed", team)


@transaction.atomic
def set_team_retired(viewer: Viewer, team: Team, is_retired: bool) -> None:
    """Nothing new comes to it, or again; its old tickets stay with it."""
    viewer.require(MANAGE)
    Team.objects.filter(pk=team.pk).update(retired_at=timezone.now() if is_retired else None)
    _record(viewer, "tickets.team_retired" if is_retired else "tickets.team_revived", team)


def _set_agents(team: Team, agents: Iterable[Agent]) -> None:
    chosen = {agent.pk for agent in agents}
    TeamMembership.objects.filter(team=team).exclude(agent_id__in=chosen).delete()
    rows = [TeamMembership(team=team, agent_id=pk) for pk in sorted(chosen)]
    TeamMembership.objects.bulk_create(rows, ignore_conflicts=True)


def _record(viewer: Viewer, verb: str, team: Team) -> None:
    activity.record(viewer, verb, Ref(KIND, team.public_id), name=team.name)
