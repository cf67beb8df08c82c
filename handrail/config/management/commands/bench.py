"""handrail bench: what serving and keeping cost on this machine."""

import json
import os
import sys
from argparse import ArgumentParser
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

MEASURED = (
    "serving",
    "commits",
    "tickets",
    "lookups",
    "search",
    "library",
    "ask",
    "imports",
    "chat",
    "live",
)
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
            choices=(*MEASURED, *PARTS),
            help=f"{', '.join(PARTS)}: parts of the others, which call them by themselves",
        )
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            help="with corpus.jsonl, queries.SPLIT.jsonl, qrels.SPLIT.jsonl (search)",
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

        parser.add_argument("--members", type=int, default=1000, help="pages of members (chat)")
        parser.add_argument("--seconds", type=float, default=30, help="of each row (chat, live)")
        parser.add_argument(
            "--shape", choices=chat.SHAPES, default="pairs", help="who talks with whom (chat)"
        )
        self._add_arguments_of_search(parser)

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
        if options["what"] == "rows":
            self.stdout.write(json.dumps(asdict(rows.make())))
            return
        if options["what"] == "looking":
            self.stdout.write(json.dumps({"figures": lookups.figures()}))
            return
        if options["what"] == "asking":
            self.stdout.write(json.dumps(asking.measure(_order(options), os.getpid())))
            return
        if options["what"] == "answering":
            self.stdout.write(json.dumps(answering.measure(_ask_order(options), os.getpid())))
            return
        if options["what"] == "taking":
            self.stdout.write(json.dumps(imports.take(options["folder"], os.getpid())))
            return
        if options["what"] == "talkers":
            self._talkers(options["members"], options["shape"])
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
            if options["what"] == "lookups":
                self._lookups(here, options)
                return
            if options["what"] in ("search", "library"):
                self._library(here, options)
                return
            if options["what"] == "ask":
                self._ask(here, options)
                return
            if options["what"] == "imports":
                self._imports(here, options)
                return
            if options["what"] in ("chat", "live"):
                self._talk(here, options)
                return
            figures = self._measure(options["what"], options["requests"])
        except (
            Unmeasurable,
            DidNotStart,
            Missing,
            WrongAnswer,
            sets.Unreadable,
            chat.Disordered,
        ) as reason:
            raise CommandError(str(reason)) from None
        if options["json"]:
            self.stdout.write(json.dumps({"machine": here.as_dict(), **figures}, indent=2))
        else:
            self.stdout.write(f"{here}\n\n{getattr(report, options['what'])(figures)}")

    def _crowd(self, count: int) -> None:
        asker = askers.make(count, Bar(sys.stderr, "Tickets", count))
        self.stdout.write(json.dumps(asdict(asker)))

    def _talkers(self, members: int, shape: str) -> None:
        found = talkers.make(members, shape, Bar(sys.stderr, "Chats", members))
        self.stdout.write(json.dumps({"talkers": [asdict(one) for one in found]}))

    def _talk(self, here: machine.Machine, options: dict[str, Any]) -> None:
        members, seconds, shape = (options[name] for name in ("members", "seconds", "shape"))
        if members < 1 or seconds < 1:
            raise CommandError("--members and --seconds take numbers above 0.")
        if options["what"] == "live":
            figures = live.measure(seconds, self.stderr.write)
        else:
            figures = chat.measure(members, seconds, shape, self.stderr.write)
        found = [asdict(figure) for figure in figures]
        if options["json"]:
            self.stdout.write(json.dumps(found, indent=2))
        else:
            self.stdout.write(f"{here}\n\n{report.chat(found)}")

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

    def _lookups(self, here: machine.Machine, options: dict[str, Any]) -> None:
        """Among the first number of tickets, or fifty thousand where none was chosen."""
        chosen = options["tickets"]
        size = lookups.TICKETS if chosen == list(tickets.SIZES) else chosen[0]
        found = lookups.measure(options["database"], size, self.stderr.write)
        if options["json"]:
            self.stdout.write(json.dumps(found, indent=2))
        else:
            self.stdout.write(f"{here}\n\n{report.lookups(found)}")

    def _library(self, here: machine.Machine, options: dict[str, Any]) -> None:
        if options["what"] == "library":
            found = library.made_up(options["database"], self.stderr.write)
        else:
            order = _order(options)
            sets.questions(order.folder, order.split, order.view)  # says at once what is missing
            found = library.measure(options["database"], order, self.stderr.write)
        if options["json"]:
            self.stdout.write(json.dumps(found, indent=2))
        else:
            self.stdout.write(f"{here}\n\n{report.library(found)}")

    def _ask(self, here: machine.Machine, options: dict[str, Any]) -> None:
        order = _ask_order(options)
        sets.questions(order.folder, order.split, "title")  # says at once what is missing
        found = library.measure_answers(options["database"], order, self.stderr.write)
        if options["json"]:
            self.stdout.write(json.dumps(found, indent=2))
        else:
            self.stdout.write(f"{here}\n\n{report.ask(found)}")

    def _imports(self, here: machine.Machine, options: dict[str, Any]) -> None:
        found = imports.measure(options["database"], self.stderr.write)
        if options["json"]:
            self.stdout.write(json.dumps(found, indent=2))
        else:
            self.stdout.write(f"{here}\n\n{report.imports(found)}")

    def _measure(self, what: str, requests: int) -> dict[str, Any]:
        if what == "commits":
            settings.ENV.data.mkdir(parents=True, exist_ok=True)
            return commits.measure(settings.ENV.data)
        return serving.measure(requests)


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
