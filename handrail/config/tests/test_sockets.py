"""Which sockets are there?"""

import pytest
from asgiref.sync import async_to_sync
from channels.testing import WebsocketCommunicator

from handrail.config.sockets import sockets


@pytest.mark.once
@pytest.mark.parametrize("path", ["/", "/help/", "/help/live/x", "/console", "/nothing", "/é"])
def test_a_socket_at_another_path_is_refused_and_is_no_error(path: str) -> None:
    async def is_connected() -> bool:
        connected, _ = await WebsocketCommunicator(sockets, path).connect()
        return bool(connected)

    assert not async_to_sync(is_connected)()
