"""How many rows do several queries have? In one statement, each up to a number of its own."""

from collections.abc import Mapping
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery


class _CountOf(Subquery):
    """How many rows a query has that stops at some number."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) _counted)"
    output_field = IntegerField()


def counted(beside: QuerySet[Any], queries: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """The number of rows of each; a million rows cost what its slice says. One query.

    `beside` is any one row, since not every database counts beside nothing.
    """
    if not queries:
        return {}
    counts = (_CountOf(rows.values("pk")) for rows in queries.values())
    [row] = beside.values_list(*counts)
    return dict(zip(queries, row, strict=True))
