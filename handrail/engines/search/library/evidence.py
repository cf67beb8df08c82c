"""What do the best pages say, whole? For who reads on, and answers from it.

Where `search` shows excerpts, this gives each page's sections with what the search thinks of them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection

from handrail.engines.search.library import pieces, searching
from handrail.engines.search.library.passages import OVERLAP, PATH
from handrail.engines.search.library.ranking import Found
from handrail.engines.search.library.reading import Audiences, PassageText, Texts
from handrail.engines.search.library.stems import is_stop_word

PAGES = 5
MOST_PASSAGES = 60
"""Of one page: those around its best one."""

_REPEATED = re.compile(rf"(?:\S+\s+){{{OVERLAP - 1}}}\S+")


@dataclass(frozen=True)
class EvidenceSection:
    """What stands under one heading, whole, as readers see it."""

    heading_path: tuple[str, ...]
    anchor: str
    text: str
    score: float
    """Of its best passage; compares with the other sections of this evidence alone."""
    lexical: float
    """From 0 to 1, beside this question's best passage."""
    cosine: float | None
    """What it means beside what the question means; None where words alone ranked."""
    pieces: dict[int, float] = field(default_factory=dict, repr=False)
    """The same for its sentences, steps and rows; see `near`."""

    def near(self, unit: str) -> float | None:
        """How near a sentence, step or row of it is to the question in its meaning; None where
        nobody knows."""
        return pieces.cosine_of(unit, self.pieces)


@dataclass(frozen=True)
class EvidencePage:
    """A page that may answer, with its sections in reading order."""

    medium: str
    thing_id: str
    language: str
    title: str
    summary: str
    score: float
    sections: tuple[EvidenceSection, ...]
    questions: tuple[str, ...] = ()
    """What its author says that it answers."""


@dataclass(frozen=True)
class Evidence:
    """Pages, best first, and what the search knows of the question."""

    pages: tuple[EvidencePage, ...] = ()
    worth: dict[str, float] = field(default_factory=dict)
    """How rare each word of the question is in what may be read (its idf); without words that say
    nothing, and with those that were meant in place of slips."""
    unknown: frozenset[str] = frozenset()
    """Those of these words that no page in sight holds."""
    corrected: str | None = None
    confidence: float = 0.0
    """As `Answer.confidence`."""
    has_meaning: bool = False


NO_EVIDENCE = Evidence()


def evidence_for(
    question: str,
    *,
    audiences: Audiences,
    languages: Sequence[str],
    mediums: Sequence[str] = (),
    limit: int = PAGES,
) -> Evidence:
    """The pages that `search` would find first, by words and meaning. Two queries at most."""
    asked = searching.propose(question, audiences, languages, mediums, True)
    if asked is None:
        return NO_EVIDENCE
    best = [
        (found, page, _places(found, page))
        for found, page in searching.best_pages(asked.found, asked.languages, limit)
    ]
    keys = [int(f.shelf.catalogue.passage_keys[p]) for f, _page, some in best for p in some]
    read = _Read(searching.texts_of(asked, keys, audiences), _pieces(asked, keys))
    pages = (_page(found, page, places, read) for found, page, places in best)
    worth, unknown = _worth(asked)
    return Evidence(
        pages=tuple(page for page in pages if page),
        worth=worth,
        unknown=unknown,
        corrected=asked.corrected,
        confidence=searching.confidence(asked),
        has_meaning=asked.has_meaning,
    )


@dataclass(frozen=True)
class _Read:
    """What the rows say, by their keys."""

    texts: Texts
    pieces: dict[int, dict[int, float]]


_PIECES = """
    SELECT entry.id, vector.pieces FROM search_libraryentry entry
    JOIN search_libraryvector vector ON vector.text_hash = entry.text_hash
    WHERE vector.model = %s AND entry.id IN ({entries})
"""
"""By hand, as in `reading`: through Django's models, the statement took longer to write."""


