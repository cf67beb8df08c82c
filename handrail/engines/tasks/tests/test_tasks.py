"""What is forgotten of tasks that are over?"""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from handrail.engines.tasks.tasks import KEEP_DONE, KEEP_FAILED, forget_finished
from handrail.engines.tasks.tests.test_worker import work
from handrail.engines.tasks.worker import Worker

pytestmark = pytest.mark.django_db


def left_after(pause: timedelta) -> int:
    with time_machine.travel(timezone.now() + pause):
        forget_finished.call()
    return DBTaskResult.objects.count()


def test_what_was_done_is_forgotten_after_a_day() -> None:
    work.enqueue("done")
    Worker().run_ready()
    assert left_after(KEEP_DONE - timedelta(minutes=1)) == 1
    assert left_after(KEEP_DONE + timedelta(minutes=1)) == 0


def test_what_was_given_up_can_be_looked_up_for_a_month() -> None:
    work.enqueue("failed")
    Worker().run_ready()
    DBTaskResult.objects.update(status="FAILED")
    assert left_after(KEEP_FAILED - timedelta(minutes=1)) == 1
    assert left_after(KEEP_FAILED + timedelta(minutes=1)) == 0


def test_what_is_still_to_do_is_never_forgotten() -> None:
    work.enqueue("waits")
    assert left_after(timedelta(days=365)) == 1
