"""How do words come into the archive? In the transaction of what was written, so it never lags."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, CharField, QuerySet

from handrail.base import statements
from handrail.base.statements import Blank
from handrail.engines.search.archive import scope_lexeme
from handrail.engines.search.models import ArchiveEntry, Layer
from handrail.engines.search.words import words

PART_LENGTH = 4_000
"""Words in one row. PostgreSQL keeps 256 places of each: beyond them phrases would be lost."""

BREAK = "¶"
"""Between two texts: no phrase reaches from one into the next. No word holds it."""

_UPSERT = """
    INSERT INTO search_archiveentry (medium, thing_id, layer, part, scope, words{vector_name})
    VALUES (%s, %s, %s, %s, %s, %s{vector_value})
    ON CONFLICT (thing_id, medium, layer, part)
    DO UPDATE SET scope = excluded.scope, words = excluded.words{vector_set}
"""


def put(
    medium: str, thing_id: int, layer: Layer, scopes: Sequence[str], texts: Iterable[str]
) -> None:
    """Writes a thing anew: all its words, findable in these scopes."""
    found = [word for text in texts for word in (*words(text), BREAK)]
    parts = [found[at : at + PART_LENGTH] for at in range(0, len(found), PART_LENGTH)]
    rows = ArchiveEntry.objects.filter(thing_id=thing_id, medium=medium, layer=layer)
    rows.filter(part__gte=len(parts)).delete()
    for part, its_words in enumerate(parts):
        _write(medium, thing_id, layer, part, scopes, its_words)


def append(medium: str, thing_id: int, layer: Layer, scopes: Sequence[str], text: str) -> None:
    """Adds what was said to a thing that is in the archive, or begins its layer. Two queries."""
    added = [*words(text), BREAK]
    last = statements.rows(_last_part, thing=thing_id, medium=medium, layer=layer)
    part, held = (last[0][0], last[0][1].split()) if last else (0, [])
    if held and len(held) + len(added) > PART_LENGTH:
        held, part = [], part + 1
    for at in range(0, len(added), PART_LENGTH):
        _write(medium, thing_id, layer, part, scopes, held + added[at : at + PART_LENGTH])
        held, part = [], part + 1


def _last_part() -> "QuerySet[ArchiveEntry, tuple[Any, ...]]":
    entries = ArchiveEntry.objects.filter(
        thing_id=Blank("thing", BigIntegerField()),
        medium=Blank("medium", CharField()),
        layer=Blank("layer", CharField()),
    )
    return entries.order_by("-part").values_list("part", "words")[:1]


def set_scopes(medium: str, thing_id: int, layer: Layer, scopes: Sequence[str]) -> None:
    """Who finds a thing from now on."""
    for entry in ArchiveEntry.objects.filter(thing_id=thing_id, medium=medium, layer=layer):
        _write(medium, thing_id, layer, entry.part, scopes, entry.words.split())


def forget(medium: str, thing_id: int) -> None:
    """Nothing of it is found any more."""
    ArchiveEntry.objects.filter(thing_id=thing_id, medium=medium).delete()


def _write(
    medium: str,
    thing_id: int,
    layer: Layer,
    part: int,
    scopes: Sequence[str],
    its_words: Sequence[str],
) -> None:
    values: list[str | int] = [medium, thing_id, layer, part, " ".join(scopes), " ".join(its_words)]
    vector = {"vector_name": "", "vector_value": "", "vector_set": ""}
    if connection.vendor == "postgresql":
        values.append(tsvector(scopes, its_words))
        vector = {
            "vector_name": ", vector",
            "vector_value": ", %s::tsvector",
            "vector_set": ", vector = excluded.vector",
        }
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT.format(**vector), values)


def tsvector(scopes: Sequence[str], its_words: Sequence[str]) -> str:
    """PostgreSQL's own notation, so that no dictionary of its has a say in what a word is."""
    places: dict[str, list[str]] = {}
    for place, word in enumerate(its_words, start=1):
        places.setdefault(word, []).append(str(place))
    lexemes = [f"'{word}':{','.join(at[:255])}" for word, at in places.items()]
    return " ".join([*(f"'{scope_lexeme(scope)}'" for scope in scopes), *lexemes])
