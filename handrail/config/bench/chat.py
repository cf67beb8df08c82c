"""What does a word in a chat cost, and is any lost? Among a thousand pages that are open at once.

A real hub is talked to over real sockets from this process: in quiet, while it is killed and
started again, and while its Redis is. What one commit takes is measured beside the first of them.
"""

import asyncio
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from handrail.config.bench import beside, process, talking
from handrail.config.bench.redis_server import OwnRedis, own_redis
from handrail.config.bench.servers import Installation, Server, free_port
from handrail.config.bench.talkers import Talker
from handrail.config.bench.talking import Page, Tally

SHAPES = ("pairs", "room")
A_SECOND = {"pairs": 200.0, "room": 5.0}
"""Words that are said each second. In a room of a thousand each is heard a thousand times."""

MOST_OF_ONE = 5.0
"""Words a second by one person, where they are few: beyond twenty they would be slowed."""

WARM_UP_SECONDS = 3.0
AWAY_SECONDS = 1.5
"""How long Redis stays away."""

WITHOUT_FACTOR = {"HANDRAIL_REQUIRE_SECOND_FACTOR": "0"}
"""The agents of the bench have no telephone."""

Say = Callable[[str], object]
Meanwhile = Callable[[float], Awaitable[None]]


@dataclass(frozen=True)
class Figure:
    """One arrangement."""

    work: str
    p50_ms: float
    p99_ms: float
    sent: int
    delivered: int
    lost: int
    twice: int
    cpu_us_per_delivery: float
    megabytes: float


class Disordered(Exception):
    """Words came to stand in another order than they were said; no figure matters beside that."""


@dataclass
class Hub:
    """A hub that can be killed and started again, and what it has used in all."""

    installation: Installation
    options: tuple[str, ...]
    port: int
    server: Server | None = None
    used: float = 0.0
    _stack: ExitStack | None = None

    def start(self) -> None:
        self._stack = ExitStack()
        running = self.installation.hub(*self.options, port=self.port)
        self.server = self._stack.enter_context(running)

    def kill(self) -> None:
        """SIGKILL: it may finish nothing, and says goodbye to nobody."""
        assert self.server  # noqa: S101 - for mypy
        self.used += self._now()
        for pid in self._pids():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.end()

    def end(self) -> None:
        if self._stack:
            self._stack.close()
            self._stack, self.server = None, None

    def cpu_seconds(self) -> float:
        return self.used + self._now()

    def megabytes(self) -> float:
        return sum(process.resident_megabytes(pid) for pid in self._pids())

    def _now(self) -> float:
        return sum(process.cpu_seconds(pid) for pid in self._pids())

    def _pids(self) -> list[int]:
        """The process, and those that serve for it where they are several."""
        if self.server is None:
            return []
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children").read_text()
        return [self.server.pid, *map(int, children.split())]


def measure(members: int, seconds: float, shape: str, say: Say) -> list[Figure]:
    """All arrangements, one after the other, each with data of its own."""
    figures = []
    with tempfile.TemporaryDirectory(prefix="handrail-bench-") as folder:
        alone = Installation(Path(folder), choices=WITHOUT_FACTOR)
        say(f"making {members:,} members and their chats\n")
        talkers = _talkers(alone, members, shape)
        with _hub(alone) as hub, _commits(Path(folder), WARM_UP_SECONDS + seconds) as commits:
            figures.append(_measured("steady", hub, talkers, seconds, shape, say))
        figures.append(_of_commits(commits))
        with _hub(alone) as hub:
            killed = "server killed and restarted"
            figures.append(_measured(killed, hub, talkers, seconds, shape, say, _killing(hub)))
        with own_redis() as redis:
            shared = replace(alone, choices={**WITHOUT_FACTOR, "REDIS_URL": redis.url})
            with _hub(shared, "--processes", "2") as hub:
                away = "Redis killed and restarted"
                meanwhile = _restarting(redis)
                figures.append(_measured(away, hub, talkers, seconds, shape, say, meanwhile))
    return figures


