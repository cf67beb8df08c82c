"""Do editors see what was searched in vain, and help by words?"""

from django.test import Client

from handrail.engines.search.library import actions as library
from handrail.engines.search.models import SearchMiss, Synonym

WORDS = "/console/docs/search/"


def test_what_was_asked_in_vain_is_listed_most_often_first(desk: Client) -> None:
    library.record_miss("cancel my plan", "en")
    for _ in range(3):
        library.record_miss("rechnung", "de")
    text = desk.get(WORDS).content.decode()
    assert text.index("rechnung") < text.index("cancel my plan")
    newest = desk.get(WORDS, {"sort": "nonsense"}).content.decode()
    assert "cancel my plan" in newest


def test_a_question_leads_to_a_page_of_its_title(desk: Client) -> None:
    library.record_miss("100% & more", "en")
    text = desk.get(WORDS).content.decode()
    assert "/console/docs/new?title=100%25%20%26%20more&amp;language=en" in text


def test_a_question_is_taken_off_the_list(desk: Client) -> None:
    library.record_miss("cancel my plan", "en")
    desk.post(f"{WORDS}misses/{SearchMiss.objects.get().pk}/forget")
    assert not SearchMiss.objects.exists()


def test_a_synonym_is_added_once_and_removed(desk: Client) -> None:
    for _ in range(2):
        desk.post(WORDS, {"words": "bill", "means": "invoice", "language": "en"})
    synonym = Synonym.objects.get()
    assert "invoice" in desk.get(WORDS).content.decode()
    desk.post(f"{WORDS}synonyms/{synonym.pk}/remove")
    assert not Synonym.objects.exists()


def test_signs_are_no_words(desk: Client) -> None:
    answer = desk.post(WORDS, {"words": "!!!", "means": "invoice", "language": "en"})
    assert answer.status_code == 422
    assert "Write words on both sides" in answer.content.decode()
    assert 'value="!!!"' in answer.content.decode()


def test_what_was_asked_fills_the_form_in(desk: Client) -> None:
    assert 'value="bill"' in desk.get(WORDS, {"asked": "bill"}).content.decode()
