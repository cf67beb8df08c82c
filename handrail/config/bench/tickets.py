"""What does work with tickets cost, among few and among many, on either database?

A real hub, its worker inside, is asked by a member with some two hundred tickets. Rounds take turns
with a bare Django page on the same database, so that what else the machine does disturbs both.
"""

import asyncio
import http.client
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from handrail.config.bench import counted, load, process
from handrail.config.bench.askers import Asker
from handrail.config.bench.postgres import fresh_database, postgres
from handrail.config.bench.servers import HOST, Installation, Server

DATABASES = ("sqlite", "postgresql")
SIZES = (10_000, 200_000)
ROUNDS = 5
WARM_UP = 20

Say = Callable[[str], None]


@dataclass(frozen=True)
class Figure:
    """One work on one database among so many tickets."""

    work: str
    database: str
    tickets: int
    p50_ms: float
    p99_ms: float
    per_second: float
    statements: int
    cpu_ms: float
    bare_cpu_ms: float


@dataclass(frozen=True)
class Work:
    """What is asked: the address, and for a change the form, which is never sent twice."""

    name: str
    path: str
    headers: dict[str, str]
    form: dict[str, str] | None = None

    def body(self) -> str:
        """The form, as if it was filled in anew."""
        return urlencode({**(self.form or {}), "client_id": str(uuid4())})


@dataclass
class Taken:
    """What was measured of one work in all rounds."""

    each_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    per_second: list[float] = field(default_factory=list)

    def percentile(self, percent: float) -> float:
        ordered = sorted(self.each_ms)
        return round(ordered[min(int(len(ordered) * percent / 100), len(ordered) - 1)], 2)


@dataclass
class Crowd:
    """An installation with so many tickets, its running servers, and what they were measured at."""

    tickets: int
    installation: Installation
    asker: Asker
    counts: dict[str, int]
    hub: Server
    bare: Server
    works: list[Work]
    taken: dict[str, Taken]


def measure(
    databases: Sequence[str], sizes: Sequence[int], requests: int, say: Say
) -> list[Figure]:
    """Every work on every database at every size, about `requests` of each.

    All sizes are there at once and take turns, so that few and many meet the same machine.
    """
    figures: list[Figure] = []
    for database in databases:
        with _server(database) as fresh, ExitStack() as stack:
            crowds = [_crowd(stack, fresh, database, tickets, say) for tickets in sizes]
            say(f"{database}: asking")
            _take_turns(crowds, max(requests // ROUNDS, load.CONNECTIONS))
            figures += [figure for crowd in crowds for figure in _figures(crowd, database)]
    return figures


def _crowd(
    stack: ExitStack,
    fresh: Callable[[], AbstractContextManager[str]],
    database: str,
    tickets: int,
    say: Say,
) -> Crowd:
    say(f"{database}: making {tickets:,} tickets")
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="handrail-bench-"))
    installation = Installation(Path(folder), stack.enter_context(fresh()))
    asker = Asker(**installation.told("crowd", "--tickets", str(tickets)))
    say(f"{database}: the member who asks sees {asker.tickets:,} of them")
    counts = _statements(installation, asker)
    bare = installation.application("handrail.config.bench.bare_rows:threads")
    hub = stack.enter_context(installation.hub())
    return Crowd(
        tickets=tickets,
        installation=installation,
        asker=asker,
        counts=counts,
        hub=hub,
        bare=stack.enter_context(bare),
        works=_works(asker, hub.port),
        taken=defaultdict(Taken),
    )


@contextmanager
def _server(database: str) -> Iterator[Callable[[], AbstractContextManager[str]]]:
    if database == "sqlite":
        yield _a_file
        return
    with postgres() as server:
        yield lambda: fresh_database(server)


@contextmanager
def _a_file() -> Iterator[str]:
    """SQLite is in the installation's folder by itself."""
    yield ""


def _works(asker: Asker, port: int) -> list[Work]:
    """Changes come last: what they add is not in the lists of the others."""
    form = {
        "subject": "The report of this week is empty",
        "issue_type": asker.issue_type,
        "body": "It was there on Monday, and nothing was changed since. " * 5,
    }
    changing = {
        **asker.headers,
        "Origin": f"http://{HOST}:{port}",
        "HX-Request": "true",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    index = "/help/tickets/"
    return [
        Work("list", index, asker.headers),
        Work("filtered", f"{index}?status=closed&view=read", asker.headers),
        Work("search", f"{index}?q={asker.word}", asker.headers),
        Work("page", asker.ticket_path, asker.headers),
        Work("create", f"{index}new", changing, form),
    ]


def _take_turns(crowds: list[Crowd], share: int) -> None:
    """Reads first: what changes add is not in the lists of the others."""
    for crowd in crowds:
        for work in crowd.works[:-1]:
            _ask(crowd.hub, work, WARM_UP, Taken())
        _ask(crowd.bare, _bare(crowd), WARM_UP, Taken())
    for _round in range(ROUNDS):
        for crowd in crowds:
            _ask(crowd.bare, _bare(crowd), share, crowd.taken["bare"])
        for reads in zip(*(crowd.works[:-1] for crowd in crowds), strict=True):
            for crowd, work in zip(crowds, reads, strict=True):
                _ask(crowd.hub, work, share, crowd.taken[work.name])
    for _round in range(ROUNDS):
        for crowd in crowds:
            _ask(crowd.hub, crowd.works[-1], share, crowd.taken[crowd.works[-1].name])


def _bare(crowd: Crowd) -> Work:
    return Work("bare", f"/{crowd.asker.account}", {})


def _figures(crowd: Crowd, database: str) -> list[Figure]:
    bare = statistics.median(crowd.taken["bare"].cpu_ms)
    return [
        Figure(
            work=work.name,
            database=database,
            tickets=crowd.tickets,
            p50_ms=one.percentile(50),
            p99_ms=one.percentile(99),
            per_second=round(statistics.median(one.per_second), 1),
            statements=crowd.counts[work.name],
            cpu_ms=round(statistics.median(one.cpu_ms), 2),
            bare_cpu_ms=round(bare, 2),
        )
        for work in crowd.works
        for one in [crowd.taken[work.name]]
    ]


def _ask(server: Server, work: Work, count: int, taken: Taken) -> None:
    before = process.cpu_seconds(server.pid)
    if work.form is None:
        asked = load.get(server.port, work.path, work.headers, count)
    else:
        asked = load.post(server.port, work.path, work.headers, count, work.body)
    timing = asyncio.run(asked)
    taken.cpu_ms.append((process.cpu_seconds(server.pid) - before) * 1000 / timing.count)
    taken.each_ms += timing.each_ms
    taken.per_second.append(timing.per_second)


def _statements(installation: Installation, asker: Asker) -> dict[str, int]:
    """Of a second request each: the first may have to open what the process then keeps."""
    with replace(installation, settings=counted.__name__).hub("--no-worker") as server:
        counts = {}
        for work in _works(asker, server.port):
            counts[work.name] = [_counted(server, work) for _ in range(2)][-1]
    return counts


def _counted(server: Server, work: Work) -> int:
    connection = http.client.HTTPConnection(HOST, server.port, timeout=60)
    try:
        if work.form is None:
            connection.request("GET", work.path, headers=work.headers)
        else:
            connection.request("POST", work.path, work.body(), work.headers)
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    if answer.status != http.HTTPStatus.OK:
        raise load.WrongAnswer(f"{work.name}: {answer.status}")
    return int(answer.headers[counted.HEADER])
