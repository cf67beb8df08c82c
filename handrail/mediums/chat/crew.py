"""Who of us is there to take chats, with how many each, and which chats suit whom?"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from handrail.engines.conversations.access import WORK, visible_conversations
from handrail.mediums.chat.models import Availability, Presence
from handrail.mediums.chat.states import KIND, Status
from handrail.people.models import Agent, TeamMembership
from handrail.people.viewer import ROLE_ENTITLEMENTS, Viewer

HEARD_OF_FOR = timedelta(minutes=2)
"""A page says every 20 seconds that it is open; browsers let those in the background say so once
a minute. An agent who is not heard of for longer takes no chats."""

ROLES = [role for role, entitlements in ROLE_ENTITLEMENTS.items() if WORK in entitlements]
"""Roles of agents who answer at all."""


@dataclass
class OnDuty:
    """An agent who is here, and how many chats they have now."""

    agent: Agent
    limit: int
    load: int
    languages: frozenset[str]
    teams: frozenset[str]
    """Public ids of the teams whose chats come to them."""
    last_given_at: datetime | None

    @property
    def free(self) -> int:
        """For how many more chats they have room; never less than none."""
        return max(0, self.limit - self.load)

    def speaks(self, language: str) -> bool:
        """Who names no language takes whatever comes; so does a chat whose we do not know."""
        return not (self.languages and language) or language in self.languages

    def serves(self, team: str) -> bool:
        """What is no team's is everybody's."""
        return not team or team in self.teams


def here(viewer: Viewer) -> list[OnDuty]:
    """Who takes chats now, as far as this viewer may know. Three queries, however many."""
    rows = list(
        Availability.objects.visible_to(viewer)
        .filter(
            presence=Presence.HERE,
            seen_at__gt=timezone.now() - HEARD_OF_FOR,
            agent__is_active=True,
            agent__role__in=ROLES,
        )
        .select_related("agent")
        .order_by("agent_id")
    )
    agents = [row.agent_id for row in rows]
    loads, teams = loads_of(viewer, agents), _teams_of(agents)
    return [
        OnDuty(
            agent=row.agent,
            limit=row.limit,
            load=loads[row.agent_id],
            languages=frozenset(row.languages),
            teams=frozenset(row.skills) or frozenset(teams[row.agent_id]),
            last_given_at=row.last_given_at,
        )
        for row in rows
    ]


def loads_of(viewer: Viewer, agents: Iterable[int]) -> Counter[int]:
    """How many live chats each of them has. One query, and none for nobody."""
    pks = list(agents)
    if not pks:
        return Counter()
    live = visible_conversations(viewer).of_kind(KIND).filter(status=Status.LIVE)
    return Counter(live.filter(assignee__in=pks).values_list("assignee_id", flat=True))


def suited(crew: list[OnDuty], language: str, team: str) -> list[OnDuty]:
    """Who of them can take a chat in this language, of this team (empty: of none).

    Where nobody who is here speaks it, rather somebody than nobody.
    """
    of_team = [one for one in crew if one.serves(team)]
    return [one for one in of_team if one.speaks(language)] or of_team


def _teams_of(agents: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    if agents:
        memberships = TeamMembership.objects.filter(agent__in=agents, team__retired_at=None)
        for agent, team in memberships.values_list("agent_id", "team__public_id"):
            found[agent].append(team)
    return found