def _talkers(installation: Installation, members: int, shape: str) -> list[Talker]:
    given = installation.told("talkers", "--members", str(members), "--shape", shape)
    return [Talker(**one) for one in given["talkers"]]


@contextmanager
def _hub(installation: Installation, *options: str) -> Iterator[Hub]:
    hub = Hub(installation, options, free_port())
    hub.start()
    try:
        yield hub
    finally:
        hub.end()


def _measured(
    work: str,
    hub: Hub,
    talkers: list[Talker],
    seconds: float,
    shape: str,
    say: Say,
    meanwhile: Meanwhile | None = None,
) -> Figure:
    say(f"{work}: {len(talkers):,} pages, {seconds:.0f} s\n")
    a_second = min(A_SECOND[shape], MOST_OF_ONE * sum(talker.speaks for talker in talkers))
    return asyncio.run(_run(work, hub, talkers, seconds, a_second, meanwhile))


async def _run(
    work: str,
    hub: Hub,
    talkers: list[Talker],
    seconds: float,
    a_second: float,
    meanwhile: Meanwhile | None,
) -> Figure:
    tally = Tally()
    pages = [Page(talker, hub.port, tally) for talker in talkers]
    await talking.open_all(pages)
    await talking.talk(pages, a_second, WARM_UP_SECONDS)
    await talking.settle(pages, tally)
    tally.begin()
    before = hub.cpu_seconds()
    happening = asyncio.ensure_future(meanwhile(seconds)) if meanwhile else None
    await talking.talk(pages, a_second, seconds)
    if happening:
        await happening
    await talking.settle(pages, tally)
    used, megabytes = hub.cpu_seconds() - before, hub.megabytes()
    for page in pages:
        page.close()
    if talking.out_of_order(pages, tally):
        raise Disordered(f"{work}: words stand in another order than they were said.")
    return _figure(work, pages, tally, used, megabytes)


def _figure(work: str, pages: list[Page], tally: Tally, used: float, megabytes: float) -> Figure:
    delivered = len(tally.each_ms)
    ordered = sorted(tally.each_ms) or [0.0]
    return Figure(
        work=work,
        p50_ms=round(statistics.median(ordered), 2),
        p99_ms=round(ordered[int((len(ordered) - 1) * 0.99)], 2),
        sent=tally.sent,
        delivered=delivered,
        lost=talking.lost(pages, tally),
        twice=tally.twice,
        cpu_us_per_delivery=round(used * 1_000_000 / max(delivered, 1), 1),
        megabytes=round(megabytes),
    )


def _killing(hub: Hub) -> Meanwhile:
    async def kill(seconds: float) -> None:
        await asyncio.sleep(seconds / 3)
        hub.kill()
        await asyncio.to_thread(hub.start)

    return kill


def _restarting(redis: OwnRedis) -> Meanwhile:
    async def restart(seconds: float) -> None:
        await asyncio.sleep(seconds / 3)
        redis.kill()
        await asyncio.sleep(AWAY_SECONDS)
        await asyncio.to_thread(redis.start)

    return restart


@contextmanager
def _commits(folder: Path, seconds: float) -> Iterator[list[float]]:
    """What is measured is there after the block."""
    each_ms: list[float] = []
    running = subprocess.Popen(  # noqa: S603  our own command
        [sys.executable, "-m", beside.__name__, str(folder), str(seconds)],
        stdout=subprocess.PIPE,
    )
    try:
        yield each_ms
        each_ms += json.loads(running.communicate(timeout=120)[0])
    finally:
        running.kill()
        running.wait()


def _of_commits(each_ms: list[float]) -> Figure:
    ordered = sorted(each_ms)
    return Figure(
        work="one commit",
        p50_ms=round(statistics.median(ordered), 2),
        p99_ms=round(ordered[int((len(ordered) - 1) * 0.99)], 2),
        sent=len(ordered),
        delivered=len(ordered),
        lost=0,
        twice=0,
        cpu_us_per_delivery=0.0,
        megabytes=0.0,
    )
