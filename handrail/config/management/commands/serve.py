"""handrail serve: the hub, with its worker inside where there is no other process."""

import signal
import threading
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
import uvicorn
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from handrail.config import checks, installation
from handrail.engines.tasks.worker import Worker

log = structlog.get_logger("handrail.serve")

LAST_REQUESTS_SECONDS = 10
"""How long requests and sockets may take to end once the server is asked to."""

LAST_TASK_SECONDS = 10
"""How long the embedded worker's task may take to end; after that another worker repeats it."""

KEEP_ALIVE_SECONDS = 75
"""Longer than proxies keep an idle connection, so that it is never we who close one in use."""

MOST_OF_A_FRAME = 256 * 1024
"""Bytes of what a socket says at once. What is too long to be kept is refused in words, as far as
this; beyond it the connection ends."""


class Command(BaseCommand):
    help = "Serves the hub: pages, files and sockets, and (unless --no-worker) its tasks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.ENV.host)
        parser.add_argument("--port", type=int, default=settings.ENV.port)
        parser.add_argument(
            "--processes",
            type=int,
            default=1,
            help="more than one needs Redis, and `handrail worker` beside it",
        )
        parser.add_argument(
            "--no-worker", action="store_true", help="tasks are run by `handrail worker`"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["processes"] > 1 and not settings.ENV.redis_url:
            raise CommandError("Several processes need Redis to hear of each other: set REDIS_URL.")
        # uvicorn ends gracefully at both signals, and then raises them again: as this exception
        # the second time, so that we can end the worker too.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        installation.prepare()
        for finding in checks.at_once():
            log.warning(finding.key, problem=finding.problem, remedy=finding.remedy)
        if options["no_worker"] or options["processes"] > 1:
            _serve(options["host"], options["port"], options["processes"])
        else:
            with embedded_worker():
                _serve(options["host"], options["port"], 1)


def _serve(host: str, port: int, processes: int) -> None:
    """Serves until SIGTERM or SIGINT. Who is behind a proxy is for `base.limits` to say."""
    uvicorn.run(
        "handrail.config.asgi:application",
        host=host,
        port=port,
        workers=processes,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=LAST_REQUESTS_SECONDS,
        ws_max_size=MOST_OF_A_FRAME,
        ws_per_message_deflate=False,  # words are short: to press them costs more than to send them
    )


@contextmanager
def embedded_worker() -> Iterator[None]:
    """A worker in a thread of this process, which ends after its task at hand."""
    worker = Worker()
    thread = threading.Thread(target=worker.run, name="worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        worker.stop()
        thread.join(LAST_TASK_SECONDS)
