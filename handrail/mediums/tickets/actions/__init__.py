"""What can people do with tickets? Every write, one plain function per intention."""

from handrail.mediums.tickets.actions.desk import assign, set_priority
from handrail.mediums.tickets.actions.follow_ups import is_past_reopening
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
from handrail.mediums.tickets.actions.policy import current_policy
from handrail.mediums.tickets.actions.refusals import NotNow, Stale
from handrail.mediums.tickets.actions.silence import close_silent, remind_silent
from handrail.mediums.tickets.actions.sla import warn
from handrail.mediums.tickets.states import KIND

__all__ = [
    "FIRST_TYPES",
    "KIND",
    "NotNow",
    "Stale",
    "TicketDraft",
    "add_issue_type",
    "add_note",
    "assign",
    "close_silent",
    "current_policy",
    "install_defaults",
    "is_past_reopening",
    "move",
    "open_ticket",
    "remind_silent",
    "reply",
    "retire_issue_type",
    "set_priority",
    "share",
    "warn",
]
