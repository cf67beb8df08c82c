"""Do the passages say what a sentence of the model says? By its words, and strictly.

    addresses    none at all: who wants to go there opens the page
    verbatim     numbers with their units, names, "quotes" and `code`
    words        every word that means something, in any of its forms, most of them close together
    turns        not, never, on and off, before and after: the same way round

Whatever is not sure counts as not said: then the sentence is left out, and the pages are still
there to be quoted. What cannot be seen here: who does what to whom, where both are in the passage.
A model of meaning is not asked: to it, "not accepted" and a wrong name are nearer to the right
sentence than a good rewording is (decision 14).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from handrail.engines.ai.model import likeness
from handrail.engines.ai.model.likeness import before_the_not, clauses, content, numbers
from handrail.engines.ai.model.prompting import Passage
from handrail.engines.search.library.blocks import CELLS, Kind, bare, blocks
from handrail.engines.search.words import words

CLOSE = 0.75
"""Which part of a sentence's words must stand in three lines that follow one another."""
LINES = 3
BESIDE_A_NUMBER = 0.5
"""Which part of them in the line, or under the headings, that holds its number."""

_ADDRESS = re.compile(
    r"[a-z][a-z0-9+.-]*://|\bwww\.|\b(?:mailto|javascript|data|tel):\S|\S@\S"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?!(?:csv|doc|docx|gif|gz|htm|html|ics|ini|jpe?g|js|json|log|md|mp4|pdf"
    r"|png|pptx?|py|sql|svg|txt|webp|xlsx?|xml|ya?ml|zip)\b)[a-z]{2,}(?::\d+)?(?=[/\s?#,;.!)\]]|$)",
    re.IGNORECASE,
)
_QUOTED = re.compile('["\u201c\u201e\u00ab]([^"\u201d\u201c\u00bb]+)["\u201d\u201c\u00bb]')
_CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Line:
    """A sentence, step, row or cell of a passage, in the light of what stands above it."""

    text: str
    above: str
    """Title, headings and the sentence that announces it."""
    language: str
    row: str = ""
    """Of a cell: its whole row."""
    is_row: bool = False
    """Its numbers are looked up in its cells, which know what they count."""

    @property
    def own(self) -> frozenset[str]:
        return content(self.text, self.language)

    @property
    def stems(self) -> frozenset[str]:
        return self.own | content(self.above, self.language) | content(self.row, self.language)


class Rarity:
    """How much a word tells among these lines: one that stands in few of them tells more."""

    def __init__(self, sets: Iterable[frozenset[str]]) -> None:
        self._counts = Counter(stem for one in sets for stem in one)

    def of(self, stems: Iterable[str]) -> float:
        return sum(1 / max(1, self._counts[stem]) for stem in stems)


class Checker:
    """What the passages of one answer say."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = {passage.number: passage for passage in passages}
        self._lines = {passage.number: list(_of(passage)) for passage in passages}

    def supporting(self, sentence: str, marks: Sequence[int]) -> list[Passage]:
        """The passages among those it names that say it: each that does alone, else all of them
        together. Empty: they do not, it names none, or one that is not there."""
        if not marks or any(mark not in self._passages for mark in marks):
            return []
        alone = [mark for mark in marks if self._is_said(sentence, [mark])]
        if not alone and len(marks) > 1 and self._is_said(sentence, marks):
            alone = list(marks)
        return [self._passages[mark] for mark in alone]

    def _is_said(self, sentence: str, marks: Sequence[int]) -> bool:
        sentence = likeness.even(bare(sentence))
        if _ADDRESS.search(sentence):
            return False
        language = self._passages[marks[0]].page.language
        lines = [line for mark in marks for line in self._lines[mark]]
        whole = "\n".join(f"{line.above}\n{line.text}" for line in lines)
        return (
            _is_verbatim(sentence, language, whole)
            and _has_its_words(sentence, language, lines)
            and _has_its_numbers(sentence, lines)
            and _turns_the_same_way(sentence, language, lines)
        )


def _is_verbatim(sentence: str, language: str, whole: str) -> bool:
    """Names, quotes and code, as far as they stand in it letter by letter."""
    if any(code.strip() not in whole for code in _CODE.findall(sentence)):
        return False
    spoken = f" {' '.join(words(whole))} "
    quotes = [*_QUOTED.findall(sentence), *likeness.names(sentence, language)]
    return all(f" {' '.join(words(quote))} " in spoken for quote in quotes if words(quote))


def _has_its_words(sentence: str, language: str, lines: list[Line]) -> bool:
    wanted = content(sentence, language)
    if not wanted - likeness.acts(language) and not _stands_there(sentence, lines):
        return False  # "click it" is said everywhere
    everywhere = frozenset[str]().union(*(line.stems for line in lines))
    if not wanted <= everywhere:
        return False
    return any(
        len(wanted & near) >= CLOSE * len(wanted)
        for at in range(len(lines))
        if (near := frozenset[str]().union(*(line.stems for line in lines[at : at + LINES])))
    )


def _stands_there(sentence: str, lines: list[Line]) -> bool:
    said = f" {' '.join(words(sentence))} "
    return bool(said.strip()) and any(said in f" {' '.join(words(line.text))} " for line in lines)


def _has_its_numbers(sentence: str, lines: list[Line]) -> bool:
    """Each stands in a line, of the same things, and that line is about what the sentence is."""
    found = numbers(sentence)
    if not found:
        return True
    rarity = Rarity(line.stems for line in lines)
    return all(any(_holds(number, sentence, line, rarity) for line in lines) for number in found)


def _holds(number: likeness.Number, sentence: str, line: Line, rarity: Rarity) -> bool:
    if line.is_row or not any(number.is_same(one, line.above) for one in numbers(line.text)):
        return False
    others = content(sentence, line.language) - number.own_words(line.language)
    return rarity.of(others & line.stems) >= BESIDE_A_NUMBER * rarity.of(others)


def _turns_the_same_way(sentence: str, language: str, lines: list[Line]) -> bool:
    """Each clause, beside the clause of the passages that it is most like."""
    if not likeness.directions(sentence) <= frozenset[str]().union(
        *(likeness.directions(f"{line.text}\n{line.above}") for line in lines)
    ):
        return False
    known = [(clause, line) for line in lines if not line.is_row for clause in clauses(line.text)]
    stems = [content(clause, line.language) for clause, line in known]
    rarity = Rarity(stems)
    for clause in clauses(sentence):
        mine = content(clause, language)
        if not mine:
            continue
        likely = [(len(mine & theirs), rarity.of(mine & theirs)) for theirs in stems]
        best = [one for one, like in zip(known, likely, strict=True) if like >= max(likely)]
        if not any(_is_turned_alike(clause, language, *one) for one in best):
            return False
    return True


def _is_turned_alike(clause: str, language: str, theirs: str, line: Line) -> bool:
    """Both hold a not, or neither; and it is said of the same: what stands before it in a sentence
    stands before it in the line, too, where anything does."""
    mine_before, mine_turned = before_the_not(clause, language)
    their_before, their_turned = before_the_not(theirs, line.language)
    if mine_turned != their_turned:
        return False
    known = content(their_before, line.language)
    return (
        not mine_turned
        or not known
        or content(mine_before, language) <= known | content(line.above, line.language)
    )


def _of(passage: Passage) -> Iterator[Line]:
    language = passage.page.language
    headings = likeness.even(passage.headings)
    for block in blocks(passage.text):
        above = f"{headings}\n{likeness.even(block.lead)}"
        if block.lead:
            yield Line(likeness.even(block.lead), headings, language)
        is_table = block.kind is Kind.TABLE
        for line in block.lines:
            yield Line(likeness.even(bare(line)), above, language, is_row=is_table)
        if is_table:
            for cell, row in _cells(block.lines):
                yield Line(likeness.even(cell), above, language, row=likeness.even(row))


def _cells(rows: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each cell with its row's and its column's name, `Pro Seats 30`, and its whole row. A number
    above a column is no name of it."""
    names = ["" if re.search(r"\d", name) else name for name in rows[0].split(CELLS)]
    for row in rows[1:]:
        label, *cells = row.split(CELLS)
        for name, cell in zip(names[1:], cells, strict=False):
            yield f"{label} {name} {cell}", row
