"""How are the figures read? As tables for people; `--json` has the same for programs."""

from collections.abc import Iterable, Sequence
from typing import Any

COST_COLUMNS = ("page", "arrangement", "CPU ms", "to floor", "p50 ms", "p99 ms", "requests/s")


def serving(figures: dict[str, Any]) -> str:
    rows = [
        (
            cost["page"],
            cost["arrangement"],
            f"{cost['cpu_ms']:.2f}",
            f"{cost['to_floor']:.1f}",
            f"{cost['p50_ms']:.1f}",
            f"{cost['p99_ms']:.1f}",
            f"{cost['per_second']:.0f}",
        )
        for cost in figures["costs"]
    ]
    embedded, slow = figures["embedded"], figures["slow_uploads"]
    return "\n".join(
        (
            *_table(COST_COLUMNS, rows),
            "",
            f"The embedded server answers {embedded['start_seconds']:.1f} s after its start, holds "
            f"{embedded['megabytes_after_start']:.0f} MB, after 1,000 requests "
            f"{embedded['megabytes_after_requests']:.0f} MB, and uses "
            f"{embedded['idle_cpu_percent']:.1f} % of a core when idle.",
            f"While {slow['uploads']} uploads hang, a page takes {slow['page_busy_p50']} ms "
            f"(p99 {slow['page_busy_p99']}), in quiet {slow['page_quiet_p50']} "
            f"(p99 {slow['page_quiet_p99']}); a socket {slow['socket_busy']} ms, "
            f"in quiet {slow['socket_quiet']}.",
        )
    )


def tickets(figures: list[dict[str, Any]]) -> str:
    columns = ("database", "tickets", "work", "p50 ms", "p99 ms", "requests/s", "statements")
    rows = [
        (
            row["database"],
            f"{row['tickets']:,}",
            row["work"],
            f"{row['p50_ms']:.1f}",
            f"{row['p99_ms']:.1f}",
            f"{row['per_second']:.0f}",
            str(row["statements"]),
            f"{row['cpu_ms']:.1f}",
            f"{row['cpu_ms'] / row['bare_cpu_ms']:.1f}",
        )
        for row in figures
    ]
    return "\n".join(_table((*columns, "CPU ms", "to a bare page"), rows))


def search(figures: list[dict[str, Any]]) -> str:
    columns = ("database", "tickets", "who", "matches", "index ms", "ours ms", "to the index")
    rows = [
        (
            row["database"],
            f"{row['tickets']:,}",
            row["who"],
            f"{row['matches']:,}",
            f"{row['index_ms']:.2f}",
            f"{row['database_ms']:.2f}",
            f"{row['to_index']:.1f}",
            f"{row['search_ms']:.2f}",
        )
        for row in figures
    ]
    return "\n".join(_table((*columns, "with Python ms"), rows))


def commits(figures: dict[str, Any]) -> str:
    rows = [
        (
            row["synchronous"],
            str(row["writers"]),
            f"{row['per_second']:.0f}",
            f"{row['p99_ms']:.2f}",
        )
        for row in figures["commits"]
    ]
    return "\n".join(_table(("synchronous", "writers", "commits/s", "p99 ms"), rows))


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [columns, *rows]
    widths = [max(len(cell) for cell in cells) for cells in zip(*lines, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]
