"""What can people do with chats? Every write, one plain function per intention."""

from handrail.mediums.chat.actions.answering import (
    ASSISTANT,
    add_summary,
    answer,
    improve,
    offer,
    owe_answer,
    stop,
)
from handrail.mediums.chat.actions.assistant import (
    AssistantState,
    accept_notice,
    assistant_state,
    has_accepted,
    may_switch,
    set_default,
    switch_assistant,
)
from handrail.mediums.chat.actions.availability import be_here, leave, set_availability
from handrail.mediums.chat.actions.handing import (
    accept,
    ask_for_person,
    give_back,
    take_from_the_gone,
    transfer,
)
from handrail.mediums.chat.actions.hearing import member_said
from handrail.mediums.chat.actions.life import add_note, begin, end, say
from handrail.mediums.chat.actions.policy import change_policy, current_policy, install_defaults
from handrail.mediums.chat.actions.presence import member_is_here, member_left
from handrail.mediums.chat.actions.proposals import confirm, decline, fill_in, propose, use_tool
from handrail.mediums.chat.actions.ratings import mail_transcript, may_rate, rate
from handrail.mediums.chat.actions.refusals import NotNow, Taken
from handrail.mediums.chat.actions.routing import route_waiting
from handrail.mediums.chat.actions.silence import end_the_idle, remove_the_old, ticket_the_left
from handrail.mediums.chat.actions.talk import edit, go_live, remove, see
from handrail.mediums.chat.actions.tickets import make_ticket
from handrail.mediums.chat.states import KIND

__all__ = [
    "ASSISTANT",
    "KIND",
    "AssistantState",
    "NotNow",
    "Taken",
    "accept",
    "accept_notice",
    "add_note",
    "add_summary",
    "answer",
    "ask_for_person",
    "assistant_state",
    "be_here",
    "begin",
    "change_policy",
    "confirm",
    "current_policy",
    "decline",
    "edit",
    "end",
    "end_the_idle",
    "fill_in",
    "give_back",
    "go_live",
    "has_accepted",
    "improve",
    "install_defaults",
    "leave",
    "mail_transcript",
    "make_ticket",
    "may_rate",
    "may_switch",
    "member_is_here",
    "member_left",
    "member_said",
    "offer",
    "owe_answer",
    "propose",
    "rate",
    "remove",
    "remove_the_old",
    "route_waiting",
    "say",
    "see",
    "set_availability",
    "set_default",
    "stop",
    "switch_assistant",
    "take_from_the_gone",
    "ticket_the_left",
    "transfer",
    "use_tool",
]
