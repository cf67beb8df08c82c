"""Does any address of chats fall over what somebody makes up, or write half of it?

As in `test_nonsense_in_tickets`, whose ears and ways of sending these are: as a member, and from
the agents' desk.
"""

from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from handrail.engines.conversations.models import SavedDraft
from handrail.people.models import Agent, Member
from tests.fences.database import digest, undone
from tests.fences.table import ROWS, Row
from tests.fences.test_nonsense_in_tickets import VALUE, flat, names_of, send
from tests.fences.world import World

TYPED = (SavedDraft._meta.db_table,)
"""What was typed is kept where it was refused: that is no half of anything."""

CHATS = [row for row in ROWS if row.name.startswith(("chat:", "chat-desk:"))]
POSTS = [row for row in CHATS if row.method == "POST"]
GETS = list({row.name: row for row in CHATS if row.method == "GET"}.values())


def person_for(row: Row) -> str:
    """Who may do it."""
    if row.name.startswith("chat:"):
        return "alice" if row.statuses["alice"] != 302 else "carol"
    return "admin" if row.statuses["dora"] == 403 else "dora"


@pytest.fixture
def world(alice: Member, bob: Member, carol: Member, dora: Agent, settings: Any) -> World:
    settings.REQUIRE_SECOND_FACTOR = False
    return World(alice, bob, carol, dora)


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
        max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(
        pairs=st.lists(pair, min_size=1, max_size=5),
        how=ways,
        is_good=st.booleans(),
        is_htmx=st.booleans(),
    )
    def ask(pairs: list[tuple[str, str]], how: str, is_good: bool, is_htmx: bool) -> None:
        with undone():
            path, before = world.path(row), digest(beside=TYPED)
            given = flat(world.given(row)) if is_good else []
            browser.defaults["HTTP_HX_REQUEST"] = "true" if is_htmx else ""
            answer = send(browser, path, [*given, *pairs], how)
            assert answer.status_code < 500, f"{row} with {pairs} as {how}"
            if answer.status_code >= 400:
                assert digest(beside=TYPED) == before, f"{row} wrote and refused {pairs} as {how}"

    ask()


@pytest.mark.parametrize("row", GETS, ids=str)
def test_a_page_answers_nonsense_in_its_address(
    world: World, row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = world.browser(person_for(row))
    names = names_of(world, row, browser, monkeypatch)
    browser.raise_request_exception = False
    pair = st.tuples(st.sampled_from(names), VALUE)

    @hypothesis_settings(
        max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(pairs=st.lists(pair, min_size=1, max_size=8), is_htmx=st.booleans())
    def ask(pairs: list[tuple[str, str]], is_htmx: bool) -> None:
        with undone():
            query = urlencode(pairs, errors="surrogatepass")
            path = world.path(row).partition("?")[0]
            headers = {"HX-Request": "true"} if is_htmx else {}
            answer = browser.get(f"{path}?{query}", headers=headers)
            assert answer.status_code in (200, 302, 400, 404, 422), f"{row} with {pairs}"

    ask()


@pytest.mark.parametrize("row", CHATS, ids=str)
def test_an_address_that_is_made_up_leads_nowhere(world: World, row: Row) -> None:
    """Any of its ids, and what stands in an id's place."""
    browser = world.browser(person_for(row))
    browser.raise_request_exception = False
    path = world.path(row).partition("?")[0]
    parts = path.split("/")
    ids = [index for index, part in enumerate(parts) if len(part) == 22]
    for index in ids:
        for odd in ("A" * 22, "a", "%00" * 22, "..%2f" * 4, "%F0%9F%98%80", "9" * 400):
            asked = "/".join([*parts[:index], odd, *parts[index + 1 :]])
            if row.method == "GET":
                answer = browser.get(asked)
            else:
                answer = browser.post(asked, world.given(row))
            is_own_upload = row.name.endswith(":discard")
            expected = (200, 404) if is_own_upload else (404,)
            assert answer.status_code in expected, asked


def test_the_fields_are_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is listened to is what the forms have, and not nothing at all."""
    fields = {
        row.name: set(names_of(world, row, world.browser(person_for(row)), monkeypatch))
        for row in (*POSTS, *GETS)
    }
    assert {"body", "client_id"} <= fields["chat:begin"] & fields["chat:say"]
    assert {"score", "comment"} <= fields["chat:rate"]
    assert {"to", "note"} <= fields["chat-desk:transfer"]
    assert {"q", "reason", "rating", "since", "until", "before"} <= fields["chat-desk:past"]
