"""Is a chat its member's and the agents' alone, and what belongs to one person theirs?"""

from typing import Any

import pytest

from handrail.mediums.chat import actions
from handrail.mediums.chat.models import (
    AssistantDefault,
    AssistantSwitch,
    Availability,
    Chat,
    NoticeAccepted,
    Policy,
    Proposal,
)
from handrail.people.models import Agent, AgentRole, Member
from handrail.people.viewer import SYSTEM, viewer_for_nobody
from tests.chats import agent_called, answered, chat_of, here
from tests.making import viewer_of

pytestmark = pytest.mark.django_db

MODELS: list[Any] = [
    Chat,
    Proposal,
    Availability,
    AssistantSwitch,
    AssistantDefault,
    NoticeAccepted,
    Policy,
]

SEEN = {
    "Alice": {model.__name__ for model in MODELS} - {"Availability"},
    "Bob": {"AssistantSwitch", "AssistantDefault", "Policy"},
    "Carol": {"AssistantDefault", "Policy"},
    "Dora": {
        "Chat",
        "Proposal",
        "Availability",
        "AssistantSwitch",
        "AssistantDefault",
        "Policy",
    },
    "Edith": {"AssistantDefault", "Policy"},
    "nobody": set(),
    "system": {model.__name__ for model in MODELS},
}
"""Who sees what, where Alice has done all of it and Dora is here."""


def test_everybody_sees_what_is_theirs_and_nothing_else(
    alice: Member, bob: Member, carol: Member, dora: Agent
) -> None:
    chat = chat_of(alice)
    message = answered(chat)
    Proposal.objects.create(conversation=chat.conversation, message=message, tool="tickets.open")
    actions.switch_assistant(viewer_of(alice), True)
    actions.accept_notice(viewer_of(alice))
    here(dora)
    edith = agent_called("Edith", AgentRole.EDITOR)
    viewers = {who.name: viewer_of(who) for who in (alice, bob, carol, dora, edith)}
    viewers |= {"nobody": viewer_for_nobody(), "system": SYSTEM}
    for name, viewer in viewers.items():
        seen = {one.__name__ for one in MODELS if one.objects.visible_to(viewer).exists()}
        assert seen == SEEN[name], name
