"""WHO: what do we remember about hosts, accounts, their members, and our own agents?"""

from handrail.people.models.agents import Agent, AgentManager, AgentRole
from handrail.people.models.hosts import Algorithm, Host, HostKey
from handrail.people.models.hours import BusinessHours, Holiday
from handrail.people.models.members import (
    Account,
    AccountKind,
    Member,
    MemberQuerySet,
    MemberRole,
    Person,
)
from handrail.people.models.offers import Audience, AudiencePlan, Plan, PlanEntitlement
from handrail.people.models.sessions import (
    HelpSession,
    HelpSessionQuerySet,
    OneTimePass,
    PassKind,
    SessionKind,
    SpentToken,
)
from handrail.people.models.teams import AssignMode, Team, TeamMembership

__all__ = [
    "Account",
    "AccountKind",
    "Agent",
    "AgentManager",
    "AgentRole",
    "Algorithm",
    "AssignMode",
    "Audience",
    "AudiencePlan",
    "BusinessHours",
    "HelpSession",
    "HelpSessionQuerySet",
    "Holiday",
    "Host",
    "HostKey",
    "Member",
    "MemberQuerySet",
    "MemberRole",
    "OneTimePass",
    "PassKind",
    "Person",
    "Plan",
    "PlanEntitlement",
    "SessionKind",
    "SpentToken",
    "Team",
    "TeamMembership",
]
