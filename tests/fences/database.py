"""What is in the database, and was anything changed?"""

import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import connection, transaction


def digest(*, beside: Collection[str] = ()) -> str:
    """One hash over every row of every table but those `beside`: two that are equal mean that
    nothing was written."""
    whole = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - set(beside)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            rows = sorted(repr(row) for row in cursor.fetchall())
            whole.update(f"{table} {len(rows)} {rows}".encode())
    return whole.hexdigest()


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
