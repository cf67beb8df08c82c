"""How much has a process used? CPU time and memory, as Linux counts them."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


class Unmeasurable(Exception):
    """This system does not tell what a process used in the way that we ask (Linux's /proc)."""


def cpu_seconds(pid: int) -> float:
    """CPU time of all threads since the process began, in user and kernel mode together."""
    after_name = _read(pid, "stat").rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / TICKS  # fields 14 and 15 of proc(5)


def resident_megabytes(pid: int) -> float:
    """Memory that the process holds now, shared libraries included (VmRSS)."""
    lines = dict(line.split(":", 1) for line in _read(pid, "status").splitlines())
    return int(lines["VmRSS"].split()[0]) / 1024


def _read(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text()
    except FileNotFoundError:
        raise Unmeasurable("The bench reads /proc/<pid>: it runs on Linux only.") from None
