"""Do two pages become one page in two languages only where they can be that?"""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from handrail.engines.activity.models import Activity
from handrail.mediums.docs import actions
from handrail.mediums.docs.models import Page, Section, Source
from handrail.people.models import Agent, AgentRole
from handrail.people.viewer import NotEntitled, Viewer
from tests.help_pages import group_of, page_of, rewritten, section_of, translated
from tests.making import viewer_of


@pytest.fixture
def viewer(dora: Agent) -> Viewer:
    dora.role = AgentRole.EDITOR
    return viewer_of(dora)


@pytest.fixture
def section(installation: None) -> Section:
    return section_of()


@pytest.fixture
def page(section: Section) -> Page:
    return rewritten(page_of(section, "Invoices"), "Newer words.")


@pytest.fixture
def german(section: Section) -> Page:
    return page_of(section, "Rechnungen", language="de")


def test_two_pages_are_one_in_two_languages(viewer: Viewer, page: Page, german: Page) -> None:
    version = page.section.version
    actions.join_versions(viewer, german, page)
    german.refresh_from_db()
    assert (german.original, german.translated_number) == (page, 2)
    german.section.refresh_from_db()
    assert german.section.version > version
    told = Activity.objects.get(verb="docs.versions_joined")
    assert told.public_id == german.public_id


def test_they_are_parted_again(viewer: Viewer, page: Page, german: Page) -> None:
    actions.join_versions(viewer, german, page)
    for _ in range(2):
        german.refresh_from_db()
        actions.part_versions(viewer, german)
    german.refresh_from_db()
    assert (german.original, german.translated_number) == (None, None)
    assert Activity.objects.filter(verb="docs.versions_parted").count() == 1


def test_whoever_names_a_version_means_its_original(
    viewer: Viewer, page: Page, german: Page
) -> None:
    arabic = page_of(page.section, "فواتير", language="ar")
    actions.join_versions(viewer, german, page)
    german.refresh_from_db()
    actions.join_versions(viewer, arabic, german)
    arabic.refresh_from_db()
    assert arabic.original == page


def elsewhere(page: Page, german: Page) -> tuple[Page, Page]:
    return german, page_of(section_of("Partners"), "Invoices")


def same_language(page: Page, german: Page) -> tuple[Page, Page]:
    return german, page_of(page.section, "Andere", language="de")


def itself(page: Page, german: Page) -> tuple[Page, Page]:
    return german, german


def from_the_original(page: Page, german: Page) -> tuple[Page, Page]:
    return page, german


def category(page: Page, german: Page) -> tuple[Page, Page]:
    return german, group_of(page.section, "Billing")


def one_that_has_versions(page: Page, german: Page) -> tuple[Page, Page]:
    page_of(page.section, "فواتير", language="ar", original=german, translated_number=1)
    return german, page


def second_of_a_language(page: Page, german: Page) -> tuple[Page, Page]:
    translated(page, "Rechnung")
    return german, page


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        (elsewhere, "another section"),
        (same_language, "same language"),
        (itself, "same language"),
        (from_the_original, "the section's own language"),
        (category, "version of a category"),
        (one_that_has_versions, "Take them off it first"),
        (second_of_a_language, "“Rechnung” is its version"),
    ],
)
def test_what_cannot_be_one_page_is_refused_in_words(
    viewer: Viewer,
    page: Page,
    german: Page,
    pair: Callable[[Page, Page], tuple[Page, Page]],
    words: str,
) -> None:
    one, other = pair(page, german)
    before = one.original
    with pytest.raises(ValidationError, match=words):
        actions.join_versions(viewer, one, other)
    one.refresh_from_db()
    assert one.original == before


def test_a_version_of_a_category_is_a_category(viewer: Viewer, section: Section) -> None:
    english, german = group_of(section, "Billing"), group_of(section, "Geld", language="de")
    actions.join_versions(viewer, german, english)
    german.refresh_from_db()
    assert german.original == english


def test_what_a_repository_says_stays_so(viewer: Viewer, page: Page, german: Page) -> None:
    source = Source.objects.create(url="https://git.example/help.git")
    Page.objects.filter(pk=german.pk).update(source=source, original=page)
    german.refresh_from_db()
    with pytest.raises(ValidationError, match="from a repository"):
        actions.join_versions(viewer, german, page)
    with pytest.raises(ValidationError, match="from a repository"):
        actions.part_versions(viewer, german)


def test_agents_who_do_not_edit_join_and_part_nothing(
    dora: Agent, page: Page, german: Page
) -> None:
    dora.role = AgentRole.AGENT
    with pytest.raises(NotEntitled):
        actions.join_versions(viewer_of(dora), german, page)
    with pytest.raises(NotEntitled):
        actions.part_versions(viewer_of(dora), german)
