"""Who runs the tasks? A loop in a thread of the embedded server, or `handrail worker` by itself.

django-tasks-db stores tasks and can run one. What it lacks is here: another try after a failure,
rescue of tasks whose worker died, and tasks that run by the clock.
"""

import threading
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import IntegrityError, close_old_connections, transaction
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as DatabaseWorker
from django_tasks_db.models import DBTaskResult

from handrail.base.ids import public_id
from handrail.engines.tasks import alarm
from handrail.engines.tasks.define import Periodic, attempts_of, pause_after, periodic_tasks
from handrail.engines.tasks.models import PeriodicRun, WorkerBeat

log = structlog.get_logger("handrail.tasks")

POLL_SECONDS = 2.0
"""How long an idle worker waits before it looks again; a task of its own process wakes it."""

BEAT = timedelta(seconds=10)
DEAD_AFTER = timedelta(seconds=60)
"""A worker that has not been seen for so long is dead, and its tasks are given to others."""

CHORES = timedelta(seconds=15)
"""How often a worker looks for dead workers and for periodic tasks that are due."""


class Worker:
    """Runs tasks one after the other until `stop()`."""

    def __init__(self) -> None:
        self.worker_id = public_id()
        self._stopping = threading.Event()
        self._runner = DatabaseWorker(
            queue_names=["*"],
            interval=POLL_SECONDS,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=self.worker_id,
            excluded_queue_names=[],
        )
        self._chores_due = timezone.now()

    def run(self) -> None:
        """Works until stopped. A database that is away for a while only delays the work."""
        beating = threading.Thread(target=self._beat_until_stopped, name="beat", daemon=True)
        beating.start()
        while not self._stopping.is_set():
            try:
                worked = self._work_once()
            except Exception:
                log.exception("worker_trouble")
                worked = False
            if not worked:
                alarm.wait(POLL_SECONDS)

    def stop(self) -> None:
        """Asks the loop to end after the task at hand."""
        self._stopping.set()
        alarm.ring()

    def run_ready(self, most: int | None = None) -> int:
        """Runs every task that is due, or so many, and returns how many: what a test or a command
        wants."""
        count = 0
        while (most is None or count < most) and self._run_next():
            count += 1
        return count

    def _work_once(self) -> bool:
        close_old_connections()
        if timezone.now() >= self._chores_due:
            beat(self.worker_id)
            rescue_orphans(idle=self.worker_id)
            enqueue_due()
            self._chores_due = timezone.now() + CHORES
        return self._run_next()

    def _run_next(self) -> bool:
        row = claim_next(self.worker_id)
        if row is None:
            return False
        self._runner.run_task(row)
        if row.status == TaskResultStatus.FAILED:
            try_again_later(row)
        return True

    def _beat_until_stopped(self) -> None:
        """From a thread of its own, so that a long task does not make its worker look dead."""
        while not self._stopping.wait(BEAT.total_seconds()):
            try:
                beat(self.worker_id)
            except Exception:
                log.exception("beat_failed")
            finally:
                close_old_connections()


def claim_next(worker_id: str) -> DBTaskResult[Any, Any] | None:
    """Takes the next due task. The conditional UPDATE lets only one of many workers win it."""
    for row in DBTaskResult.objects.ready()[:10]:
        worker_ids = [*row.worker_ids, worker_id]
        claimed = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.READY).update(
            status=TaskResultStatus.RUNNING, started_at=timezone.now(), worker_ids=worker_ids
        )
        if claimed:
            row.refresh_from_db()
            return row
    return None


def try_again_later(row: DBTaskResult[Any, Any]) -> None:
    """Puts a failed task back with a pause, or leaves it failed after its last attempt."""
    attempt = len(row.worker_ids)
    if attempt >= attempts_of(row.task_path):
        log.error("task_given_up", task=row.task_path, attempts=attempt, id=str(row.pk))
        return
    pause = pause_after(attempt)
    DBTaskResult.objects.filter(pk=row.pk).update(
        status=TaskResultStatus.READY, finished_at=None, run_after=timezone.now() + pause
    )
    log.warning("task_again", task=row.task_path, attempt=attempt, pause_s=pause.total_seconds())


def rescue_orphans(now: datetime | None = None, *, idle: str = "") -> int:
    """Gives back the running tasks of workers that are dead; returns how many.

    `idle` is a worker that lives and has no task at hand: what still counts as its own is a task
    of which it could not write down the end, since the database was away.
    """
    now = now or timezone.now()
    alive = set(
        WorkerBeat.objects.filter(seen_at__gte=now - DEAD_AFTER).values_list("worker_id", flat=True)
    ) - {idle}
    rescued = 0
    for row in DBTaskResult.objects.running():
        if row.worker_ids and row.worker_ids[-1] in alive:
            continue
        given_up = len(row.worker_ids) >= attempts_of(row.task_path)
        status = TaskResultStatus.FAILED if given_up else TaskResultStatus.READY
        rescued += DBTaskResult.objects.filter(
            pk=row.pk, status=TaskResultStatus.RUNNING, worker_ids=row.worker_ids
        ).update(status=status)
        log.warning("task_rescued", task=row.task_path, id=str(row.pk), status=status)
    WorkerBeat.objects.filter(seen_at__lt=now - 10 * DEAD_AFTER).delete()
    return rescued


def enqueue_due(now: datetime | None = None) -> int:
    """Enqueues the periodic tasks whose time has come; returns how many."""
    now = now or timezone.now()
    return sum(_enqueue_if_due(periodic, now) for periodic in periodic_tasks())


def _enqueue_if_due(periodic: Periodic, now: datetime) -> bool:
    """The conditional UPDATE (or the unique INSERT) lets only one of many workers enqueue it."""
    try:
        with transaction.atomic():
            run, is_first = PeriodicRun.objects.get_or_create(
                name=periodic.name, defaults={"enqueued_at": now}
            )
            is_due = is_first or bool(
                PeriodicRun.objects.filter(
                    pk=run.pk, enqueued_at__lte=now - periodic.period
                ).update(enqueued_at=now)
            )
            if is_due:
                periodic.enqueue()
            return is_due
    except IntegrityError:  # another worker was first
        return False


def beat(worker_id: str) -> None:
    """Says that this worker is alive."""
    WorkerBeat.objects.update_or_create(worker_id=worker_id, defaults={"seen_at": timezone.now()})
