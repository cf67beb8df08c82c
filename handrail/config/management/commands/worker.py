"""handrail worker: runs tasks beside one or more `handrail serve --no-worker`."""

import signal
from typing import Any

from django.core.management.base import BaseCommand

from handrail.engines.tasks.worker import Worker


class Command(BaseCommand):
    help = "Runs tasks (mail, clean-up, what mediums do later) until it is stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: worker.stop())
        worker.run()
