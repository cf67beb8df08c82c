"""Does any form or list of tickets fall over what somebody makes up, or write half of it?

What each address asks its request for is found by listening, so a new field is fuzzed without
being listed here. Each is sent by the person who may, in every way that a browser or a program
can send it: repeated, broken, as a file, as JSON.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from handrail.engines.conversations.models import SavedDraft
from handrail.people.models import Agent, Member
from tests.fences.database import digest, undone
from tests.fences.table import ROWS, Row
from tests.fences.test_nonsense import NASTY
from tests.fences.world import World

LETTERS = st.text(st.characters(codec=None, categories=None), max_size=40)
"""Any code point: halves of surrogates, controls, marks, private ones."""

HUGE = st.sampled_from(
    ["x" * 150_000, "\u202e" * 3000, "👩🏽‍🚀" * 2000, "٣" * 400, "," * 9000, "a@b.example," * 900]
)
NUMBERS = st.integers(-(10**30), 10**30).map(str)
VALUE = st.one_of(NASTY, LETTERS, HUGE, NUMBERS)

TYPED = (SavedDraft._meta.db_table,)
"""What was typed is kept where it was refused: that is no half of anything."""

FORM, JSON = "application/x-www-form-urlencoded", "application/json"

TICKETS = [row for row in ROWS if row.name.startswith(("tickets:", "tickets-desk:"))]
POSTS = [row for row in TICKETS if row.method == "POST"]
READ_BY = (
    *("tickets:index", "tickets:rows", "tickets:messages"),
    *("tickets-desk:index", "tickets-desk:rows", "tickets-desk:messages"),
    *("tickets-desk:export-table", "tickets-desk:export-text"),
)
GETS = list({row.name: row for row in TICKETS if row.name in READ_BY}.values())


def person_for(row: Row) -> str:
    """Who may do it."""
    if row.name.startswith("tickets:"):
        return "alice"
    return "admin" if row.statuses["dora"] == 403 else "dora"


@pytest.fixture
def world(alice: Member, bob: Member, carol: Member, dora: Agent, settings: Any) -> World:
    settings.REQUIRE_SECOND_FACTOR = False
    return World(alice, bob, carol, dora)


@contextmanager
def listening(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """The names that are asked of a request meanwhile, whether by a form or by a view."""
    heard: set[str] = set()

    def overhearing(name: str) -> Callable[..., Any]:
        original = getattr(QueryDict, name)

        def asked(self: QueryDict, key: Any, *args: Any, **kwargs: Any) -> Any:
            heard.add(key)
            return original(self, key, *args, **kwargs)

        return asked

    with monkeypatch.context() as patched:
        for name in ("__getitem__", "__contains__", "get", "getlist"):
            patched.setattr(QueryDict, name, overhearing(name))
        yield heard


def names_of(world: World, row: Row, browser: Client, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What this address asks for, when it is sent something good and when it is sent nothing."""
    with listening(monkeypatch) as heard, undone():
        world.ask(browser, row)
    path = world.path(row)
    with listening(monkeypatch) as heard_of_nothing, undone():
        browser.get(path) if row.method == "GET" else browser.post(path)
    return sorted((heard | heard_of_nothing) - {"csrfmiddlewaretoken", "_method"}) or ["nothing"]


def send(browser: Client, path: str, pairs: list[tuple[str, str]], how: str) -> Any:
    if how == "json":
        return browser.generic("POST", path, json.dumps(dict(pairs)).encode(), content_type=JSON)
    body = urlencode(pairs, errors="surrogatepass")  # halves of surrogates are broken UTF-8
    if how == "broken":
        body = body.replace("%", "%%ZZ%ff", 3)
    if how == "files":
        files = {name: SimpleUploadedFile("\u202etxt.exe\0", b"\0" * 20) for name, _ in pairs}
        return browser.post(path, files)
    return browser.generic("POST", path, body, content_type=FORM)


def flat(given: dict[str, Any]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in given.items() if isinstance(value, str)]


@pytest.mark.parametrize("row", POSTS, ids=str)
def test_a_form_answers_nonsense_and_writes_all_or_nothing(
    world: World, row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = world.browser(person_for(row))
    names = names_of(world, row, browser, monkeypatch)
    browser.raise_request_exception = False
    pair = st.tuples(st.sampled_from(names), VALUE)
    ways = st.sampled_from(["form", "form", "form", "broken", "json", "files"])

    @hypothesis_settings(
        max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(pairs=st.lists(pair, min_size=1, max_size=5), how=ways, is_good=st.booleans())
    def ask(pairs: list[tuple[str, str]], how: str, is_good: bool) -> None:
        with undone():
            path, before = world.path(row), digest(beside=TYPED)
            given = flat(world.given(row)) if is_good else []
            answer = send(browser, path, [*given, *pairs], how)
            assert answer.status_code < 500, f"{row} with {pairs} as {how}"
            if answer.status_code >= 400:
                assert digest(beside=TYPED) == before, f"{row} wrote and refused {pairs} as {how}"

    ask()


@pytest.mark.parametrize("row", GETS, ids=str)
def test_a_list_answers_nonsense_in_its_address(
    world: World, row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = world.browser(person_for(row))
    names = names_of(world, row, browser, monkeypatch)
    assert names != ["nothing"]
    browser.raise_request_exception = False
    pair = st.tuples(st.sampled_from(names), VALUE)

    @hypothesis_settings(
        max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(pairs=st.lists(pair, min_size=1, max_size=8))
    def ask(pairs: list[tuple[str, str]]) -> None:
        query = urlencode(pairs, errors="surrogatepass")
        path, before = world.path(row).partition("?")[0], digest()
        answer = browser.get(f"{path}?{query}")
        assert answer.status_code in (200, 400, 404), f"{row} with {pairs}"
        assert digest() == before

    ask()


def test_the_fields_are_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is listened to is what the forms have, and not nothing at all."""
    fields = {
        row.name: set(names_of(world, row, world.browser(person_for(row)), monkeypatch))
        for row in (*POSTS, *GETS)
    }
    assert {"subject", "body", "issue_type", "added_addresses"} <= fields["tickets:create"]
    assert {"body", "act", "seen", "client_id"} <= fields["tickets-desk:reply"]
    assert {"field", "value", "ticket"} <= fields["tickets-desk:bulk"]
    assert {"score", "comment"} <= fields["tickets:rate"]
    assert {"zoneinfo", "day_0", "day_6"} <= fields["tickets-desk:hours"]
    assert {"tag", "sort", "due", "q", "before"} <= fields["tickets-desk:rows"]
