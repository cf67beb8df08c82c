"""How do pages come and go, and what is remembered of questions that found nothing?"""

import pytest
from django.db import transaction

from handrail.engines.search.library import Section, actions
from handrail.engines.search.library.tests.pages import found, help_centre, put
from handrail.engines.search.models import LibraryEntry, LibraryPage, LibraryStamp, SearchMiss

pytestmark = pytest.mark.django_db


def stamp() -> str | None:
    return LibraryStamp.objects.values_list("stamp", flat=True).first()


def test_a_page_is_found_as_soon_as_it_is_there() -> None:
    put("a", "Zebras", "Stripes.")
    assert found("stripes") == ["a"]
    put("a", "Zebras", "Hooves.")
    assert found("stripes") == []
    assert found("hooves") == ["a"]


def test_the_same_page_again_changes_nothing() -> None:
    help_centre()
    before, rows = stamp(), list(LibraryEntry.objects.values_list("pk", flat=True))
    help_centre()
    assert stamp() == before
    assert list(LibraryEntry.objects.values_list("pk", flat=True)) == rows


def test_another_audience_is_a_change() -> None:
    put("a", "Zebras", "Stripes.")
    put("a", "Zebras", "Stripes.", audience=1)
    assert found("stripes") == []


def test_what_is_rolled_back_was_never_there() -> None:
    before = stamp()
    with pytest.raises(ValueError, match="no"), transaction.atomic():
        put("a", "Zebras", "Stripes.")
        raise ValueError("no")
    assert stamp() == before
    assert found("stripes") == []


def test_a_page_is_forgotten_in_all_languages_or_in_one() -> None:
    put("a", "Zebras", "Stripes.")
    put("a", "Zebras", "Streifen.", language="de")
    actions.forget("docs", "a", "de")
    assert found("zebras", languages=("en", "de")) == ["a"]
    actions.forget("docs", "a")
    assert found("zebras") == []
    assert not LibraryEntry.objects.exists()
    before = stamp()
    actions.forget("docs", "a")
    assert stamp() == before


def test_a_medium_can_say_what_is_still_there() -> None:
    help_centre()
    put("course", "Invoices", "A course.", medium="academy")
    assert actions.forget_all("docs", keep=["reports"]) == 2
    assert set(LibraryPage.objects.values_list("thing_id", flat=True)) == {"reports", "course"}


def test_of_two_pages_with_one_name_the_last_counts() -> None:
    pages = [
        actions.Page("docs", "a", "en", title, [Section((), "", 0, "Text.")])
        for title in ("First", "Second")
    ]
    assert actions.put_all(pages) == 1
    assert LibraryPage.objects.get().title == "Second"


def test_many_pages_take_few_statements(
    django_assert_max_num_queries: object,
) -> None:
    pages = [
        actions.Page("docs", str(n), "en", f"Page {n}", [Section((), "", 0, f"Word{n}.")])
        for n in range(300)
    ]
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        assert actions.put_all(pages) == 300


def test_a_page_may_hold_anything() -> None:
    put("a", "Nul\0l \ud800", "\0 \ud83d half, and 🙂", ("\0", "x" * 70_000), summary="\u202e")
    assert found("half ") == ["a"]


def test_a_miss_is_counted_without_who_asked() -> None:
    for question in ("Where is  my PARCEL?", "where is my parcel?"):
        actions.record_miss(question, "en-GB")
    miss = SearchMiss.objects.get()
    assert (miss.question, miss.asked, miss.language) == ("where is my parcel?", 2, "en")


def test_a_miss_without_words_is_none() -> None:
    actions.record_miss("?!\0", "en")
    assert not SearchMiss.objects.exists()


def test_misses_do_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_MISSES", 2)
    for word in ("one", "two", "three", "one"):
        actions.record_miss(word, "en")
    assert dict(SearchMiss.objects.values_list("question", "asked")) == {"one": 2, "two": 1}


def test_synonyms_without_words_are_not_kept() -> None:
    actions.set_synonyms("en", [("bill", "?"), ("", "invoice"), ("bill", "invoice")])
    from handrail.engines.search.models import Synonym

    assert Synonym.objects.count() == 1
