"""What does a page cost, in CPU, memory and waiting? Several arrangements side by side."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from handrail.config.bench import load, process, slow
from handrail.config.bench.rows import Visitor
from handrail.config.bench.servers import Installation, Server

ROUNDS = 5
"""Arrangements take turns, so that what else the machine does disturbs all of them alike."""

WARM_UP = 40
SERVED_BEFORE_MEMORY = 1000
IDLE_SECONDS = 5


@dataclass(frozen=True)
class Case:
    """One page in one arrangement."""

    page: str
    arrangement: str
    path: str
    headers: dict[str, str]
    server: Server


@dataclass(frozen=True)
class Cost:
    """The median over the rounds."""

    page: str
    arrangement: str
    to_floor: float
    """CPU time as a multiple of the first case's."""
    cpu_ms: float
    p50_ms: float
    p99_ms: float
    per_second: float


@dataclass(frozen=True)
class Embedded:
    """The hub with its worker inside, alone: `handrail serve`."""

    start_seconds: float
    """From its start until it answers, with tables and static files ready."""
    megabytes_after_start: float
    megabytes_after_requests: float
    idle_cpu_percent: float


def measure(requests: int) -> dict[str, Any]:
    """Runs everything, about `requests` requests for each page in each arrangement."""
    with tempfile.TemporaryDirectory(prefix="handrail-bench-") as folder:
        installation = Installation(Path(folder))
        visitor = installation.fill()
        return {
            "costs": [asdict(cost) for cost in _costs(installation, visitor, requests)],
            "embedded": asdict(_embedded(installation, visitor)),
            "slow_uploads": asdict(slow.measure(installation, visitor)),
        }


def _costs(installation: Installation, visitor: Visitor, requests: int) -> list[Cost]:
    with _cases(installation, visitor) as cases:
        for case in cases:
            asyncio.run(load.get(case.server.port, case.path, case.headers, WARM_UP))
        rounds = [[_once(case, requests // ROUNDS) for case in cases] for _ in range(ROUNDS)]
    medians = [median(of_case) for of_case in zip(*rounds, strict=True)]
    floor = medians[0][0]
    return [
        Cost(case.page, case.arrangement, round(median[0] / floor, 1), *median)
        for case, median in zip(cases, medians, strict=True)
    ]


@contextmanager
def _cases(installation: Installation, visitor: Visitor) -> Iterator[list[Case]]:
    """All servers at once; the first case is the floor."""
    bare = "handrail.config.bench.bare"
    with ExitStack() as servers:
        start = servers.enter_context
        threads = start(installation.application(f"{bare}:threads"))
        asgi = start(installation.application(f"{bare}:asgi"))
        hub = start(installation.hub("--no-worker"))
        hub_asgi = start(installation.application("handrail.config.bench.under_asgi:application"))
        yield [
            Case("bare Django", "threads", "/", {}, threads),
            Case("bare Django", "asgi", "/", {}, asgi),
            *(
                Case(page, arrangement, path, visitor.headers, server)
                for page, path in _pages(visitor).items()
                for arrangement, server in (("threads", hub), ("asgi", hub_asgi))
            ),
        ]


def _pages(visitor: Visitor) -> dict[str, str]:
    return {
        "middleware alone": "/healthz",
        "home": "/help/",
        "ticket list": "/help/tickets/",
        "ticket": visitor.ticket_path,
    }


def _once(case: Case, requests: int) -> tuple[float, float, float, float]:
    before = process.cpu_seconds(case.server.pid)
    timing = asyncio.run(load.get(case.server.port, case.path, case.headers, requests))
    cpu_ms = (process.cpu_seconds(case.server.pid) - before) * 1000 / timing.count
    return cpu_ms, timing.percentile(50), timing.percentile(99), timing.per_second


def median(rounds: tuple[tuple[float, ...], ...]) -> tuple[float, ...]:
    return tuple(round(statistics.median(figures), 3) for figures in zip(*rounds, strict=True))


def _embedded(installation: Installation, visitor: Visitor) -> Embedded:
    began = time.perf_counter()
    with installation.hub() as server:
        start_seconds = time.perf_counter() - began
        time.sleep(1)  # the worker's first look
        after_start = process.resident_megabytes(server.pid)
        before = process.cpu_seconds(server.pid)
        time.sleep(IDLE_SECONDS)
        idle = (process.cpu_seconds(server.pid) - before) / IDLE_SECONDS
        share = SERVED_BEFORE_MEMORY // len(_pages(visitor))
        for path in _pages(visitor).values():
            asyncio.run(load.get(server.port, path, visitor.headers, share))
        return Embedded(
            start_seconds=round(start_seconds, 1),
            megabytes_after_start=round(after_start, 1),
            megabytes_after_requests=round(process.resident_megabytes(server.pid), 1),
            idle_cpu_percent=round(idle * 100, 2),
        )
