"""How do millions of rows get into a table in minutes? In bulk, by each database's own way.

SQLite takes them as one prepared statement, PostgreSQL as COPY: five to ten times as fast as
`bulk_create`, which makes an object of every row. Only made-up rows come in this way.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction

Row = Sequence[Any]

QUICKER_SQLITE = ("PRAGMA synchronous=OFF", "PRAGMA temp_store=MEMORY", "PRAGMA cache_size=-400000")
"""A power cut may cost a made-up crowd: it is poured again."""

SQLITE_AFTER = ("PRAGMA synchronous=FULL", "PRAGMA temp_store=DEFAULT", "PRAGMA cache_size=-2000")


def pour(model: type[models.Model], columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Adds rows that name their `columns` (fields by attname); the other fields get defaults.

    A name that is no field's is a column's that only the database knows. Values are what the
    database takes: times by `moment`, truth by `flag`, JSON by `packed`.
    """
    rest = {
        field: _default(field)
        for field in model._meta.concrete_fields
        if field.attname not in columns and not (field.primary_key and "id" not in columns)
    }
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    names = [str(by_name[name].column) if name in by_name else name for name in columns]
    names += [str(field.column) for field in rest]
    tail = tuple(rest.values())
    quoted = ", ".join(connection.ops.quote_name(name) for name in names)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row((*row, *tail))
            return
        places = ", ".join(["%s"] * len(names))
        cursor.executemany(
            f"INSERT INTO {table} ({quoted}) VALUES ({places})",  # noqa: S608  our own names
            [(*row, *tail) for row in rows],
        )


def next_pk(model: type[models.Model]) -> int:
    """The first free id: ids are given here, since rows of one batch refer to each other."""
    highest = model._default_manager.aggregate(highest=models.Max("pk"))["highest"]
    return (highest or 0) + 1


@contextmanager
def batch(*changed: type[models.Model]) -> Iterator[None]:
    """One transaction; afterwards the database counts on behind the ids that were given."""
    with transaction.atomic():
        yield
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), changed):
                cursor.execute(statement)


@contextmanager
def quickly() -> Iterator[None]:
    """SQLite does not wait for the disk meanwhile; afterwards the planner knows the new sizes.

    Inside of a transaction neither can be done, and nothing is.
    """
    if connection.in_atomic_block:
        yield
        return
    _pragmas(QUICKER_SQLITE)
    try:
        yield
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            if connection.vendor == "postgresql":
                cursor.execute("VACUUM ANALYZE")
            else:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        _pragmas(SQLITE_AFTER)


def moment(seconds: float | None) -> str | None:
    """A time, in seconds since 1970, as the database keeps it."""
    if seconds is None:
        return None
    text = datetime.fromtimestamp(int(seconds), UTC).isoformat(" ")
    return text if connection.vendor == "postgresql" else text[:19]


def flag(value: bool) -> bool | int:
    return value if connection.vendor == "postgresql" else int(value)


def packed(value: Any) -> str:
    return json.dumps(value)


def _default(field: "models.Field[Any, Any]") -> Any:
    value = field.get_default()
    if isinstance(field, models.JSONField):
        return packed(value)
    return field.get_db_prep_save(value, connection)


def _pragmas(statements: Sequence[str]) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
