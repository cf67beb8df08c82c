"""What does a search cost beside the index itself, asked for its newest 25 and their number?

Both are asked in turns, in one process, on the same rows. The index alone is two statements of
SQL. Our search finds, reads the first page of what the viewer may see, and looks for the words
around each match; what its statements take is told apart from what Python does before and after.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from handrail.config.bench import askers
from handrail.config.bench.postgres import fresh_database, postgres
from handrail.config.bench.servers import Installation
from handrail.engines.conversations.archive import scopes_of
from handrail.engines.search import archive
from handrail.engines.search.words import question
from handrail.mediums.tickets import lists, rows
from handrail.mediums.tickets.console.filters import QueueFilters
from handrail.mediums.tickets.console.paging import queue_page
from handrail.mediums.tickets.states import KIND
from handrail.people.actions import create_agent
from handrail.people.viewer import Viewer, viewer_for_agent, viewer_for_member

TICKETS = 50_000
ROUNDS = 60

NEWEST = {
    "sqlite": "SELECT rowid FROM search_archive WHERE search_archive MATCH %s "
    "ORDER BY rowid DESC LIMIT 25",
    "postgresql": "SELECT thing_id FROM search_archiveentry WHERE vector @@ %s::tsquery "
    "ORDER BY id DESC LIMIT 25",
}
COUNT = {
    "sqlite": "SELECT COUNT(*) FROM search_archive WHERE search_archive MATCH %s",
    "postgresql": "SELECT COUNT(*) FROM search_archiveentry WHERE vector @@ %s::tsquery",
}

Say = Callable[[str], None]


@dataclass
class Asked:
    """One viewer's search: what the index takes, and what we take."""

    viewer: Viewer
    search: Callable[[], object]


def measure(databases: Sequence[str], tickets: int, say: Say) -> list[dict[str, Any]]:
    """On each database: made anew, filled, asked."""
    figures: list[dict[str, Any]] = []
    for database in databases:
        with ExitStack() as stack:
            url = ""
            if database == "postgresql":
                url = stack.enter_context(fresh_database(stack.enter_context(postgres())))
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="handrail-bench-"))
            installation = Installation(Path(folder), url)
            say(f"{database}: making {tickets:,} tickets")
            installation.told("crowd", "--tickets", str(tickets))
            say(f"{database}: searching")
            found = installation.told("looking")["figures"]
            figures += [{"database": database, "tickets": tickets, **row} for row in found]
    return figures


def figures() -> list[dict[str, Any]]:
    """Medians in milliseconds, on the installation that this process sees."""
    return [_figure(who, asked) for who, asked in _viewers().items()]


def _viewers() -> dict[str, Asked]:
    member = viewer_for_member(askers.member())
    agent = viewer_for_agent(create_agent(email="bench@bench.example", name="Bench"))
    return {
        "member": Asked(member, lambda: _as_member(member)),
        "agent": Asked(agent, lambda: _as_agent(agent)),
    }


def _as_member(viewer: Viewer) -> object:
    search = lists.found(viewer, askers.WORD)
    page = lists.MemberList(viewer, {"found": search}).page("")
    return rows.rows_of(viewer, page, search)


def _as_agent(viewer: Viewer) -> object:
    return queue_page(viewer, QueueFilters({"view": "all", "q": askers.WORD}), "")


def _figure(who: str, asked: Asked) -> dict[str, Any]:
    match = archive.match(scopes_of(asked.viewer, KIND), question(askers.WORD))
    of_index, of_ours, of_database = [], [], []
    for _round in range(ROUNDS):
        of_index.append(_ms(lambda: _index_alone(match)))
        in_database: list[float] = []
        with connection.execute_wrapper(_watch(in_database)):
            of_ours.append(_ms(asked.search))
        of_database.append(sum(in_database))
    own = statistics.median(of_index)
    return {
        "who": who,
        "matches": _asked(COUNT, match)[0][0],
        "index_ms": round(own, 2),
        "search_ms": round(statistics.median(of_ours), 2),
        "database_ms": round(statistics.median(of_database), 2),
        "to_index": round(statistics.median(of_database) / own, 1),
    }


def _index_alone(match: str) -> None:
    _asked(NEWEST, match)
    _asked(COUNT, match)


def _asked(statements: dict[str, str], match: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statements[connection.vendor], [match])
        return list(cursor.fetchall())


def _ms(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _watch(taken: list[float]) -> Callable[..., Any]:
    def execute(really: Callable[..., Any], *rest: Any) -> Any:
        began = time.perf_counter()
        try:
            return really(*rest)
        finally:
            taken.append((time.perf_counter() - began) * 1000)

    return execute
