"""What does it cost that fifty agents' pages hear of a change in the queue?

Our hub's sockets, the rule asked for every change and every session, beside a bare group of
Channels that asks nobody; in memory and with Redis, in turns, on the same machine.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from handrail.config.bench import process, with_channels
from handrail.config.bench.chat import WITHOUT_FACTOR, Figure
from handrail.config.bench.redis_server import own_redis
from handrail.config.bench.servers import Installation
from handrail.config.bench.talkers import AGENTS, Talker
from handrail.config.bench.wire import Wire, connect

APPS = "handrail.config.bench.live_apps"
ORDER = "BENCH_LIVE"
A_SECOND = 50.0
ROUNDS = 2
LATEST_SECONDS = 60
SILENCE_SECONDS = 4.0
"""After so long nothing more comes: a full layer drops what it cannot hold."""

Say = Callable[[str], object]

OURS, CHANNELS = "ours", "channels"
WORKS = {
    (OURS, False): "ours, in memory",
    (CHANNELS, False): "Channels' group, in memory",
    (OURS, True): "ours, with Redis",
    (CHANNELS, True): "Channels' group, with Redis",
}


@dataclass
class Taken:
    """Of one arrangement, in all rounds."""

    each_ms: list[float]
    cpu_us: list[float]
    sent: int = 0
    lost: int = 0
    megabytes: float = 0


def measure(seconds: float, say: Say) -> list[Figure]:
    """Each arrangement for about so many seconds."""
    taken = {work: Taken([], []) for work in WORKS}
    changes = max(1, int(seconds / ROUNDS * A_SECOND))
    with tempfile.TemporaryDirectory(prefix="handrail-bench-") as folder, ExitStack() as stack:
        choices = {**WITHOUT_FACTOR, ORDER: f"{AGENTS} {A_SECOND} {changes}"}
        alone = Installation(Path(folder), settings=with_channels.__name__, choices=choices)
        given = alone.told("talkers", "--members", "1", "--shape", "room")
        agents = [
            one for one in (Talker(**each) for each in given["talkers"]) if one.side != "help"
        ]
        url = stack.enter_context(own_redis()).url
        shared = replace(alone, choices={**choices, "REDIS_URL": url})
        for number in range(ROUNDS):
            for app, has_redis in WORKS:
                say(f"round {number + 1}: {WORKS[app, has_redis]}\n")
                installation = shared if has_redis else alone
                _round(installation, app, agents, changes, taken[app, has_redis])
    return [_figure(WORKS[work], one) for work, one in taken.items()]


def _round(
    installation: Installation, app: str, agents: list[Talker], changes: int, taken: Taken
) -> None:
    with installation.application(f"{APPS}:{app}") as server:
        heard, used = asyncio.run(_listen(server.port, server.pid, agents, changes))
        taken.megabytes = process.resident_megabytes(server.pid)
    taken.each_ms += heard
    taken.sent += changes
    taken.lost += changes * len(agents) - len(heard)
    taken.cpu_us.append(used * 1_000_000 / max(1, len(heard)))


async def _listen(
    port: int, pid: int, agents: list[Talker], changes: int
) -> tuple[list[float], float]:
    """Milliseconds of each delivery, and the server's CPU seconds for all of them."""
    heard: list[float] = []
    last = [0.0]
    following: set[str] = set()

    def hear(cookie: str, content: dict[str, Any]) -> None:
        if content["type"] == "changed":
            last[0] = time.monotonic()
            heard.append((last[0] - content["at"]) * 1000)
        elif content["type"] == "following":
            following.add(cookie)

    wires = [await _following(port, agent, hear) for agent in agents[:-1]]
    await _until(lambda: len(following) == len(agents) - 1)
    before = process.cpu_seconds(pid)
    wires.append(await _following(port, agents[-1], hear))
    await _until(lambda: len(heard) >= changes * len(agents) or _is_silent(last[0]))
    used = process.cpu_seconds(pid) - before
    for wire in wires:
        if wire:
            wire.close()
    return heard, used


def _is_silent(last: float) -> bool:
    """The last that was heard was long ago."""
    return last > 0 and time.monotonic() - last > SILENCE_SECONDS


async def _following(
    port: int, agent: Talker, hear: Callable[[str, dict[str, Any]], None]
) -> Wire | None:
    heard = partial(hear, agent.cookie)
    wire = await connect("/console/live", port, agent.cookie, heard, lambda code: None)
    if wire:
        wire.say({"type": "follow", "topic": "queue:"})
    return wire


async def _until(is_so: Callable[[], bool]) -> None:
    ends = time.monotonic() + LATEST_SECONDS
    while not is_so() and time.monotonic() < ends:
        await asyncio.sleep(0.05)


def _figure(work: str, taken: Taken) -> Figure:
    ordered = sorted(taken.each_ms) or [0.0]
    return Figure(
        work=work,
        p50_ms=round(statistics.median(ordered), 2),
        p99_ms=round(ordered[int((len(ordered) - 1) * 0.99)], 2),
        sent=taken.sent,
        delivered=len(taken.each_ms),
        lost=taken.lost,
        twice=0,
        cpu_us_per_delivery=round(statistics.median(taken.cpu_us), 1),
        megabytes=round(taken.megabytes),
    )
