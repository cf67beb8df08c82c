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
from functools import cached_property

from handrail.engines.ai.model import likeness
from handrail.engines.ai.model.likeness import before_the_not, clauses, content, numbers
from handrail.engines.ai.model.prompting import Passage
from handrail.engines.search.library.blocks import Kind, bare, blocks, cells, sentences
from handrail.engines.search.words import words

CLOSE = 0.75
"""Which part of a clause's words, by rarity, stands in one line, or in LINES that follow."""
LINES = 3
YES = frozenset({"yes", "ja", "\u2713", "\u2714", "\u2705", "included"})
NO = frozenset({"no", "nein", "-", "\u2013", "\u2014", "\u2717", "\u2718", "\u274c", "none"})
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
class Cell:
    """Where a cell stands: its row's and its column's name, and those of the others."""

    label: str
    column: str
    labels: tuple[str, ...]
    columns: tuple[str, ...]

    def is_meant(self, wanted: frozenset[str], language: str) -> bool:
        """Not where a clause names another row or another column of the table, and not this."""
        for own, others in ((self.label, self.labels), (self.column, self.columns)):
            named = [one for one in others if (stems := content(one, language)) and stems <= wanted]
            if named and own not in named:
                return False
        return True


@dataclass(frozen=True)
class Line:
    """A sentence, step, row or cell of a passage, in the light of what stands above it."""

    text: str
    above: str
    """Title, headings and the sentence that announces it."""
    language: str
    row: str = ""
    """Of a cell: its whole row."""
    cell: "Cell | None" = None
    is_row: bool = False
    """Its numbers are looked up in its cells, which know what they count."""

    @property
    def own(self) -> frozenset[str]:
        return content(self.text, self.language)

    @cached_property
    def stems(self) -> frozenset[str]:
        return self.own | content(self.above, self.language) | content(self.row, self.language)

    @cached_property
    def directions(self) -> frozenset[str]:
        return likeness.directions(f"{self.text}\n{self.above}\n{self.row}")


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
            and _has_its_clauses(sentence, language, lines)
            and _has_its_numbers(sentence, lines)
            and _turns_the_same_way(sentence, language, lines)
        )


def has_address(sentence: str) -> bool:
    """Whether it holds an address of any kind, of the web or for mail."""
    return bool(_ADDRESS.search(likeness.even(bare(sentence))))


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
    return wanted <= frozenset[str]().union(*(line.stems for line in lines))


def _has_its_clauses(sentence: str, language: str, lines: list[Line]) -> bool:
    """Most of each clause stands in one line, with its small words; of one that strings things
    together, in some lines that follow one another."""
    rarity = Rarity(line.stems for line in lines)
    for clause in clauses(sentence):
        wanted, small = content(clause, language), likeness.directions(clause)
        most = LINES if likeness.is_strung(clause) else 1
        if not any(
            small <= directions and rarity.of(wanted & stems) >= CLOSE * rarity.of(wanted)
            for length in range(1, most + 1)
            for stems, directions in _windows(lines, length)
        ):
            return False
    return True


def _windows(lines: list[Line], length: int) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    for at in range(len(lines)):
        some = lines[at : at + length]
        yield (
            frozenset[str]().union(*(line.stems for line in some)),
            frozenset[str]().union(*(line.directions for line in some)),
        )


def _stands_there(sentence: str, lines: list[Line]) -> bool:
    said = f" {' '.join(words(sentence))} "
    return bool(said.strip()) and any(said in f" {' '.join(words(line.text))} " for line in lines)


def _has_its_numbers(sentence: str, lines: list[Line]) -> bool:
    """Each stands in a line, of the same things, and that line is about what its clause is."""
    rarity = Rarity(line.stems for line in lines)
    return all(
        any(_holds(number, clause, sentence, line, rarity) for line in lines)
        for clause in clauses(sentence)
        for number in numbers(clause)
    )


def _holds(number: likeness.Number, clause: str, sentence: str, line: Line, rarity: Rarity) -> bool:
    if line.is_row or not any(
        number.is_same(one, clause, line.text, line.above) for one in numbers(line.text)
    ):
        return False
    if line.cell and not line.cell.is_meant(content(sentence, line.language), line.language):
        return False
    others = content(clause, line.language) - number.own_words(line.language)
    return rarity.of(others & line.stems) >= BESIDE_A_NUMBER * rarity.of(others)


def _turns_the_same_way(sentence: str, language: str, lines: list[Line]) -> bool:
    """Each clause, beside the clause of the passages that it is most like."""
    known = [
        (clause, line, content(clause, line.language), before_the_not(clause, line.language)[1])
        for line in lines
        if not line.is_row
        for clause in clauses(line.text)
    ]
    rarity = Rarity(stems for _clause, _line, stems, _turned in known)
    for clause in clauses(sentence):
        mine = content(clause, language)
        if not mine:
            continue
        likely = [(len(mine & one[2]), rarity.of(mine & one[2])) for one in known]
        best = [one for one, like in zip(known, likely, strict=True) if like >= max(likely)]
        if not any(_is_turned_alike(clause, language, one[0], one[1]) for one in best):
            return False
        if not before_the_not(clause, language)[1] and _swallows_a_not(mine, known):
            return False
    return True


def _swallows_a_not(
    mine: frozenset[str], known: list[tuple[str, Line, frozenset[str], bool]]
) -> bool:
    """All that a clause with a not says is in a clause without one, and no clause says it so."""
    return any(
        turned
        and stems
        and stems <= mine
        and not any(stems <= others and not other_turned for _c, _l, others, other_turned in known)
        for _clause, _line, stems, turned in known
    )


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
        or line.cell is not None
        or content(mine_before, language) <= known | content(line.above, line.language)
    )


def _of(passage: Passage) -> Iterator[Line]:
    language = passage.page.language
    headings = likeness.even(passage.headings)
    for block in blocks(passage.text):
        above = f"{headings}\n{likeness.even(block.lead)}"
        if block.lead:
            yield Line(likeness.even(block.lead), headings, language)
        if block.kind is Kind.TABLE:
            yield from _table(block.lines, above, language)
        else:
            for line in block.lines:
                for sentence in sentences(bare(line)):
                    yield Line(likeness.even(sentence), above, language)


def _table(rows: Sequence[str], above: str, language: str) -> Iterator[Line]:
    """Every row, and every cell with its row's and its column's name, `Pro Seats 30`; a yes or no
    as a sentence. A figure above a column is no name of it. Of two columns the first row may be one
    like the others, so it is both."""
    table = cells([likeness.even(row) for row in rows])
    width = len(table[0])
    names = ["" if re.search(r"\d", name) else name for name in table[0]]
    labels = tuple(row[0] for row in table[1:])
    above = f"{above}\n{' '.join(names)}"
    for row, text in zip(table, rows, strict=True):
        yield Line(likeness.even(text), above, language, is_row=True)
        if row is table[0] and width > 2:
            continue
        for name, cell in zip(names[1:], row[1:], strict=False):
            column = name if width > 2 else ""
            where = Cell(row[0], column, labels, tuple(names[1:]) if width > 2 else ())
            said = _cell(row[0], column, cell)
            yield Line(said, above, language, row=likeness.even(text), cell=where)


def _cell(label: str, column: str, cell: str) -> str:
    if cell.lower() in YES:
        return f"{column} includes {label}"
    return (
        f"{column} does not include {label}" if cell.lower() in NO else f"{label} {column} {cell}"
    )
