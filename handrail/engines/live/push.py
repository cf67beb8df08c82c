"""How does a write reach the pages that are open?

Always after commit, and from any thread: in-memory channel layers live on the server's loop, so a
thread hands its push to that loop (sent from a bare thread it would wait for a time-out of 5 s).
"""

import asyncio
from collections.abc import Coroutine
from functools import partial
from typing import Any

import structlog
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

from handrail.engines.live.topics import Topic

log = structlog.get_logger("handrail.live")

_loop: asyncio.AbstractEventLoop | None = None


def attach(loop: asyncio.AbstractEventLoop | None) -> None:
    """Called by the server at its start and end: the loop on which its sockets live."""
    global _loop
    _loop = loop


def changed(topic: Topic) -> None:
    """Tells the pages that follow this topic, once the transaction is committed."""
    message = {"type": "topic.changed", "topic": str(topic)}
    transaction.on_commit(partial(_send, topic.group, message))


def end_sessions(session_ids: list[str]) -> None:
    """Closes the sockets of sessions that ended, once the transaction is committed."""
    for session_id in session_ids:
        transaction.on_commit(partial(_send, session_group(session_id), {"type": "session.ended"}))


def session_group(session_id: str) -> str:
    return f"session.{session_id}"


def _send(group: str, message: dict[str, Any]) -> None:
    """A push that fails is only logged: the page catches up when it reconnects or is reloaded."""
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        _run(layer.group_send(group, message))
    except Exception:
        log.exception("push_failed")


def _run(sending: Coroutine[Any, Any, None]) -> None:
    if _loop is not None and _loop.is_running():
        asyncio.run_coroutine_threadsafe(sending, _loop)
        return

    async def send() -> None:
        await sending

    async_to_sync(send)()
