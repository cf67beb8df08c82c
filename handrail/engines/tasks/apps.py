"""How does Django know this package?"""

from typing import Any

from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "handrail.engines.tasks"
    label = "tasks"

    def ready(self) -> None:
        from django_tasks.signals import task_enqueued

        task_enqueued.connect(_wake_after_commit, dispatch_uid="tasks.wake")


def _wake_after_commit(**kwargs: Any) -> None:
    from django.db import transaction

    from handrail.engines.tasks import alarm

    transaction.on_commit(alarm.ring)
