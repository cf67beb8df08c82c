"""What stands in a line of the assistant's beside its words? Drawn for whoever reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from handrail.engines.conversations.drawing import drawn
from handrail.engines.conversations.models import Message
from handrail.mediums.chat.assistant.showing import ShownLine, shown_lines, with_errors
from handrail.mediums.chat.models import Chat
from handrail.people.viewer import Viewer


@dataclass(frozen=True)
class Refusal:
    """A form of a proposal as it was sent, and what is wrong with it, by field."""

    message: int
    given: Mapping[str, str]
    errors: Mapping[str, str]


def bodies(
    viewer: Viewer,
    chat: Chat,
    messages: Sequence[Message],
    address: str,
    refusal: Refusal | None = None,
) -> dict[int, SafeString]:
    """What is drawn instead of plain words, by primary key, where there is more than words.
    `address`: where this viewer reads the chat's lines."""
    found = shown_lines(viewer, chat, messages)
    return {
        one.pk: _body(viewer, chat, one, _refused(one, found[one.pk], refusal), address)
        for one in messages
        if one.pk in found and not one.removed_at and _is_more(found[one.pk])
    }


def _is_more(line: ShownLine) -> bool:
    return line != ShownLine()


def _refused(message: Message, line: ShownLine, refusal: Refusal | None) -> ShownLine:
    if refusal is None or refusal.message != message.pk or line.proposal is None:
        return line
    given, errors = dict(refusal.given), dict(refusal.errors)
    return replace(line, proposal=with_errors(line.proposal, given, errors))


def _body(
    viewer: Viewer, chat: Chat, message: Message, line: ShownLine, address: str
) -> SafeString:
    context = {
        "html": drawn(message.body) if message.body else "",
        "line": line,
        "line_id": message.public_id,
        "line_url": f"{address}/{message.public_id}/",
        "chat_id": chat.conversation.public_id,
        "viewer": viewer,
    }
    return render_to_string("chat/_said.html", context)
