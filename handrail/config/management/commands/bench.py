"""handrail bench: what serving and keeping cost on this machine."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from handrail.config.bench import askers, commits, lookups, machine, report, rows, serving, tickets
from handrail.config.bench.load import WrongAnswer
from handrail.config.bench.postgres import Missing
from handrail.config.bench.process import Unmeasurable
from handrail.config.bench.servers import DidNotStart
from handrail.config.progress import Bar


class Command(BaseCommand):
    help = (
        "Measures what pages cost (serving), work with tickets (tickets), searching beside the "
        "index alone (search), commits (commits)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "what",
            nargs="?",
            default="serving",
            choices=("serving", "commits", "tickets", "search", "rows", "crowd", "lookups"),
            help="rows, crowd, lookups: parts of the others, which call them by themselves",
        )
        parser.add_argument("--json", action="store_true", help="for programs")
        parser.add_argument(
            "--requests", type=int, default=1000, help="for each page in each arrangement"
        )
        parser.add_argument(
            "--tickets",
            type=int,
            nargs="+",
            default=list(tickets.SIZES),
            metavar="N",
            help="among how many tickets (tickets)",
        )
        parser.add_argument(
            "--database",
            nargs="+",
            choices=tickets.DATABASES,
            default=list(tickets.DATABASES),
            help="on which database (tickets)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "rows":
            self.stdout.write(json.dumps(asdict(rows.make())))
            return
        if options["what"] == "lookups":
            self.stdout.write(json.dumps({"figures": lookups.figures()}))
            return
        if min(options["tickets"]) < 1:
            raise CommandError("--tickets takes numbers above 0.")
        if options["what"] == "crowd":
            self._crowd(options["tickets"][0])
            return
        here = machine.describe()
        try:
            if options["what"] == "tickets":
                self._tickets(here, options)
                return
            if options["what"] == "search":
                self._search(here, options)
                return
            figures = self._measure(options["what"], options["requests"])
        except (Unmeasurable, DidNotStart, Missing, WrongAnswer) as reason:
            raise CommandError(str(reason)) from None
        if options["json"]:
            self.stdout.write(json.dumps({"machine": here.as_dict(), **figures}, indent=2))
        else:
            self.stdout.write(f"{here}\n\n{getattr(report, options['what'])(figures)}")

    def _crowd(self, count: int) -> None:
        asker = askers.make(count, Bar(sys.stderr, "Tickets", count))
        self.stdout.write(json.dumps(asdict(asker)))

    def _tickets(self, here: machine.Machine, options: dict[str, Any]) -> None:
        """With --json nothing but the list goes to stdout."""
        found = [
            asdict(figure)
            for figure in tickets.measure(
                options["database"], options["tickets"], options["requests"], self.stderr.write
            )
        ]
        if options["json"]:
            self.stdout.write(json.dumps(found, indent=2))
        else:
            self.stdout.write(f"{here}\n\n{report.tickets(found)}")

    def _search(self, here: machine.Machine, options: dict[str, Any]) -> None:
        """Among the first number of tickets, or fifty thousand where none was chosen."""
        chosen = options["tickets"]
        size = lookups.TICKETS if chosen == list(tickets.SIZES) else chosen[0]
        found = lookups.measure(options["database"], size, self.stderr.write)
        if options["json"]:
            self.stdout.write(json.dumps(found, indent=2))
        else:
            self.stdout.write(f"{here}\n\n{report.search(found)}")

    def _measure(self, what: str, requests: int) -> dict[str, Any]:
        if what == "commits":
            settings.ENV.data.mkdir(parents=True, exist_ok=True)
            return commits.measure(settings.ENV.data)
        return serving.measure(requests)
