"""Is the wish recognised that somebody has, and no other?"""

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.mediums.chat.wishes import Kind, wish_in

PERSON = "Can I talk to a human?"
SURROUNDING = st.text(" \t\n.,!?…", max_size=6)


def test_the_wish_and_its_language_are_told() -> None:
    assert wish_in(PERSON).kind is Kind.PERSON
    assert wish_in(PERSON).language == "en"
    assert wish_in("Kann ich mit einem Menschen sprechen?").language == "de"
    assert wish_in("Puis-je parler à un humain ?").language == "fr"
    assert wish_in("¿Puedo hablar con un humano?").language == "es"


def test_a_word_of_many_languages_has_the_language_of_what_was_written_before() -> None:
    assert wish_in("agent!").language == ""
    assert wish_in("agent!", ["Où est ma facture ?"]).language == "fr"
    assert wish_in("agent!", ["Where is my invoice?"]).language == "en"


def test_whoever_asks_again_whether_somebody_is_there_wants_a_person() -> None:
    assert wish_in("Is anybody there?").kind is Kind.PERHAPS
    assert wish_in("Hello, is anybody there?", ["Is anybody there?"]).kind is Kind.PERSON
    assert wish_in("Is anybody there?", [PERSON]).kind is Kind.PERHAPS


def test_whoever_complains_again_is_offered_a_person() -> None:
    assert wish_in("This is useless.").kind is Kind.FRUSTRATION
    assert wish_in("This is useless.", ["stupid bot", "hm"]).kind is Kind.PERHAPS
    assert wish_in("thanks", ["stupid bot", "This is useless"]).kind is Kind.NONE


def test_what_others_said_is_not_what_somebody_wants() -> None:
    for said in ('"{}"', "\u201c{}\u201d", "\u201e{}\u201c", "\u00ab{}\u00bb", "\n> {}\n"):
        text = f"Our customer wrote {said.format(PERSON)} and I do not know what to do."
        assert wish_in(text).kind is Kind.NONE
    assert wish_in(f'"{PERSON}"').kind is Kind.PERSON


def test_a_wish_is_found_at_both_ends_of_a_very_long_message() -> None:
    filling = "The order has a number and a date. " * 3000
    assert wish_in(PERSON + filling).kind is Kind.PERSON
    assert wish_in(filling + PERSON).kind is Kind.PERSON
    assert wish_in(filling).kind is Kind.NONE


def test_nothing_wishes_nothing() -> None:
    for text in ("", " ", "\0", "?!", "👩🏽‍🚀", "١٢٣", "これは何ですか", "a" * 100_000, "\ud800"):
        assert wish_in(text).kind is Kind.NONE
        assert wish_in(text).language == ""


@given(st.text(), st.lists(st.text(), max_size=3))
@settings(deadline=None)
def test_any_text_has_an_answer(text: str, before: list[str]) -> None:
    assert wish_in(text, before).kind in Kind


@given(
    st.text(string.ascii_letters + " '\".,?äßéñ\n" + "\u0130\u0131\u017f\u212a\u0301", max_size=200)
)
@settings(deadline=None)
def test_shouting_changes_nothing(text: str) -> None:
    assert wish_in(text.casefold()) == wish_in(text.casefold().upper())


@given(SURROUNDING, SURROUNDING)
@settings(deadline=None)
def test_what_stands_around_changes_nothing(before: str, after: str) -> None:
    for text in (PERSON, "human", "This is useless", "How do I add an agent?", "no bot, agent"):
        assert wish_in(before + text.strip("?") + after) == wish_in(text)
