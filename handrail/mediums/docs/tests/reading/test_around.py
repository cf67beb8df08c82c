"""Tests of what stands around a page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.mediums.docs.models import Page, Section
from handrail.mediums.docs.reading.around import MOST_AROUND, Branch, around, of_section
from handrail.people.models import Member
from handrail.people.viewer import Viewer
from tests.help_pages import draft_of, group_of, page_of, section_of, translated
from tests.making import viewer_of


@pytest.fixture
def section(installation: None) -> Section:
    return section_of("Brands")


def names(branches: list[Branch]) -> list[object]:
    """Titles, each followed by the list of those below it, if any."""
    said: list[object] = []
    for branch in branches:
        said.append(branch.page.title)
        if branch.below:
            said.append(names(branch.below))
    return said


def test_the_tree_shows_the_way_to_the_page_its_siblings_and_what_is_below(
    section: Section, nobody: Viewer
) -> None:
    page_of(section, "Welcome")
    tracking = group_of(section, "Tracking")
    links = page_of(section, "Links", parent=tracking)
    page_of(section, "Deep links", parent=links)
    codes = page_of(section, "Codes", parent=tracking)
    page_of(section, "Old codes", parent=codes)
    payments = group_of(section, "Payments")
    page_of(section, "Invoices", parent=payments)
    beside = around(nobody, fresh(links))
    expected = ["Welcome", "Tracking", ["Links", ["Deep links"], "Codes"], "Payments"]
    assert names(beside.tree) == expected
    assert [page.title for page in beside.crumbs] == ["Tracking"]
    assert [page.title for page in beside.children] == ["Deep links"]


def test_before_and_after_are_pages_in_reading_order(section: Section, nobody: Viewer) -> None:
    one = group_of(section, "One")
    first = page_of(section, "First", parent=one)
    second = page_of(section, "Second", parent=page_of(section, "Middle", parent=one))
    last = page_of(section, "Last", parent=group_of(section, "Two"))
    assert (title(around(nobody, fresh(first)).before), title_after(nobody, first)) == (
        "",
        "Middle",
    )
    assert title(around(nobody, fresh(last)).before) == "Second"
    assert title_after(nobody, second) == "Last"
    assert title_after(nobody, last) == ""
    assert "Last" not in str(names(around(nobody, fresh(second)).tree))


def test_neighbours_are_those_that_this_viewer_may_read(
    section: Section, nobody: Viewer, alice: Member
) -> None:
    first = page_of(section, "First")
    page_of(section, "For brands", audience="brand")
    page_of(section, "Hidden", is_hidden=True)
    draft_of(section, "Draft")
    page_of(section, "Last")
    assert title_after(nobody, first) == "Last"
    assert title_after(viewer_of(alice), first) == "For brands"
    assert names(around(nobody, fresh(first)).tree) == ["First", "Last"]


def test_a_category_without_anything_for_a_viewer_is_not_named_to_them(
    section: Section, nobody: Viewer, alice: Member
) -> None:
    page = page_of(section, "Welcome")
    page_of(section, "Secret", parent=group_of(section, "Secrets"), audience="brand")
    assert names(around(nobody, fresh(page)).tree) == ["Welcome"]
    assert names(around(viewer_of(alice), fresh(page)).tree) == ["Welcome", "Secrets"]
    assert names(of_section(nobody, section, "en")) == ["Welcome"]


def test_what_hangs_below_a_hidden_page_hangs_above_it(section: Section, nobody: Viewer) -> None:
    hidden = page_of(section, "Hidden", is_hidden=True)
    page = page_of(section, "Below", parent=hidden)
    beside = around(nobody, fresh(page))
    assert names(beside.tree) == ["Below"]
    assert beside.crumbs == []


def test_a_page_knows_its_other_languages(section: Section, nobody: Viewer) -> None:
    own = page_of(section, "Links")
    german = translated(own, "Verweise")
    translated(own, "Liens", language="fr", audience="brand")
    for page in (own, german):
        assert {one.language for one in around(nobody, fresh(page)).family} == {"en", "de"}
    assert around(nobody, fresh(german)).original_of(german) == own
    assert names(around(nobody, fresh(german)).tree) == ["Verweise"]


def test_all_of_it_is_one_query_however_many_pages_there_are(
    section: Section, nobody: Viewer
) -> None:
    page = page_of(section, "Links")
    copies(section, 2_000)
    with CaptureQueriesContext(connection) as captured:
        beside = around(nobody, page)
    assert len(captured) == 1
    assert len(beside.tree) == MOST_AROUND
    assert title(beside.after) == "Copy 0"


def test_a_section_shows_two_levels(section: Section, nobody: Viewer) -> None:
    tracking = group_of(section, "Tracking")
    links = page_of(section, "Links", parent=tracking)
    page_of(section, "Deep", parent=links)
    assert names(of_section(nobody, section, "en")) == ["Tracking", ["Links"]]


def copies(section: Section, count: int) -> None:
    """Pages side by side, as an import of many would leave them."""
    Page.objects.bulk_create(
        Page(
            section=section,
            language="en",
            title=f"Copy {number}",
            slug=f"copy-{number}",
            path=f"copy-{number}",
            rank=number + 10,
            is_published=True,
        )
        for number in range(count)
    )


def fresh(page: Page) -> Page:
    return Page.objects.select_related("section").get(pk=page.pk)


def title(page: Page | None) -> str:
    return page.title if page else ""


def title_after(viewer: Viewer, page: Page) -> str:
    return title(around(viewer, fresh(page)).after)