def _pieces(asked: searching.Proposed, entries: list[int]) -> dict[int, dict[int, float]]:
    """What each sentence of these passages means beside the question. One query."""
    if asked.vector is None or not entries:
        return {}
    statement = _PIECES.format(entries=", ".join(["%s"] * len(entries)))
    with connection.cursor() as cursor:
        cursor.execute(statement, [asked.snapshot.model, *entries])
        rows = cursor.fetchall()
    return {key: pieces.cosines([bytes(blob)], asked.vector) for key, blob in rows}


def _places(found: Found, page: int) -> range:
    """The passages of the page, in order; of a very long one, those around the best."""
    ends = found.shelf.catalogue.first_of
    first = int(ends[page])
    last = int(ends[page + 1]) if page + 1 < len(ends) else len(found.passages)
    if last - first <= MOST_PASSAGES:
        return range(first, last)
    best = first + int(found.passages[first:last].argmax())
    begin = max(first, min(best - MOST_PASSAGES // 2, last - MOST_PASSAGES))
    return range(begin, begin + MOST_PASSAGES)


def _page(found: Found, page: int, places: range, read: _Read) -> EvidencePage | None:
    """None where the rows say by now that the page is gone, or not for these audiences."""
    catalogue = found.shelf.catalogue
    row = read.texts.pages.get(int(catalogue.page_keys[page]))
    if row is None:
        return None
    sections: list[EvidenceSection] = []
    before: PassageText | None = None
    for place in places:
        key = int(catalogue.passage_keys[place])
        entry = read.texts.passages.get(key)
        if entry is None:
            continue
        own = _section(found, place, entry, read.pieces.get(key, {}))
        if before and (before.anchor, before.heading_path) == (entry.anchor, entry.heading_path):
            sections[-1] = _joined(sections[-1], own)
        else:
            sections.append(own)
        before = entry
    return EvidencePage(
        medium=catalogue.mediums[page],
        thing_id=catalogue.things[page],
        language=found.shelf.language,
        title=row.title,
        summary=row.summary,
        score=float(found.pages[page]),
        sections=tuple(sections),
        questions=tuple(row.questions.splitlines()),
    )


def _section(
    found: Found, place: int, entry: PassageText, known: dict[int, float]
) -> EvidenceSection:
    return EvidenceSection(
        heading_path=tuple(entry.heading_path.split(PATH)) if entry.heading_path else (),
        anchor=entry.anchor,
        text=entry.text,
        score=float(found.passages[place]),
        lexical=float(found.lexical[place]),
        cosine=None if found.cosines is None else float(found.cosines[place]),
        pieces=known,
    )


def _joined(first: EvidenceSection, window: EvidenceSection) -> EvidenceSection:
    """A long section, whole again: each window begins with words that the one before ends with."""
    repeated = _REPEATED.match(window.text)
    best = max(first, window, key=lambda each: each.score)
    return EvidenceSection(
        first.heading_path,
        first.anchor,
        first.text + (window.text[repeated.end() :] if repeated else f"\n{window.text}"),
        best.score,
        max(first.lexical, window.lexical),
        best.cosine,
        first.pieces | window.pieces,
    )


def _worth(asked: searching.Proposed) -> tuple[dict[str, float], frozenset[str]]:
    """Of the words that say something. A word is as common as in the language that has it most."""
    worth: dict[str, float] = {}
    known: set[str] = set()
    for found, sight in zip(asked.found, asked.sights, strict=True):
        language, corrections = found.shelf.language, found.understood.corrections
        places = enumerate(token.word for token in asked.question.tokens)
        meant = [corrections.get(place, word) for place, word in places]
        said = [word for word in meant if not is_stop_word(word, language)]
        held = {word: term for term, word in found.shelf.vocabulary.terms_of(said)}
        for word in said:
            term = held.get(word)
            has = term is not None and sight.pages.frequency(term) > 0
            value = sight.pages.idf(term) if has and term is not None else sight.pages.rarest()
            worth[word] = min(worth.get(word, value), value)
            if has:
                known.add(word)
    return worth, frozenset(worth) - known
