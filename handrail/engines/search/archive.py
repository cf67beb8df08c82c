"""What does the archive find? Newest first, and only inside the scopes that were asked for.

The scope stands inside the match: over-asking and filtering afterwards would lose what is rare in
a large installation. The answer is a proposal; the database disposes (`visible_to`).
"""

from collections.abc import Sequence

from django.db import connection
from django.db.backends.utils import CursorWrapper

from handrail.engines.search.words import Clause

MOST_FOUND = 1000
"""Answers stop here: nobody reads on, and a list says "1,000+"."""

_SQLITE = """
    SELECT entry.thing_id FROM search_archive
    JOIN search_archiveentry entry ON entry.id = search_archive.rowid
    WHERE search_archive MATCH %s ORDER BY search_archive.rowid DESC LIMIT %s
"""

_FEW = """
    WITH hits AS MATERIALIZED (
        SELECT id, thing_id FROM search_archiveentry WHERE vector @@ %s::tsquery
    )
    SELECT thing_id FROM hits ORDER BY id DESC LIMIT %s
"""
"""All matches by the index, then the newest of them, whatever the planner thinks of walking through
all rows from the newest: it takes every look-up for a visit to a slow disk."""

_MANY = """
    SELECT thing_id FROM search_archiveentry WHERE vector @@ %s::tsquery
    ORDER BY id DESC LIMIT %s
"""
"""From the newest row on, until there are enough."""

_EXPECTED = """
    EXPLAIN (FORMAT JSON) SELECT FROM search_archiveentry WHERE vector @@ %s::tsquery
"""
"""Runs nothing: the planner says how many rows it expects."""

FEW = 20_000
"""Above it, a thousand of a million are found sooner by walking (measured: 20 ms either way)."""


def find(scopes: Sequence[str], question: Sequence[Clause], *, is_narrow: bool = True) -> list[int]:
    """The `thing_id`s that hold all clauses in one of the scopes, the newest entry first.

    One query, and on PostgreSQL one more where the scope is not narrow: not one account's, but
    that of agents, which holds all. At most MOST_FOUND; empty where there is no scope or nothing
    to look for.
    """
    if not scopes or not question:
        return []
    asked = match(scopes, question)
    with connection.cursor() as cursor:
        sql = _SQLITE
        if connection.vendor == "postgresql":
            sql = _FEW if is_narrow or _expected(cursor, asked) <= FEW else _MANY
        cursor.execute(sql, [asked, MOST_FOUND])
        return list(dict.fromkeys(row[0] for row in cursor.fetchall()))


def _expected(cursor: CursorWrapper, asked: str) -> int:
    """About how many entries match."""
    cursor.execute(_EXPECTED, [asked])
    [[[answer]]] = cursor.fetchall()
    return int(answer["Plan"]["Plan Rows"])


def match(scopes: Sequence[str], question: Sequence[Clause]) -> str:
    """The question in the query language of the database's index."""
    make = _tsquery if connection.vendor == "postgresql" else _fts5
    return make(scopes, question)


def _fts5(scopes: Sequence[str], question: Sequence[Clause]) -> str:
    """Tokens hold letters and digits alone, and stand in quotes: no operator comes through."""
    who = " OR ".join(f'"{scope}"' for scope in scopes)
    what = " AND ".join(
        f'"{" ".join(clause.words)}"{" *" if clause.is_prefix else ""}' for clause in question
    )
    return f"{{scope}} : ({who}) AND {{words}} : ({what})"


def _tsquery(scopes: Sequence[str], question: Sequence[Clause]) -> str:
    who = " | ".join(f"'{scope_lexeme(scope)}'" for scope in scopes)
    what = " & ".join(f"({_neighbours(clause)})" for clause in question)
    return f"({who}) & {what}"


def _neighbours(clause: Clause) -> str:
    lexemes = [f"'{word}'" for word in clause.words]
    return " <-> ".join(lexemes) + (":*" if clause.is_prefix else "")


def scope_lexeme(scope: str) -> str:
    """A scope's term beside the words of a vector: with a letter that no word can hold."""
    return f"/{scope}"
