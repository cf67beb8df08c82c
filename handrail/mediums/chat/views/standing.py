"""Who is with the member now, how long will it take, and what can they do?"""

from typing import Any

from handrail.engines.conversations.access import visible_conversations
from handrail.engines.conversations.forms import RatingForm
from handrail.hub.refs import resolve
from handrail.mediums.chat import actions, waiting
from handrail.mediums.chat.models import Chat
from handrail.mediums.chat.states import Act, Status, Who, may
from handrail.people.viewer import Viewer


def standing(viewer: Viewer, chat: Chat) -> dict[str, Any]:
    """What `_state.html` draws, for the chat's member."""
    conversation = chat.conversation
    status = Status(conversation.status)
    acts = {act for act in Act if may(Who.MEMBER, act, status)}
    account = conversation.account
    assistant = actions.assistant_state(account) if account else None
    is_waiting = status == Status.WAITING
    return {
        "chat": chat,
        "conversation": conversation,
        "status": status,
        "is_waiting": is_waiting,
        "is_live": status == Status.LIVE,
        "is_ended": status == Status.ENDED,
        "is_with_assistant": status == Status.ASSISTANT,
        "may_say": Act.SAY in acts and viewer.may("chat.open"),
        "may_ask_for_person": Act.ASK_FOR_PERSON in acts,
        "may_make_ticket": Act.MAKE_TICKET in acts,
        "may_end": Act.END in acts,
        "assistant": assistant,
        "must_accept": status == Status.ASSISTANT and not actions.has_accepted(viewer),
        "expected": waiting.expected(viewer, chat) if is_waiting else None,
        "ticket_url": _ticket_url(viewer, chat),
        **_rating(viewer, chat),
    }


def _ticket_url(viewer: Viewer, chat: Chat) -> str:
    """Where what became of it is, where they may read that."""
    if chat.ticket_id is None:
        return ""
    ticket = visible_conversations(viewer).filter(pk=chat.ticket_id).first()
    return resolve(viewer, [ticket.ref]).get(ticket.ref, "") if ticket else ""


def _rating(viewer: Viewer, chat: Chat) -> dict[str, Any]:
    if not actions.may_rate(viewer, chat.conversation):
        return {}
    rating = getattr(chat.conversation, "rating", None)
    said = {"score": rating.score, "comment": rating.comment} if rating else {}
    return {"rating_form": RatingForm(initial=said), "has_rated": rating is not None}
