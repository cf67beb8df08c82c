"""In which order? Words and meaning added up, each on the scale of this question's best.

    lexical = (page / best page + passage / best passage) / 2
    score   = a * lexical + m * (.75 * best + .25 * second best passage's cosine)
              + c * cosine of title and summary

with a, m and c from `Weights`. A linear sum, since ranks lose how much better the better side is.
The second passage counts since a page on the matter says it in more than one place.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handrail.engines.search.library.asking import Understood
from handrail.engines.search.library.meaning import Vector
from handrail.engines.search.library.postings import Mask, Scores
from handrail.engines.search.library.shelf import Shelf, Sight

SECOND = np.float32(0.25)
"""What the second best passage counts of the two."""

RELEVANT = 0.3
"""Cosine from which on a passage without any of the words is shown at all."""


@dataclass(frozen=True)
class Weights:
    """How much each side counts."""

    lexical: float
    passage: float
    title: float


FLUENT = Weights(lexical=0.3, passage=1.0, title=0.35)
"""For the language that the model speaks."""
FOREIGN = Weights(lexical=1.0, passage=0.35, title=0.1)
"""For languages that the model only guesses at."""
SPOKEN = ("en",)


@dataclass(frozen=True)
class Found:
    """One shelf's answer: scores of all pages and passages, 0 where nothing speaks for one."""

    shelf: Shelf
    understood: Understood
    pages: Scores
    passages: Scores
    lexical: Scores
    """Of passages, from 0 to 1."""
    cosines: Scores | None
    """Of passages; None where words alone ranked."""
    best_by_words: float
    """The highest score of a page by words, as BM25F gives it."""


@dataclass(frozen=True)
class Side:
    """What one shelf says before all shelves' best are known."""

    shelf: Shelf
    sight: Sight
    understood: Understood
    pages: Scores
    passages: Scores


def by_words(shelf: Shelf, sight: Sight, understood: Understood, phrases: Sequence[Mask]) -> Side:
    """The scores of words. `phrases`: which pages and which passages may count at all."""
    pages = sight.pages.scores(understood.terms)
    passages = sight.passages.scores(understood.terms)
    if phrases:
        pages, passages = pages * phrases[0], passages * phrases[1]
    return Side(shelf, sight, understood, pages, passages)


def ranked(
    sides: Sequence[Side], vector: Vector | None, phrases: Sequence[Sequence[Mask]]
) -> list[Found]:
    """All shelves on one scale."""
    best_page = max((float(side.pages.max(initial=0)) for side in sides), default=0.0) or 1.0
    best_passage = max((float(side.passages.max(initial=0)) for side in sides), default=0.0) or 1.0
    return [
        _found(side, best_page, best_passage, vector, masks)
        for side, masks in zip(sides, phrases, strict=True)
    ]


def _found(
    side: Side, best_page: float, best_passage: float, vector: Vector | None, masks: Sequence[Mask]
) -> Found:
    passages = side.passages / np.float32(best_passage)
    by_words = float(side.pages.max(initial=0))
    first = side.shelf.catalogue.first_of
    best = np.maximum.reduceat(passages, first) if len(first) else passages
    lexical = ((side.pages / np.float32(best_page) + best) / 2).astype(np.float32)
    cosines = None if vector is None else side.shelf.cosines(vector)
    if cosines is None:
        return Found(side.shelf, side.understood, lexical, passages, passages, None, by_words)
    of_passages, of_pages = _filled(side, cosines, passages, lexical)
    w = weights(side.shelf.language)
    means = _pooled(of_passages, side.shelf)
    pages = w.lexical * lexical + w.passage * means + w.title * of_pages
    shown = side.sight.pages.mask & ((lexical > 0) | (means >= RELEVANT))
    allowed = side.sight.passages.mask & ((passages > 0) | (of_passages >= RELEVANT))
    if masks:
        shown, allowed = shown & masks[0], allowed & masks[1]
    scores = w.lexical * passages + w.passage * of_passages
    return Found(
        side.shelf,
        side.understood,
        np.where(shown, np.maximum(pages, 1e-6), 0).astype(np.float32),
        np.where(allowed, np.maximum(scores, 1e-6), 0).astype(np.float32),
        passages,
        np.where(side.sight.passages.mask, of_passages, -1).astype(np.float32),
        by_words,
    )


def _filled(
    side: Side, cosines: tuple[Scores, Scores], passages: Scores, lexical: Scores
) -> tuple[Scores, Scores]:
    """What is not embedded yet is thought to mean as much as its words say, beside the best."""
    of_passages, of_pages = cosines
    vectors = side.shelf.vectors
    if vectors is None:
        return cosines
    in_sight = of_passages[side.sight.passages.mask & vectors.has_passage]
    best = np.float32(max(float(in_sight.max(initial=0)), 0.0))
    if not vectors.has_passage.all():
        of_passages = np.where(vectors.has_passage, of_passages, passages * best)
    if not vectors.has_page.all():
        of_pages = np.where(vectors.has_page, of_pages, lexical * best)
    return of_passages, of_pages


def _pooled(of_passages: Scores, shelf: Shelf) -> Scores:
    """What a page's passages mean together. A page of one passage is as good as it."""
    first = shelf.catalogue.first_of
    if not len(first):
        return of_passages
    best: Scores = np.maximum.reduceat(of_passages, first)
    others = np.where(of_passages == best[shelf.catalogue.page_of], -2, of_passages)
    second = np.maximum.reduceat(others, first)
    return best + SECOND * (np.where(second < -1, best, second) - best)


def weights(language: str) -> Weights:
    return FLUENT if language in SPOKEN else FOREIGN


def top(scores: NDArray[np.float32], most: int) -> list[int]:
    """The places of the highest scores above 0, best first; equal ones in their order."""
    if len(scores) > most * 4:
        near = np.argpartition(-scores, most)[: most + 1]
        least = scores[near].min()
        candidates = np.flatnonzero((scores >= least) & (scores > 0))
    else:
        candidates = np.flatnonzero(scores > 0)
    order = candidates[np.argsort(-scores[candidates], kind="stable")]
    return [int(place) for place in order[:most]]
