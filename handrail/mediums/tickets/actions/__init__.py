"""What can people do with tickets? Every write, one plain function per intention."""

from handrail.mediums.tickets.actions.desk import assign, set_priority
from handrail.mediums.tickets.actions.follow_ups import is_past_reopening
from handrail.mediums.tickets.actions.followers import follow, is_following, unfollow
from handrail.mediums.tickets.actions.issue_types import (
    FIRST_TYPES,
    add_issue_type,
    install_defaults,
    retire_issue_type,
)
from handrail.mediums.tickets.actions.life import (
    TicketDraft,
    add_note,
    move,
    open_ticket,
    reply,
    share,
)
from handrail.mediums.tickets.actions.policy import (
    MANAGE,
    change_hours,
    change_policy,
    current_policy,
    office_hours,
    set_targets,
)
from handrail.mediums.tickets.actions.ratings import may_rate, rate
from handrail.mediums.tickets.actions.refusals import NotNow, Stale
from handrail.mediums.tickets.actions.silence import close_silent, remind_silent
from handrail.mediums.tickets.actions.sla import reckon_some, warn
from handrail.mediums.tickets.states import KIND

__all__ = [
    "FIRST_TYPES",
    "KIND",
    "MANAGE",
    "NotNow",
    "Stale",
    "TicketDraft",
    "add_issue_type",
    "add_note",
    "assign",
    "change_hours",
    "change_policy",
    "close_silent",
    "current_policy",
    "follow",
    "install_defaults",
    "is_following",
    "is_past_reopening",
    "may_rate",
    "move",
    "office_hours",
    "open_ticket",
    "rate",
    "reckon_some",
    "remind_silent",
    "reply",
    "retire_issue_type",
    "set_priority",
    "set_targets",
    "share",
    "unfollow",
    "warn",
]
