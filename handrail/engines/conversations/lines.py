"""How does one line of a talk reach a page? As JSON, the same for everybody who may read it.

A line is known by its id: the page that has it already puts the new words in its place. What looks
different to each reader (an event's words, an answer with its sources) is `rich`, and the page asks
for it at its own address.
"""

from typing import Any

from handrail.engines.conversations.drawing import drawn
from handrail.engines.conversations.models import Attachment, Conversation, Message, MessageKind
from handrail.people.viewer import Viewer

MOST_LINES = 200

Line = dict[str, Any]

PLAIN_DETAILS = {"author", "assistant"}
"""Details of a message that its drawing does not hang on."""


def as_json(message: Message, *, files: bool = True) -> Line:
    """The line of a message; one query for its files, unless there are none or they are at hand."""
    is_gone = message.removed_at is not None
    is_rich = bool(message.event or set(message.detail) - PLAIN_DETAILS)
    attachments = message.attachments.all() if files and not is_gone else ()
    return {
        "id": message.public_id,
        "n": message.pk,
        "kind": message.kind,
        "side": side_of(message),
        "who": who_wrote(message),
        "html": "" if is_rich or is_gone else drawn(message.body),
        "text": "" if is_gone else message.body,
        "at": message.created_at.isoformat(),
        "client_id": str(message.client_id or ""),
        "files": [_file(attachment) for attachment in attachments],
        "edited": message.edited_at is not None,
        "removed": is_gone,
        "rich": is_rich,
    }


def after(
    viewer: Viewer,
    conversation: Conversation,
    n: int,
    limit: int = MOST_LINES,
    *,
    notes: bool = False,
) -> tuple[list[Line], bool]:
    """What came after the line with this number, as this viewer may read it, and whether there is
    more: what both sides read, or the notes alone. Two queries.

    A number is taken while the conversation is locked, so none comes later that is smaller.
    """
    found = list(
        _readable(viewer, conversation, notes=notes)
        .filter(pk__gt=n)
        .select_related("member__person", "agent")
        .prefetch_related("attachments")
        .oldest_first()[: limit + 1]
    )
    return [as_json(message) for message in found[:limit]], len(found) > limit


def _readable(viewer: Viewer, conversation: Conversation, *, notes: bool) -> Any:
    messages = Message.objects.visible_to(viewer).filter(conversation=conversation)
    if notes:
        return messages.filter(kind=MessageKind.NOTE)
    return messages.exclude(kind=MessageKind.NOTE)


def side_of(message: Message) -> str:
    """Who is speaking: member, agent, assistant, or the system itself."""
    if message.member_id is not None:
        return "member"
    if message.agent_id is not None:
        return "agent"
    return "assistant" if message.detail.get("assistant") else "system"


def who_wrote(message: Message) -> dict[str, str]:
    author = message.member or message.agent
    if author is None:
        return {"id": "", "name": message.detail.get("author", "")}
    return {"id": author.public_id, "name": author.name}


def _file(attachment: Attachment) -> dict[str, Any]:
    return {
        "id": attachment.public_id,
        "name": attachment.name,
        "size": attachment.size,
        "type": attachment.content_type,
        "has_preview": bool(attachment.preview),
    }
