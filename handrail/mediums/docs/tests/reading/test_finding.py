"""Tests of where an address leads, for whoever asks."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.mediums.docs import actions
from handrail.mediums.docs.models import Page, Section
from handrail.mediums.docs.reading.finding import Found, find
from handrail.people.models import Member
from handrail.people.viewer import Viewer
from tests.help_pages import (
    EDITOR,
    changed,
    draft_of,
    front_page_of,
    group_of,
    page_of,
    section_of,
    translated,
)
from tests.making import viewer_of


@pytest.fixture
def section(installation: None) -> Section:
    return section_of("Brands")


def at(viewer: Viewer, address: str) -> Found | None:
    return find(viewer, address, leave_out=("body",))


def test_a_page_is_found_by_section_and_path_in_one_query(section: Section, nobody: Viewer) -> None:
    page = page_of(section, "Links", parent=group_of(section, "Tracking"))
    with CaptureQueriesContext(connection) as captured:
        found = at(nobody, "brands/tracking/links")
        assert found
        assert found.page == page
        assert found.page.section.title == "Brands"
    assert len(captured) == 1


def test_a_page_of_another_language_is_below_its_tag(section: Section, nobody: Viewer) -> None:
    german = translated(page_of(section, "Links"), "Verweise")
    found = at(nobody, "brands/de/verweise")
    assert found
    assert (found.page, found.language, found.is_fallback) == (german, "de", False)


def test_a_path_that_begins_like_a_language_is_a_path(section: Section, nobody: Viewer) -> None:
    page = page_of(section, "Import", parent=group_of(section, "csv"))
    found = at(nobody, "brands/csv/import")
    assert found
    assert (found.page, found.language) == (page, "")


def test_where_an_address_means_two_pages_the_named_language_wins(
    section: Section, nobody: Viewer
) -> None:
    own = page_of(section, "Links")
    page_of(section, "Links", parent=group_of(section, "de"))
    german = translated(own, "Links")
    found = at(nobody, "brands/de/links")
    assert found
    assert found.page == german


def test_the_english_path_leads_to_the_german_page(section: Section, nobody: Viewer) -> None:
    german = translated(page_of(section, "Links"), "Verweise")
    found = at(nobody, "brands/de/links")
    assert found
    assert (found.leads_to, found.is_for_good) == (german, False)


def test_what_is_not_translated_is_there_in_the_sections_language(
    section: Section, nobody: Viewer
) -> None:
    page = page_of(section, "Links")
    found = at(nobody, "brands/de/links")
    assert found
    assert (found.page, found.language, found.is_fallback) == (page, "de", True)
    assert at(nobody, "brands/xx/links") is None


def test_an_address_that_a_page_had_leads_on(section: Section, nobody: Viewer) -> None:
    page = page_of(section, "Links")
    changed(page, slug="tracking-links")
    found = at(nobody, "brands/links")
    assert found
    assert (found.leads_to, found.is_for_good) == (page, True)


def test_an_old_address_leads_nobody_to_what_they_may_not_read(
    section: Section, nobody: Viewer, carol: Member, alice: Member
) -> None:
    changed(page_of(section, "Links", audience="brand"), slug="tracking-links")
    assert at(nobody, "brands/links") is None
    assert at(viewer_of(carol), "brands/links") is None
    assert at(viewer_of(alice), "brands/links")


def test_a_section_is_there_for_whoever_may_read_something_in_it(
    section: Section, nobody: Viewer, alice: Member
) -> None:
    group_of(section, "Tracking")
    draft_of(section, "Soon")
    assert at(nobody, "brands") is None
    page_of(section, "Secrets", audience="brand")
    assert at(nobody, "brands") is None
    found = at(viewer_of(alice), "brands")
    assert found
    assert (found.section, found.page) == (section, None)


def test_a_section_has_a_first_page_in_each_of_its_languages(
    section: Section, nobody: Viewer
) -> None:
    translated(page_of(section, "Links"), "Verweise")
    found = at(nobody, "brands/de")
    assert found
    assert (found.page, found.language) == (None, "de")
    assert at(nobody, "brands/ar") is None


def test_the_page_without_a_path_is_at_the_sections_address(
    section: Section, nobody: Viewer
) -> None:
    front = front_page_of(section, "All about brands")
    german = translated(page_of(section, "Links"), "Verweise")
    with CaptureQueriesContext(connection) as captured:
        found = at(nobody, "brands")
    assert found
    assert (found.page, found.language, len(captured)) == (front, "", 1)
    found = at(nobody, "brands/de")
    assert found
    assert (found.page, found.language) == (None, "de")
    Page.objects.filter(pk=german.pk).update(path="")
    found = at(nobody, "brands/de")
    assert found
    assert (found.page, found.language, found.is_fallback) == (german, "de", False)


def test_whoever_may_not_read_the_sections_own_page_finds_the_list(
    section: Section, nobody: Viewer, alice: Member, carol: Member
) -> None:
    front = front_page_of(section, "All about brands", audience="brand")
    page_of(section, "Links")
    for viewer, expected in ((nobody, None), (viewer_of(carol), None), (viewer_of(alice), front)):
        found = at(viewer, "brands")
        assert found
        assert (found.section, found.page) == (section, expected)


@pytest.mark.parametrize(
    "address", ["brands/\0", "brands/" + "a/" * 400, "", "/", "brands/de/", "nothing", "-", "%00/x"]
)
def test_nonsense_leads_nowhere(section: Section, nobody: Viewer, address: str) -> None:
    page_of(section, "Links")
    assert at(nobody, address) is None


def test_a_withdrawn_page_is_gone(section: Section, nobody: Viewer) -> None:
    page = page_of(section, "Links")
    actions.withdraw(EDITOR, page)
    assert at(nobody, "brands/links") is None
