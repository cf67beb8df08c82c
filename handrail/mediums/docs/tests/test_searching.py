"""Tests of which pages answer a question, for whom."""

import pytest

from handrail.engines.search.library import actions as library
from handrail.mediums.docs.searching import cleaned, search
from handrail.people.models import Member
from handrail.people.viewer import Viewer
from tests.help_pages import page_of, section_of, translated
from tests.making import viewer_of


def titles(viewer: Viewer, question: str) -> list[str]:
    return [one.page.title for one in search(viewer, question).pages]


def test_a_page_in_the_readers_language_goes_before_its_original(
    installation: None, nobody: Viewer
) -> None:
    page = page_of(section_of("Brands"), "Payout", "A payout.")
    translated(page, "Payout auf Deutsch", "Ein Payout.")
    assert "Payout" in titles(nobody, "payout")


def test_the_database_has_the_last_word(carol: Member, installation: None) -> None:
    """A stale index, that says that a page is for all, shows nobody more."""
    page = page_of(section_of("Brands"), "Zebra", "Zebra.", audience="brand")
    library.put(
        "docs",
        page.public_id,
        language="en",
        audience_id=None,
        title="Zebra",
        summary="",
        sections=[],
    )
    assert titles(viewer_of(carol), "zebra") == []


@pytest.mark.parametrize(
    ("typed", "asked"), [(" a \n b\0 ", "a b"), ("x" * 900, "x" * 500), ("\0", "")]
)
def test_what_was_typed_is_one_line_within_bounds(typed: str, asked: str) -> None:
    assert cleaned(typed) == asked
