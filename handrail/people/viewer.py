"""Who is looking, and what does that entitle them to? The only answer in the whole product."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import BigIntegerField, QuerySet

from handrail.base import statements
from handrail.base.statements import Blank
from handrail.people.models import Account, Agent, AgentRole, Audience, Member, PlanEntitlement

AGENT_ENTITLEMENTS = {
    "conversations.work": "read every ticket and chat, answer, note, assign, set priority",
    "activity.read": "read the audit trail and the ledger of mail",
    "booking.host": "offer times and meet members",
    "booking.manage": "edit meeting types and everybody's hours",
    "docs.edit": "write and publish help pages",
    "academy.edit": "write and publish courses",
    "walkthroughs.edit": "make and publish walkthroughs",
    "people.read": "see accounts, members and their activity",
    "people.manage": "add agents, change roles, end sessions",
    "settings.manage": "edit hosts, plans, audiences, issue types, appearance",
    "reports.read": "see reports",
}
"""Every act that an agent can be entitled to, and what it means."""

_DESK = {"conversations.work", "people.read", "reports.read"}
_EDITING = {"docs.edit", "academy.edit", "walkthroughs.edit"}

ROLE_ENTITLEMENTS: dict[str, frozenset[str]] = {
    AgentRole.AGENT: frozenset(_DESK),
    AgentRole.CSM: frozenset(_DESK | {"booking.host"}),
    AgentRole.TECHNICAL: frozenset(_DESK | {"booking.host"}),
    AgentRole.EDITOR: frozenset(_EDITING | {"reports.read"}),
    AgentRole.ADMIN: frozenset(AGENT_ENTITLEMENTS),
}
"""What each agent role may; an administrator has everything."""


class NotEntitled(PermissionDenied):
    """The viewer is known, and may not do this (403). `key` is the entitlement that is missing."""

    def __init__(self, key: str) -> None:
        super().__init__(f"not entitled: {key}")
        self.key = key


class NotSignedIn(PermissionDenied):
    """Nobody is signed in, and this needs somebody (401, or the way to sign in)."""


@dataclass(frozen=True)
class Viewer:
    """The access facts of whoever is looking, resolved once per request, socket, email, task.

    It is exactly one of: a member, an agent, a named system actor, or nobody. *Which rows* is
    `Model.objects.visible_to(viewer)`; *which acts* is `viewer.require(key)`. Audiences and
    entitlements are read when they are first asked for: most pages ask for neither.
    """

    member: Member | None = None
    agent: Agent | None = None
    system: str | None = None
    via: str = "web"
    """The way they came: web, socket, email, task, api or ai."""
    session_id: str | None = None
    """What the session behind it is known by; when it ends, so must what this viewer has open."""

    def __post_init__(self) -> None:
        if sum(who is not None for who in (self.member, self.agent, self.system)) > 1:
            raise ValueError("a viewer is one of: member, agent, system, nobody")

    @property
    def is_nobody(self) -> bool:
        return self.member is None and self.agent is None and self.system is None

    @property
    def is_system(self) -> bool:
        return self.system is not None

    @property
    def account(self) -> Account | None:
        """The account in whose name a member looks."""
        return self.member.account if self.member else None

    @property
    def name(self) -> str:
        """For people to read; empty for nobody."""
        who = self.member or self.agent
        return who.name if who else self.system or ""

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which this viewer reads times."""
        who = self.member or self.agent
        return who.zone if who else ZoneInfo(settings.TIME_ZONE)

    @property
    def locale(self) -> str:
        """The language tag that this viewer prefers (BCP 47); empty when unknown."""
        who = self.member or self.agent
        return who.locale if who else ""

    @cached_property
    def audience_ids(self) -> frozenset[int]:
        """The audiences that they are in. One query; none for the system, which needs none."""
        if self.is_system:
            return frozenset()
        if self.member:
            return _audience_ids(self.member)
        audiences = Audience.objects.all() if self.agent else Audience.objects.filter(everyone=True)
        return frozenset(audiences.values_list("id", flat=True))

    @cached_property
    def entitlements(self) -> frozenset[str]:
        """What they may do: by their account's plan (one query), or by their role."""
        if self.agent:
            return ROLE_ENTITLEMENTS.get(self.agent.role, frozenset())
        if self.member is None:
            return frozenset()
        opened = statements.rows(_opened, plan=self.member.account.plan_id)
        return frozenset(key for (key,) in opened)

    def may(self, key: str) -> bool:
        """Whether this viewer is entitled to an act. The system may everything."""
        return self.is_system or key in self.entitlements

    def require(self, key: str) -> None:
        """First line of every action. Raises NotSignedIn for nobody, NotEntitled for others."""
        if self.may(key):
            return
        if self.is_nobody:
            raise NotSignedIn(key)
        raise NotEntitled(key)

    def require_member(self) -> Member:
        """The member who looks; raises NotSignedIn for nobody, PermissionDenied for others."""
        if self.member is not None:
            return self.member
        if self.is_nobody:
            raise NotSignedIn
        raise PermissionDenied

    def require_agent(self) -> Agent:
        """The agent who looks; raises NotSignedIn for nobody, PermissionDenied for others."""
        if self.agent is not None:
            return self.agent
        if self.is_nobody:
            raise NotSignedIn
        raise PermissionDenied


def viewer_for_member(member: Member, *, via: str = "web", session_id: str | None = None) -> Viewer:
    """A member's viewer, without a query if `member` came `with_facts()`.

    Raises PermissionDenied when the membership has ended: the word of yesterday opens nothing.
    """
    if member.ended_at is not None:
        raise PermissionDenied
    return Viewer(member=member, via=via, session_id=session_id)


def viewer_for_agent(agent: Agent, *, via: str = "web") -> Viewer:
    """An agent's viewer. Raises PermissionDenied for a deactivated agent."""
    if not agent.is_active:
        raise PermissionDenied
    return Viewer(agent=agent, via=via, session_id=agent.session_id)


def viewer_for_nobody(*, via: str = "web") -> Viewer:
    """The viewer of whoever is not signed in: they see what is for everyone."""
    return Viewer(via=via)


def system_viewer(name: str) -> Viewer:
    """The product itself, acting under a name that the activity shows: it sees and may all."""
    return Viewer(system=name, via="task")


SYSTEM = system_viewer("system")


def _opened() -> "QuerySet[PlanEntitlement, tuple[str]]":
    """Nearly every act asks it, so its text is kept."""
    opened = PlanEntitlement.objects.filter(plan_id=Blank("plan", BigIntegerField()))
    return opened.values_list("key")


def _audience_ids(member: Member) -> frozenset[int]:
    """The audiences that a member is in, in one query however many there are.

    Audiences are few (tens): reading them all and deciding here is the same on both databases,
    which a containment test on JSON is not.
    """
    plans: dict[int, set[int]] = defaultdict(set)
    rules: dict[int, tuple[bool, list[str], list[str]]] = {}
    for audience_id, everyone, kinds, roles, plan_id in Audience.objects.filter(
        agents=False
    ).values_list("id", "everyone", "kinds", "roles", "plans"):
        rules[audience_id] = (everyone, kinds, roles)
        if plan_id is not None:
            plans[audience_id].add(plan_id)
    return frozenset(
        audience_id
        for audience_id, (everyone, kinds, roles) in rules.items()
        if everyone
        or (
            _matches(member.account.kind, kinds)
            and _matches(member.role, roles)
            and _matches(member.account.plan_id, plans[audience_id])
        )
    )


def _matches(value: object, allowed: Collection[object]) -> bool:
    """An empty list narrows nothing."""
    return not allowed or value in allowed
