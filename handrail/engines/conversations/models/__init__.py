"""What do conversations remember?

A ticket, a chat and a meeting's thread are a Conversation with something of their own beside it.
"""

from handrail.engines.conversations.models.around import (
    Follower,
    Link,
    LinkKind,
    Presence,
    Rating,
    SavedDraft,
    Score,
    Tag,
    Tagging,
)
from handrail.engines.conversations.models.conversation import (
    FIRST_NUMBER,
    SUBJECT_LENGTH,
    Conversation,
    Priority,
)
from handrail.engines.conversations.models.message import (
    Attachment,
    Message,
    MessageKind,
    MessageVersion,
    ReadMark,
    attachment_path,
)

__all__ = [
    "FIRST_NUMBER",
    "SUBJECT_LENGTH",
    "Attachment",
    "Conversation",
    "Follower",
    "Link",
    "LinkKind",
    "Message",
    "MessageKind",
    "MessageVersion",
    "Presence",
    "Priority",
    "Rating",
    "ReadMark",
    "SavedDraft",
    "Score",
    "Tag",
    "Tagging",
    "attachment_path",
]
