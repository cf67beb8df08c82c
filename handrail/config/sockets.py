"""Which socket is where, and whose cookie counts on it?"""

from typing import Any

from channels.routing import URLRouter
from django.urls import path, re_path

from handrail.base.origins import own_origin
from handrail.config.serving.asgi_types import Receive, Scope, Send
from handrail.engines.live.consumer import LiveConsumer
from handrail.engines.live.doors import Door
from handrail.surfaces.console import agents_sign_in
from handrail.surfaces.help import sessions


def _live(door: Door) -> Any:
    return LiveConsumer(door, own_origin())


async def _nowhere(scope: Scope, receive: Receive, send: Send) -> None:
    """Refuses the handshake. Without it, every guess at a path would be an error in the log."""
    await send({"type": "websocket.close"})


sockets: Any = URLRouter(
    [
        path("help/live", _live(sessions.DOOR)),
        path("console/live", _live(agents_sign_in.DOOR)),
        re_path("", _nowhere),  # type: ignore[arg-type, list-item]
    ]
)
"""An ASGI application; a path that it does not know is refused."""
