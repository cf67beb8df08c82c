"""How often is a task tried, and how long are the pauses?"""

from datetime import timedelta

import pytest

from handrail.engines.tasks import define
from handrail.engines.tasks.define import LONGEST_PAUSE, attempts_of, pause_after

MINUTE = timedelta(minutes=1)


def test_the_pause_doubles_up_to_six_hours() -> None:
    seconds = [pause_after(attempt).total_seconds() for attempt in range(1, 15)]
    assert seconds[:5] == [10, 20, 40, 80, 160]
    assert seconds[-2:] == [LONGEST_PAUSE.total_seconds()] * 2
    assert seconds == sorted(seconds)


def test_mail_is_tried_for_about_a_day() -> None:
    attempts = attempts_of("handrail.engines.notify.tasks.deliver")
    whole = sum((pause_after(attempt) for attempt in range(1, attempts)), timedelta())
    assert timedelta(hours=16) < whole < timedelta(hours=30)


def test_a_task_that_nobody_defined_has_the_usual_attempts() -> None:
    assert attempts_of("gone.since.the.last.version") == define.DEFAULT_ATTEMPTS


@pytest.mark.parametrize("attempt", [1, 2, 50])
def test_no_pause_is_too_large_to_count(attempt: int) -> None:
    assert timedelta() < pause_after(attempt) <= LONGEST_PAUSE


def test_what_is_left_lying_about_is_removed_by_the_clock() -> None:
    names = {periodic.name for periodic in define.periodic_tasks()}
    assert "handrail.engines.conversations.tasks.forget_unsent_uploads" in names
    assert all(periodic.period >= MINUTE for periodic in define.periodic_tasks())
