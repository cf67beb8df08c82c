"""Which page answers, and what does a viewer never notice of pages that are not theirs?"""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.engines.search.excerpts import Part
from handrail.engines.search.library import actions, current, evidence_for, suggest_words
from handrail.engines.search.library.tests.pages import ask, found, help_centre, put
from handrail.engines.search.models import LibraryPage

pytestmark = pytest.mark.django_db

TEAM = 7
OTHERS = 8


def suggested(prefix: str, *, audiences: frozenset[int] | None = frozenset()) -> list[str]:
    return suggest_words(prefix, audiences=audiences, languages=("en",))


def marks(parts: tuple[Part, ...]) -> list[str]:
    return [part.text for part in parts if part.is_marked]


def test_any_word_of_a_question_may_find_a_page() -> None:
    help_centre()
    assert found("how can I export something to Excel")[0] == "reports"
    assert found("paying an invoice")[0] == "invoices"


def test_a_hit_says_where_in_the_page_the_answer_is() -> None:
    help_centre()
    hit = ask("late payment reminder").hits[0]
    assert (hit.medium, hit.thing_id, hit.title) == ("docs", "invoices", "Pay an invoice")
    assert hit.passages[0].anchor == "late-payments"
    assert hit.passages[0].heading_path == ("Late payments",)
    assert marks(hit.passages[0].excerpt) == ["reminder", "payment", "late"]


def test_other_forms_of_a_word_are_found_and_marked() -> None:
    help_centre()
    hit = ask("invite colleagues ").hits[0]
    assert hit.thing_id == "members"
    assert marks(hit.title_parts) == ["Invite", "colleague"]


def test_a_word_in_the_title_counts_more_than_one_in_the_text() -> None:
    put(
        "text",
        "Something else",
        "A webhook is mentioned in passing here and not much more is said.",
    )
    put("title", "Webhook", "What it is.")
    assert found("webhook") == ["title", "text"]


def test_an_empty_library_answers_nothing() -> None:
    answer = ask("anything at all", refine=True)
    assert (answer.hits, answer.corrected, answer.confidence) == ((), None, 0.0)
    assert suggested("any") == []
    assert evidence_for("anything", audiences=None, languages=("en",)).pages == ()


@pytest.mark.parametrize("question", ["", "   ", "?!", "\0", "…", '""', "''' OR 1=1"[:3]])
def test_a_question_without_words_finds_nothing(question: str) -> None:
    help_centre()
    assert ask(question).hits == ()


def test_stop_words_count_when_there_is_nothing_else() -> None:
    put("about", "About us", "Who we are.")
    put("other", "Something", "Nothing of it.")
    assert found("about us ") == ["about"]


# --- Slips, beginnings, synonyms, phrases -------------------------------------------------------


def test_a_slip_is_put_right_and_said() -> None:
    help_centre()
    answer = ask("Late payemnt, please ")
    assert answer.corrected == "Late payment, please "
    assert answer.hits[0].thing_id == "invoices"


def test_a_word_that_a_page_holds_is_never_put_right() -> None:
    help_centre()
    put("rapport", "Rapport", "A word of its own: rapport.")
    answer = ask("rapport ")
    assert answer.corrected is None
    assert answer.hits[0].thing_id == "rapport"


def test_without_a_model_words_say_how_sure_they_are() -> None:
    help_centre()
    sure, half, unsure = (
        ask(question).confidence
        for question in ("late payment ", "late volcano eruption ", "volcano eruption ")
    )
    assert 1 >= sure > half > unsure == 0


def test_short_words_and_numbers_are_left_as_they_are() -> None:
    help_centre()
    assert ask("pya ").corrected is None
    assert ask("e1001x ").corrected is None


def test_the_last_word_may_be_unfinished() -> None:
    help_centre()
    answer = ask("how to exp")
    assert answer.hits[0].thing_id == "reports"
    assert answer.corrected is None
    assert marks(answer.hits[0].title_parts) == ["Export"]
    assert found("exp ") == []


def test_words_are_completed_by_the_most_frequent_ones() -> None:
    help_centre()
    put("more", "More reports", "A report, and a reminder.")
    assert suggested("send a re")[:2] == ["reminder", "report"]
    assert suggested("send a re ") == []


def test_a_synonym_finds_what_the_hub_calls_otherwise() -> None:
    help_centre()
    assert found("tariff ") == []
    actions.set_synonyms("en", [("tariff", "invoice"), ("csv file", "spreadsheet")])
    assert found("tariff ")[0] == "invoices"
    assert found("as a csv file ") == ["reports"]
    assert found("csv ") == []


def test_a_phrase_is_found_as_it_stands() -> None:
    help_centre()
    put("noise", "Late", "The payment came, but late. Payments which are late.")
    assert found('"payment is late"') == ["invoices"]
    assert ask('"payment is late"').is_exact


def test_a_phrase_that_nobody_wrote_counts_as_words_and_says_so() -> None:
    help_centre()
    answer = ask('"late weekday invoice"')
    assert answer.hits
    assert not answer.is_exact


def test_quotes_in_a_long_question_do_not_narrow_it() -> None:
    help_centre()
    answer = ask(
        'I choose the report, then it says "pay now" instead of an export to a spreadsheet'
    )
    assert answer.hits[0].thing_id == "reports"


# --- Languages ----------------------------------------------------------------------------------


