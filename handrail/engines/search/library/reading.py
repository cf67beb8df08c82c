"""What do the rows say of what was proposed? Their texts, where the viewer's audiences allow it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection

Audiences = frozenset[int] | None
"""Whose pages somebody may find beside everybody's; None: all."""


class PageText(NamedTuple):
    title: str
    summary: str


class PassageText(NamedTuple):
    heading_path: str
    anchor: str
    text: str


@dataclass(frozen=True)
class Texts:
    """By the keys of the rows."""

    pages: dict[int, PageText]
    passages: dict[int, PassageText]


_READ = """
    SELECT entry.id, entry.heading_path, entry.anchor, entry.text,
           page.id, page.title, page.summary
    FROM search_libraryentry entry JOIN search_librarypage page ON page.id = entry.page_id
    WHERE entry.id IN ({entries}){allowed}
"""
"""By hand: Django would take longer to write it than the database to answer."""

_ALLOWED = " AND (page.audience_id IS NULL OR page.audience_id IN ({audiences}))"


def read(passages: Sequence[int], audiences: Audiences) -> Texts:
    """One query; the snapshot may be a second old, and somebody may have hidden a page since."""
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
        pages={row[4]: PageText(row[5], row[6]) for row in rows},
        passages={row[0]: PassageText(row[1], row[2], row[3]) for row in rows},
    )


def _places(values: Sequence[int]) -> str:
    return ", ".join(["%s"] * len(values))
