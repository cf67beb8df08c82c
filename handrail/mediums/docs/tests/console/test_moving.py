"""Do pages go where an editor puts them, by buttons, by keys and by dragging?"""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from handrail.mediums.docs.actions import make_section
from handrail.mediums.docs.console.tree import tree
from handrail.mediums.docs.models import Page, Section
from handrail.people.models import Agent
from tests.making import viewer_of


@pytest.fixture
def pages(make: Callable[..., Page]) -> dict[str, Page]:
    return {title: make(title) for title in ("One", "Two", "Three")}


@pytest.fixture
def order(eva: Agent, section: Section) -> Callable[[], list[str]]:
    """Titles in reading order, each set in as deep as it stands."""

    def asked() -> list[str]:
        lines = tree(viewer_of(eva), section, "en")
        return ["-" * len(line.trail) + line.title for line in lines]

    return asked


def move(desk: Client, page: Page, to: str, **more: str) -> Any:
    path = f"/console/docs/{page.public_id}/move"
    return desk.post(path, {"to": to, **more}, headers={"HX-Request": "true"})


@pytest.mark.parametrize(
    ("title", "to", "expected"),
    [
        ("Two", "up", ["Two", "One", "Three"]),
        ("Two", "down", ["One", "Three", "Two"]),
        ("Two", "in", ["One", "-Two", "Three"]),
    ],
)
def test_a_page_goes_one_place(
    desk: Client,
    pages: dict[str, Page],
    order: Callable[[], list[str]],
    title: str,
    to: str,
    expected: list[str],
) -> None:
    answer = move(desk, pages[title], to)
    assert answer.status_code == 200
    assert order() == expected
    told = json.loads(answer["HX-Trigger-After-Swap"])["docs:moved"]
    assert told["page"] == pages[title].public_id and "Two" in told["words"]


def test_a_page_comes_out_again_behind_its_parent(
    desk: Client, pages: dict[str, Page], order: Callable[[], list[str]]
) -> None:
    move(desk, pages["Two"], "in")
    move(desk, pages["Two"], "out")
    assert order() == ["One", "Two", "Three"]


@pytest.mark.parametrize(
    ("title", "to"), [("One", "up"), ("Three", "down"), ("One", "in"), ("One", "out"), ("One", "x")]
)
def test_where_there_is_no_place_it_stays_and_is_told_why(
    desk: Client, pages: dict[str, Page], order: Callable[[], list[str]], title: str, to: str
) -> None:
    answer = move(desk, pages[title], to)
    assert answer.status_code == 422
    assert json.loads(answer["HX-Trigger-After-Swap"])["docs:moved"]["isWrong"]
    assert order() == ["One", "Two", "Three"]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("before", ["Three", "One", "Two"]),
        ("after", ["One", "Three", "Two"]),
        ("below", ["One", "-Three", "Two"]),
    ],
)
def test_a_page_is_dropped_beside_or_below_another(
    desk: Client,
    pages: dict[str, Page],
    order: Callable[[], list[str]],
    where: str,
    expected: list[str],
) -> None:
    move(desk, pages["Three"], where, beside=pages["One"].public_id)
    assert order() == expected


def test_a_page_is_not_dropped_below_itself(
    desk: Client, pages: dict[str, Page], order: Callable[[], list[str]]
) -> None:
    move(desk, pages["Two"], "in")
    answer = move(desk, pages["One"], "below", beside=pages["Two"].public_id)
    assert answer.status_code == 422
    assert order() == ["One", "-Two", "Three"]


def test_what_it_is_dropped_beside_must_be_there(desk: Client, pages: dict[str, Page]) -> None:
    assert move(desk, pages["One"], "after", beside="nothing").status_code == 404


def test_a_page_is_dropped_beside_nothing_of_another_language_or_section(
    desk: Client, eva: Agent, pages: dict[str, Page], make: Callable[..., Page]
) -> None:
    partner = make_section(viewer_of(eva), title="Partner")
    for stranger in (make("Eins", language="de"), make("Elsewhere", section=partner)):
        for to in ("before", "after", "below"):
            answer = move(desk, pages["Two"], to, beside=stranger.public_id)
            assert answer.status_code == 404


def test_titles_with_signs_of_patterns_are_said_as_they_are(
    desk: Client, make: Callable[..., Page]
) -> None:
    make("100 %(title)s")
    page = make("50 %s")
    told = json.loads(move(desk, page, "in")["HX-Trigger-After-Swap"])["docs:moved"]
    assert told["words"] == "“50 %s” is below “100 %(title)s”."


def test_without_script_the_tree_is_shown_again(desk: Client, pages: dict[str, Page]) -> None:
    path = f"/console/docs/{pages['One'].public_id}/move"
    answer = desk.post(path, {"to": "up"}, follow=True)
    assert "It is the first one here already." in answer.content.decode()


def test_agents_who_do_not_edit_move_nothing(
    browse: Callable[..., Client],
    dora: Agent,
    pages: dict[str, Page],
    order: Callable[[], list[str]],
) -> None:
    assert move(browse(dora), pages["Two"], "up").status_code == 403
    assert order() == ["One", "Two", "Three"]
