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

_OF_SCOPE = """
    WITH mine AS MATERIALIZED (
        SELECT id, thing_id, vector FROM search_archiveentry WHERE vector @@ %s::tsquery
    )
    SELECT thing_id FROM mine WHERE vector @@ %s::tsquery ORDER BY id DESC LIMIT %s
"""
"""All of a scope by the index, and those of them that match. For the beginning of a word, which the
index looks up in every account before it looks at the scope: 8 ms for one in 50 thousand places."""

_SIZE = """
    SELECT COUNT(*) FROM (
        SELECT FROM search_archiveentry WHERE vector @@ %s::tsquery LIMIT %s
    ) AS mine
"""
"""Of a scope. Counted, since the planner knows little of what is rare: it expects 0.5 % of all."""

_EXPECTED = """
    EXPLAIN (FORMAT JSON) SELECT FROM search_archiveentry WHERE vector @@ %s::tsquery
"""
"""Runs nothing: the planner says how many rows it expects."""

FEW = 20_000
"""Above it, a thousand of a million are found sooner by walking (measured: 20 ms either way)."""

SMALL = 2_000
"""Entries in a scope that are looked at one by one: some 2 ms for a thousand."""


def find(scopes: Sequence[str], question: Sequence[Clause], *, is_narrow: bool = True) -> list[int]:
    """The `thing_id`s that hold all clauses in one of the scopes, the newest entry first.

    One query, and on PostgreSQL one more that chooses the way. `is_narrow`: the scope is one
    account's, not that of agents, which holds all. At most MOST_FOUND; empty where there is no
    scope or nothing to look for.
    """
    if not scopes or not question:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sql, asked = _planned(cursor, scopes, question, is_narrow)
        else:
            sql, asked = _SQLITE, [match(scopes, question)]
        cursor.execute(sql, [*asked, MOST_FOUND])
        return list(dict.fromkeys(row[0] for row in cursor.fetchall()))


def _planned(
    cursor: CursorWrapper, scopes: Sequence[str], question: Sequence[Clause], is_narrow: bool
) -> tuple[str, list[str]]:
    """The way that looks at the fewest entries, and what it is asked."""
    asked = match(scopes, question)
    if not is_narrow:
        return (_FEW if _expected(cursor, asked) <= FEW else _MANY), [asked]
    if any(clause.is_prefix for clause in question) and _is_small(cursor, _of(scopes)):
        return _OF_SCOPE, [_of(scopes), asked]
    return _FEW, [asked]


def _is_small(cursor: CursorWrapper, scope: str) -> bool:
    cursor.execute(_SIZE, [scope, SMALL + 1])
    return int(cursor.fetchone()[0]) <= SMALL


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
    what = " & ".join(f"({_neighbours(clause)})" for clause in question)
    return f"({_of(scopes)}) & {what}"


def _of(scopes: Sequence[str]) -> str:
    return " | ".join(f"'{scope_lexeme(scope)}'" for scope in scopes)


def _neighbours(clause: Clause) -> str:
    lexemes = [f"'{word}'" for word in clause.words]
    return " <-> ".join(lexemes) + (":*" if clause.is_prefix else "")


def scope_lexeme(scope: str) -> str:
    """A scope's term beside the words of a vector: with a letter that no word can hold."""
    return f"/{scope}"
