"""Tests of which pages are nearest to an address that leads nowhere."""

from handrail.mediums.docs.api.similar import nearest, similarity
from handrail.people.models import Member
from handrail.people.viewer import Viewer
from tests.help_pages import draft_of, group_of, page_of, section_of
from tests.making import viewer_of


def test_the_same_address_is_nearest_and_its_parts_count() -> None:
    path = "brands/tracking/links"
    assert similarity(path, path) > similarity("brands/tracking/link", path)
    assert similarity("partners/tracking/links", path) > similarity("partners/earn/money", path)
    assert similarity("brands/other/links", path) > similarity("brands/other/codes", path)
    assert round(similarity(path, path), 2) == 1.15


def test_a_slip_finds_the_page(installation: None, nobody: Viewer) -> None:
    section = section_of("Brands")
    links = page_of(section, "Links", parent=group_of(section, "Tracking"))
    page_of(section, "Invoices")
    assert nearest(nobody, "brands/traking/link")[0] == links


def test_at_most_five_are_named_and_none_that_one_may_not_read(
    nobody: Viewer, alice: Member
) -> None:
    section = section_of("Brands")
    for number in range(7):
        page_of(section, f"Links {number}")
    secret = page_of(section, "Links of brands", audience="brand")
    page_of(section, "Links hidden", is_hidden=True)
    draft_of(section, "Links soon")
    shown = nearest(nobody, "brands/links-of-brands")
    assert len(shown) == 5
    assert {page.title for page in shown} <= {f"Links {number}" for number in range(7)}
    assert nearest(viewer_of(alice), "brands/links-of-brands")[0] == secret


def test_nonsense_is_near_to_nothing(installation: None, nobody: Viewer) -> None:
    page_of(section_of("Brands"), "Links")
    assert nearest(nobody, "\0" * 10_000) == []
    assert nearest(nobody, "") == []
