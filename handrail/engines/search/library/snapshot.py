"""How do the rows become arrays? All of them at one moment; what did not change is taken over."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

import numpy as np
import structlog
from numpy.typing import NDArray

from handrail.engines.search.library.meaning import meaning
from handrail.engines.search.library.meaning.minilm import LENGTH
from handrail.engines.search.library.numbering import Row, numbered
from handrail.engines.search.library.reading import Texts, held_texts
from handrail.engines.search.library.shelf import EVERYBODY, Catalogue, Shelf, Vectors
from handrail.engines.search.library.vocabulary import BREAK, Numbers, Vocabulary
from handrail.engines.search.models import (
    LibraryEntry,
    LibraryPage,
    LibraryStamp,
    LibraryVector,
    Synonym,
)
from handrail.engines.search.words import words

log = structlog.get_logger("handrail.search")

AT_ONCE = 2000
"""Rows fetched by their keys in one statement."""


@dataclass(frozen=True)
class Snapshot:
    """The library at one moment, by language. Answers from any thread."""

    stamp: str
    shelves: dict[str, Shelf]
    synonyms: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]
    model: str
    """Whose vectors it holds."""
    numbered: dict[tuple[str, int, str], Numbers] = field(repr=False)
    """Each row's tokens as numbers, for the next snapshot."""
    vectors: dict[str, NDArray[np.float32]] = field(repr=False)
    """By the hash of the text; views of the shelves' arrays."""
    texts: Texts | None = field(repr=False)
    """What is shown of pages and passages; None where that is too much to hold."""

    def nbytes(self) -> int:
        return sum(shelf.nbytes() for shelf in self.shelves.values()) + sum(
            row.nbytes for row in self.numbered.values()
        )


EMPTY = Snapshot("", {}, {}, "", {}, {}, None)


def current_stamp() -> str:
    """What the database says now; one small query."""
    return LibraryStamp.objects.values_list("stamp", flat=True).first() or ""


def build(before: Snapshot = EMPTY) -> Snapshot:
    """Reads the rows. A change that comes in meanwhile has another stamp, and is met next time."""
    began = time.perf_counter()
    stamp = current_stamp()
    model = meaning().key
    pages = list(
        LibraryPage.objects.order_by("language", "pk").only(
            "medium", "thing_id", "language", "audience_id", "text_hash", "digest"
        )
    )
    entries = _entries(pages)
    known = before.vectors if before.model == model else {}
    vectors = _vectors(model, pages, entries, known)
    numbers: dict[tuple[str, int, str], Numbers] = {}
    shelves, kept = {}, {}
    for language, group in groupby(pages, key=attrgetter("language")):
        shelf, hashes = _shelf(language, list(group), entries, vectors, before, numbers)
        shelves[language] = shelf
        kept.update(hashes)
    texts = held_texts(before.texts)
    made = Snapshot(stamp, shelves, _synonyms(), model, numbers, kept, texts)
    seconds = round(time.perf_counter() - began, 2)
    log.info("library_read", pages=len(pages), seconds=seconds, megabytes=made.nbytes() >> 20)
    return made


@dataclass(frozen=True)
class Entry:
    """A passage without its texts."""

    pk: int
    repeated: int
    text_hash: str


def _entries(pages: Sequence[LibraryPage]) -> dict[int, list[Entry]]:
    """The passages of each page, in order. Pages without one are not there yet, or gone already."""
    found: dict[int, list[Entry]] = {page.pk: [] for page in pages}
    rows = LibraryEntry.objects.order_by("page_id", "number").values_list(
        "page_id", "pk", "repeated", "text_hash"
    )
    for page_id, pk, repeated, text_hash in rows.iterator(AT_ONCE):
        if page_id in found:
            found[page_id].append(Entry(pk, repeated, text_hash))
    return found


def _shelf(
    language: str,
    pages: list[LibraryPage],
    entries: dict[int, list[Entry]],
    vectors: dict[str, NDArray[np.float32]],
    before: Snapshot,
    numbers: dict[tuple[str, int, str], Numbers],
) -> tuple[Shelf, dict[str, NDArray[np.float32]]]:
    pages = [page for page in pages if entries[page.pk]]
    passages = [entry for page in pages for entry in entries[page.pk]]
    last = before.shelves.get(language)
    vocabulary = Vocabulary(language, last.vocabulary if last else None)
    rows = list(_rows(vocabulary, pages, entries, before.numbered if last else {}, numbers))
    places, indexes, word_pages = numbered(vocabulary, rows, len(pages), len(passages))
    sizes = np.array([len(entries[page.pk]) for page in pages], dtype=np.int64)
    catalogue = Catalogue(
        mediums=[page.medium for page in pages],
        things=[page.thing_id for page in pages],
        audiences=np.array(
            [EVERYBODY if page.audience_id is None else page.audience_id for page in pages],
            dtype=np.int64,
        ),
        page_keys=np.array([page.pk for page in pages], dtype=np.int64),
        passage_keys=np.array([entry.pk for entry in passages], dtype=np.int64),
        page_of=np.repeat(np.arange(len(pages), dtype=np.int32), sizes),
        first_of=np.cumsum(sizes) - sizes,
    )
    of_passages, of_pages = ([row.text_hash for row in rows] for rows in (passages, pages))
    arrays, kept = _arrays(of_passages, of_pages, vectors)
    return Shelf(vocabulary, catalogue, places, indexes, word_pages, arrays), kept


