"""What belongs together in a section? Sentences of a paragraph, steps, lists, tables.

A section is plain text in which every paragraph, step, item and row has a line (`base.markdown`
writes it so). In texts from elsewhere steps have no numbers: then short lines after a colon count.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

CELLS = " | "
SHORT = 40
"""Words; a longer line is a paragraph, whatever stands before it."""
LONGEST_LABEL = 12
MOST_LINES = 400
"""Of a section that is looked at."""

_STEP = re.compile(r"\d{1,3}[.)] +(?=\S)")
_ITEM = re.compile(r"[\u2022*\u2013\u2014-] +(?=\S)")
_END = re.compile(
    r"(?<=[.!?\u2026])[\"'\u201d\u2019\u00bb)\]]*\s+(?=[^\W\d_a-z]|[\"'\u201c\u2018\u00ab(\[\d])|(?<=[\u3002\uff01\uff1f])"
)
"""Where a sentence may end: before a capital, a digit, a quote or a bracket."""
_SHORTENED = re.compile(
    r"(?:^|[\s(])(?:[A-Za-z]|e\.g|i\.e|vs|etc|approx|no|nr|fig|mr|mrs|ms|dr|st|inc|ltd|co|max|min"
    r"|z\. ?b|bzw|ca|d\. ?h|u\. ?a|ggf|abs|art)\.$",
    re.IGNORECASE,
)
"""A point that ends a shortened word, not the sentence."""
_DOING = frozenset(
    "add allow change check choose clear click close confirm copy create delete deselect disable "
    "download drag enable enter fill find follow go hold install leave log look make move navigate "
    "open paste pick press put quit remove repeat restart right-click save scroll search select "
    "set sign start switch tap tick turn type uncheck unlock untick update upload use visit wait "
    "at from in on to under".split()
)
"""With what a step begins that has no number."""


class Kind(StrEnum):
    """How lines are shown. What belongs together stays together."""

    TEXT = "text"
    """Sentences of one paragraph, in a line each."""
    STEPS = "steps"
    LIST = "list"
    TABLE = "table"
    """A row in each line, its cells parted by ` | `; the first may name the columns."""


_PARTED = re.compile(r" \|(?= |$)")
"""Also around an empty cell, whose blanks are one in the text."""
_ENDED = re.compile(r"[.!:;,\u2026\u3002\uff01][\"'\u201d\u2019\u00bb)\]]*$")


@dataclass(frozen=True)
class Block:
    """Lines that are shown together, or of which sentences are chosen (TEXT)."""

    kind: Kind
    lines: tuple[str, ...]
    lead: str = ""
    """What announces it: a sentence that ends in a colon, a label, or the question it answers."""

    @property
    def words(self) -> str:
        return "\n".join((self.lead, *self.lines) if self.lead else self.lines)


def blocks(text: str) -> list[Block]:
    """In the order of the text. Linear in its length."""
    lines = [line.strip() for line in text.splitlines()[:MOST_LINES]]
    return list(_announced(_grouped([line for line in lines if line])))


def sentences(paragraph: str) -> list[str]:
    """Each as it stands there, in one piece."""
    found: list[str] = []
    begin = 0
    for end in _END.finditer(paragraph):
        if not _SHORTENED.search(paragraph[begin : end.start()][-24:]):
            found.append(paragraph[begin : end.end()].strip())
            begin = end.end()
    found.append(paragraph[begin:].strip())
    return [sentence for sentence in found if sentence]


def units(text: str) -> list[str]:
    """Every sentence, step, item and row: what can be quoted by itself. None twice."""
    found = (line for block in blocks(text) for line in (block.lead, *block.lines))
    return list(dict.fromkeys(line for line in found if line))


def bare(line: str) -> str:
    """A step or an item without its number or bullet."""
    marked = _STEP.match(line) or _ITEM.match(line)
    return line[marked.end() :] if marked else line


def cells(rows: Sequence[str]) -> list[list[str]]:
    """The cells of each row, as many in all. A text holds no empty ones at its edges: the first
    row, which names the columns, lacks what would stand above the labels, the others their last."""
    table = [[cell.strip() for cell in _PARTED.split(row)] for row in rows]
    width = max(map(len, table), default=0)
    head = [[""] * (width - len(row)) + row for row in table[:1]]
    return head + [row + [""] * (width - len(row)) for row in table[1:]]


def begins_a_step(text: str) -> bool:
    return bool(_STEP.match(text))


def _kind(line: str) -> Kind:
    if _STEP.match(line):
        return Kind.STEPS
    if _ITEM.match(line):
        return Kind.LIST
    return Kind.TABLE if CELLS in line else Kind.TEXT


def _grouped(lines: list[str]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        kind = _kind(lines[at])
        end = at + 1
        if kind is Kind.TEXT:
            unmarked = _unmarked(lines, at)
            if unmarked:
                yield unmarked
                end = at + len(unmarked.lines)
            else:
                yield Block(kind, tuple(sentences(lines[at])))
        else:
            while end < len(lines) and _kind(lines[end]) is kind:
                end += 1
            is_row_alone = kind is Kind.TABLE and end == at + 1
            one = Block(kind, tuple(lines[at:end]))
            yield Block(Kind.TEXT, tuple(sentences(lines[at]))) if is_row_alone else one
        at = end


def _unmarked(lines: list[str], at: int) -> Block | None:
    """Two short lines or more after a colon: steps where each says what to do, else a list."""
    if not at or not lines[at - 1].endswith(":"):
        return None
    end = at
    while end < len(lines) and _kind(lines[end]) is Kind.TEXT and _may_be_item(lines[end]):
        end += 1
    if end - at < 2:
        return None
    some = lines[at:end]
    doing = sum(line.split()[0].lower().strip(",:") in _DOING for line in some)
    return Block(Kind.STEPS if doing * 2 >= len(some) else Kind.LIST, tuple(some))


def _may_be_item(line: str) -> bool:
    return len(line.split()) <= SHORT and not line.endswith(":")


def _announced(found: Iterator[Block]) -> Iterator[Block]:
    """A sentence that ends in a colon, a label or a question goes with what it announces."""
    before: Block | None = None
    for block in found:
        lead = _lead_in(before, block) if before else ""
        if before and lead:
            before = Block(Kind.TEXT, before.lines[:-1]) if before.lines[:-1] else None
        if before:
            yield before
        before = Block(block.kind, block.lines, lead) if lead else block
    if before:
        yield before


def _lead_in(before: Block, block: Block) -> str:
    """The last line of a block, where it is nothing without the next one."""
    if before.kind is not Kind.TEXT or before.lead:
        return ""
    last = before.lines[-1]
    if block.kind is not Kind.TEXT and last.endswith(":"):
        return last
    is_alone = len(before.lines) == 1
    return last if is_alone and _is_label(last) and not _is_label(block.lines[0]) else ""


def _is_label(line: str) -> bool:
    """A few words without an end, or a question: the name of what unfolds, of a tab, of a card."""
    return len(line.split()) <= LONGEST_LABEL and not _ENDED.search(line)
