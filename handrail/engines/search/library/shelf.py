"""What of one language is searched? Its pages, passages, words and vectors, as arrays."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from handrail.engines.search.library.meaning import Vector
from handrail.engines.search.library.postings import PAGE, PASSAGE, Mask, Numbers, Postings, Seen
from handrail.engines.search.library.vocabulary import Vocabulary

EVERYBODY = -1
"""The audience of pages without one."""

MOST_SIGHTS = 16
"""Kept for so many kinds of viewers: a few kB to some MB each, made in milliseconds."""

Who = tuple[frozenset[int] | None, tuple[str, ...]]
"""Audiences, None for all; mediums, empty for all."""


@dataclass(frozen=True)
class Catalogue:
    """Which rows stand behind the numbers: of pages, and of passages in the order of pages."""

    mediums: list[str]
    things: list[str]
    audiences: NDArray[np.int64]
    page_keys: NDArray[np.int64]
    passage_keys: NDArray[np.int64]
    page_of: Numbers
    """The page of each passage."""
    first_of: NDArray[np.int64]
    """The first passage of each page; each page has one at least."""


@dataclass(frozen=True)
class Places:
    """Where each word stands, for phrases: all rows' tokens in one line, END between parts."""

    line: Numbers
    row_starts: NDArray[np.int64]
    row_page: Numbers
    row_passage: Numbers
    """-1 where the row is the page's own: its title and summary."""


@dataclass(frozen=True)
class Vectors:
    """What each passage and each page means; rows of zeros where nobody knows yet."""

    passages: NDArray[np.float32]
    pages: NDArray[np.float32]
    has_passage: Mask
    has_page: Mask


@dataclass(frozen=True)
class Sight:
    """A shelf as one kind of viewer sees it. As if nothing else stood there."""

    pages: Seen
    passages: Seen
    word_frequencies: NDArray[np.int64]
    """In how many pages that are seen each word stands, as it is written."""

    def knows(self, number: int | None) -> bool:
        known = number is not None and number < len(self.word_frequencies)
        return known and bool(self.word_frequencies[number])


class Shelf:
    """One language. Immutable, but for the sights that it remembers."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        catalogue: Catalogue,
        places: Places,
        indexes: tuple[Postings, Postings],
        word_pages: tuple[NDArray[np.int64], Numbers],
        vectors: Vectors | None,
    ) -> None:
        self.vocabulary = vocabulary
        self.catalogue = catalogue
        self.places = places
        self.vectors = vectors
        self._pages, self._passages = indexes
        self._word_starts, self._word_pages = word_pages
        self._present = frozenset(int(audience) for audience in np.unique(catalogue.audiences))
        self._sights: OrderedDict[Who, Sight] = OrderedDict()
        self._lock = Lock()

    @property
    def language(self) -> str:
        return self.vocabulary.language

    def sight(self, audiences: frozenset[int] | None, mediums: Iterable[str]) -> Sight:
        """What somebody of these audiences sees. Made once for each kind of viewer."""
        seen = None if audiences is None else audiences & self._present
        who: Who = (seen, tuple(sorted(set(mediums))))
        with self._lock:
            if who in self._sights:
                self._sights.move_to_end(who)
                return self._sights[who]
        made = self._make(who)
        with self._lock:
            self._sights[who] = made
            if len(self._sights) > MOST_SIGHTS:
                self._sights.popitem(last=False)
        return made

    def _make(self, who: Who) -> Sight:
        audiences, mediums = who
        of_page = self.catalogue.audiences
        mask = np.ones(len(of_page), dtype=np.bool_)
        if audiences is not None:
            mask &= np.isin(of_page, [EVERYBODY, *audiences])
        if mediums:
            mask &= np.array([medium in mediums for medium in self.catalogue.mediums], np.bool_)
        before = np.concatenate(([0], np.cumsum(mask[self._word_pages])))
        starts = self._word_starts
        return Sight(
            pages=self._pages.seen_through(mask),
            passages=self._passages.seen_through(mask[self.catalogue.page_of]),
            word_frequencies=before[starts[1:]] - before[starts[:-1]],
        )

    def holding(self, phrase: tuple[str, ...]) -> tuple[Mask, Mask]:
        """The pages and the passages that hold these words next to each other, as written."""
        pages = np.zeros(len(self.catalogue.page_keys), dtype=np.bool_)
        passages = np.zeros(len(self.catalogue.passage_keys), dtype=np.bool_)
        numbers = [self.vocabulary.number(word) for word in phrase]
        if all(number is not None for number in numbers):
            line = self.places.line
            at = np.flatnonzero(line == numbers[0])
            for step, number in enumerate(numbers[1:], start=1):
                at = at[at + step < len(line)]
                at = at[line[at + step] == number]
            rows = np.searchsorted(self.places.row_starts, at, side="right") - 1
            pages[self.places.row_page[rows]] = True
            found = self.places.row_passage[rows]
            passages[found[found >= 0]] = True
        return pages, passages

    def cosines(self, vector: Vector) -> tuple[NDArray[np.float32], NDArray[np.float32]] | None:
        """Of all passages and of all pages' titles; None where nothing was embedded."""
        if self.vectors is None:
            return None
        return self.vectors.passages @ vector, self.vectors.pages @ vector

    def nbytes(self) -> int:
        """Memory of the arrays, without the words themselves."""
        total = self._pages.nbytes() + self._passages.nbytes() + self.places.line.nbytes
        total += self._word_starts.nbytes + self._word_pages.nbytes
        if self.vectors:
            total += self.vectors.passages.nbytes + self.vectors.pages.nbytes
        return total


__all__ = ["EVERYBODY", "PAGE", "PASSAGE", "Catalogue", "Places", "Shelf", "Sight", "Vectors"]
