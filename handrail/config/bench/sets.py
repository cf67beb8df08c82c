"""What is asked of a search to measure it? A folder with pages, questions and what answers them.

    corpus.jsonl            {"id", "title", "summary"?, "language"?, "text"?,
                             "sections": [{"heading", "anchor", "level", "text"}]}
    queries.<split>.jsonl   {"id", "text", "body"?, "answerable"?, "language"?}
    qrels.<split>.jsonl     {"query", "doc", "rel"}: above 0 is relevant, higher is better

Any of them may be packed, as `….jsonl.gz`. Without the last, nothing is scored.
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from handrail.engines.search.library import Section
from handrail.engines.search.library.actions import Page

MEDIUM = "docs"
LANGUAGE = "en"

View = Literal["title", "ticket"]


class Unreadable(Exception):
    """The folder is no set of questions; the text says what it lacks."""


@dataclass(frozen=True)
class Asked:
    """One question, and the grade of each page that answers it."""

    id: str
    text: str
    language: str
    relevant: dict[str, int]


def pages(folder: Path) -> list[Page]:
    return [_page(row) for row in rows(folder, "corpus.jsonl")]


def questions(folder: Path, split: str, view: View) -> list[Asked]:
    """`title` asks the text alone, `ticket` with the body after it."""
    relevant: dict[str, dict[str, int]] = {}
    if _path(folder, f"qrels.{split}.jsonl"):
        for row in rows(folder, f"qrels.{split}.jsonl"):
            if row["rel"] > 0:
                relevant.setdefault(str(row["query"]), {})[str(row["doc"])] = row["rel"]
    return [
        Asked(
            id=str(row["id"]),
            text=_asked(row, view),
            language=row.get("language") or LANGUAGE,
            relevant=relevant.get(str(row["id"]), {}) if row.get("answerable", True) else {},
        )
        for row in rows(folder, f"queries.{split}.jsonl")
    ]


def _asked(row: dict[str, Any], view: View) -> str:
    if view == "ticket" and row.get("body"):
        return f"{row['text']}. {row['body']}".strip()
    return str(row["text"])


def _page(row: dict[str, Any]) -> Page:
    sections = row.get("sections") or [
        {"heading": row["title"], "anchor": "", "level": 0, "text": row.get("text") or ""}
    ]
    return Page(
        medium=MEDIUM,
        thing_id=str(row["id"]),
        language=row.get("language") or LANGUAGE,
        title=row["title"],
        summary=row.get("summary") or "",
        sections=list(_sections(sections)),
    )


def _sections(rows: list[dict[str, Any]]) -> Iterator[Section]:
    """Each with the headings that it stands under."""
    above: list[tuple[int, str]] = []
    for row in rows:
        level = int(row.get("level") or 0)
        above = [each for each in above if each[0] < level]
        if level:
            above.append((level, row.get("heading") or ""))
        path = tuple(heading for _level, heading in above)
        yield Section(path, row.get("anchor") or "", level, row.get("text") or "")


def _path(folder: Path, name: str) -> Path | None:
    for path in (folder / name, folder / f"{name}.gz"):
        if path.is_file():
            return path
    return None


def rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    path = _path(folder, name)
    if path is None:
        raise Unreadable(f"{folder} has no {name}.")
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open()
    with opened as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    yield json.loads(line)
                except ValueError:
                    raise Unreadable(f"{path}: line {number} is no JSON.") from None
