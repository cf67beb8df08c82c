"""What do tests of the agents' pages of chats share?"""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    """A second step at sign-in is told elsewhere."""
    settings.REQUIRE_SECOND_FACTOR = False
