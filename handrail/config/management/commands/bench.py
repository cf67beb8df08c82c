"""handrail bench: what serving and keeping cost on this machine."""

import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from handrail.config.bench import (
    answering,
    askers,
    asking,
    chat,
    commits,
    imports,
    library,
    live,
    lookups,
    machine,
    report,
    rows,
    serving,
    sets,
    talkers,
    tickets,
)
from handrail.config.bench.load import WrongAnswer
from handrail.config.bench.postgres import Missing
from handrail.config.bench.process import Unmeasurable
from handrail.config.bench.servers import DidNotStart
from handrail.config.progress import Bar

REPORTS: dict[str, Callable[[Any], str]] = {
    "serving": report.serving,
    "commits": report.commits,
    "tickets": report.tickets,
    "lookups": report.lookups,
    "search": report.library,
    "library": report.library,
    "ask": report.ask,
    "imports": report.imports,
    "chat": report.chat,
    "live": report.chat,
}
"""What is measured, and how its figures are told to people."""

WITH_MACHINE = ("serving", "commits")
"""Whose figures are an object, with the machine in it; the others are lists."""

PARTS = ("rows", "crowd", "looking", "asking", "answering", "taking", "talkers")

UNTOLD = (Unmeasurable, DidNotStart, Missing, WrongAnswer, sets.Unreadable, chat.Disordered)
"""What a machine may lack, or do, so that there is no figure."""


