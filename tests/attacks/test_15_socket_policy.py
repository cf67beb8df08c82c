"""The socket skips the policy. Zammad CVE-2022-40816.

Joining and every push ask the rule that the pages ask; what ends access closes or silences.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from channels.testing import WebsocketCommunicator
from django.conf import settings

from handrail.config.sockets import sockets as application
from handrail.engines.conversations import topics
from handrail.mediums.tickets import actions
from handrail.people.actions import apply_claims, end_sessions, start_session
from handrail.people.models import Agent, HelpSession, Host, Member
from handrail.surfaces.help.sessions import COOKIE
from tests.making import reply, ticket_of, viewer_of

pytestmark = pytest.mark.django_db(transaction=True)

Visit = Callable[[WebsocketCommunicator], Awaitable[Any]]
SILENCE_S = 0.3


def connected(member: Member, visit: Visit, origin: str = "") -> Any:
    """A member's socket, for as long as the visit lasts."""

    async def run() -> Any:
        secret = (await sync_to_async(start_session)(member)).secret
        headers = [
            (b"origin", (origin or settings.HANDRAIL_URL).encode()),
            (b"cookie", f"{COOKIE}={secret}".encode()),
        ]
        socket = WebsocketCommunicator(application, "/help/live", headers)
        await socket.connect()
        try:
            return await visit(socket)
        finally:
            await socket.disconnect()

    return async_to_sync(run)()


async def follow(socket: WebsocketCommunicator, topic: str) -> str:
    await socket.send_json_to({"type": "follow", "topic": topic})
    return str((await socket.receive_json_from())["type"])


FOREIGN = [
    "conversation:{id}",
    "conversation:%",
    "conversation:_",
    "conversation:*",
    "conversation:",
    "conversation:' OR 1=1 --",
    "desk-conversation:{id}",
    "desk-presence:{id}",
    "queue:",
    "conversations-of-member:{member}",
    "conversations-of-account:{account}",
    "session.1",
    "topic.{id}",
    "no-such-thing:1",
]


@pytest.mark.parametrize("topic", FOREIGN)
def test_a_stranger_follows_nothing_of_acmes(topic: str, alice: Member, carol: Member) -> None:
    ticket = ticket_of(alice, is_shared=True)
    named = topic.format(
        id=ticket.conversation.public_id,
        member=alice.public_id,
        account=alice.account.public_id,
    )

    async def visit(socket: WebsocketCommunicator) -> str:
        return await follow(socket, named)

    assert connected(carol, visit) == "refused"


def test_a_colleague_hears_nothing_of_a_private_ticket(
    alice: Member, bob: Member, dora: Agent
) -> None:
    ticket = ticket_of(alice)

    async def visit(socket: WebsocketCommunicator) -> bool:
        await follow(socket, f"{topics.SHARED}:{bob.account.public_id}")
        await follow(socket, f"{topics.OWN}:{bob.public_id}")
        await sync_to_async(reply)(dora, ticket)
        return bool(await socket.receive_nothing(SILENCE_S))

    assert connected(bob, visit)


def test_who_loses_sight_of_a_ticket_hears_no_more_of_it(
    alice: Member, bob: Member, dora: Agent
) -> None:
    ticket, viewer = ticket_of(alice, is_shared=True), viewer_of(alice)

    async def visit(socket: WebsocketCommunicator) -> bool:
        topic = f"{topics.THREAD}:{ticket.conversation.public_id}"
        assert await follow(socket, topic) == "following"
        await sync_to_async(actions.share)(viewer, ticket, False)
        await sync_to_async(reply)(dora, ticket)
        return bool(await socket.receive_nothing(SILENCE_S))

    assert connected(bob, visit)


def test_a_member_does_not_hear_who_is_at_their_own_ticket(alice: Member, dora: Agent) -> None:
    ticket, viewer = ticket_of(alice), viewer_of(dora)

    async def visit(socket: WebsocketCommunicator) -> tuple[str, bool]:
        await follow(socket, f"{topics.THREAD}:{ticket.conversation.public_id}")
        joined = await follow(socket, f"{topics.PRESENCE}:{ticket.conversation.public_id}")
        await sync_to_async(actions.be_here)(viewer, ticket, is_writing=True)
        return joined, bool(await socket.receive_nothing(SILENCE_S))

    assert connected(alice, visit) == ("refused", True)


def test_a_merge_opens_no_topic_to_a_colleague(alice: Member, bob: Member, dora: Agent) -> None:
    """Bob follows what he may see; after a merge of Alice's private ones he hears nothing."""
    one, other, viewer = ticket_of(alice), ticket_of(alice), viewer_of(dora)
    topic = f"{topics.THREAD}:{other.conversation.public_id}"

    async def visit(socket: WebsocketCommunicator) -> tuple[str, bool]:
        await follow(socket, f"{topics.SHARED}:{bob.account.public_id}")
        await sync_to_async(actions.merge)(viewer, one, other)
        quiet = bool(await socket.receive_nothing(SILENCE_S))
        return await follow(socket, topic), quiet

    assert connected(bob, visit) == ("refused", True)


def test_what_is_pushed_says_that_something_changed_and_not_what(
    alice: Member, dora: Agent
) -> None:
    ticket = ticket_of(alice)
    topic = f"{topics.THREAD}:{ticket.conversation.public_id}"

    async def visit(socket: WebsocketCommunicator) -> Any:
        await follow(socket, topic)
        await sync_to_async(reply)(dora, ticket, "a secret text")
        return await socket.receive_json_from()

    assert connected(alice, visit) == {"type": "changed", "topic": topic}


def test_an_ended_session_closes_its_socket(alice: Member) -> None:
    async def visit(socket: WebsocketCommunicator) -> Any:
        await sync_to_async(end_sessions)(HelpSession.objects.filter(member=alice))
        return (await socket.receive_output())["code"]

    assert connected(alice, visit) == 4401


def test_a_membership_that_ended_closes_its_sockets(
    alice: Member, host: Host, claims_of: Callable[..., dict[str, Any]]
) -> None:
    from conftest import GLOBEX

    async def visit(socket: WebsocketCommunicator) -> Any:
        moved = {**claims_of("Alice", GLOBEX), "accounts": []}
        await sync_to_async(apply_claims)(host, moved)
        return (await socket.receive_output())["type"]

    assert connected(alice, visit) == "websocket.close"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:9"])
def test_a_socket_from_another_site_is_closed(origin: str, alice: Member) -> None:
    async def visit(socket: WebsocketCommunicator) -> Any:
        return (await socket.receive_output())["type"]

    assert connected(alice, visit, origin) == "websocket.close"
