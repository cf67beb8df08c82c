"""How does a task that looks at everything run once for many reasons, and not once for each?"""

from typing import Any

from django.db import transaction
from django_tasks.base import Task


def enqueue_once(task: Task[Any, Any]) -> None:
    """Enqueues it, unless one that is due waits already: that one will see what is written here.

    It takes no arguments. The one that waits is locked until this transaction ends (on SQLite the
    transaction itself is the lock), so no worker begins it before what is written here is there.
    """
    from django_tasks_db.models import DBTaskResult  # models are not there when tasks are defined

    with transaction.atomic():
        waiting = DBTaskResult.objects.ready().filter(task_path=task.module_path)
        if not waiting.select_for_update(skip_locked=True).values_list("pk")[:1]:
            task.enqueue()
