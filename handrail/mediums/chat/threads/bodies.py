"""What stands in a line of the assistant's beside its words? Drawn for whoever reads it.

An answer is shown as long as this reader may read all that it rests on; else a sentence stands in
its place. What can be done is offered to the member alone.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from handrail.engines.ai.answers import Answer, from_json
from handrail.engines.conversations.drawing import drawn
from handrail.engines.conversations.models import Message
from handrail.hub.asking import Reply, shown_again
from handrail.hub.shown_answers import shown
from handrail.people.viewer import Viewer

RICH = ("answer",)
"""What of a message's detail makes it more than words."""


def is_rich(message: Message) -> bool:
    """Whether its line is drawn for each reader; scripts ask for it at its own address."""
    return bool(message.event) or any(message.detail.get(name) for name in RICH)


def bodies(viewer: Viewer, messages: Sequence[Message]) -> dict[int, SafeString]:
    """What is drawn instead of plain words, by primary key. Two queries at most, however many."""
    rich = [one for one in messages if is_rich(one) and not one.event and not one.removed_at]
    replies = _replies(viewer, rich)
    return {one.pk: _body(viewer, one, replies) for one in rich}


def _replies(viewer: Viewer, messages: Sequence[Message]) -> Mapping[int, Reply | None]:
    kept = {one.pk: answer for one in messages if (answer := _answer_of(one))}
    again = shown_again(viewer, [("", answer) for answer in kept.values()])
    return dict(zip(kept, again, strict=True))


def _answer_of(message: Message) -> Answer | None:
    kept = message.detail.get("answer")
    return from_json(kept) if kept else None


def _body(viewer: Viewer, message: Message, replies: Mapping[int, Reply | None]) -> SafeString:
    reply = replies.get(message.pk)
    context: dict[str, Any] = {
        "html": drawn(message.body) if message.body else "",
        "answer": shown(reply) if reply else None,
        "is_gone": message.pk in replies and reply is None,
        "viewer": viewer,
    }
    return render_to_string("chat/_said.html", context)
