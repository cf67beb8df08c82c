"""Which word stands where, in all rows at once? The rows in one line, and indexes from that."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handrail.engines.search.library.postings import (
    PAGE,
    PASSAGE,
    Fields,
    Mask,
    Numbers,
    Occurrences,
    Postings,
)
from handrail.engines.search.library.shelf import Places
from handrail.engines.search.library.vocabulary import END, Vocabulary

TITLE, SUMMARY = 0, 1
OWN_HEADING, ABOVE, TEXT = 0, 1, 2
"""The parts of a page's row, and of a passage's."""

IN_PAGE = np.array([[0, 1, -1], [2, -1, 3]], dtype=np.int32)
"""The page's field of each part of both kinds of rows; -1: it does not count there."""
IN_PASSAGE = np.array([[-1, -1, -1], [1, 1, 2]], dtype=np.int32)


@dataclass(frozen=True)
class Row:
    """One row of the library: of which page and passage (-1: the page's own), and its tokens."""

    page: int
    passage: int
    repeated: int
    """So many tokens of its text, and its heading, stand in the passage before as well."""
    tokens: Numbers


@dataclass(frozen=True)
class _Line:
    """Of each token: its word, row, part, and place in the part."""

    words: Numbers
    row: NDArray[np.int64]
    part: NDArray[np.int64]
    place: NDArray[np.int64]


def numbered(
    vocabulary: Vocabulary, rows: Sequence[Row], pages: int, passages: int
) -> tuple[Places, tuple[Postings, Postings], tuple[NDArray[np.int64], Numbers]]:
    """The line itself, the indexes of pages and of passages, and in which pages each word is.

    A second for a million words, most of it sorting.
    """
    sizes = np.array([len(row.tokens) for row in rows], dtype=np.int64)
    starts = np.cumsum(sizes) - sizes
    places = Places(
        line=np.concatenate([np.empty(0, np.int32), *(row.tokens for row in rows)]),
        row_starts=starts,
        row_page=np.array([row.page for row in rows], dtype=np.int32),
        row_passage=np.array([row.passage for row in rows], dtype=np.int32),
    )
    line = _with_pairs(vocabulary, _line(places.line, starts, sizes))
    is_passage = (places.row_passage >= 0).astype(np.int64)
    repeated = np.array([row.repeated for row in rows], dtype=np.int64)
    of_page = IN_PAGE[is_passage[line.row], line.part]
    again = is_passage[line.row].astype(bool) & (line.place < repeated[line.row])
    again |= (of_page == 2) & (repeated[line.row] > 0)
    of_page = np.where(again, -1, of_page)
    of_passage = IN_PASSAGE[is_passage[line.row], line.part]
    terms, counts = _terms(vocabulary, line.words)
    indexes = (
        _index(terms, counts, places.row_page[line.row], of_page, vocabulary, pages, PAGE),
        _passage_index(line, places, terms, counts, of_passage, vocabulary, passages),
    )
    return places, indexes, _word_pages(vocabulary, line, places, of_page, pages)


def _line(line: Numbers, starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> _Line:
    is_end = line == END
    row = np.repeat(np.arange(len(sizes)), sizes)
    ends = np.cumsum(is_end) - is_end
    part_first = np.concatenate(([0], np.flatnonzero(is_end) + 1))[ends]
    part = ends - ends[starts][row]
    kept = ~is_end
    place = np.arange(len(line)) - part_first
    return _Line(line[kept], row[kept], np.minimum(part[kept], 2), place[kept])


def _with_pairs(vocabulary: Vocabulary, line: _Line) -> _Line:
    """Adds a word for each two neighbours without a blank: below -1, as their term demands."""
    alone = vocabulary.is_unspaced
    if not alone.any():
        return line
    first, second = line.words[:-1], line.words[1:]
    is_pair = alone[first] & alone[second]
    is_pair &= (line.row[:-1] == line.row[1:]) & (line.part[:-1] == line.part[1:])
    at = np.flatnonzero(is_pair)
    terms = [vocabulary.pair(int(first[i]), int(second[i])) for i in at]
    return _Line(
        np.concatenate((line.words, -2 - np.array(terms, dtype=np.int32))),
        np.concatenate((line.row, line.row[at])),
        np.concatenate((line.part, line.part[at])),
        np.concatenate((line.place, line.place[at])),
    )


def _terms(vocabulary: Vocabulary, words: Numbers) -> tuple[Numbers, Mask]:
    """The term of each word, and whether it counts in the length of its field."""
    is_word = words >= 0
    safe = np.where(is_word, words, 0)
    if not vocabulary.size:
        return np.empty(0, np.int32), np.empty(0, np.bool_)
    terms = np.where(is_word, vocabulary.term_of[safe], -2 - words).astype(np.int32)
    return terms, is_word & ~vocabulary.is_stop[safe]


def _index(
    terms: Numbers,
    counts: Mask,
    documents: Numbers,
    fields: Numbers,
    vocabulary: Vocabulary,
    size: int,
    kind: Fields,
) -> Postings:
    here = fields >= 0
    found = Occurrences(terms[here], documents[here], fields[here], counts[here])
    return Postings(found, vocabulary.terms, size, kind)


def _passage_index(
    line: _Line,
    places: Places,
    terms: Numbers,
    counts: Mask,
    fields: Numbers,
    vocabulary: Vocabulary,
    size: int,
) -> Postings:
    """Each passage also holds the title of its page."""
    here = fields >= 0
    in_title = (places.row_passage[line.row] < 0) & (line.part == TITLE)
    titles = np.flatnonzero(in_title)
    titles = titles[np.argsort(places.row_page[line.row[titles]], kind="stable")]
    page_of_title = places.row_page[line.row[titles]]
    pages = int(places.row_page.max(initial=-1)) + 1
    sizes = np.bincount(page_of_title, minlength=pages)
    firsts = np.cumsum(sizes) - sizes
    page_of = places.row_page[places.row_passage >= 0]
    repeats = sizes[page_of]
    offsets = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    source = titles[np.repeat(firsts[page_of], repeats) + offsets]
    found = Occurrences(
        np.concatenate((terms[source], terms[here])),
        np.concatenate(
            (
                np.repeat(np.arange(len(page_of), dtype=np.int32), repeats),
                places.row_passage[line.row[here]],
            )
        ),
        np.concatenate((np.zeros(len(source), np.int32), fields[here])),
        np.concatenate((counts[source], counts[here])),
    )
    return Postings(found, vocabulary.terms, size, PASSAGE)


def _word_pages(
    vocabulary: Vocabulary, line: _Line, places: Places, fields: Numbers, pages: int
) -> tuple[NDArray[np.int64], Numbers]:
    here = (line.words >= 0) & (fields >= 0)
    key = line.words[here].astype(np.int64) * max(pages, 1) + places.row_page[line.row[here]]
    word, page = np.divmod(np.unique(key), max(pages, 1))
    return np.searchsorted(word, np.arange(vocabulary.size + 1)), page.astype(np.int32)
