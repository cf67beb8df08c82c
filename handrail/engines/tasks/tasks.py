"""What happens later to the tasks themselves? Those that are over are forgotten."""

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from handrail.engines.tasks.define import every

KEEP_DONE = timedelta(days=1)
KEEP_FAILED = timedelta(days=30)
"""So long one can look up why something was given up."""


@every(timedelta(hours=1))
def forget_finished() -> None:
    now = timezone.now()
    DBTaskResult.objects.successful().filter(finished_at__lt=now - KEEP_DONE).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=now - KEEP_FAILED).delete()
