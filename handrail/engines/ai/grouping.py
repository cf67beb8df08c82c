"""Which questions mean the same? Those near enough to the first one of a group.

What is near was measured on the demo's two hundred questions, no two of which ask the same, and on
24 of them put in other words:

| | other words for it, found | of 19,900 wrong pairs, joined |
|---|---|---|
| cosine of the small model .50 | 22 | 19 |
| .55 | 20 | 6 |
| **.60** | 17 | 0 |
| .65 | 16 | 0 |
| share of stems .25 | 14 | 3 |
| **.30** | 10 | 0 |
| .34 | 7 | 0 |

A question that is joined wrongly is hidden behind another; one that stands alone is only a line
more. So the first threshold counts at which nothing was joined wrongly.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from handrail.engines.search.library.meaning import Vector
from handrail.engines.search.library.stems import base, is_stop_word, stem
from handrail.engines.search.words import words

NEAR_BY_MEANING = 0.60
NEAR_BY_WORDS = 0.30

MOST_LETTERS = 1_200
"""Of a question that are read; the end of a long one says little that its beginning did not."""


@dataclass(frozen=True)
class Read:
    """A question as it is compared: by meaning where a model has read it, else by words."""

    language: str
    stems: frozenset[str]
    vector: Vector | None = None


@dataclass
class Leaders:
    """The first questions of the groups of one language, each with its group's number."""

    numbers: list[int] = field(default_factory=list)
    reads: list[Read] = field(default_factory=list)
    _matrix: "np.ndarray[tuple[int, int], np.dtype[np.float32]] | None" = None

    def add(self, number: int, read: Read) -> None:
        self.numbers.append(number)
        self.reads.append(read)
        self._matrix = None

    def nearest(self, read: Read) -> int | None:
        """The number of the group that means the same; None: there is none."""
        if not self.reads:
            return None
        if read.vector is not None:
            scores, least = self._cosines(read.vector), NEAR_BY_MEANING
        else:
            shares = [shared(read.stems, one.stems) for one in self.reads]
            scores, least = np.array(shares, dtype=np.float32), NEAR_BY_WORDS
        best = int(scores.argmax())
        return self.numbers[best] if scores[best] >= least else None

    def _cosines(self, vector: Vector) -> Vector:
        """With those that the same model has read; the others are as far as can be."""
        if self._matrix is None:
            nothing = np.zeros_like(vector)
            rows = [nothing if one.vector is None else one.vector for one in self.reads]
            self._matrix = np.stack(rows).astype(np.float32)
        found: Vector = self._matrix @ vector
        return found


def stems_of(text: str, language: str) -> frozenset[str]:
    """The words that say something, in the form that stands for all of theirs."""
    spoken = base(language)
    said = words(text[:MOST_LETTERS])
    return frozenset(stem(word, spoken) for word in said if not is_stop_word(word, spoken))


def shared(some: Iterable[str], others: Iterable[str]) -> float:
    """The share of all words of two questions that both say."""
    one, two = frozenset(some), frozenset(others)
    return len(one & two) / len(one | two) if one | two else 0.0


def best_put(texts: Sequence[str]) -> str:
    """The one that an editor understands at once: a whole question, neither a word nor a letter."""
    return max(texts, key=_how_well)


def _how_well(text: str) -> tuple[bool, bool, int, int]:
    count = len(text.split())
    is_asked = bool(re.search("[?\uff1f\u061f]\\s*$", text))
    return 4 <= count <= 20, is_asked, int(text[:1].isupper()), -abs(count - 9)
