"""Is what was promised for later done once, again after a failure, and after a death?"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, connections, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from handrail.engines.tasks import alarm, define, task, worker
from handrail.engines.tasks.define import Periodic, pause_after
from handrail.engines.tasks.models import PeriodicRun, WorkerBeat
from handrail.engines.tasks.worker import (
    DEAD_AFTER,
    Worker,
    beat,
    claim_next,
    enqueue_due,
    rescue_orphans,
)
from tests.racing import at_once

pytestmark = pytest.mark.django_db

done: list[str] = []
"""What the tasks of these tests did."""

AT_ONCE_S = 1.5
"""By when something that is not waited for has happened, also on a busy machine."""


@task(attempts=3)
def work(name: str) -> None:
    done.append(name)


@task(attempts=3)
def fail(name: str) -> None:
    done.append(name)
    raise ValueError(f"{name} does not work")


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    done.clear()


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> dict[str, Periodic]:
    """Which tasks run by the clock, in this test: none but its own."""
    own: dict[str, Periodic] = {}
    monkeypatch.setattr(define, "_periodic", own)
    return own


def statuses() -> list[str]:
    return [str(row.status) for row in DBTaskResult.objects.order_by("enqueued_at")]


# --- Doing it -----------------------------------------------------------------------------------


def test_what_is_enqueued_is_done_once_and_in_turn() -> None:
    for name in ("first", "second"):
        work.enqueue(name)
    assert Worker().run_ready() == 2
    assert Worker().run_ready() == 0
    assert done == ["first", "second"]
    assert statuses() == ["SUCCESSFUL"] * 2


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_is_never_done() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        work.enqueue("rolled back")
        raise RuntimeError
    assert DBTaskResult.objects.count() == 0
    with transaction.atomic():
        work.enqueue("committed")
    Worker().run_ready()
    assert done == ["committed"]


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_takes_a_task() -> None:
    work.enqueue("once")
    claimed = at_once([partial(claim_next, f"worker-{number}") for number in range(4)])
    assert [row is None for row in claimed].count(False) == 1
    assert DBTaskResult.objects.get().worker_ids in [[f"worker-{number}"] for number in range(4)]


# --- Again --------------------------------------------------------------------------------------


def test_what_fails_is_tried_again_after_a_pause() -> None:
    fail.enqueue("again")
    started = timezone.now()
    with time_machine.travel(started, tick=False) as clock:
        assert Worker().run_ready() == 1, "not again in the same breath"
        for attempt, count in [(1, 1), (2, 2)]:
            clock.shift(pause_after(attempt) - timedelta(seconds=1))
            assert Worker().run_ready() == 0
            clock.shift(timedelta(seconds=1))
            assert Worker().run_ready() == 1
            assert len(done) == count + 1


def test_after_its_last_attempt_it_is_given_up(caplog: pytest.LogCaptureFixture) -> None:
    fail.enqueue("hopeless")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(5):
            Worker().run_ready()
            clock.shift(timedelta(days=1))
    row = DBTaskResult.objects.get()
    assert len(done) == len(row.worker_ids) == 3
    assert row.status == "FAILED"
    assert "hopeless does not work" in row.traceback
    assert "task_given_up" in caplog.text


def test_what_fails_does_not_hold_up_the_rest() -> None:
    fail.enqueue("fails")
    work.enqueue("works")
    Worker().run_ready()
    assert done == ["fails", "works"]


def test_what_works_at_last_is_done() -> None:
    fail.enqueue("at first")
    Worker().run_ready()
    DBTaskResult.objects.update(task_path=work.module_path)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        Worker().run_ready()
    row = DBTaskResult.objects.get()
    assert (row.status, row.traceback) == ("SUCCESSFUL", "")


def test_a_task_that_is_gone_fails_and_stops_nobody() -> None:
    work.enqueue("x")
    DBTaskResult.objects.update(task_path="handrail.no.such.task")
    work.enqueue("works")
    Worker().run_ready()
    assert done == ["works"]


# --- When a worker dies -------------------------------------------------------------------------


def taken_by(worker_id: str) -> DBTaskResult[Any, Any]:
    work.enqueue("taken")
    row = claim_next(worker_id)
    assert row is not None
    return row


def test_what_a_dead_worker_had_at_hand_is_given_to_others() -> None:
    beat("dies")
    taken_by("dies")
    assert rescue_orphans() == 0, "it was seen just now"
    assert rescue_orphans(timezone.now() + DEAD_AFTER * 2) == 1
    Worker().run_ready()
    assert done == ["taken"]


def test_a_worker_that_was_never_seen_is_dead() -> None:
    taken_by("unseen")
    assert rescue_orphans() == 1


def test_a_living_workers_long_task_is_left_alone() -> None:
    row = taken_by("lives")
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        beat("lives")
        assert rescue_orphans() == 0
    row.refresh_from_db()
    assert row.status == "RUNNING"


def test_what_kills_every_worker_is_given_up() -> None:
    row = taken_by("first")
    for number in range(3):
        rescue_orphans()
        claim_next(f"next-{number}")
    row.refresh_from_db()
    assert (row.status, len(row.worker_ids)) == ("FAILED", 3)


def test_an_end_that_could_not_be_written_down_is_not_forgotten() -> None:
    """The database went away while the task ran: the row still says that we are at it."""
    beat("me")
    taken_by("me")
    assert rescue_orphans() == 0
    assert rescue_orphans(idle="me") == 1


def test_beats_of_the_long_dead_are_forgotten() -> None:
    beat("old")
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        beat("new")
        rescue_orphans()
    assert list(WorkerBeat.objects.values_list("worker_id", flat=True)) == ["new"]


# --- By the clock -------------------------------------------------------------------------------


def hourly(only: dict[str, Periodic]) -> None:
    only["hourly"] = Periodic("hourly", timedelta(hours=1), partial(work.enqueue, "tick"))


def test_a_periodic_task_runs_once_a_period(only: dict[str, Periodic]) -> None:
    hourly(only)
    now = timezone.now()
    due = [enqueue_due(now + timedelta(minutes=minutes)) for minutes in (0, 1, 59, 60, 61, 300)]
    assert due == [1, 0, 0, 1, 0, 1]
    assert DBTaskResult.objects.count() == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_first", [True, False])
def test_of_many_workers_one_enqueues_it(only: dict[str, Periodic], is_first: bool) -> None:
    hourly(only)
    now = timezone.now()
    if not is_first:
        PeriodicRun.objects.create(name="hourly", enqueued_at=now - timedelta(days=1))
    assert sorted(at_once([partial(enqueue_due, now)] * 4)) == [0, 0, 0, 1]
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_when_enqueueing_fails_it_is_due_again(only: dict[str, Periodic]) -> None:
    def broken() -> None:
        raise OperationalError

    only["hourly"] = Periodic("hourly", timedelta(hours=1), broken)
    with pytest.raises(OperationalError):
        enqueue_due()
    hourly(only)
    assert enqueue_due() == 1


# --- The loop -----------------------------------------------------------------------------------


@contextmanager
def running(started: Worker) -> Iterator[threading.Thread]:
    """The worker in a thread of this process, as the embedded server has it."""

    def run() -> None:
        try:
            started.run()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield thread
    finally:
        started.stop()
        thread.join(10)
        assert not thread.is_alive()


def eventually(is_so: Callable[[], bool], seconds: float = AT_ONCE_S) -> bool:
    deadline = time.monotonic() + seconds
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.01)
    return is_so()


@pytest.mark.django_db(transaction=True)
def test_a_commit_wakes_the_worker_of_its_process(
    only: dict[str, Periodic], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "POLL_SECONDS", 60.0)
    with running(Worker()):
        assert eventually(lambda: WorkerBeat.objects.exists())
        time.sleep(0.2)  # by now it has found nothing, and sleeps
        with transaction.atomic():
            work.enqueue("woken")
            time.sleep(0.2)
            assert done == [], "what is not committed is not there"
        assert eventually(lambda: done == ["woken"])


@pytest.mark.django_db(transaction=True)
def test_without_an_alarm_it_looks_by_itself(
    only: dict[str, Periodic], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when another process enqueued it."""
    monkeypatch.setattr(worker, "POLL_SECONDS", 0.2)
    with running(Worker()):
        assert eventually(lambda: WorkerBeat.objects.exists())
        monkeypatch.setattr(alarm, "ring", lambda: None)
        work.enqueue("found")
        assert eventually(lambda: done == ["found"])
        monkeypatch.undo()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_only_delays_the_work(
    only: dict[str, Periodic], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(worker, "POLL_SECONDS", 0.05)
    is_away = threading.Event()
    is_away.set()
    really_claim = worker.claim_next

    def claim(worker_id: str) -> DBTaskResult[Any, Any] | None:
        if is_away.is_set():
            raise OperationalError("the database is away")
        return really_claim(worker_id)

    monkeypatch.setattr(worker, "claim_next", claim)
    work.enqueue("delayed")
    with running(Worker()):
        assert eventually(lambda: "worker_trouble" in caplog.text)
        assert done == []
        is_away.clear()
        assert eventually(lambda: done == ["delayed"])


@pytest.mark.django_db(transaction=True)
def test_it_beats_while_a_task_takes_long(
    only: dict[str, Periodic], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "BEAT", timedelta(seconds=0.05))
    is_over = threading.Event()
    monkeypatch.setattr(worker, "claim_next", lambda worker_id: is_over.wait(5) and None)
    with running(Worker()):
        assert eventually(lambda: WorkerBeat.objects.exists())
        first = WorkerBeat.objects.get().seen_at
        assert eventually(lambda: WorkerBeat.objects.get().seen_at > first)
        is_over.set()


@pytest.mark.django_db(transaction=True)
def test_it_stops_after_the_task_at_hand(only: dict[str, Periodic]) -> None:
    started = Worker()
    with running(started) as thread:
        assert eventually(lambda: WorkerBeat.objects.exists())
        started.stop()
        thread.join(AT_ONCE_S)
        assert not thread.is_alive()
