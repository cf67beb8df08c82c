"""Does what looks at everything run once for many reasons, and after each of them?"""

import threading

import pytest
from django.db import connection, connections, transaction
from django_tasks_db.models import DBTaskResult

from handrail.engines.tasks import enqueue_once, task
from handrail.engines.tasks.worker import Worker, claim_next

pytestmark = pytest.mark.django_db

looked: list[str] = []


@task()
def look() -> None:
    looked.append("looked")


@task()
def look_elsewhere() -> None:
    looked.append("elsewhere")


@pytest.fixture(autouse=True)
def nothing_looked_at() -> None:
    looked.clear()


def test_many_reasons_make_one_run() -> None:
    for _ in range(3):
        enqueue_once(look)
    Worker().run_ready()
    assert looked == ["looked"]


def test_another_task_that_waits_is_no_reason_to_leave_it_out() -> None:
    enqueue_once(look_elsewhere)
    enqueue_once(look)
    Worker().run_ready()
    assert looked == ["elsewhere", "looked"]


def test_what_comes_while_it_runs_is_looked_at_after_it() -> None:
    enqueue_once(look)
    assert claim_next("somebody")
    enqueue_once(look)
    assert DBTaskResult.objects.ready().count() == 1


@pytest.mark.django_db(transaction=True)
def test_no_worker_begins_it_before_the_reason_is_there_to_be_seen() -> None:
    enqueue_once(look)
    claimed_after: list[bool] = []
    is_written = threading.Event()

    def claim() -> None:
        try:
            assert claim_next("somebody")
            claimed_after.append(is_written.is_set())
        finally:
            connections.close_all()

    with transaction.atomic():
        enqueue_once(look)
        assert DBTaskResult.objects.count() == 1
        worker = threading.Thread(target=claim)
        worker.start()
        worker.join(0.5)
        assert worker.is_alive(), "it waits for us"
        is_written.set()
    worker.join(20)
    assert claimed_after == [True]
    assert connection.in_atomic_block is False
