"""How does a test make chats? By the real actions."""

from typing import Any

from handrail.engines.conversations.actions import Draft
from handrail.engines.conversations.models import Message
from handrail.mediums.chat import actions
from handrail.mediums.chat.models import AssistantDefault, Chat, Presence, Reason
from handrail.people.actions import apply_claims, create_agent
from handrail.people.models import Agent, AgentRole, Host, Member
from handrail.people.viewer import SYSTEM
from tests.making import viewer_of, words


def chat_of(
    member: Member, body: str = "Where are my clicks?", *, draft: Draft | None = None, **more: Any
) -> Chat:
    """A chat that this member began; `more` are arguments of `begin`."""
    return actions.begin(viewer_of(member), draft or words(body), **more)


def waiting_chat_of(member: Member, body: str = "Where are my clicks?", **more: Any) -> Chat:
    """A chat whose member asked for a person, if it does not wait anyway."""
    chat = chat_of(member, body, **more)
    if chat.waiting_since is None:
        chat = actions.ask_for_person(viewer_of(member), chat, Reason.BUTTON)
    return chat


def live_chat_of(member: Member, agent: Agent, body: str = "Where are my clicks?") -> Chat:
    """A chat that this agent accepted."""
    return actions.accept(viewer_of(agent), waiting_chat_of(member, body))


def topic_of(chat: Chat) -> str:
    """What both sides' pages follow."""
    return f"conversation:{chat.conversation.public_id}"


def desk_of(chat: Chat) -> str:
    """What agents' pages follow beside it: its notes."""
    return f"desk-{topic_of(chat)}"


def said(who: Member | Agent, chat: Chat, body: str = "And more.", **changes: Any) -> Message:
    """A message of either side."""
    return actions.say(viewer_of(who), chat, words(body, **changes))[0]


def answered(chat: Chat, body: str = "Look at the report's filter.", **detail: Any) -> Message:
    """A message of the assistant's."""
    return actions.say(SYSTEM, chat, words(body), detail=detail)[0]


def here(agent: Agent, **changes: Any) -> None:
    """This agent takes chats from now on."""
    actions.set_availability(viewer_of(agent), presence=Presence.HERE, **changes)


def assistant_is(is_on: bool, kind: str = "brand") -> None:
    """The default for a kind of account, whatever the installation began with."""
    AssistantDefault.objects.update_or_create(account_kind=kind, defaults={"is_on": is_on})


def agent_called(name: str, role: str = AgentRole.AGENT) -> Agent:
    """One more of us."""
    return create_agent(
        email=f"{name.lower()}@handrail.example",
        name=name,
        password="correct horse battery staple",
        role=role,
    )


def members_of(host: Host, count: int, account: dict[str, str]) -> list[Member]:
    """So many members of an account, each with a chat of their own to begin."""
    return [
        apply_claims(
            host,
            {
                "sub": f"member-{account['id']}-{n}",
                "name": f"Member {n}",
                "email": f"m{n}@{account['id']}.example",
                "email_verified": True,
                "role": "member",
                "locale": "en",
                "zoneinfo": account["zoneinfo"],
                "account": account,
            },
        )
        for n in range(count)
    ]
