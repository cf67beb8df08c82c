"""What is new in a text? Lines, and in changed lines words, with long unchanged parts folded."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal

MOST_LINES = 4_000
"""Of a side: a longer one is shown as gone and come as a whole, between what both begin and end
with. The comparison takes time as the square of the lines at worst."""

MOST_WORDS = 600
"""Of a line, for the same reason."""

MOST_PAIRS = 300
"""Lines in a row that are compared word by word; of more, nobody reads the words."""

AROUND = 2
"""Unchanged lines that stay beside a change."""

LEAST_ALIKE = 0.4
"""Lines that share less are two lines, not one that was changed."""

_WORD = re.compile(r"\w+|\s+|[^\w\s]")

Kind = Literal["same", "gone", "come"]


@dataclass(frozen=True)
class Piece:
    """A run of words within a line."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Line:
    """A line: as it was, gone, come, or `changed` in some of its pieces."""

    kind: Literal["same", "gone", "come", "changed"]
    pieces: Sequence[Piece]


@dataclass
class Part:
    """Lines that are shown together; folded ones are there to be opened."""

    lines: list[Line] = field(default_factory=list)
    is_folded: bool = False


def diff(old: str, new: str) -> list[Part]:
    """From one text to another; empty where nothing changed."""
    if old == new:
        return []
    return _folded(list(_lines(old.splitlines(), new.splitlines())))


def _lines(old: list[str], new: list[str]) -> Iterator[Line]:
    for kind, before, after in _blocks(old, new):
        if kind == "equal":
            yield from (Line("same", [Piece("same", line)]) for line in before)
        elif len(before) == len(after) <= MOST_PAIRS:
            for was, now in zip(before, after, strict=True):
                yield from _changed(was, now)
        else:
            yield from (Line("gone", [Piece("gone", line)]) for line in before)
            yield from (Line("come", [Piece("come", line)]) for line in after)


def _blocks(old: list[str], new: list[str]) -> Iterator[tuple[str, list[str], list[str]]]:
    if max(len(old), len(new)) <= MOST_LINES:
        for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new).get_opcodes():
            yield kind, old[i1:i2], new[j1:j2]
        return
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    yield "equal", old[:start], new[:start]
    yield "replace", old[start : len(old) - end], new[start : len(new) - end]
    yield "equal", old[len(old) - end :], new[len(new) - end :]


def _shared(old: list[str], new: list[str]) -> int:
    """How many lines both begin with."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((n for n, (was, now) in pairs if was != now), min(len(old), len(new)))


def _changed(was: str, now: str) -> Iterator[Line]:
    """One line with its changed words, or, where little is shared, two."""
    old, new = _WORD.findall(was), _WORD.findall(now)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if max(len(old), len(new)) > MOST_WORDS or matcher.ratio() < LEAST_ALIKE:
        if was:
            yield Line("gone", [Piece("gone", was)])
        if now:
            yield Line("come", [Piece("come", now)])
        return
    pieces: list[Piece] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(old[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(Piece("gone", "".join(old[i1:i2])))
        if j2 > j1:
            pieces.append(Piece("come", "".join(new[j1:j2])))
    yield Line("changed", pieces)


def _folded(lines: list[Line]) -> list[Part]:
    """Unchanged lines that are far from every change go behind a fold, if there are several."""
    changed = [n for n, line in enumerate(lines) if line.kind != "same"]
    near = {n for at in changed for n in range(at - AROUND, at + AROUND + 1)}
    parts: list[Part] = []
    for number, line in enumerate(lines):
        is_folded = number not in near
        if not parts or parts[-1].is_folded != is_folded:
            parts.append(Part(is_folded=is_folded))
        parts[-1].lines.append(line)
    for part in parts:
        part.is_folded = part.is_folded and len(part.lines) > 1
    return parts
