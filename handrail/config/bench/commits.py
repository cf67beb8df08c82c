"""What does it cost to keep every commit through a power cut? SQLite's two settings compared."""

import sqlite3
import tempfile
import threading
import time
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

COMMITS = 2000
TEXT = "A message as people write them, some two hundred letters long. " * 3


@dataclass(frozen=True)
class Commits:
    """Short transactions that each insert a row, by so many writers at once."""

    synchronous: str
    writers: int
    per_second: float
    p99_ms: float


def measure(folder: Path) -> dict[str, Any]:
    """In `folder`, since the disk decides: give one on the disk that holds the data."""
    measured = [
        _measure(folder, synchronous, writers)
        for writers in (1, 8)
        for synchronous in ("FULL", "NORMAL")
    ]
    return {"commits": [asdict(row) for row in measured]}


def _measure(folder: Path, synchronous: str, writers: int) -> Commits:
    with tempfile.TemporaryDirectory(prefix="handrail-bench-", dir=folder) as own:
        path = Path(own) / "bench.sqlite3"
        with closing(connect(path, synchronous)) as connection:
            connection.execute("CREATE TABLE message (id INTEGER PRIMARY KEY, body TEXT)")
        each_ms: list[float] = []
        threads = [
            threading.Thread(target=_write, args=(path, synchronous, COMMITS // writers, each_ms))
            for _ in range(writers)
        ]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - began
    each_ms.sort()
    return Commits(
        synchronous,
        writers,
        round(len(each_ms) / seconds),
        round(each_ms[int(len(each_ms) * 0.99)], 2),
    )


def _write(path: Path, synchronous: str, count: int, each_ms: list[float]) -> None:
    with closing(connect(path, synchronous)) as connection:
        for _ in range(count):
            began = time.perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO message (body) VALUES (?)", (TEXT,))
            connection.execute("COMMIT")
            each_ms.append((time.perf_counter() - began) * 1000)


def connect(path: Path, synchronous: str) -> sqlite3.Connection:
    """As settings.py opens it: WAL, and 20 seconds of patience for the lock."""
    connection = sqlite3.connect(path, timeout=20, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(f"PRAGMA synchronous={synchronous}")
    return connection
