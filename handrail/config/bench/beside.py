"""What does one commit take, beside whatever else the machine does? `python -m` this, for a while.

A message's row, kept as our SQLite keeps it, in a file of its own on the same disk.
"""

import json
import sys
import time
from contextlib import closing
from pathlib import Path

from handrail.config.bench.commits import TEXT, connect

A_SECOND = 20


def measure(folder: Path, seconds: float) -> list[float]:
    """Milliseconds of each commit, as many a second."""
    each_ms = []
    with closing(connect(folder / "beside.sqlite3", "FULL")) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS message (id INTEGER PRIMARY KEY, body TEXT)")
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            began = time.perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO message (body) VALUES (?)", (TEXT,))
            connection.execute("COMMIT")
            each_ms.append((time.perf_counter() - began) * 1000)
            time.sleep(1 / A_SECOND)
    return each_ms


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(Path(sys.argv[1]), float(sys.argv[2]))))
