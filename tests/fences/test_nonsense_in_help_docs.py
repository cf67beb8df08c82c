"""Does any form of the editors' fall over what somebody makes up, or write half of it?

As in `test_nonsense_in_tickets`, whose ears and ways of sending these are.
"""

from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from handrail.mediums.docs.models import Draft
from handrail.people.models import Agent, Member
from tests.fences.database import digest, undone
from tests.fences.table import ROWS, Row
from tests.fences.test_nonsense_in_tickets import VALUE, flat, names_of, send
from tests.fences.world import World

TYPED = (Draft._meta.db_table,)
"""What was written is kept where publishing it was refused: that is no half of anything."""

EDITED = [row for row in ROWS if row.name.startswith("docs-desk:")]
POSTS = [row for row in EDITED if row.method == "POST"]
READ_BY = ("index", "branch", "new-page", "words", "revisions", "feedback")
READS = [row for row in EDITED if row.method == "GET" and row.target != "made-up"]
GETS = [row for row in READS if row.name.endswith(READ_BY)]


@pytest.fixture
def world(alice: Member, bob: Member, carol: Member, dora: Agent, settings: Any) -> World:
    settings.REQUIRE_SECOND_FACTOR = False
    return World(alice, bob, carol, dora)


@pytest.mark.parametrize("row", POSTS, ids=str)
def test_a_form_answers_nonsense_and_writes_all_or_nothing(
    world: World, row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = world.browser("editor")
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
def test_a_page_answers_nonsense_in_its_address(
    world: World, row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = world.browser("editor")
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
        row.name.partition(":")[2]: set(names_of(world, row, world.browser("editor"), monkeypatch))
        for row in (*POSTS, *GETS)
    }
    assert {"title", "body", "seen", "based_on", "over_draft"} <= fields["draft"]
    assert {"note", "title", "body"} <= fields["publish"]
    assert {"slug", "audience", "keywords", "icon"} <= fields["page-settings"]
    assert {"q", "section", "language"} <= fields["index"]
