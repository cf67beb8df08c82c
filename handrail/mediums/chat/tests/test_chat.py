"""Are days said as people say them, in the reader's zone?"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from handrail.mediums.chat.templatetags.chat import day_of, day_words

NOW = datetime(2026, 5, 6, 22, 30, tzinfo=UTC)  # in Berlin it is Thursday already


@pytest.mark.parametrize(
    ("at", "says"),
    [
        (datetime(2026, 5, 6, 22, 5, tzinfo=UTC), "Today"),
        (datetime(2026, 5, 6, 21, 5, tzinfo=UTC), "Yesterday"),
        (datetime(2026, 5, 4, 12, 0, tzinfo=UTC), "Monday, 4 May"),
    ],
)
def test_a_day_is_the_readers(at: datetime, says: str) -> None:
    with time_machine.travel(NOW, tick=False), timezone.override(ZoneInfo("Europe/Berlin")):
        assert day_words(at) == says


def test_a_day_is_written_for_scripts_too() -> None:
    with timezone.override(ZoneInfo("Asia/Tokyo")):
        assert day_of(NOW) == "2026-05-07"
