"""How does one line of a talk reach a page? As JSON, the same for everybody who may read it.

A line is known by its id: the page that has it already puts the new words in its place. What looks
different to each reader (an event's words, an answer with its sources) is `rich`, and the page asks
for it at its own address.
"""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.db.models import BigIntegerField, QuerySet

from handrail.base import statements
from handrail.base.statements import Blank
from handrail.engines.conversations import at_hand
from handrail.engines.conversations.drawing import drawn
from handrail.engines.conversations.models import Attachment, Conversation, Message, MessageKind
from handrail.people.models import Agent, Member, Person
from handrail.people.viewer import SYSTEM, Viewer

MOST_LINES = 200

_PARTS: at_hand.Parts = {
    "": Message,
    "member__": Member,
    "member__person__": Person,
    "agent__": Agent,
}

Line = dict[str, Any]

PLAIN_DETAILS = {"author", "assistant"}
"""Details of a message that its drawing does not hang on."""


def as_json(message: Message, files: Iterable[Attachment] | None = None) -> Line:
    """The line of a message. One query for its files where they are not told."""
    is_gone = message.removed_at is not None
    is_rich = bool(message.event or set(message.detail) - PLAIN_DETAILS)
    if files is None:
        files = message.attachments.all()
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
        "files": [] if is_gone else [_file(attachment) for attachment in files],
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
    which = {"conversation": conversation.pk, "after": n, **at_hand.told(viewer)}
    rows = statements.rows(_readable, *at_hand.shape(viewer), notes, limit + 1, **which)
    found = [_message(row) for row in rows[:limit]]
    files = _files_of(found)
    return [as_json(message, files.get(message.pk, ())) for message in found], len(rows) > limit


def _readable(side: str, role: str, notes: bool, most: int) -> "QuerySet[Any, tuple[Any, ...]]":
    """After a restart every open page asks it at once, so its text is kept."""
    messages = Message.objects.visible_to(at_hand.anybody(side, role)).filter(
        conversation_id=Blank("conversation", BigIntegerField()),
        pk__gt=Blank("after", BigIntegerField()),
    )
    note = {"kind": MessageKind.NOTE}
    messages = messages.filter(**note) if notes else messages.exclude(**note)
    return messages.oldest_first().values_list(*at_hand.columns(_PARTS))[:most]


def _message(row: Iterable[Any]) -> Message:
    found = at_hand.made(_PARTS, row)
    message, member = found[""], found["member__"]
    message.member, message.agent = member, found["agent__"]
    if member is not None:
        member.person = found["member__person__"]
    return cast(Message, message)


def _files_of(messages: Iterable[Message]) -> dict[int, list[Attachment]]:
    files: dict[int, list[Attachment]] = {}
    for row in statements.among([message.pk for message in messages], _attached_to):
        attachment = at_hand.made({"": Attachment}, row)[""]
        files.setdefault(attachment.message_id, []).append(attachment)
    return files


def _attached_to(pks: Sequence[int]) -> list[tuple[Any, ...]]:
    return statements.rows(_attached, len(pks), **statements.told("pk", pks))


def _attached(size: int) -> "QuerySet[Any, tuple[Any, ...]]":
    named = statements.blanks("pk", size, BigIntegerField)
    attached = Attachment.objects.visible_to(SYSTEM).filter(message__pk__in=named)
    return attached.order_by("pk").values_list(*at_hand.columns({"": Attachment}))


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
