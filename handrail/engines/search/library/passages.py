"""Which passages has a page? One a heading section; a long one is cut into windows that overlap."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WINDOW = 160
OVERLAP = 30
"""Words, as blanks part them. The small model takes in some 200 of them, the title's too."""

LONGEST_PAGE = 2_000_000
"""Letters of one section that are looked at; beyond them nothing is found."""

PATH = " > "

_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Section:
    """What stands under one heading of a page, as plain text."""

    heading_path: tuple[str, ...]
    """From the outermost heading to its own; empty for the lead under the page's title."""
    anchor: str
    """Leads there as `page#anchor`; empty for the lead."""
    level: int
    """0 for the lead."""
    text: str


@dataclass(frozen=True)
class Window:
    """One passage: a section, or a piece of a long one."""

    section: Section
    text: str
    repeated: str
    """Its beginning that the window before holds as well."""


def windows(sections: Sequence[Section]) -> Iterator[Window]:
    """The passages of a page, in order. The lead is always one, even when it has no text."""
    if not any(section.level == 0 for section in sections):
        yield Window(Section((), "", 0, ""), "", "")
    for section in sections:
        if section.level == 0 or section.text.strip():
            yield from _cut(section)


def _cut(section: Section) -> Iterator[Window]:
    text = section.text[:LONGEST_PAGE]
    spans = [word.span() for word in _WORD.finditer(text)]
    begin = 0
    while True:
        here = spans[begin : begin + WINDOW]
        piece = text[here[0][0] : here[-1][1]] if here else ""
        repeated = text[here[0][0] : here[OVERLAP - 1][1]] if begin else ""
        yield Window(section, piece, repeated)
        if begin + WINDOW >= len(spans):
            return
        begin += WINDOW - OVERLAP


def embedded(title: str, heading_path: Sequence[str], text: str) -> str:
    """The text whose meaning stands for a passage: it says of what page and heading it is."""
    path = PATH.join(heading_path)
    return ". ".join(part for part in (title, "" if path == title else path, text) if part)


def text_hash(text: str) -> str:
    """Under which a text's vector is kept: the same text is embedded once, wherever it stands."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
