"""What was said and done in a chat, for this viewer, in words?"""

from django.utils.translation import gettext as _

from handrail.engines.conversations.models import Message, Score
from handrail.mediums.chat.access import messages_of
from handrail.mediums.chat.models import Chat, Reason
from handrail.people.viewer import Viewer


def thread(viewer: Viewer, chat: Chat, *, with_notes: bool = False) -> list[Message]:
    """All of it, oldest first, with its authors and files; notes for agents, where wanted.

    Two queries.
    """
    return list(messages_of(viewer, chat.pk, with_notes=with_notes))


def author_of(message: Message) -> str:
    """Who said it, as everybody in the chat reads it."""
    if message.detail.get("assistant"):
        return _("Assistant")
    return message.author_name


def event_words(message: Message) -> str:
    """What happened, in a sentence for both sides."""
    detail, who = message.detail, message.member or message.agent
    facts = {
        "name": detail.get("who") or message.author_name,
        "to": detail.get("to", ""),
        "number": detail.get("number", ""),
    }
    if message.event == "rated":
        facts["to"] = Score(detail["to"]).label
        return _("%(name)s rated it: %(to)s") % facts
    by_whom = _by_itself if who is None else _by_somebody
    pattern = by_whom(message.event, detail)
    return (pattern or _("Something changed in the chat")) % facts


def _by_somebody(event: str, detail: dict[str, object]) -> str:
    given = _("%(name)s gave the chat to %(to)s")
    if not detail.get("to"):
        given = _("%(name)s gave the chat back to the queue")
    return {
        "asked_for_person": _("%(name)s asked for a person"),
        "accepted": _("%(name)s is here"),
        "transferred": given,
        "given_back": _("%(name)s gave the chat back to the assistant"),
        "ended": _("%(name)s ended the chat"),
        "made_ticket": _("%(name)s turned the chat into ticket #%(number)s"),
    }.get(event, "")


def _by_itself(event: str, detail: dict[str, object]) -> str:
    calls: dict[object, str] = {
        Reason.OFF: _("The chat waits for one of us"),
        Reason.WISH: _("The assistant called one of us, as wished"),
        Reason.FAILURE: _("The assistant had no answer and called one of us"),
    }
    called = calls.get(detail.get("reason"), _("The assistant called one of us"))
    ended = _("The chat ended")
    if detail.get("why") == "idle":
        ended = _("The chat ended, as nobody wrote for a while")
    return {
        "asked_for_person": called,
        "transferred": _("The chat waits again, as its agent is not there any more"),
        "left": _("The member left before one of us was there"),
        "ended": ended,
        "made_ticket": _("The chat became ticket #%(number)s"),
    }.get(event, "")
