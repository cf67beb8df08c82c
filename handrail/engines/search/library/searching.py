"""What answers a question? The snapshot proposes, the rows say what is still true.

Nothing of the question reaches a query language: words are looked up as numbers, rows by keys.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from handrail.engines.search.library import asking, ranking
from handrail.engines.search.library.answers import NOTHING, Answer, Hit, PassageHit
from handrail.engines.search.library.asking import Question, Understood
from handrail.engines.search.library.current import current, is_confirmed
from handrail.engines.search.library.meaning import Vector, meaning
from handrail.engines.search.library.passages import PATH
from handrail.engines.search.library.postings import K1, Mask
from handrail.engines.search.library.ranking import Found
from handrail.engines.search.library.reading import Audiences, Texts, read
from handrail.engines.search.library.shelf import Shelf, Sight
from handrail.engines.search.library.showing import Marker
from handrail.engines.search.library.snapshot import Snapshot
from handrail.engines.search.library.stems import base

MOST_HITS = 50
PASSAGES = 3
"""Shown for one page at most, unless somebody wants fewer."""
NEAR_BEST = 0.75
"""A second passage is shown when its score is so near to the page's best."""
EMBEDDED_LETTERS = 1_200
"""Of a question; the rest of a long ticket says little that the beginning did not."""
PATIENCE = 0.25
"""Seconds to wait for a model that others keep busy; then words alone answer."""


def search(
    question: str,
    *,
    audiences: Audiences,
    languages: Sequence[str],
    mediums: Sequence[str] = (),
    limit: int = 10,
    places: int = PASSAGES,
    refine: bool = False,
) -> Answer:
    """The pages that answer, best first; in the first of the languages that has each.

    `audiences`: whose pages, beside everybody's, may count at all; None for all there are. What is
    outside changes nothing, neither scores nor corrections. `places`: passages of one page at
    most; a list that is drawn while somebody types wants one. `refine` asks the model too, for 10
    to 30 ms more; without it, or where there is none, words alone answer, in 5 ms among two
    thousand pages. Two small queries at most, and mostly none.
    """
    asked = propose(question, audiences, languages, mediums, refine)
    if asked is None:
        return NOTHING
    best = best_pages(asked.found, asked.languages, min(limit, MOST_HITS))
    chosen = [(found, page, _best_passages(found, page, places)) for found, page in best]
    texts = texts_of(
        asked,
        [int(f.shelf.catalogue.passage_keys[p]) for f, _page, some in chosen for p in some],
        audiences,
    )
    markers = _Markers(asked)
    hits = (_hit(found, page, some, texts, markers) for found, page, some in chosen)
    return Answer(
        hits=tuple(hit for hit in hits if hit),
        corrected=asked.corrected,
        confidence=confidence(asked),
        has_meaning=asked.has_meaning,
        is_exact=asked.is_exact,
    )


def suggest_words(
    prefix: str,
    *,
    audiences: Audiences,
    languages: Sequence[str],
    mediums: Sequence[str] = (),
    limit: int = 5,
) -> list[str]:
    """How the last word of what was typed may go on: the most frequent words in sight."""
    asked = asking.question(prefix)
    if not asked.is_open:
        return []
    word = asked.tokens[-1].word
    snapshot = current()
    found: list[str] = []
    for shelf in _shelves(snapshot, languages):
        sight = shelf.sight(audiences, mediums)
        found += asking.completed(shelf, sight, word, limit)
    return list(dict.fromkeys(found))[:limit]


@dataclass(frozen=True)
class Proposed:
    """A question with what every shelf says."""

    snapshot: Snapshot
    question: Question
    found: list[Found]
    sights: list[Sight]
    languages: list[str]
    corrected: str | None
    vector: Vector | None
    """What the question means; None where words alone rank."""
    is_exact: bool

    @property
    def has_meaning(self) -> bool:
        return any(each.cosines is not None for each in self.found)


def propose(
    text: str, audiences: Audiences, languages: Sequence[str], mediums: Sequence[str], refine: bool
) -> Proposed | None:
    question = asking.question(text)
    if not question.tokens:
        return None
    snapshot = current()
    shelves = _shelves(snapshot, languages)
    sights = [shelf.sight(audiences, mediums) for shelf in shelves]
    understood = _understood(question, snapshot, shelves, sights)
    corrections = next((each.corrections for each in understood if each.corrections), {})
    corrected = asking.corrected_text(question, corrections) if corrections else None
    masks, is_exact = _phrases(question, shelves, sights)
    vector = None
    if refine and any(shelf.vectors for shelf in shelves):
        vector = _vector(snapshot.model, (corrected or question.text)[:EMBEDDED_LETTERS].strip())
    sides = [
        ranking.by_words(*each) for each in zip(shelves, sights, understood, masks, strict=True)
    ]
    found = ranking.ranked(sides, vector, masks)
    names = [shelf.language for shelf in shelves]
    return Proposed(snapshot, question, found, sights, names, corrected, vector, is_exact)


def texts_of(asked: Proposed, passages: list[int], audiences: Audiences) -> Texts:
    """From memory where the database has just said that they are what it holds; else from it."""
    held = asked.snapshot.texts
    if held is not None and is_confirmed(asked.snapshot):
        return held
    return read(passages, audiences)


def _shelves(snapshot: Snapshot, languages: Sequence[str]) -> list[Shelf]:
    """In the order in which the languages are wanted; none twice."""
    names = dict.fromkeys(base(language) for language in languages)
    return [snapshot.shelves[name] for name in names if name in snapshot.shelves]


