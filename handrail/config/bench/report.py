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


def lookups(figures: list[dict[str, Any]]) -> str:
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


def library(figures: list[dict[str, Any]]) -> str:
    """Quality where there were grades; then times, beside plain full text's."""
    measures = ("ndcg@10", "success@1", "recall@5", "refusal")
    graded = [
        (
            row["database"],
            name,
            *(f"{row[key][each]:.3f}" if each in row[key] else "-" for each in measures),
        )
        for row in figures
        for name, key in (("words alone", "words_grades"), ("with meaning", "refined_grades"))
        if key in row
    ]
    columns = ("database", "what", "p50 ms", "p99 ms", "to full text")
    kinds = {
        "full_text": "plain FTS5 with snippet()",
        "words": "words alone",
        "typed": "as you type",
        "refined": "with meaning",
    }
    timed = [
        (
            row["database"],
            title,
            f"{row[kind]['p50']:.2f}",
            f"{row[kind]['p99']:.2f}",
            f"{row[kind]['p50'] / row['full_text']['p50']:.2f}",
        )
        for row in figures
        for kind, title in kinds.items()
        if kind in row
    ]
    quality = _table(("database", "ranked by", *measures), graded) if graded else []
    return "\n".join([*quality, "", *_table(columns, timed), "", *map(_filling, figures)])


def ask(figures: list[dict[str, Any]]) -> str:
    """What came of the questions of each kind; what was cited; what it took."""
    outcomes = [
        (
            row["database"],
            group,
            f"{said['questions']:,}",
            *(f"{said[name]:.2f}" for name in ("answered", "closest", "nothing")),
            f"{row['auroc'][group]:.3f}" if group in row["auroc"] else "-",
        )
        for row in figures
        for group, said in row["outcomes"].items()
    ]
    columns = ("database", "questions", "count", "answered", "closest", "nothing", "AUROC")
    return "\n".join([*_table(columns, outcomes), "", *map(_citing, figures)])


def _citing(row: dict[str, Any]) -> str:
    if "cited_right" not in row:
        return f"{row['database']}: no question has an answer."
    first, either = row["cited_right"]["first"], row["cited_right"]["any"]
    of_shown = row["cited_right_of_shown"]
    quoted = "" if row["quote_shown"] is None else f" The words looked for: {row['quote_shown']}."
    ratio = row["ask_ms"]["p50"] / row["search_ms"]["p50"]
    return (
        f"{row['database']}: cited first and right {first} of all questions with an answer, among "
        f"what is cited {either}; where something was shown {of_shown['first']} and "
        f"{of_shown['any']}, {row['cited_sections']} sections each.{quoted} Verbatim: "
        f"{row['verbatim']}. An answer takes {row['ask_ms']['p50']} ms (p99 "
        f"{row['ask_ms']['p99']}), the search alone {row['search_ms']['p50']}: {ratio:.1f} times. "
        f"Memory for answers: {row['megabytes_more']} MB."
    )


def imports(figures: list[dict[str, Any]]) -> str:
    """Seconds until pages are there, until they are found, and of the second time."""
    columns = ("database", "pages", "seconds", "of CPU", "found after", "again", "MB more")
    names = ("seconds", "cpu_seconds", "found_seconds", "again_seconds", "megabytes")
    rows = [
        (row["database"], f"{row['pages']:,}", *(str(row[name]) for name in names))
        for row in figures
    ]
    return "\n".join(_table(columns, rows))


def chat(figures: list[dict[str, Any]]) -> str:
    columns = ("work", "p50 ms", "p99 ms", "sent", "delivered", "lost", "twice", "CPU us", "MB")
    rows = [
        (
            row["work"],
            f"{row['p50_ms']:.2f}",
            f"{row['p99_ms']:.2f}",
            *(f"{row[name]:,}" for name in ("sent", "delivered", "lost", "twice")),
            f"{row['cpu_us_per_delivery']:.0f}",
            f"{row['megabytes']:.0f}",
        )
        for row in figures
    ]
    return "\n".join(_table(columns, rows))


def _filling(row: dict[str, Any]) -> str:
    vectors = ""
    if "vector_seconds" in row:
        known = f" ({row['vectors_known']:,} were known)" if row["vectors_known"] else ""
        vectors = f", by meaning after {row['vector_seconds']} s more{known}"
    return (
        f"{row['database']}: {row['pages']:,} pages, {row['passages']:,} passages; written in "
        f"{row['write_seconds']} s, found by words after {row['build_seconds']} s more{vectors}. "
        f"Memory: {row['megabytes']} MB, arrays {row['arrays_megabytes']} MB of it."
    )


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
