"""Can an editor say which page this one is the version of, and take it back?"""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from handrail.mediums.docs import actions
from handrail.mediums.docs.console.versions import MOST_SHOWN, candidates
from handrail.mediums.docs.models import Page, Source
from handrail.people.models import Agent
from tests.making import viewer_of


@pytest.fixture
def german(page: Page, make: Callable[..., Page]) -> Page:
    return make("Verweise", language="de", slug="verweise")


def path(page: Page, tail: str = "settings") -> str:
    return f"/console/docs/{page.public_id}/{tail}"


def test_an_editor_searches_and_chooses_the_original(
    desk: Client, page: Page, german: Page
) -> None:
    text = desk.get(path(german), {"original": "lin"}).content.decode()
    assert "This is the German version of:" in text
    assert f'name="of" value="{page.public_id}"' in text
    answer = desk.post(path(german, "join"), {"of": page.public_id}, follow=True)
    assert "“Verweise” and “Links” belong together now." in answer.content.decode()
    german.refresh_from_db()
    assert german.original == page
    assert "Verweise</bdi>" in desk.get(path(page)).content.decode()


def test_it_can_be_taken_back(desk: Client, page: Page, german: Page, eva: Agent) -> None:
    actions.join_versions(viewer_of(eva), german, page)
    assert "They do not belong together" in desk.get(path(german)).content.decode()
    desk.post(path(german, "part"))
    german.refresh_from_db()
    assert german.original is None
    assert 'name="original"' in desk.get(path(german)).content.decode()


def test_a_refusal_is_said_where_it_was_asked_and_keeps_what_was_typed(
    desk: Client, page: Page, german: Page, make: Callable[..., Page]
) -> None:
    other = make("Andere Verweise", language="de")
    desk.post(path(other, "join"), {"of": page.public_id})
    answer = desk.post(path(german, "join"), {"of": page.public_id, "original": "lin"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "“Andere Verweise” is its version in this language already." in text
    assert 'name="original" id="original" value="lin"' in text


@pytest.mark.parametrize("of", ["", "nothing", "\0", "x" * 10_000])
def test_what_is_no_page_is_refused(desk: Client, german: Page, of: str) -> None:
    answer = desk.post(path(german, "join"), {"of": of})
    assert answer.status_code == 422
    assert "that one is not there" in answer.content.decode()


def test_who_has_a_version_says_so_and_is_not_chosen_again(
    desk: Client, page: Page, german: Page, make: Callable[..., Page]
) -> None:
    other = make("Andere Verweise", language="de")
    desk.post(path(other, "join"), {"of": page.public_id})
    text = desk.get(path(german), {"original": "links"}).content.decode()
    assert "Has one" in text
    assert f'name="of" value="{page.public_id}"' not in text


def test_without_words_pages_of_the_same_address_are_offered(
    eva: Agent, page: Page, make: Callable[..., Page]
) -> None:
    make("Other")
    german = make("Verweise", language="de", slug="links")
    assert [one.title for one in candidates(viewer_of(eva), german, "")] == ["Links"]


def test_only_pages_of_the_section_in_other_languages_are_offered(
    eva: Agent, german: Page, make: Callable[..., Page]
) -> None:
    partner = actions.make_section(viewer_of(eva), title="Partner")
    make("Links elsewhere", section=partner)
    make("Links auf Deutsch", language="de")
    make("Links", is_group=True)
    assert [one.path for one in candidates(viewer_of(eva), german, "links")] == ["links"]


def test_many_pages_cost_as_many_queries_as_few(
    desk: Client, german: Page, make: Callable[..., Page]
) -> None:
    counts = []
    for number in (2, 20):
        for n in range(number):
            make(f"Links {number} {n}", publish=False)
        with CaptureQueriesContext(connection) as captured:
            text = desk.get(path(german), {"original": "links"}).content.decode()
        counts.append(len(captured))
    assert text.count('name="of"') == MOST_SHOWN
    assert counts[0] == counts[1]


def test_a_page_from_a_repository_is_not_joined_here(
    desk: Client, german: Page, page: Page
) -> None:
    source = Source.objects.create(url="https://git.example/help.git")
    Page.objects.filter(pk=german.pk).update(source=source)
    assert 'name="original"' not in desk.get(path(german)).content.decode()
    assert desk.post(path(german, "join"), {"of": page.public_id}).status_code == 422
