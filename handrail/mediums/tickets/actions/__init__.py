"""What can people do with tickets? Every write, one plain function per intention."""

from handrail.mediums.tickets.actions.bulk import Change, Outcome, change_many, undo
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
    put_back,
    reply,
    share,
)
from handrail.mediums.tickets.actions.linking import link, unlink
from handrail.mediums.tickets.actions.merging import merge, why_not
from handrail.mediums.tickets.actions.moved import place_of
from handrail.mediums.tickets.actions.policy import (
    MANAGE,
    change_hours,
    change_policy,
    current_policy,
    office_hours,
    set_targets,
)
from handrail.mediums.tickets.actions.presence import be_here, leave
from handrail.mediums.tickets.actions.ratings import may_rate, rate
from handrail.mediums.tickets.actions.refusals import NotNow, Stale
from handrail.mediums.tickets.actions.saved_views import delete_view, rename_view, save_view
from handrail.mediums.tickets.actions.silence import close_silent, remind_silent
from handrail.mediums.tickets.actions.sla import reckon_some, warn
from handrail.mediums.tickets.actions.sorting import (
    add_tag,
    known_tags,
    remove_tag,
    set_team,
    tag_name,
)
from handrail.mediums.tickets.actions.splitting import Part, split
from handrail.mediums.tickets.actions.teams import change_team, make_team, set_team_retired
from handrail.mediums.tickets.states import KIND

__all__ = [
    "FIRST_TYPES",
    "KIND",
    "MANAGE",
    "Change",
    "NotNow",
    "Outcome",
    "Part",
    "Stale",
    "TicketDraft",
    "add_issue_type",
    "add_note",
    "add_tag",
    "assign",
    "be_here",
    "change_hours",
    "change_many",
    "change_policy",
    "change_team",
    "close_silent",
    "current_policy",
    "delete_view",
    "follow",
    "install_defaults",
    "is_following",
    "is_past_reopening",
    "known_tags",
    "leave",
    "link",
    "make_team",
    "may_rate",
    "merge",
    "move",
    "office_hours",
    "open_ticket",
    "place_of",
    "put_back",
    "rate",
    "reckon_some",
    "remind_silent",
    "remove_tag",
    "rename_view",
    "reply",
    "retire_issue_type",
    "save_view",
    "set_priority",
    "set_targets",
    "set_team",
    "set_team_retired",
    "share",
    "split",
    "tag_name",
    "undo",
    "unfollow",
    "unlink",
    "warn",
    "why_not",
]
