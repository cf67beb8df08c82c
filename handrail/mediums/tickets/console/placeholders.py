"""What does a placeholder of a canned reply stand for? One of a fixed list, as plain text.

A placeholder is a name and never a path into an object: what is not in the list stays as it was
written. A text is gone through once, so what was filled in is never filled in again.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext_lazy as _

from handrail.engines.conversations.models import Conversation
from handrail.mediums.tickets.states import KIND
from handrail.people.viewer import Viewer

PLACEHOLDERS = {
    "member.first_name": _("Member's first name"),
    "member.name": _("Member's name"),
    "account.name": _("Account"),
    "ticket.number": _("Ticket's number"),
    "ticket.subject": _("Ticket's subject"),
    "agent.first_name": _("Your first name"),
    "agent.name": _("Your name"),
}
"""Every placeholder that there is, and what an agent reads for it."""

EXAMPLE = {
    "member.first_name": "Robin",
    "member.name": "Robin Vega",
    "account.name": "Northwind",
    "ticket.number": "#100042",
    "ticket.subject": "The report is empty",
}
"""What a preview shows instead of a ticket; made up."""

_PLACEHOLDER = re.compile(r"\{([A-Za-z][A-Za-z0-9_.]{0,39})\}")


@dataclass(frozen=True)
class Piece:
    """A part of a text: `kind` is empty for what was written, else "filled" or "unknown"."""

    text: str
    kind: str = ""


def values(viewer: Viewer, conversation: Conversation) -> dict[str, str]:
    """What each placeholder stands for here, on a ticket or elsewhere: what is no ticket has no
    number that a member would know, and a member whom we do not know no name."""
    is_ticket = conversation.kind == KIND
    return {
        **_names("member", conversation.creator.name if conversation.creator else ""),
        "account.name": conversation.account.name if conversation.account else "",
        "ticket.number": f"#{conversation.number}" if is_ticket else "",
        "ticket.subject": conversation.subject,
        **_names("agent", viewer.name),
    }


def example(viewer: Viewer) -> dict[str, str]:
    """What a preview is filled in with."""
    return {**EXAMPLE, **_names("agent", viewer.name)}


def fill(text: str, given: Mapping[str, str]) -> str:
    """The text with its placeholders filled in; one without a value stays, for the agent to see."""
    return "".join(piece.text for piece in pieces(text, given))


def pieces(text: str, given: Mapping[str, str]) -> list[Piece]:
    """The text in parts, so that a preview can show what was filled in and what cannot be."""
    parts, end = [], 0
    for found in _PLACEHOLDER.finditer(text):
        parts.append(Piece(text[end : found.start()]))
        value = given.get(found[1], "") if found[1] in PLACEHOLDERS else ""
        parts.append(Piece(value, "filled") if value else Piece(found[0], "unknown"))
        end = found.end()
    parts.append(Piece(text[end:]))
    return [piece for piece in parts if piece.text]


def unknown(text: str) -> list[str]:
    """What looks like a placeholder and is none, each once, in order."""
    names = dict.fromkeys(found[1] for found in _PLACEHOLDER.finditer(text))
    return [name for name in names if name not in PLACEHOLDERS]


def nearest(name: str) -> str:
    """The placeholder that was probably meant; empty where none is near."""
    return next(iter(get_close_matches(name.lower(), PLACEHOLDERS, n=1, cutoff=0.7)), "")


def _names(of: str, name: str) -> dict[str, str]:
    words = name.split()
    return {f"{of}.name": " ".join(words), f"{of}.first_name": words[0] if words else ""}
