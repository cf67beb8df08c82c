"""Does an editor find every section, every page, and the way to a new one?"""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from handrail.mediums.docs import actions
from handrail.mediums.docs.console.tree import MOST_FOUND
from handrail.mediums.docs.models import Page, Section
from handrail.people.models import Agent
from tests.making import viewer_of

INDEX = "/console/docs/"


def test_an_empty_help_centre_teaches_how_to_fill_it(desk: Client) -> None:
    text = desk.get(INDEX).content.decode()
    assert "handrail docs import PATH" in text
    assert "/console/docs/sections/new" in text


def test_the_tree_shows_pages_below_their_category(desk: Client, make: Callable[..., Page]) -> None:
    start = make("Start", is_group=True)
    make("Links", parent=start)
    text = desk.get(INDEX).content.decode()
    assert text.index("Start</bdi>") < text.index('<ul role="list"><li', text.index("Start</bdi>"))
    assert text.index("Start</bdi>") < text.index("Links</bdi>")
    tree = text.partition('id="tree"')[2].partition('id="tree-said"')[0]
    assert tree.count("<ul") == tree.count("</ul>") == 2
    assert tree.count("<li") == tree.count("</li>") == 2


def test_sections_are_tabs_and_an_unknown_one_is_the_first(
    desk: Client, page: Page, eva: Agent
) -> None:
    actions.make_section(viewer_of(eva), title="Partner")
    assert "Links</bdi>" in desk.get(INDEX, {"section": "nothing"}).content.decode()
    other = desk.get(INDEX, {"section": "partner"}).content.decode()
    assert "Links</bdi>" not in other
    assert "No pages here yet" in other


def test_a_section_shows_its_pages_in_the_language_that_is_chosen(
    desk: Client, page: Page, eva: Agent
) -> None:
    german = actions.translate(viewer_of(eva), page, "de")
    actions.save_draft(viewer_of(eva), german, title="Verweise", summary="", body="")
    actions.publish(viewer_of(eva), german)
    assert "Verweise" not in desk.get(INDEX).content.decode()
    assert "Verweise</bdi>" in desk.get(INDEX, {"language": "de"}).content.decode()


def test_titles_are_searched_by_the_beginnings_of_words(
    desk: Client, make: Callable[..., Page]
) -> None:
    make("Größe der Bilder")
    make("Links")
    found = desk.get(INDEX, {"q": "GRÖ bil"}).content.decode()
    assert "Größe der Bilder" in found
    assert "Links</bdi>" not in found


def test_what_nobody_titled_is_not_found(desk: Client, page: Page) -> None:
    assert "No title holds that" in desk.get(INDEX, {"q": "pelican"}).content.decode()


def test_of_many_titles_the_first_are_shown_and_the_rest_is_counted(
    desk: Client, make: Callable[..., Page]
) -> None:
    for number in range(MOST_FOUND + 3):
        make(f"Links {number}", publish=False)
    text = desk.get(INDEX, {"q": "links"}).content.decode()
    assert text.count("row-title") == MOST_FOUND
    assert "3 more are not shown." in text


def test_an_icon_that_we_do_not_have_is_left_out(desk: Client, make: Callable[..., Page]) -> None:
    make(icon="no-such-icon")
    for query in ({}, {"q": "links"}):
        assert "no-such-icon" not in desk.get(INDEX, query).content.decode()


def test_agents_who_do_not_edit_are_turned_away(
    browse: Callable[..., Client], dora: Agent, page: Page
) -> None:
    assert browse(dora).get(INDEX).status_code == 403


@pytest.mark.parametrize("query", [{}, {"q": "page"}])
def test_two_hundred_pages_cost_as_many_queries_as_three(
    desk: Client, section: Section, make: Callable[..., Page], query: dict[str, str]
) -> None:
    counts = []
    for number in (3, 60):
        for n in range(number):
            make(f"Page {number} {n}", publish=False)
        desk.get(INDEX, query)
        with CaptureQueriesContext(connection) as captured:
            desk.get(INDEX, query)
        counts.append(len(captured))
    assert counts[0] == counts[1]
