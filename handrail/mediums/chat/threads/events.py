"""What happened in a chat, in words? For both sides, and for a transcript."""

from django.utils.translation import gettext as _

from handrail.engines.conversations.models import Message, Score
from handrail.mediums.chat.models import Reason
from handrail.people.viewer import Viewer


def event_words(message: Message, viewer: Viewer | None = None) -> str:
    """What happened, in a sentence for both sides; a reader's own acts as theirs."""
    detail, who = message.detail, message.member or message.agent
    facts = {
        "name": detail.get("who") or message.author_name,
        "to": detail.get("to", ""),
        "number": detail.get("number", ""),
    }
    if message.event == "rated":
        facts["to"] = Score(detail["to"]).label
        return _("%(name)s rated it: %(to)s") % facts
    if viewer and is_by(viewer, message) and (own := _own(message.event)):
        return own % facts
    by_whom = _by_itself if who is None else _by_somebody
    pattern = by_whom(message.event, detail)
    return (pattern or _("Something changed in the chat")) % facts


def tells_who(message: Message) -> bool:
    """Whether it says who of us came, or handed on, or that the member left: what a reader who was
    not there needs to follow the talk."""
    if message.event in ("accepted", "transferred", "given_back"):
        return message.agent_id is not None
    return message.event == "left"


def is_by(viewer: Viewer, message: Message) -> bool:
    if viewer.member:
        return viewer.member.pk == message.member_id
    return bool(viewer.agent and viewer.agent.pk == message.agent_id)


def _own(event: str) -> str:
    return {
        "asked_for_person": _("You asked for a person"),
        "accepted": _("You joined the chat"),
        "given_back": _("You gave the chat back to the assistant"),
        "ended": _("You ended the chat"),
        "made_ticket": _("You turned the chat into ticket #%(number)s"),
    }.get(event, "")


def _by_somebody(event: str, detail: dict[str, object]) -> str:
    given = _("%(name)s gave the chat to %(to)s")
    if not detail.get("to"):
        given = _("%(name)s gave the chat back to the queue")
    return {
        "asked_for_person": _("%(name)s asked for a person"),
        "accepted": _("%(name)s joined the chat"),
        "transferred": given,
        "given_back": _("%(name)s gave the chat back to the assistant"),
        "ended": _("%(name)s ended the chat"),
        "made_ticket": _("%(name)s turned the chat into ticket #%(number)s"),
    }.get(event, "")


def _by_itself(event: str, detail: dict[str, object]) -> str:
    called = {
        Reason.OFF: _("The chat waits for one of us"),
        Reason.WISH: _("The assistant called one of us, as wished"),
        Reason.FAILURE: _("The assistant had no answer and called one of us"),
    }.get(_reason(detail), _("The assistant called one of us"))
    ended = _("The chat ended")
    if detail.get("why") == "idle":
        ended = _("The chat ended, as nobody wrote for a while")
    return {
        "asked_for_person": called,
        "accepted": _("One of us joined the chat"),
        "transferred": _("The chat waits again, as its agent is not there any more"),
        "left": _("The member left before one of us was there"),
        "ended": ended,
        "made_ticket": _("The chat became ticket #%(number)s"),
    }.get(event, "")


def _reason(detail: dict[str, object]) -> Reason:
    given = detail.get("reason")
    return Reason(given) if given in Reason.values else Reason.WISH
