"""How far is it? A bar on a terminal, a line for every tenth elsewhere."""

import time
from typing import TextIO

WIDTH = 30


class Bar:
    """Shows on `out` how much of `total` is done and how long the rest will take."""

    def __init__(self, out: TextIO, what: str, total: int) -> None:
        self._out, self._what, self._total = out, what, total
        self._began = time.monotonic()
        self._told = -1

    def __call__(self, done: int) -> None:
        tenth = done * 10 // self._total
        if self._out.isatty():
            filled = WIDTH * done // self._total
            bar = "█" * filled + "·" * (WIDTH - filled)
            self._out.write(
                f"\r{self._what} {bar} {done:,} of {self._total:,}{self._rest(done)}   "
            )
            self._out.write("\n" if done >= self._total else "")
        elif tenth > self._told:
            self._out.write(f"{self._what}: {done:,} of {self._total:,}{self._rest(done)}\n")
        self._told = tenth
        self._out.flush()

    def _rest(self, done: int) -> str:
        passed = time.monotonic() - self._began
        if done >= self._total:
            return f", {passed:.0f} s"
        return f", {passed / max(done, 1) * (self._total - done):.0f} s to go"
