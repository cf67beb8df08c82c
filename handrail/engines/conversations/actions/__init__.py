"""What can be done with a conversation? Every write, for whichever medium it belongs to.

The mediums ask `require` and their own rules first; these functions keep what is true of all:
one row is locked while it changes, what is sent twice is kept once, open pages hear of it.
"""

from handrail.engines.conversations.actions.drafts import (
    DRAFT_LENGTH,
    MOST_DRAFTS,
    NEW,
    forget_draft,
    forget_old_drafts,
    save_draft,
)
from handrail.engines.conversations.actions.forgetting import forget
from handrail.engines.conversations.actions.locking import lock_of, locked
from handrail.engines.conversations.actions.opening import open_conversation, open_for_stranger
from handrail.engines.conversations.actions.standing import (
    add_tag,
    assign,
    mark_read,
    remove_tag,
    set_priority,
    set_status,
    set_team,
    share,
)
from handrail.engines.conversations.actions.talk import (
    CHANGE_WITHIN,
    edit,
    may_change,
    remove,
    see,
)
from handrail.engines.conversations.actions.uploads import (
    MOST_UNSENT,
    discard_upload,
    forget_unsent_uploads,
    upload,
)
from handrail.engines.conversations.actions.writing import (
    MESSAGE_LENGTH,
    Draft,
    add_event,
    add_event_for_agents,
    add_note,
    put_event_for_agents,
    say,
    say_live,
    set_last_word,
)

__all__ = [
    "CHANGE_WITHIN",
    "DRAFT_LENGTH",
    "MESSAGE_LENGTH",
    "MOST_DRAFTS",
    "MOST_UNSENT",
    "NEW",
    "Draft",
    "add_event",
    "add_event_for_agents",
    "add_note",
    "add_tag",
    "assign",
    "discard_upload",
    "edit",
    "forget",
    "forget_draft",
    "forget_old_drafts",
    "forget_unsent_uploads",
    "lock_of",
    "locked",
    "mark_read",
    "may_change",
    "open_conversation",
    "open_for_stranger",
    "put_event_for_agents",
    "remove",
    "remove_tag",
    "save_draft",
    "say",
    "say_live",
    "see",
    "set_last_word",
    "set_priority",
    "set_status",
    "set_team",
    "share",
    "upload",
]
