"""Which documents hold a term, how often in which field, and what is that worth? BM25F in numpy.

    tf(t,d)    = sum over fields f of  w_f * count_f(t,d) / (1 - b_f + b_f * length_f(d) / mean_f)
    idf(t)     = ln(1 + (N - df + .5) / (df + .5))
    score(q,d) = sum over t of  weight(t,q) * idf(t) * (K1 + 1) * tf / (tf + K1)

Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields" (CIKM 2004). All
that is counted (N, df, mean lengths) is counted among what the viewer may read: what they may not
read changes nothing, not even a score.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]
Scores = NDArray[np.float32]
Mask = NDArray[np.bool_]

K1 = np.float32(1.2)


@dataclass(frozen=True)
class Fields:
    """What a hit in each field weighs, and how much its length tells against it."""

    weights: tuple[float, ...]
    b: tuple[float, ...]


PAGE = Fields(weights=(5, 2, 2, 1), b=(0.3, 0.5, 0.6, 0.75))
"""Title, summary, headings, body."""
PASSAGE = Fields(weights=(2, 2, 1), b=(0.3, 0.3, 0.6))
"""Title of its page, heading path, text."""


@dataclass(frozen=True)
class Occurrences:
    """Every place of every term, in any order: three arrays of one length."""

    terms: Numbers
    documents: Numbers
    fields: Numbers
    counts_as_length: Mask


class Postings:
    """The index of one kind of document. Twelve bytes or less for each term of each document."""

    def __init__(self, found: Occurrences, terms: int, documents: int, fields: Fields) -> None:
        self.fields = fields
        self.size = documents
        kinds = len(fields.weights)
        place = found.terms.astype(np.int64) * documents + found.documents
        place, times = np.unique(place * kinds + found.fields, return_counts=True)
        pair, field = np.divmod(place, kinds)
        is_first = np.ones(len(pair), dtype=np.bool_)
        is_first[1:] = pair[1:] != pair[:-1]
        at = np.cumsum(is_first) - 1
        self.counts = np.zeros((int(is_first.sum()), kinds), dtype=np.uint16)
        self.counts[at, field] = np.minimum(times, 65_535)
        term, document = np.divmod(pair[is_first], max(documents, 1))
        self.documents: Numbers = document.astype(np.int32)
        self.starts = np.searchsorted(term, np.arange(terms + 1))
        lengths = np.bincount(
            found.documents[found.counts_as_length].astype(np.int64) * kinds
            + found.fields[found.counts_as_length],
            minlength=documents * kinds,
        )
        self.lengths = lengths.reshape(documents, kinds).astype(np.float32)

    def seen_through(self, mask: Mask) -> "Seen":
        """The same, counted among the documents of a mask alone."""
        if mask.all():
            frequencies = np.diff(self.starts)
        else:
            before = np.concatenate(([0], np.cumsum(mask[self.documents])))
            frequencies = before[self.starts[1:]] - before[self.starts[:-1]]
        return Seen(self, mask, frequencies)

    def nbytes(self) -> int:
        arrays = (self.counts, self.documents, self.starts, self.lengths)
        return sum(array.nbytes for array in arrays)


class Seen:
    """An index as one viewer's search sees it."""

    def __init__(self, postings: Postings, mask: Mask, frequencies: NDArray[np.int64]) -> None:
        self._postings = postings
        self.mask = mask
        self.frequencies = frequencies
        self.documents = int(mask.sum())
        fields = postings.fields
        lengths = postings.lengths
        has_field = (lengths > 0) & mask[:, np.newaxis]
        holders = np.maximum(has_field.sum(axis=0), 1)
        means = np.maximum((lengths * has_field).sum(axis=0) / holders, 1e-9)
        b = np.array(fields.b, dtype=np.float32)
        weights = np.array(fields.weights, dtype=np.float32)
        self._worth = (weights / (1 - b + b * lengths / means)).astype(np.float32)
        """Of one hit in each field of each document."""

    def frequency(self, term: int) -> int:
        """How many documents in sight hold it."""
        return int(self.frequencies[term]) if term < len(self.frequencies) else 0

    def rarest(self) -> float:
        """The idf of what no document holds."""
        return float(np.log1p((self.documents + 0.5) / 0.5))

    def idf(self, term: int) -> float:
        frequency = self.frequency(term)
        return float(np.log1p((self.documents - frequency + 0.5) / (frequency + 0.5)))

    def scores(self, weighted: Mapping[int, float]) -> Scores:
        """Of every document, 0 for those that are not seen or hold none of the terms."""
        postings = self._postings
        terms = [t for t in weighted if self.frequency(t)]
        if not terms:
            return np.zeros(postings.size, dtype=np.float32)
        spans = [slice(postings.starts[term], postings.starts[term + 1]) for term in terms]
        documents = np.concatenate([postings.documents[span] for span in spans])
        counts = np.concatenate([postings.counts[span] for span in spans])
        gains = np.repeat(
            np.array([weighted[term] * self.idf(term) for term in terms], dtype=np.float32),
            [span.stop - span.start for span in spans],
        )
        tf = np.einsum("df,df->d", counts, self._worth[documents])
        gains *= (K1 + 1) * tf / (tf + K1)
        scores = np.bincount(documents, weights=gains, minlength=postings.size)
        scores[~self.mask] = 0
        return scores.astype(np.float32)
