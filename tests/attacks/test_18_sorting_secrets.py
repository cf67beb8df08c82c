"""A secret read by sorting or filtering along relations. django-helpdesk (`queue__email_box_pass`).

Sorts and filters are names of ours, and each stands for columns of the list itself.
"""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from handrail.mediums.tickets.console.paging import ORDERS
from handrail.mediums.tickets.console.placeholders import PLACEHOLDERS, fill, values
from handrail.people.models import Agent, Member
from tests.making import ticket_of, viewer_of

pytestmark = pytest.mark.django_db

ORDER = r"ORDER BY (.*?)(?= LIMIT|\)|$)"
"""What each part of a query is sorted by."""

PATHS = ["assignee__password", "-assignee__password", "creator__person__email", "?", "1", "pk desc"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("key", ["sort", "order_by", "o", "ordering"])
def test_nothing_sorts_by_a_path(
    alice: Member, dora: Agent, browse: Callable[..., Client], path: str, key: str
) -> None:
    ticket_of(alice)
    browser = browse(dora)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get("/console/tickets/rows", {key: path}).status_code == 200
    orders = [order for q in captured for order in re.findall(ORDER, q["sql"])]
    assert orders
    assert not [order for order in orders if "password" in order or "email" in order]


@pytest.mark.parametrize("secret", ["pbkdf2", "md5", "x"])
def test_nothing_filters_by_a_path(
    alice: Member, dora: Agent, browse: Callable[..., Client], secret: str
) -> None:
    ticket_of(alice, "Seen whatever is asked")
    for path in ("assignee__password__startswith", "account__host__keys__secret", "creator__email"):
        page = browse(dora).get("/console/tickets/rows", {path: secret})
        assert "Seen whatever is asked" in page.content.decode()


def test_orders_are_made_of_the_lists_own_columns() -> None:
    for stretches in ORDERS.values():
        assert not [name for stretch in stretches for name in stretch.columns if "__" in name]


@pytest.mark.parametrize(
    "path",
    [
        "agent.password",
        "agent.email",
        "member.account.host.keys",
        "member.__class__.__init__.__globals__",
        "ticket.conversation.messages",
        "ticket.number.__class__",
        "0.__class__",
        "settings.SECRET_KEY",
    ],
)
def test_no_placeholder_is_a_path(alice: Member, dora: Agent, path: str) -> None:
    """A canned reply is filled in from a list of names: no attribute is ever looked up."""
    given = values(viewer_of(dora), ticket_of(alice).conversation)
    for text in (
        f"{{{path}}}",
        f"{{{path}!r}}",
        f"{{{path}:>9}}",
        f"{{{{{path}}}}}",
        f"%({path})s",
    ):
        assert fill(text, given) == text
    assert all(isinstance(value, str) for value in given.values())
    assert set(given) == set(PLACEHOLDERS)
