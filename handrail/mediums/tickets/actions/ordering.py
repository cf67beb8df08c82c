"""How does a row move in a list that the owner orders? Past those that are seen, one at a time."""

from typing import TypeVar

from handrail.mediums.tickets.models import IssueType, IssueTypeField

Row = TypeVar("Row", IssueType, IssueTypeField)


def neighbour(rows: list[Row], row: Row, *, is_up: bool) -> Row | None:
    """The offered one before it, or after it; a retired row has none, and is none."""
    offered = [each for each in rows if each.retired_at is None]
    if row not in offered:
        return None
    place = offered.index(row) + (-1 if is_up else 1)
    return offered[place] if 0 <= place < len(offered) else None


def swapped(rows: list[Row], one: Row, other: Row) -> list[Row]:
    """All of them, these two in each other's place."""
    places = {one: other, other: one}
    return [places.get(row, row) for row in rows]
