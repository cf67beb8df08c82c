"""What is a word? One answer for both databases: neither ever tokenises for itself.

A token is a run of letters and digits without diacritics, in lower case; a letter of a script
that is written without blanks is a token of its own, and a run of them is looked for as a phrase.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

MOST_LETTERS = 64
"""Longer tokens are cut, in the archive and in questions alike (PostgreSQL: 2 kB at most)."""

LONGEST_QUESTION = 200
MOST_CLAUSES = 12
SHORTEST_PREFIX = 2

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Thai, Lao, Burmese, Khmer, Kana and Han."""

RUN = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640])*")
"""Letters and digits with the marks on them: one word, or several in scripts without blanks."""
_QUOTES = '"“”„«»'
"""As keyboards and languages write them; which one opens and which closes does not matter."""
_QUOTED = re.compile(f"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]?")
_TATWEEL = "\u0640"


@dataclass(frozen=True)
class Token:
    """One word, and where it stands in the text that it came from."""

    word: str
    start: int
    end: int


@dataclass(frozen=True)
class Clause:
    """Words that stand next to each other; `is_prefix`: the last one may go on."""

    words: tuple[str, ...]
    is_prefix: bool = False


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in order. Linear in its length."""
    for run in RUN.finditer(text):
        yield from _of_run(run.group(), run.start())


def words(text: str) -> list[str]:
    return [token.word for token in tokens(text)]


def is_unspaced(word: str) -> bool:
    """Whether a token is one letter of a script that is written without blanks."""
    return len(word) == 1 and _UNSPACED.match(word) is not None


def quoted(text: str) -> list[tuple[str, ...]]:
    """The words of each "quoted" piece of two words and more."""
    pieces = (tuple(words(piece.group(1))) for piece in _QUOTED.finditer(text))
    return [piece for piece in pieces if len(piece) > 1]


def question(text: str) -> list[Clause]:
    """What somebody asks for; all clauses must be met. Empty where there is nothing to look for.

    "Quoted" words stand next to each other; so do those of one chunk, such as an address or a
    number with a dash. The last chunk may be unfinished, and one that ends with an asterisk;
    not one that begins with "#": that is a whole number.
    """
    clauses: list[Clause] = []
    text = text[:LONGEST_QUESTION]
    position = 0
    for quoted in _QUOTED.finditer(text):
        clauses += _chunks(text[position : quoted.start()])
        clauses.append(Clause(tuple(words(quoted.group(1)))))
        position = quoted.end()
    rest = _chunks(text[position:])
    if rest and not text.rstrip().endswith(tuple(_QUOTES)):
        rest[-1] = _unfinished(rest[-1], text.split()[-1])
    return [clause for clause in [*clauses, *rest] if clause.words][:MOST_CLAUSES]


def _chunks(text: str) -> list[Clause]:
    return [
        _unfinished(clause, chunk) if chunk.endswith("*") else clause
        for chunk in text.split()
        if (clause := Clause(tuple(words(chunk)))).words
    ]


def _unfinished(clause: Clause, chunk: str) -> Clause:
    last = clause.words[-1]
    is_prefix = len(last) >= SHORTEST_PREFIX and not chunk.startswith("#")
    return Clause(clause.words, is_prefix)


def _of_run(run: str, start: int) -> Iterator[Token]:
    """Splits off the letters of scripts without blanks; what is between them is a word."""
    if run.isascii():  # most are: nothing to split off, and nothing to normalise but the case
        yield Token(run.lower()[:MOST_LETTERS], start, start + len(run))
        return
    position = 0
    for letter in _UNSPACED.finditer(run):
        yield from _word(run, position, letter.start(), start)
        yield from _word(run, letter.start(), letter.end(), start)
        position = letter.end()
    yield from _word(run, position, len(run), start)


def _word(run: str, begin: int, end: int, start: int) -> Iterator[Token]:
    plain = unicodedata.normalize("NFKD", run[begin:end]).casefold()
    kept = "".join(c for c in plain if c.isalnum() and c != _TATWEEL)[:MOST_LETTERS]
    if kept:
        yield Token(kept, start + begin, start + end)
