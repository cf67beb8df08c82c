"""handrail docs: help pages from a tree of Markdown files, and back; and do they answer?"""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from handrail.config import installation
from handrail.config.progress import Bar
from handrail.engines.ai.models import EvaluationQuestion, EvaluationRun
from handrail.mediums.docs.actions import evaluating, redrawing
from handrail.mediums.docs.importing import FolderTree, Options, Report, import_tree
from handrail.mediums.docs.importing.exporting import FolderWriter, export_sections, refuse_full
from handrail.mediums.docs.models import Section
from handrail.people.viewer import system_viewer

VIEWER = system_viewer("docs command")


class Command(BaseCommand):
    help = "Imports help pages from Markdown files, exports, draws anew, and measures them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        taking = acts.add_parser("import", help="bring the pages to where a folder is")
        taking.add_argument("path", metavar="PATH", help="a GitBook repository, or plain Markdown")
        taking.add_argument("--section", default="", help="the section that the whole folder is")
        taking.add_argument("--audience", default="", help="for whom pages are that do not say it")
        taking.add_argument("--language", default="", help="of the pages of a new section")
        taking.add_argument(
            "--overwrite", action="store_true", help="also what was edited here since"
        )
        taking.add_argument("--dry-run", action="store_true", help="only say what would be done")
        taking.add_argument("--json", action="store_true", help="the whole report, for programs")

        giving = acts.add_parser("export", help="write the pages as the files of a folder")
        giving.add_argument("path", metavar="PATH", help="a folder that is empty, or is not there")
        giving.add_argument("--section", default="", help="only this one, into the folder itself")
        giving.add_argument("--overwrite", action="store_true", help="into a folder with files")
        acts.add_parser("redraw", help="draw what an earlier version has drawn")
        acts.add_parser("evaluate", help="ask the editors' own questions, and say what got worse")

    def handle(self, *args: Any, **options: Any) -> None:
        installation.migrate()
        getattr(self, f"_{options['act']}")(options)

    def _import(self, options: dict[str, Any]) -> None:
        path, report = Path(options["path"]), Report()
        wanted = Options(
            section=options["section"],
            name=path.resolve().name,
            audience=options["audience"],
            language=options["language"],
            overwrite=options["overwrite"],
            dry_run=options["dry_run"],
            progress=lambda what, total: Bar(sys.stderr, what, total),
        )
        try:
            report = import_tree(VIEWER, FolderTree(path, report), report, wanted)
        except NotADirectoryError as error:
            raise CommandError(f"{error} is not a folder.") from None
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        if options["json"]:
            self.stdout.write(json.dumps(report.as_facts(), indent=2))
            return
        for line in report.lines(colour=self.stdout.isatty() and not options["no_color"]):
            self.stdout.write(line)

    def _export(self, options: dict[str, Any]) -> None:
        root, slug = Path(options["path"]), options["section"]
        if not options["overwrite"] and (reason := refuse_full(root)):
            raise CommandError(reason)
        sections = Section.objects.visible_to(VIEWER)
        if slug and not sections.filter(slug=slug).exists():
            raise CommandError(f"There is no section “{slug}”.")
        chosen = sections.filter(slug=slug) if slug else sections
        try:
            counts = export_sections(VIEWER, chosen, FolderWriter(root), is_alone=bool(slug))
        except OSError as error:
            raise CommandError(f"{root}: {error.strerror}.") from None
        self.stdout.write(f"{counts['pages']} pages and {counts['files']} files are in {root}.")

    def _evaluate(self, options: dict[str, Any]) -> None:
        """Ends with status 1 when something got worse than in the run before."""
        before = EvaluationRun.objects.visible_to(VIEWER).ended().first()
        run = evaluating.run_now(VIEWER)
        texts = dict(EvaluationQuestion.objects.visible_to(VIEWER).values_list("public_id", "text"))
        for change in evaluating.changes(before, run):
            words = f"{change.before} → {change.after}: {texts.get(change.question_id, '')}"
            self.stdout.write(words)
        self.stdout.write(f"{run.right} of {run.total} right, {run.worse} got worse.")
        if run.worse:
            raise SystemExit(1)

    def _redraw(self, options: dict[str, Any]) -> None:
        total = redrawing.count_old(VIEWER)
        bar, done = Bar(sys.stderr, "Pages drawn", max(1, total)), 0
        while some := redrawing.redraw_some(VIEWER):
            done += some
            bar(min(done, total))
        self.stdout.write(f"{done} pages are drawn anew.")
