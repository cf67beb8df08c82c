"""handrail bench: what serving and keeping cost on this machine."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from handrail.config.bench import commits, machine, report, rows, serving
from handrail.config.bench.process import Unmeasurable
from handrail.config.bench.servers import DidNotStart


class Command(BaseCommand):
    help = "Measures what a page costs (serving) and what a commit costs (commits)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "what",
            nargs="?",
            default="serving",
            choices=("serving", "commits", "rows"),
            help="rows: fills an empty installation for `serving`, which calls it by itself",
        )
        parser.add_argument("--json", action="store_true", help="for programs")
        parser.add_argument(
            "--requests", type=int, default=1000, help="for each page in each arrangement"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "rows":
            self.stdout.write(json.dumps(asdict(rows.make())))
            return
        here = machine.describe()
        try:
            figures = self._measure(options["what"], options["requests"])
        except (Unmeasurable, DidNotStart) as reason:
            raise CommandError(str(reason)) from None
        if options["json"]:
            self.stdout.write(json.dumps({"machine": here.as_dict(), **figures}, indent=2))
        else:
            self.stdout.write(f"{here}\n\n{getattr(report, options['what'])(figures)}")

    def _measure(self, what: str, requests: int) -> dict[str, Any]:
        if what == "commits":
            settings.ENV.data.mkdir(parents=True, exist_ok=True)
            return commits.measure(settings.ENV.data)
        return serving.measure(requests)
