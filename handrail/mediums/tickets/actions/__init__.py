"""What can people do with tickets? Every write, one plain function per intention."""

from handrail.mediums.tickets.actions.bulk import Change, Outcome, change_many, undo
from handrail.mediums.tickets.actions.desk import assign, set_priority
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
from handrail.mediums.tickets.actions.refusals import NotNow
from handrail.mediums.tickets.actions.saved_views import delete_view, rename_view, save_view
from handrail.mediums.tickets.actions.sorting import (
    add_tag,
    known_tags,
    remove_tag,
    set_team,
    tag_name,
)
from handrail.mediums.tickets.actions.teams import change_team, make_team, set_team_retired
from handrail.mediums.tickets.states import KIND

__all__ = [
    "FIRST_TYPES",
    "KIND",
    "Change",
    "NotNow",
    "Outcome",
    "TicketDraft",
    "add_issue_type",
    "add_note",
    "add_tag",
    "assign",
    "change_many",
    "change_team",
    "delete_view",
    "install_defaults",
    "known_tags",
    "make_team",
    "move",
    "open_ticket",
    "put_back",
    "remove_tag",
    "rename_view",
    "reply",
    "retire_issue_type",
    "save_view",
    "set_priority",
    "set_team",
    "set_team_retired",
    "share",
    "tag_name",
    "undo",
]
