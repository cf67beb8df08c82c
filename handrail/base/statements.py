"""Which queries are written once, because to write them costs more than to answer them?

Django writes the SQL of a query anew each time, which takes five times as long as SQLite's answer.
Here a query has blanks where its values will stand. Its text is kept, and each request only tells
what is in the blanks; so it is for the few that nearly every page asks.
"""

import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.sql import UpdateQuery

MOST_KEPT = 500
"""Texts, in each thread. Shapes are few by themselves; this is for the one that was not."""

MOST_AT_ONCE = 256
"""Values of one question; a power of two."""


class NotTheSame(Exception):
    """A query that is not the same when it is written again, so that its text cannot be kept."""


class Blank(Expression):
    """Where a value will stand: `filter(account_id=Blank("account", BigIntegerField()))`.

    The text is the same for every value, so no `if` may hang on one.
    """

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        return "%s", [self]

    def filled(self, told: Mapping[str, Any], connection: BaseDatabaseWrapper) -> Any:
        """The value as the database wants it; raises KeyError where none was told."""
        return self.output_field.get_db_prep_value(told[self.name], connection)


@dataclass(frozen=True)
class Written:
    """The text of a query, and how to read what comes back."""

    sql: str
    values: tuple[Any, ...]
    """Those that are always the same, and blanks."""
    readers: Sequence[tuple[int, Sequence[Callable[..., Any]], Any]]
    """Where a column needs it: its position, the functions that read it, and what they read."""


class _Kept(threading.local):
    """By thread, since a text is written for a connection, and each thread has its own."""

    def __init__(self) -> None:
        self.texts: dict[Hashable, Written] = {}


_kept = _Kept()


