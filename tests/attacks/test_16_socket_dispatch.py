"""Socket dispatch leaks internals. Zammad CVE-2026-102489.

A fixed map of message types: whatever else is sent is dropped or refused with a constant answer,
and no name from outside selects a method.
"""

import json
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from channels.testing import WebsocketCommunicator
from django.conf import settings

from handrail.config.sockets import sockets as application
from handrail.people.actions import start_session
from handrail.people.models import Member
from handrail.surfaces.help.sessions import COOKIE

pytestmark = pytest.mark.django_db(transaction=True)

JUNK: list[Any] = [
    "not json",
    "[]",
    "null",
    "1e999",
    '"follow"',
    "{" * 500,
    "x" * 2000,
    *(
        json.dumps(message)
        for message in (
            {"type": "session.ended"},
            {"type": "session_ended"},
            {"type": "topic.changed", "topic": "queue:"},
            {"type": "websocket.disconnect"},
            {"type": "__init__"},
            {"type": "_viewer", "topic": "queue:"},
            {"type": ["follow"], "topic": "queue:"},
            {"type": "follow"},
            {"type": "follow", "topic": None},
            {"type": "follow", "topic": {"kind": "queue"}},
            {"type": "follow", "topic": "queue:" + "x" * 200},
            {"type": "follow", "topic": "__class__:x"},
            {"type": "unfollow", "topic": "conversation:never-followed"},
            {"__proto__": {"type": "follow"}},
        )
    ),
]


@pytest.mark.parametrize("text", JUNK, ids=range(len(JUNK)))
def test_junk_is_dropped_or_refused_and_the_socket_goes_on(text: str, alice: Member) -> None:
    async def run() -> list[Any]:
        secret = (await sync_to_async(start_session)(alice)).secret
        headers = [
            (b"origin", settings.HANDRAIL_URL.encode()),
            (b"cookie", f"{COOKIE}={secret}".encode()),
        ]
        socket = WebsocketCommunicator(application, "/help/live", headers)
        await socket.connect()
        await socket.send_to(text_data=text)
        topic = f"conversations-of-member:{alice.public_id}"
        await socket.send_json_to({"type": "follow", "topic": topic})
        heard = [await socket.receive_json_from()]
        if heard[0] == {"type": "refused"}:
            heard.append(await socket.receive_json_from())
        await socket.disconnect()
        return heard

    heard = async_to_sync(run)()
    assert heard[-1]["type"] == "following"
    assert all(answer == {"type": "refused"} for answer in heard[:-1])


def test_binary_frames_are_dropped(alice: Member) -> None:
    async def run() -> bool:
        secret = (await sync_to_async(start_session)(alice)).secret
        headers = [
            (b"origin", settings.HANDRAIL_URL.encode()),
            (b"cookie", f"{COOKIE}={secret}".encode()),
        ]
        socket = WebsocketCommunicator(application, "/help/live", headers)
        await socket.connect()
        await socket.send_to(bytes_data=b'{"type": "follow", "topic": "queue:"}')
        silent = await socket.receive_nothing(0.3)
        await socket.disconnect()
        return bool(silent)

    assert async_to_sync(run)()
