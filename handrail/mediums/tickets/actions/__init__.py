"""What can people do with tickets? Every write, one plain function per intention."""

from handrail.mediums.tickets.actions.bulk import Change, Outcome, change_many, undo
from handrail.mediums.tickets.actions.canned import (
    archive_canned,
    change_canned,
    count_canned,
    find_canned,
    make_canned,
    set_canned_retired,
)
from handrail.mediums.tickets.actions.carrying import carry_files
from handrail.mediums.tickets.actions.desk import assign, set_priority
from handrail.mediums.tickets.actions.follow_ups import is_past_reopening
from handrail.mediums.tickets.actions.followers import follow, is_following, unfollow
from handrail.mediums.tickets.actions.issue_types import (
    FIRST_TYPES,
    add_issue_type,
    change_issue_type,
    install_defaults,
    make_issue_type,
    move_issue_type,
    retire_issue_type,
    set_issue_type_retired,
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
from handrail.mediums.tickets.actions.own_fields import (
    add_field,
    change_field,
    move_field,
    set_field_retired,
)
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
from handrail.mediums.tickets.actions.sign_in_help import (
    STRANGER,
    SignInDraft,
    add_words,
    ask_for_sign_in_help,
    is_open_proof,
    prove,
    send_proof_link,
    set_sign_in_answers,
    sign_in_answers,
    sign_in_type,
    use_for_sign_in,
)
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
from handrail.mediums.tickets.actions.suggestions import follow_suggestion, show_suggestions
from handrail.mediums.tickets.actions.teams import change_team, make_team, set_team_retired
from handrail.mediums.tickets.states import KIND

__all__ = [
    "FIRST_TYPES",
    "KIND",
    "MANAGE",
    "STRANGER",
    "Change",
    "NotNow",
    "Outcome",
    "Part",
    "SignInDraft",
    "Stale",
    "TicketDraft",
    "add_field",
    "add_issue_type",
    "add_note",
    "add_tag",
    "add_words",
    "archive_canned",
    "ask_for_sign_in_help",
    "assign",
    "be_here",
    "carry_files",
    "change_canned",
    "change_field",
    "change_hours",
    "change_issue_type",
    "change_many",
    "change_policy",
    "change_team",
    "close_silent",
    "count_canned",
    "current_policy",
    "delete_view",
    "find_canned",
    "follow",
    "follow_suggestion",
    "install_defaults",
    "is_following",
    "is_open_proof",
    "is_past_reopening",
    "known_tags",
    "leave",
    "link",
    "make_canned",
    "make_issue_type",
    "make_team",
    "may_rate",
    "merge",
    "move",
    "move_field",
    "move_issue_type",
    "office_hours",
    "open_ticket",
    "place_of",
    "prove",
    "put_back",
    "rate",
    "reckon_some",
    "remind_silent",
    "remove_tag",
    "rename_view",
    "reply",
    "retire_issue_type",
    "save_view",
    "send_proof_link",
    "set_canned_retired",
    "set_field_retired",
    "set_issue_type_retired",
    "set_priority",
    "set_sign_in_answers",
    "set_targets",
    "set_team",
    "set_team_retired",
    "share",
    "show_suggestions",
    "sign_in_answers",
    "sign_in_type",
    "split",
    "tag_name",
    "undo",
    "unfollow",
    "unlink",
    "use_for_sign_in",
    "warn",
    "why_not",
]
