"""What do attacks on sockets need around them?"""

from collections.abc import Iterator
from typing import Any

import pytest

from handrail.engines.live import push


@pytest.fixture
def sockets_without_a_second_factor(settings: Any) -> Iterator[None]:
    """Agents of the cast have no telephone; no loop is left behind for the next test."""
    settings.REQUIRE_SECOND_FACTOR = False
    yield
    push.attach(None)
