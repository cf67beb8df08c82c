"""Which socket is where, and whose cookie counts on it?"""

from typing import Any

from channels.routing import URLRouter
from django.urls import path, re_path

from handrail.base.origins import own_origin
from handrail.config.serving.asgi_types import Receive, Scope, Send
from handrail.engines.live.consumer import LiveConsumer, ViewerOf
from handrail.surfaces.console.agents_sign_in import agent_viewer_of_scope
from handrail.surfaces.help.sessions import help_viewer_of_scope


def _live(viewer_of: ViewerOf) -> Any:
    return LiveConsumer.as_asgi(viewer_of=viewer_of, origin=own_origin())


async def _nowhere(scope: Scope, receive: Receive, send: Send) -> None:
    """Refuses the handshake. Without it, every guess at a path would be an error in the log."""
    await send({"type": "websocket.close"})


sockets: Any = URLRouter(
    [
        path("help/live", _live(help_viewer_of_scope)),
        path("console/live", _live(agent_viewer_of_scope)),
        re_path("", _nowhere),  # type: ignore[arg-type, list-item]
    ]
)
"""An ASGI application; a path that it does not know is refused."""
