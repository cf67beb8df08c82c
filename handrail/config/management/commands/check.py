"""handrail check: is this installation safe to open to others, and does all of it answer?

Without options of Django's own it looks at the whole installation; with them (an app, --deploy,
--tag, --database …) it is Django's command, which other tools call.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.core import checks as django_checks
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands.check import Command as DjangoCheck

from handrail.config import checks
from handrail.config.checks import Finding, Level

DJANGOS_OWN = ("tags", "list_tags", "deploy", "databases")


class Command(DjangoCheck):
    help = "Looks for what is unsafe or does not answer, and says what to do about it."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *app_labels: Any, **options: Any) -> None:
        if app_labels or any(options[name] for name in DJANGOS_OWN):
            super().handle(*app_labels, **options)
            return
        found = [*_djangos_findings(), *checks.run()]
        errors = sum(finding.level is Level.ERROR for finding in found)
        if options["json"]:
            content = {"ok": not errors, "findings": [asdict(finding) for finding in found]}
            self.stdout.write(json.dumps(content, indent=2))
        else:
            self._tell(found)
        if errors:
            raise CommandError(f"{errors} of {len(found)} findings must be mended.")

    def _tell(self, found: Iterable[Finding]) -> None:
        for finding in found:
            style = self.style.ERROR if finding.level is Level.ERROR else self.style.WARNING
            self.stdout.write(f"{style(finding.level.upper())}  {finding.problem}")
            self.stdout.write(f"       {finding.remedy}\n\n")
        if not found:
            self.stdout.write(self.style.SUCCESS("Everything is in order."))


def _djangos_findings() -> Iterable[Finding]:
    """What Django's own checks have against the program."""
    for message in django_checks.run_checks():
        if message.level >= django_checks.WARNING and not message.is_silenced():
            level = Level.ERROR if message.is_serious() else Level.WARNING
            yield Finding(level, str(message.id), message.msg, message.hint or "")
