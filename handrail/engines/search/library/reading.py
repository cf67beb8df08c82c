"""What do the rows say of what was proposed? Their texts, where the viewer's audiences allow it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection
from django.db.models import Sum
from django.db.models.functions import Length

from handrail.engines.search.models import LibraryEntry, LibraryPage

Audiences = frozenset[int] | None
"""Whose pages somebody may find beside everybody's; None: all."""


MOST_HELD = 64_000_000
"""Letters that a snapshot holds, some fifteen thousand pages; of larger libraries, those that are
shown are read one by one."""

AT_ONCE = 2000


class PageText(NamedTuple):
    digest: str
    title: str
    summary: str
    questions: str


class PassageText(NamedTuple):
    digest: str
    """Of its page."""
    number: int
    """On its page: the same number of the same digest is the same passage. Its key does not say so:
    SQLite gives the keys of what was rolled back to others."""
    heading_path: str
    anchor: str
    text: str


@dataclass(frozen=True)
class Texts:
    """By the keys of the rows."""

    pages: dict[int, PageText]
    passages: dict[int, PassageText]


_READ = """
    SELECT entry.id, entry.number, entry.heading_path, entry.anchor, entry.text,
           page.id, page.digest, page.title, page.summary, page.questions
    FROM search_libraryentry entry JOIN search_librarypage page ON page.id = entry.page_id
    WHERE entry.id IN ({entries}){allowed}
"""
"""By hand: Django would take longer to write it than the database to answer."""

_ALLOWED = " AND (page.audience_id IS NULL OR page.audience_id IN ({audiences}))"


def held_texts(before: Texts | None) -> Texts | None:
    """All of them, those that did not change taken over; None where they are too many."""
    letters = LibraryEntry.objects.aggregate(letters=Sum(Length("text")))["letters"] or 0
    if letters > MOST_HELD:
        return None
    rows = LibraryPage.objects.values_list("pk", *PageText._fields)
    pages = {row[0]: PageText(*row[1:]) for row in rows}
    known = before.passages if before else {}
    passages, missing = {}, []
    keys = LibraryEntry.objects.values_list("pk", "page_id", "number")
    for pk, page, number in keys.iterator(AT_ONCE):
        if pk in known and page in pages and known[pk][:2] == (pages[page].digest, number):
            passages[pk] = known[pk]
        else:
            missing.append(pk)
    entries = LibraryEntry.objects.all()
    if len(missing) <= AT_ONCE:
        entries = entries.filter(pk__in=missing)
    found = entries.values_list("pk", "page_id", "number", "heading_path", "anchor", "text")
    for pk, page, number, path, anchor, text in found.iterator(AT_ONCE) if missing else ():
        if page in pages:
            passages[pk] = PassageText(pages[page].digest, number, path, anchor, text)
    return Texts(pages, passages)


def read(passages: Sequence[int], audiences: Audiences) -> Texts:
    """One query: what may be shown now, whatever the snapshot thinks."""
    if not passages:
        return Texts({}, {})
    allowed, chosen = "", list(passages)
    if audiences is not None:
        some = sorted(audiences)
        allowed = _ALLOWED.format(audiences=_places(some) if some else "NULL")
        chosen += some
    with connection.cursor() as cursor:
        cursor.execute(_READ.format(entries=_places(passages), allowed=allowed), chosen)
        rows = cursor.fetchall()
    return Texts(
        pages={row[5]: PageText(*row[6:]) for row in rows},
        passages={row[0]: PassageText(row[6], *row[1:5]) for row in rows},
    )


def _places(values: Sequence[int]) -> str:
    return ", ".join(["%s"] * len(values))
