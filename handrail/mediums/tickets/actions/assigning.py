"""Who of a team gets what comes in? In turn, by load, or nobody until somebody takes it."""

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations.access import WORK
from handrail.engines.conversations.models import Conversation
from handrail.mediums.tickets import letters
from handrail.mediums.tickets.actions import history
from handrail.mediums.tickets.states import KIND
from handrail.people.models import Agent, AssignMode, Team, TeamMembership
from handrail.people.viewer import ROLE_ENTITLEMENTS, SYSTEM, Viewer


def route(viewer: Viewer, conversation: Conversation, team: Team) -> Agent | None:
    """Gives a locked conversation to a team; who of them gets it is told. Nobody loses it."""
    conversations.set_team(conversation, team)
    history.teamed(viewer, conversation, team)
    agent = choose_agent(team) if conversation.assignee_id is None else None
    if agent:
        conversations.assign(conversation, agent)
        history.assigned(SYSTEM, conversation, agent)
        letters.tell_assignee(conversation, agent)
    return agent


def choose_agent(team: Team) -> Agent | None:
    """The agent whose turn it is; their turn is then over. Call it inside a transaction.

    The team's row is locked first: two tickets that come at once are given one after the other.
    """
    team = Team.objects.select_for_update().get(pk=team.pk)
    if team.assign_mode == AssignMode.BY_HAND or team.retired_at:
        return None
    memberships = _able(team).select_related("agent")
    longest_waiting = F("last_given_at").asc(nulls_first=True)
    if team.assign_mode == AssignMode.LOAD:
        alive = Q(agent__conversation__closed_at=None, agent__conversation__kind=KIND)
        by_load = memberships.annotate(load=Count("agent__conversation", filter=alive))
        chosen: TeamMembership | None = by_load.order_by("load", longest_waiting, "pk").first()
    else:
        chosen = memberships.order_by(longest_waiting, "pk").first()
    if chosen is None:
        return None
    TeamMembership.objects.filter(pk=chosen.pk).update(last_given_at=timezone.now())
    return chosen.agent


def _able(team: Team) -> QuerySet[TeamMembership]:
    """Members of the team who can answer at all."""
    roles = [role for role, entitlements in ROLE_ENTITLEMENTS.items() if WORK in entitlements]
    return TeamMembership.objects.filter(team=team, agent__is_active=True, agent__role__in=roles)
