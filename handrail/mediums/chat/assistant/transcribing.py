"""How do the assistant's lines read in a transcript, for whoever gets it?"""

from collections.abc import Sequence

from handrail.engines.conversations.models import Message
from handrail.engines.search.library.blocks import Kind
from handrail.hub.asking import Reply
from handrail.hub.refs import resolve
from handrail.hub.shown_answers import ShownPiece, shown
from handrail.mediums.chat.assistant.showing import (
    ShownThing,
    is_assistants,
    proposals_of,
    refs_of,
    replies_of,
    things_of,
)
from handrail.people.viewer import Viewer


def as_text(viewer: Viewer, messages: Sequence[Message]) -> dict[int, str]:
    """The same lines for a transcript: words, answer with its sources, what tools did."""
    own = [message for message in messages if is_assistants(message)]
    replies = replies_of(viewer, own)
    proposals = proposals_of(viewer, own)
    kept = [*(one.detail.get("result") for one in own), *(p.result for p in proposals.values())]
    urls = resolve(viewer, {ref for each in kept for ref in refs_of(each)})
    found = {}
    for message in own:
        reply, proposal = replies.get(message.pk), proposals.get(message.pk)
        parts = [message.body, *(_reply_as_text(reply) if reply else [])]
        parts += _things_as_text(things_of(message.detail.get("result"), urls))
        if proposal:
            parts.append(proposal.get_state_display() + ".")
            parts.append(str(proposal.result.get("text", "")))
            parts += _things_as_text(things_of(proposal.result, urls))
        found[message.pk] = "\n".join(part for part in parts if part.strip(". "))
    return found


def _things_as_text(things: Sequence[ShownThing]) -> list[str]:
    return [
        f"- {thing.title} ({thing.hint})" if thing.hint else f"- {thing.title}" for thing in things
    ]


def _reply_as_text(reply: Reply) -> list[str]:
    drawn = shown(reply)
    lines = [line for piece in drawn.pieces for line in _piece_as_text(piece)]
    sources = [
        f"[{one.number}] {one.title}" + (f" \u203a {one.headings}" if one.headings else "")
        for one in drawn.sources
    ]
    near = [f"- {one.title}" for one in drawn.closest] if not drawn.pieces else []
    return [*lines, *sources, *near]


def _piece_as_text(piece: ShownPiece) -> list[str]:
    marks = "".join(f" [{mark.number}]" for mark in piece.marks)
    if piece.kind is Kind.STEPS:
        lines = [f"{number}. {line}" for number, line in enumerate(piece.lines, piece.first)]
    elif piece.kind is Kind.LIST:
        lines = [f"- {line}" for line in piece.lines]
    else:
        lines = list(piece.lines)
    lines = [piece.lead, *lines] if piece.lead else lines
    return [*lines[:-1], lines[-1] + marks] if lines else []