def rows(
    query: Callable[..., "QuerySet[Any, Any]"], *shape: Hashable, **told: Any
) -> list[tuple[Any, ...]]:
    """What `query(*shape)`, a `values_list` of columns, finds with these values in its blanks.

    Whatever the query hangs on must be in `shape`, as plain values, or in a blank: it is called
    when its text is written, and not again.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    written = _written(query, shape, connection)
    if not written.sql:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*_filled(written, told, connection))
        found = cursor.fetchall()
    return [_read(row, written, connection) for row in found]


def _filled(
    written: Written, told: Mapping[str, Any], connection: BaseDatabaseWrapper
) -> tuple[str, list[Any]]:
    values = [
        value.filled(told, connection) if isinstance(value, Blank) else value
        for value in written.values
    ]
    return written.sql, values


def change(
    query: Callable[..., "tuple[QuerySet[Any, Any], Mapping[str, Any]]"],
    *shape: Hashable,
    **told: Any,
) -> int:
    """Updates: `query(*shape)` says which rows, and what becomes of them; both may hold blanks.
    Returns how many rows there were. Call it in an action."""
    connection = connections[DEFAULT_DB_ALIAS]
    key = (query, shape)
    if key not in _kept.texts:
        chosen, values = query(*shape)
        update: UpdateQuery = chosen.query.chain(UpdateQuery)  # type: ignore[assignment]  # the stubs do not know that `chain` changes the class
        update.add_update_values(dict(values))
        sql, given = update.get_compiler(connection=connection).as_sql()
        _kept.texts[key] = Written(sql, tuple(given), ())
    with connection.cursor() as cursor:
        cursor.execute(*_filled(_kept.texts[key], told, connection))
        return int(cursor.rowcount)


def insert_row(row: Model, *, unless: tuple[str, ...] = ()) -> bool:
    """Inserts what a model instance holds, and gives it its key: `save` without its questions, at
    a fifth of its cost. For a new row of a plain model. Call it in an action.

    `unless` are the columns of a unique constraint: where a row has the same in them, nothing is
    inserted. Returns whether it was.
    """
    columns = [field for field in row._meta.concrete_fields if not field.primary_key]
    values = {field.attname: getattr(row, field.attname) for field in columns}
    pk = _insert(type(row), values, unless)
    if pk is None:
        return False
    row.pk, row._state.adding, row._state.db = pk, False, DEFAULT_DB_ALIAS
    return True


def _insert(model: type[Model], values: Mapping[str, Any], unless: tuple[str, ...]) -> Any:
    """The key of the new row."""
    connection = connections[DEFAULT_DB_ALIAS]
    key = (model, unless)
    fields: list[Any] = [model._meta.get_field(name) for name in values]
    if key not in _kept.texts:
        quoted = connection.ops.quote_name
        columns = ", ".join(quoted(field.column) for field in fields)
        places = ", ".join(["%s"] * len(fields))
        table, pk = quoted(model._meta.db_table), quoted(str(model._meta.pk.column))
        by_name = {field.name: field for field in fields}
        named = ", ".join(quoted(by_name[name].column) for name in unless)
        conflict = f"ON CONFLICT ({named}) DO NOTHING " if unless else ""
        sql = f"INSERT INTO {table} ({columns}) VALUES ({places}) {conflict}RETURNING {pk}"  # noqa: S608 - names of models
        _kept.texts[key] = Written(sql, (), ())
    given = [
        field.get_db_prep_save(value, connection)
        for field, value in zip(fields, values.values(), strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(_kept.texts[key].sql, given)
        inserted = cursor.fetchone()
        return inserted[0] if inserted else None


def made(model: type[Model], names: Iterable[str], values: Iterable[Any]) -> Any:
    """An instance as `Model.from_db` makes it of a row, at a tenth of its cost.

    For models that do nothing when they are made; `names` are all of their columns.
    """
    instance = model.__new__(model)
    instance.__dict__.update(zip(names, values, strict=True))
    state = instance.__dict__["_state"] = ModelState()
    state.adding, state.db = False, DEFAULT_DB_ALIAS
    return instance


def among(values: Iterable[Any], of: Callable[[Sequence[Any]], Iterable[Any]]) -> Iterator[Any]:
    """Asks for many values by few shapes: `of(some)` gets 1, 2, 4 … of them, the last repeated.

    So a text is kept for each of these numbers, and not for each number that comes.
    """
    left = list(values)
    while left:
        some, left = left[:MOST_AT_ONCE], left[MOST_AT_ONCE:]
        size = 1 << (len(some) - 1).bit_length()
        yield from of([*some, *some[-1:] * (size - len(some))])


def blanks(name: str, size: int, field: "Callable[[], Field[Any, Any]]") -> list[Any]:
    """A blank for each value of a shape: `filter(pk__in=blanks("pk", size, BigIntegerField))`."""
    return [Blank(f"{name}{at}", field()) for at in range(size)]


def told(name: str, values: Sequence[Any]) -> dict[str, Any]:
    """What fills them."""
    return {f"{name}{at}": value for at, value in enumerate(values)}


def _written(
    query: Callable[..., "QuerySet[Any, Any]"],
    shape: tuple[Hashable, ...],
    connection: BaseDatabaseWrapper,
) -> Written:
    key = (query, shape)
    if key not in _kept.texts:
        if len(_kept.texts) >= MOST_KEPT:
            _kept.texts.clear()
        _kept.texts[key] = _write(lambda: query(*shape), connection)
    return _kept.texts[key]


def _write(query: Callable[[], "QuerySet[Any, Any]"], connection: BaseDatabaseWrapper) -> Written:
    """Twice, to be sure: the time of day in a kept text would stand still."""
    compiler, again = (query().query.get_compiler(connection=connection) for _ in range(2))
    try:
        sql, values = compiler.as_sql()
    except EmptyResultSet:  # the shape alone says that nothing can be found
        return Written("", (), ())
    if (sql, values) != again.as_sql():
        raise NotTheSame(f"put what changes into a blank: {sql}")
    converters = compiler.get_converters([column for column, *_ in compiler.select or ()])
    readers = [(position, *reader) for position, reader in converters.items()]
    return Written(sql, tuple(values), readers)


def _read(
    row: tuple[Any, ...], written: Written, connection: BaseDatabaseWrapper
) -> tuple[Any, ...]:
    if not written.readers:
        return row
    read = list(row)
    for position, functions, column in written.readers:
        for function in functions:
            read[position] = function(read[position], column, connection)
    return tuple(read)
