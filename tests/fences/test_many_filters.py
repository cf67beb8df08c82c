"""What does an address with ten thousand filters cost? A clear answer, at once."""

import time
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from handrail.mediums.tickets import actions
from handrail.people.models import Agent, Member
from tests.browsing import client_for
from tests.making import ticket_of, viewer_of

MANY = 10_000
MOST_QUERIES = 10
"""As many as a list may cost without any filter."""

MOST_SECONDS = 5
"""For what takes some hundredths: a busy machine is no failure, an address that hangs is."""

LISTS = [
    ("alice", "/help/tickets/"),
    ("alice", "/help/tickets/rows"),
    ("dora", "/console/tickets/"),
    ("dora", "/console/tickets/rows"),
    ("dora", "/console/tickets/tickets.csv"),
]
MANY_AT_ONCE = {
    "names": [(f"filter{number}", "1") for number in range(MANY)],
    "values": [("status", "open")] * MANY,
    "ids": [("assignee", f"{number:022}") for number in range(MANY)],
}
LONG = {
    "words": ("q", " ".join(f"word{number}" for number in range(MANY))),
    "letters": ("q", "ä" * MANY),
    "quotes": ("q", '"' * MANY),
    "one word of many parts": ("q", "-".join("ab" for _ in range(MANY))),
    "numbers": ("q", " ".join(f"#{number}" for number in range(MANY))),
    "tag": ("tag", "vip," * MANY),
    "status": ("status", "open," * MANY),
    "key": ("before", "9" * MANY),
}


@pytest.fixture
def browsers(alice: Member, dora: Agent, settings: Any) -> dict[str, Client]:
    settings.REQUIRE_SECOND_FACTOR = False
    for number in range(3):
        ticket_of(alice, f"Ticket {number}")
    return {"alice": client_for(alice), "dora": client_for(dora)}


def ask(browser: Client, address: str) -> tuple[Any, int]:
    """The answer, and how many queries it cost; in time."""
    browser.get(address.partition("?")[0])  # nothing is asked for the first time below
    began = time.monotonic()
    with CaptureQueriesContext(connection) as captured:
        answer = browser.get(address)
    assert time.monotonic() - began < MOST_SECONDS
    return answer, len(captured)


@pytest.mark.parametrize(("who", "path"), LISTS)
def test_ten_thousand_filters_are_refused(browsers: dict[str, Client], who: str, path: str) -> None:
    for name, given in MANY_AT_ONCE.items():
        answer, queries = ask(browsers[who], f"{path}?{urlencode(given)}")
        assert answer.status_code == 400, name
        assert queries <= MOST_QUERIES, name
        assert_it_is_our_page(answer)


@pytest.mark.parametrize(("who", "path"), LISTS)
def test_one_filter_of_ten_thousand_letters_costs_what_any_other_costs(
    browsers: dict[str, Client], who: str, path: str
) -> None:
    for name, given in LONG.items():
        answer, queries = ask(browsers[who], f"{path}?{urlencode([given])}")
        assert answer.status_code == 200, name
        assert queries <= MOST_QUERIES, name


def test_as_many_filters_as_there_are_can_all_be_given_many_times(
    browsers: dict[str, Client],
) -> None:
    """What is allowed narrows by the last word for each, as forms read an address."""
    pairs = [("status", "closed")] * 90 + [("status", "open")] * 90
    answer, queries = ask(browsers["dora"], f"/console/tickets/rows?{urlencode(pairs)}")
    assert answer.status_code == 200
    assert queries <= MOST_QUERIES
    assert "Ticket 2" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "name"), [("alice", "tickets:create"), ("dora", "tickets-desk:bulk")]
)
def test_a_form_of_ten_thousand_fields_is_refused_in_our_words(
    browsers: dict[str, Client], who: str, name: str
) -> None:
    body = urlencode([("ticket", "A" * 22)] * MANY)
    answer = browsers[who].generic(
        "POST", reverse(name), body, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 400
    assert_it_is_our_page(answer)


def test_a_view_that_was_saved_with_nonsense_is_a_view_still(
    browsers: dict[str, Client], dora: Agent
) -> None:
    filters = {f"filter{number}": "1" for number in range(MANY)} | {"status": "open" * MANY}
    actions.save_view(viewer_of(dora), "Many", filters)
    answer, queries = ask(browsers["dora"], "/console/tickets/")
    assert answer.status_code == 200
    assert queries <= MOST_QUERIES
    assert "filter9999" not in answer.content.decode()


def assert_it_is_our_page(answer: Any) -> None:
    said = answer.content.decode()
    assert "400" in said
    assert "handrail" in said.lower()
    assert "Django" not in said
    assert "DATA_UPLOAD" not in said
    assert len(said) < 20_000