class Command(BaseCommand):
    help = (
        "Measures what pages cost (serving), work with tickets (tickets), looking tickets up "
        "beside the index alone (lookups), commits (commits), how well and how fast the help "
        "pages of a folder are found (search FOLDER), and two thousand made-up ones (library), how "
        "well they answer (ask FOLDER, or ask alone for the demo's own questions), and how long "
        "two thousand pages take to come from a folder (imports). What a word costs in chats among "
        "many open pages, also while the hub is killed (chat), and what it costs that open pages "
        "hear of a change (live)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "what",
            nargs="?",
            default="serving",
            choices=(*REPORTS, *PARTS),
            help=f"{', '.join(PARTS)}: parts of the others, which call them by themselves",
        )
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            help="with corpus.jsonl, queries.SPLIT.jsonl, qrels.SPLIT.jsonl (search)",
        )
        parser.add_argument("--json", action="store_true", help="for programs")
        self._add_arguments_of_work(parser)
        self._add_arguments_of_talk(parser)
        self._add_arguments_of_search(parser)

    def _add_arguments_of_work(self, parser: ArgumentParser) -> None:
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

    def _add_arguments_of_talk(self, parser: ArgumentParser) -> None:
        parser.add_argument("--members", type=int, default=1000, help="pages of members (chat)")
        parser.add_argument("--seconds", type=float, default=30, help="of each row (chat, live)")
        parser.add_argument(
            "--shape", choices=chat.SHAPES, default="pairs", help="who talks with whom (chat)"
        )

    def _add_arguments_of_search(self, parser: ArgumentParser) -> None:
        parser.add_argument("--split", default="dev", help="which questions (search)")
        parser.add_argument(
            "--view",
            choices=("title", "ticket"),
            default="title",
            help="ask the text alone, or with the body after it (search)",
        )
        parser.add_argument("--run", type=Path, help="file to write the answers to (search)")
        parser.add_argument(
            "--refuse", type=Path, help="folder with questions that no page answers (search)"
        )
        parser.add_argument(
            "--vectors", type=Path, help="file that keeps vectors for the next time (search)"
        )
        parser.add_argument("--words", action="store_true", help="without the model (search, ask)")
        parser.add_argument(
            "--removed",
            action="store_true",
            help="ask each question once more with its right pages taken out (ask)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        what = options["what"]
        if min(options["tickets"]) < 1:
            raise CommandError("--tickets takes numbers above 0.")
        if what in PARTS:
            self.stdout.write(json.dumps(_part(options)))
            return
        here = machine.describe()
        try:
            found = self._measure(options)
        except UNTOLD as reason:
            raise CommandError(str(reason)) from None
        if options["json"]:
            told = {"machine": here.as_dict(), **found} if what in WITH_MACHINE else found
            self.stdout.write(json.dumps(told, indent=2))
        else:
            self.stdout.write(f"{here}\n\n{REPORTS[what](found)}")

    def _measure(self, options: dict[str, Any]) -> Any:
        """The figures. With --json nothing but them goes to stdout: progress has the other."""
        say, databases = self.stderr.write, options["database"]
        match options["what"]:
            case "serving":
                return serving.measure(options["requests"])
            case "commits":
                settings.ENV.data.mkdir(parents=True, exist_ok=True)
                return commits.measure(settings.ENV.data)
            case "tickets":
                sizes, requests = options["tickets"], options["requests"]
                return [asdict(one) for one in tickets.measure(databases, sizes, requests, say)]
            case "lookups":
                return lookups.measure(databases, _size_for_lookups(options), say)
            case "search":
                order = _order(options)
                sets.questions(order.folder, order.split, order.view)  # says at once what lacks
                return library.measure(databases, order, say)
            case "library":
                return library.made_up(databases, say)
            case "ask":
                asked = _ask_order(options)
                sets.questions(asked.folder, asked.split, "title")
                return library.measure_answers(databases, asked, say)
            case "imports":
                return imports.measure(databases, say)
            case _:
                return [asdict(figure) for figure in _talk(options, say)]


def _part(options: dict[str, Any]) -> dict[str, Any]:
    """What one of the processes does that a bench starts for itself."""
    members, count = options["members"], options["tickets"][0]
    match options["what"]:
        case "rows":
            return asdict(rows.make())
        case "looking":
            return {"figures": lookups.figures()}
        case "asking":
            return asking.measure(_order(options), os.getpid())
        case "answering":
            return answering.measure(_ask_order(options), os.getpid())
        case "taking":
            return imports.take(options["folder"], os.getpid())
        case "talkers":
            bar = Bar(sys.stderr, "Chats", members)
            found = talkers.make(members, options["shape"], bar)
            return {"talkers": [asdict(one) for one in found]}
        case _:
            return asdict(askers.make(count, Bar(sys.stderr, "Tickets", count)))


def _talk(options: dict[str, Any], say: Callable[[str], Any]) -> Iterable[Any]:
    members, seconds = options["members"], options["seconds"]
    if members < 1 or seconds < 1:
        raise CommandError("--members and --seconds take numbers above 0.")
    if options["what"] == "live":
        return live.measure(seconds, say)
    return chat.measure(members, seconds, options["shape"], say)


def _size_for_lookups(options: dict[str, Any]) -> int:
    """The first number of tickets, or fifty thousand where none was chosen."""
    chosen = options["tickets"]
    return lookups.TICKETS if chosen == list(tickets.SIZES) else int(chosen[0])


def _ask_order(options: dict[str, Any]) -> answering.Order:
    """Without a folder, the demo's own questions."""
    return answering.Order(
        folder=(options["folder"] or answering.DEMO).resolve(),
        split=options["split"],
        run=options["run"].resolve() if options["run"] else None,
        vectors=options["vectors"].resolve() if options["vectors"] else None,
        has_meaning=not options["words"],
        is_removing=options["removed"],
    )


def _order(options: dict[str, Any]) -> asking.Order:
    if options["folder"] is None:
        raise CommandError("`bench search FOLDER`: which folder holds pages and questions?")
    paths = {
        name: options[name].resolve() if options[name] else None
        for name in ("run", "refuse", "vectors")
    }
    return asking.Order(
        folder=options["folder"].resolve(),
        split=options["split"],
        view=options["view"],
        has_meaning=not options["words"],
        **paths,
    )