def _understood(
    question: Question, snapshot: Snapshot, shelves: list[Shelf], sights: list[Sight]
) -> list[Understood]:
    known = frozenset(
        token.word
        for token in question.tokens
        if len(shelves) > 1
        and any(
            asking.is_known(shelf, sight, token.word)
            for shelf, sight in zip(shelves, sights, strict=True)
        )
    )
    return [
        asking.understand(question, shelf, sight, snapshot.synonyms.get(shelf.language, ()), known)
        for shelf, sight in zip(shelves, sights, strict=True)
    ]


def _phrases(
    question: Question, shelves: list[Shelf], sights: list[Sight]
) -> tuple[list[tuple[Mask, ...]], bool]:
    """Per shelf which pages and passages hold every phrase; nothing where no page in sight does."""
    nothing: list[tuple[Mask, ...]] = [() for _shelf in shelves]
    if not question.means_phrases:
        return nothing, True
    masks = []
    for shelf in shelves:
        held = [shelf.holding(phrase) for phrase in question.phrases]
        pages, passages = held[0]
        for more_pages, more_passages in held[1:]:
            pages, passages = pages & more_pages, passages | more_passages
        passages = passages | ~_page_has_one(shelf, passages)
        masks.append((pages, passages & pages[shelf.catalogue.page_of]))
    is_held = any(
        (mask[0] & sight.pages.mask).any() for mask, sight in zip(masks, sights, strict=True)
    )
    return (list(masks), True) if is_held else (nothing, False)


def _page_has_one(shelf: Shelf, passages: Mask) -> Mask:
    """For each passage, whether some passage of its page is in the mask."""
    per_page = np.logical_or.reduceat(passages, shelf.catalogue.first_of)
    found: Mask = per_page[shelf.catalogue.page_of]
    return found


def _vector(model: str, text: str) -> Vector | None:
    """Of a question. The same one is asked again when somebody turns a page, or types on."""
    if meaning().key != model or not meaning().is_ready():
        return None
    return _kept_vector(model, text) if text else None


@lru_cache(maxsize=256)
def _remembered(model: str, text: str) -> Vector:
    vector = meaning().embed(text, PATIENCE)
    if vector is None:
        raise TimeoutError
    return vector


def _kept_vector(model: str, text: str) -> Vector | None:
    try:
        return _remembered(model, text)
    except TimeoutError:
        return None


def best_pages(found: list[Found], languages: list[str], limit: int) -> list[tuple[Found, int]]:
    """Of all shelves; a thing that is there in several languages, in the one wanted most."""
    places = [
        (-float(each.pages[page]), number, page, each)
        for number, each in enumerate(found)
        for page in ranking.top(each.pages, limit * len(found))
    ]
    best: dict[tuple[str, str], tuple[float, int, int, Found]] = {}
    for place in sorted(places, key=lambda each: each[:3]):
        _score, number, page, each = place
        name = (each.shelf.catalogue.mediums[page], each.shelf.catalogue.things[page])
        if name not in best:
            best[name] = place
        elif number < best[name][1]:  # the better language, at the better place
            best[name] = (best[name][0], number, page, each)
    return [(each, page) for _score, _number, page, each in list(best.values())[:limit]]


def _best_passages(found: Found, page: int, most: int) -> list[int]:
    first = int(found.shelf.catalogue.first_of[page])
    ends = found.shelf.catalogue.first_of
    last = int(ends[page + 1]) if page + 1 < len(ends) else len(found.passages)
    scores = found.passages[first:last]
    near = ranking.top(scores, most)
    if not near:
        return [first]
    least = NEAR_BEST * float(scores[near[0]])
    return [first + place for place in near if scores[place] >= least]


class _Markers:
    """One for each language, made when a hit needs it."""

    def __init__(self, asked: Proposed) -> None:
        self._asked = asked
        self._made: dict[str, Marker] = {}

    def of(self, found: Found) -> Marker:
        language = found.shelf.language
        if language not in self._made:
            shelf, understood = found.shelf, found.understood
            self._made[language] = Marker(asking.forms(self._asked.question, shelf, understood))
        return self._made[language]


def _hit(
    found: Found, page: int, passages: list[int], texts: Texts, markers: _Markers
) -> Hit | None:
    """None where the rows say by now that the page is gone, or not for these audiences."""
    catalogue = found.shelf.catalogue
    row = texts.pages.get(int(catalogue.page_keys[page]))
    if row is None:
        return None
    marker = markers.of(found)
    shown = []
    for place in passages:
        entry = texts.passages.get(int(catalogue.passage_keys[place]))
        if entry is not None:
            path = tuple(entry.heading_path.split(PATH)) if entry.heading_path else ()
            excerpt = marker.excerpt(entry.text or row.summary)
            shown.append(PassageHit(path, entry.anchor, excerpt, float(found.passages[place])))
    return Hit(
        medium=catalogue.mediums[page],
        thing_id=catalogue.things[page],
        language=found.shelf.language,
        title=row.title,
        title_parts=marker.whole(row.title),
        summary=row.summary,
        score=float(found.pages[page]),
        passages=tuple(shown),
    )


def confidence(asked: Proposed) -> float:
    """See `Answer.confidence`."""
    cosines = [float(f.cosines.max(initial=0)) for f in asked.found if f.cosines is not None]
    if cosines:
        return max(0.0, *cosines)
    return max(
        (_share_held(f, s) for f, s in zip(asked.found, asked.sights, strict=True)), default=0.0
    )


def _share_held(found: Found, sight: Sight) -> float:
    """Which part of the question's words, by rarity, the best page holds. Guessed by its score."""
    pages, understood = sight.pages, found.understood
    held = (weight * pages.idf(t) for t, weight in understood.terms.items() if pages.frequency(t))
    mass = sum(held) + understood.missing * pages.rarest()
    return found.best_by_words / (float(K1 + 1) * mass) if mass else 0.0
