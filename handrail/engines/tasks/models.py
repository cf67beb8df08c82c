"""What do the workers remember? Who is alive, and when each periodic task last began.

The tasks themselves are rows of django-tasks-db.
"""

from django.db import models


class WorkerBeat(models.Model):
    """A worker that was alive at `seen_at`."""

    worker_id = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker_id


class PeriodicRun(models.Model):
    """When the ticker last enqueued a periodic task."""

    name = models.CharField(max_length=200, unique=True)
    enqueued_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