def _rows(
    vocabulary: Vocabulary,
    pages: list[LibraryPage],
    entries: dict[int, list[Entry]],
    known: dict[tuple[str, int, str], Numbers],
    numbers: dict[tuple[str, int, str], Numbers],
) -> Iterator[Row]:
    """The numbered rows in order; the tokens of those that are new are read in few statements."""
    page_names = {("page", page.pk, page.digest) for page in pages}
    entry_names = {
        ("entry", entry.pk, entry.text_hash) for page in pages for entry in entries[page.pk]
    }
    for model, names in ((LibraryPage, page_names), (LibraryEntry, entry_names)):
        new = {pk: (kind, pk, key) for kind, pk, key in names if (kind, pk, key) not in known}
        for pk, tokens in _tokens(model, list(new), vocabulary.language):
            if pk in new:
                numbers[new[pk]] = vocabulary.numbered(tokens)
    for name in (page_names | entry_names) & known.keys():
        numbers[name] = known[name]
    passage = 0
    for number, page in enumerate(pages):
        if (own := numbers.get(("page", page.pk, page.digest))) is None:
            own = vocabulary.numbered(BREAK)  # gone while we read
        yield Row(number, -1, 0, own)
        for entry in entries[page.pk]:
            of_entry = numbers.get(("entry", entry.pk, entry.text_hash))
            if of_entry is None:
                of_entry = vocabulary.numbered(f"{BREAK} {BREAK}")
            yield Row(number, passage, entry.repeated, of_entry)
            passage += 1


def _tokens(
    model: type[LibraryPage] | type[LibraryEntry], keys: list[int], language: str
) -> Iterator[tuple[int, str]]:
    """All rows of the language when most are new, else those alone."""
    rows = model._default_manager.all()
    if len(keys) > AT_ONCE:
        of_language = "language" if model is LibraryPage else "page__language"
        everything = rows.filter(**{of_language: language}).values_list("pk", "words")
        yield from everything.iterator(AT_ONCE)
        return
    if keys:
        yield from rows.filter(pk__in=keys).values_list("pk", "words")


def _vectors(
    model: str,
    pages: Iterable[LibraryPage],
    entries: dict[int, list[Entry]],
    known: dict[str, NDArray[np.float32]],
) -> dict[str, NDArray[np.float32]]:
    """Of all texts that are there, by hash: those that the snapshot before had, and new ones."""
    if not model:
        return {}
    wanted = {page.text_hash for page in pages}
    wanted |= {entry.text_hash for group in entries.values() for entry in group}
    found = {key: known[key] for key in wanted & known.keys()}
    missing = list(wanted - found.keys())
    rows = LibraryVector.objects.filter(model=model).values_list("text_hash", "vector")
    if len(missing) <= AT_ONCE:
        rows = rows.filter(text_hash__in=missing)
    for key, vector in rows.iterator(AT_ONCE) if missing else ():
        if key in wanted and key not in found:
            found[key] = np.frombuffer(vector, dtype=np.float16).astype(np.float32)
    return found


def _arrays(
    of_passages: list[str], of_pages: list[str], vectors: dict[str, NDArray[np.float32]]
) -> tuple[Vectors | None, dict[str, NDArray[np.float32]]]:
    """None where nothing is embedded. The second holds the vectors as views: none is doubled."""
    if not any(key in vectors for key in (*of_passages, *of_pages)):
        return None, {}
    kept: dict[str, NDArray[np.float32]] = {}
    arrays, has = [], []
    for keys in (of_passages, of_pages):
        array = np.zeros((len(keys), LENGTH), dtype=np.float32)
        for at, key in enumerate(keys):
            if key in vectors:
                array[at] = vectors[key]
                kept[key] = array[at]
        arrays.append(array)
        has.append(np.array([key in vectors for key in keys], dtype=np.bool_))
    return Vectors(arrays[0], arrays[1], has[0], has[1]), kept


def _synonyms() -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for row in Synonym.objects.order_by("pk"):
        pair = (tuple(words(row.words)), tuple(words(row.means)))
        found.setdefault(row.language, []).append(pair)
    return found