def test_german_words_are_found_in_their_forms() -> None:
    put("rechnung", "Rechnungen bezahlen", "Öffnen Sie die Rechnung.", language="de")
    hit = ask("Rechnung bezahlt", languages=("de",)).hits[0]
    assert hit.thing_id == "rechnung"
    assert marks(hit.passages[0].excerpt) == ["Rechnung"]
    assert found("offnen", languages=("de-AT",)) == ["rechnung"]


def test_scripts_without_blanks_are_found() -> None:
    put("seikyu", "請求書を支払う", "請求書は毎月届きます。", language="ja")
    put("shorui", "書類を請う", "求職者の書類です。", language="ja")
    assert found("請求書", languages=("ja",))[0] == "seikyu"


def test_text_from_right_to_left_is_found() -> None:
    put("fatura", "دفع الفاتورة", "افتح الفاتورة ثم ادفع.", language="ar")
    assert found("فاتورة", languages=("ar",)) == ["fatura"]


def test_each_page_comes_in_the_language_that_is_wanted_most() -> None:
    put("pay", "Pay with SEPA", "SEPA takes two days.")
    put("pay", "Mit SEPA zahlen", "SEPA braucht zwei Tage.", language="de")
    put("only", "SEPA limits", "There are limits.")
    hits = ask("SEPA", languages=("de", "en")).hits
    assert {(hit.thing_id, hit.language) for hit in hits} == {("pay", "de"), ("only", "en")}
    assert found("SEPA", languages=("de",)) == ["pay"]


def test_a_word_of_another_wanted_language_is_no_slip() -> None:
    put("pay", "Invoice", "An invoice.")
    put("zahlen", "Rechnung", "Die Rechnung.", language="de")
    assert ask("Rechnung ", languages=("en", "de")).corrected is None


# --- Who may see what ---------------------------------------------------------------------------


def test_only_pages_of_ones_audiences_are_found() -> None:
    put("public", "Export", "For everybody.")
    put("team", "Export for the team", "Not for everybody.", audience=TEAM)
    assert found("export") == ["public"]
    assert set(found("export", audiences=frozenset({TEAM}))) == {"public", "team"}
    assert found("export", audiences=frozenset({OTHERS})) == ["public"]
    assert set(found("export", audiences=None)) == {"public", "team"}


def test_only_the_mediums_that_are_asked_answer() -> None:
    put("page", "Export", "One.")
    put("course", "Export", "Two.", medium="academy")
    assert found("export", mediums=["academy"]) == ["course"]
    assert len(found("export")) == 2


WORDS = st.sampled_from("invoice invoices report zebra zebras payment quorum quorums late".split())
PAGES = st.lists(
    st.tuples(st.lists(WORDS, min_size=1, max_size=6), st.sampled_from([None, TEAM, OTHERS])),
    min_size=1,
    max_size=7,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pages=PAGES, question=st.lists(WORDS, min_size=1, max_size=3))
def test_pages_of_others_change_nothing_at_all(
    pages: list[tuple[list[str], int | None]], question: list[str]
) -> None:
    """Not an order, a score, a correction or a completion: all is as if they were not there."""
    asked = " ".join(question)
    slip = question[0][0] + question[0][2:] + " "
    LibraryPage.objects.all().delete()
    for number, (words, audience) in enumerate(pages):
        put(f"p{number}", " ".join(words[:2]), " ".join(words), audience=audience)
    with_others = everything(asked, slip)
    for number, (_words, audience) in enumerate(pages):
        if audience == OTHERS:
            actions.forget("docs", f"p{number}")
    current._held.__init__()  # type: ignore[misc]  # as another process, which never saw them
    assert everything(asked, slip) == with_others


def everything(asked: str, slip: str) -> list[Any]:
    mine = frozenset({TEAM})
    return [
        ask(asked, audiences=mine),
        ask(slip, audiences=mine),
        ask(asked[:2], audiences=mine),
        [suggested(letter, audiences=mine) for letter in ("in", "re", "ze", "pa", "qu", "la")],
    ]


def test_an_old_snapshot_shows_nobody_what_was_taken_from_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Once the last look at the database is too long ago, the rows are asked again."""
    put("plan", "Secret plan", "A plan for everybody, until a minute ago.")
    assert found("plan") == ["plan"]
    old = current.current()
    monkeypatch.setattr(current, "LOOK_SECONDS", 0.0)
    put("plan", "Secret plan", "A plan for the team now.", audience=TEAM)
    monkeypatch.setattr("handrail.engines.search.library.searching.current", lambda: old)
    assert ask("plan").hits == ()
    assert evidence_for("plan", audiences=frozenset(), languages=("en",)).pages == ()


def test_a_key_that_was_rolled_back_and_given_again_names_the_passage_that_has_it_now() -> None:
    with transaction.atomic():
        put("zebras", "Zebras", "They live in herds.", ("Looks", "They have stripes."))
        assert found("stripes") == ["zebras"]
        transaction.set_rollback(True)
    put("lions", "Lions", "They live in prides.")
    put("zebras", "Zebras", "They live in herds.", ("Looks", "They have stripes."))
    assert found("stripes") == ["zebras"]  # from now on, the texts are those in memory
    for word, anchor in (("herds", ""), ("stripes", "looks")):
        passage = ask(word).hits[0].passages[0]
        assert (passage.anchor, marks(passage.excerpt)) == (anchor, [word])


# --- Hostile questions --------------------------------------------------------------------------


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=300))
def test_no_question_fails(question: str) -> None:
    if not LibraryPage.objects.exists():
        help_centre()
    for refine in (False, True):
        answer = ask(question, refine=refine)
        assert 0 <= answer.confidence <= 1
    suggested(question)
