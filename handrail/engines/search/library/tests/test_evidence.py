"""Is what the best pages say given whole, and only to those who may read it?"""

import pytest

from handrail.engines.search.library import evidence_for
from handrail.engines.search.library.passages import WINDOW
from handrail.engines.search.library.tests.pages import help_centre, put
from handrail.engines.search.models import LibraryEntry

pytestmark = pytest.mark.django_db


def test_pages_are_given_whole_and_in_reading_order() -> None:
    help_centre()
    evidence = evidence_for("late payment of invoices", audiences=None, languages=("en",))
    page = evidence.pages[0]
    assert page.title == "Pay an invoice"
    best = max(page.sections, key=lambda section: section.score)
    assert best.text == "A reminder is sent when the payment is late by ten days."
    assert (best.anchor, best.lexical, best.cosine) == ("late-payments", 1.0, None)
    assert next(section.anchor for section in page.sections) == ""


def test_a_long_section_is_whole_again() -> None:
    lines = "\n".join(f"{number}. Step {number} of the way to it." for number in range(1, 90))
    put("long", "A long way", lines)
    assert LibraryEntry.objects.count() > len(lines.split()) // WINDOW
    (page,) = evidence_for("the long way", audiences=None, languages=("en",)).pages
    assert [section.text for section in page.sections] == [lines]


def test_the_words_of_a_question_have_their_worth() -> None:
    help_centre()
    evidence = evidence_for("how do I pay krypton invoices", audiences=None, languages=("en",))
    assert set(evidence.worth) == {"pay", "krypton", "invoices"}
    assert evidence.unknown == {"krypton"}
    assert evidence.worth["krypton"] > evidence.worth["pay"]


def test_what_somebody_may_not_read_changes_nothing() -> None:
    help_centre()
    before = evidence_for("late payment", audiences=frozenset(), languages=("en",))
    put("secret", "Late payment", "A late payment is forgiven to friends.", audience=7)
    assert evidence_for("late payment", audiences=frozenset(), languages=("en",)) == before
    theirs = evidence_for("late payment", audiences=frozenset({7}), languages=("en",))
    assert theirs.pages[0].thing_id == "secret"
