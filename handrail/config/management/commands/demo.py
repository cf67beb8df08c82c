"""handrail demo: the demo's people and tickets, and its host platform."""

import os
import socket
import sys
from argparse import ArgumentParser
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from handrail.config import demo, installation
from handrail.config.progress import Bar


class Command(BaseCommand):
    help = "Loads the demo's people and tickets, then serves the demo's host platform."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--load", action="store_true", help="load only, serve nothing")
        parser.add_argument(
            "--tickets",
            type=int,
            default=0,
            metavar="N",
            help="load only, and add a crowd with N tickets and a tenth as many accounts",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        installation.migrate()
        count = demo.load()
        self.stdout.write(f"The demo holds {count} tickets.")
        if options["tickets"]:
            self._crowd(options["tickets"])
        elif not options["load"]:
            self._serve(settings.ENV.demo_port, settings.ENV.demo_smtp_port)

    def _crowd(self, tickets: int) -> None:
        if tickets < 0:
            raise CommandError("--tickets takes a number above 0.")
        demo.load_crowd(tickets, Bar(sys.stderr, "Tickets", tickets))
        self.stdout.write(f"The crowd holds {tickets:,} tickets.")

    def _serve(self, port: int, smtp_port: int) -> None:
        _refuse_taken("localhost", port, "DEMO_PORT")
        _refuse_taken("127.0.0.1", smtp_port, "DEMO_SMTP_PORT")
        self.stdout.write(f"The demo's host platform is at http://localhost:{port}")
        self.stdout.write(
            f"Its mailboxes are at http://localhost:{port}/mailbox, for a hub that was started "
            f"with EMAIL_URL=smtp://127.0.0.1:{smtp_port}"
        )
        uvicorn.run(
            "handrail.demo.platform:app",
            factory=True,
            host="localhost",
            port=port,
            log_level="warning",
        )


def _refuse_taken(host: str, port: int, name: str) -> None:
    try:
        socket.create_server((host, port)).close()
    except OSError as problem:
        reason = os.strerror(problem.errno or 0)
        raise CommandError(
            f"Port {port} cannot be used ({reason}). Choose another one with {name}."
        ) from None
