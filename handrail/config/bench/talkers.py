"""Who talks? Members with a chat each, and agents who accepted them, made by the real actions."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.test import Client

from handrail.config.demo.crowd import Told
from handrail.config.installation import prepare
from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations.actions import Draft
from handrail.mediums.chat import actions as chats
from handrail.people import actions as people
from handrail.people.models import (
    AccountKind,
    Agent,
    AgentRole,
    Host,
    Member,
    MemberRole,
    SessionKind,
)
from handrail.people.viewer import viewer_for_agent, viewer_for_member
from handrail.surfaces.help.sessions import COOKIE

AGENTS = 50
ISSUER = "https://bench.example"
IN_AN_ACCOUNT = 20


@dataclass(frozen=True)
class Talker:
    """One page: on which side, with which cookie, in which talks, and whether it speaks."""

    side: str
    cookie: str
    topics: list[str]
    speaks: bool = True


def make(members: int, shape: str, told: Told) -> list[Talker]:
    """In pairs, each member talks with one agent, and an agent with up to twenty members. In a
    room all members of one account listen to one of them and the agents."""
    prepare()
    host = people.register_host(name="Bench", issuer=ISSUER, origins=[ISSUER])
    agents = [_agent(number) for number in range(AGENTS)]
    in_account = IN_AN_ACCOUNT if shape == "pairs" else members
    people_of = [_member(host, number, in_account) for number in range(members)]
    return _pairs(people_of, agents, told) if shape == "pairs" else _room(people_of, agents)


def _pairs(members: list[Member], agents: list[tuple[Agent, str]], told: Told) -> list[Talker]:
    topics_of: list[list[str]] = [[] for _ in agents]
    talkers = []
    for number, member in enumerate(members):
        at = number % len(agents)
        topic = _chat(member, agents[at][0])
        topics_of[at].append(topic)
        talkers.append(Talker("help", _cookie(member), [topic]))
        told(number + 1)
    return talkers + [
        Talker("console", cookie, topics)
        for (_agent_, cookie), topics in zip(agents, topics_of, strict=True)
        if topics
    ]


def _room(members: list[Member], agents: list[tuple[Agent, str]]) -> list[Talker]:
    topic = _chat(members[0], agents[0][0], is_shared=True)
    listening = [
        Talker("help", _cookie(member), [topic], speaks=member is members[0]) for member in members
    ]
    return listening + [Talker("console", cookie, [topic]) for _agent_, cookie in agents]


def _chat(member: Member, agent: Agent, *, is_shared: bool = False) -> str:
    chat = chats.begin(viewer_for_member(member), Draft("Where are my clicks?"))
    chats.accept(viewer_for_agent(agent), chat)
    if is_shared:
        conversations.share(chat.conversation, True)
    return f"conversation:{chat.conversation.public_id}"


def _cookie(member: Member) -> str:
    return f"{COOKIE}={people.start_session(member, kind=SessionKind.PAGE).secret}"


def _member(host: Host, number: int, in_account: int) -> Member:
    account = number // in_account
    claims: dict[str, Any] = {
        "sub": str(number),
        "name": f"Member {number}",
        "email": f"member{number}@bench.example",
        "email_verified": True,
        "role": MemberRole.ADMIN,
        "locale": "en",
        "zoneinfo": "Europe/Berlin",
        "account": {
            "id": str(account),
            "name": f"Account {account}",
            "kind": AccountKind.PARTNER,  # whose chats wait for an agent at once
            "plan": "enterprise",
            "zoneinfo": "Europe/Berlin",
        },
    }
    return people.apply_claims(host, claims)


def _agent(number: int) -> tuple[Agent, str]:
    agent = people.create_agent(
        email=f"agent{number}@bench.example", name=f"Agent {number}", role=AgentRole.AGENT
    )
    browser = Client()
    browser.force_login(agent, backend=settings.AUTHENTICATION_BACKENDS[-1])
    name = settings.SESSION_COOKIE_NAME
    return agent, f"{name}={browser.cookies[name].value}"
