"""How would the database answer a query: by looking rows up, or by walking through all of them?"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection

Lookups = list[tuple[str, frozenset[str]]]
"""For each time that a plan goes to a table: the table, and the columns it looks rows up by."""


def lookups(sql: str, tables: set[str]) -> Lookups:
    """How the plan of this query goes to these tables. No columns at all: it walks through."""
    if sql.lstrip().startswith("EXPLAIN"):
        return []  # a question to the planner, which goes to no table
    found = _of_sqlite(sql) if connection.vendor == "sqlite" else _of_postgresql(sql)
    return [(table, columns) for table, columns in found if table in tables]


def _of_sqlite(sql: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Lines such as `SEARCH U0 USING INDEX conv_of_account (account_id=? AND id<?)`."""
    names: dict[str, set[str]] = defaultdict(set)
    for table, alias in re.findall(r'"(\w+)" (U\d+|T\d+)\b', sql):
        names[alias].add(table)  # two subqueries may call different tables by one name
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        lines = [row[3] for row in cursor.fetchall()]
    for line in lines:
        if step := re.match(r"(?P<way>SCAN|SEARCH) (?P<name>\w+)(?P<how>.*)", line):
            name = str(step["name"])
            tables = sorted(names.get(name, {name}))
            condition = step["how"].partition("(")[2]
            if step["way"] == "SCAN":
                yield from ((table, frozenset()) for table in tables)
                continue
            columns = {
                table: _columns(table, condition.replace("rowid", _key_of(table)))
                for table in tables
            }
            table, its = max(columns.items(), key=lambda item: len(item[1]))
            yield table, its


def _of_postgresql(sql: str) -> Iterator[tuple[str, frozenset[str]]]:
    """With few rows, walking is cheap and PostgreSQL prefers it; so it is told not to."""
    with connection.cursor() as cursor:
        for way in ("seqscan", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        [[answer]] = cursor.fetchall()
    plan = json.loads(answer) if isinstance(answer, str) else answer
    for node in _nodes(plan[0]["Plan"]):
        if table := node.get("Relation Name"):
            condition = node.get("Index Cond") or node.get("Recheck Cond") or ""
            part = _of_part(node.get("Index Name", ""))
            yield table, _columns(table, condition) or part


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for inner in node.get("Plans", ()):
        yield from _nodes(inner)


def _of_part(name: str) -> frozenset[str]:
    """What an index of a part of the rows chooses them by: to read all of it is to look them up."""
    conditions = [
        index.condition
        for model in apps.get_models()
        for index in model._meta.indexes
        if index.name == name and index.condition
    ]
    return frozenset(str(key).partition("__")[0] for one in conditions for key, _ in one.children)


def _key_of(table: str) -> str:
    """What SQLite calls `rowid`."""
    columns = (
        str(field.column)
        for model in apps.get_models()
        if model._meta.db_table == table
        for field in model._meta.fields
        if field.primary_key
    )
    return next(columns, "id")


def _columns(table: str, condition: str) -> frozenset[str]:
    known = {
        field.column
        for model in apps.get_models()
        if model._meta.db_table == table
        for field in model._meta.concrete_fields
    }
    return frozenset(re.findall(r"[a-z_]+", condition)) & known
