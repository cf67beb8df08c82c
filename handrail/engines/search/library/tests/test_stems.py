"""Do the forms of a word count as one?"""

import pytest

from handrail.engines.search.library.stems import STOP_WORDS, base, is_stop_word, stem
from handrail.engines.search.words import words


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "payments", "payment"),
        ("de", "rechnungen", "rechnung"),
        ("de-AT", "bezahle", "bezahlen"),
        ("fr", "factures", "facture"),
        ("ru", "счета", "счет"),
    ],
)
def test_forms_of_a_word_share_their_stem(language: str, one: str, other: str) -> None:
    assert stem(one, language) == stem(other, language)


def test_words_of_other_languages_are_their_own_stems() -> None:
    assert stem("請", "ja") == "請"
    assert stem("payments", "") == "payments"


def test_stop_words_are_written_as_words_are() -> None:
    for listed in STOP_WORDS.values():
        assert all(words(word) == [word] for word in listed)
    assert is_stop_word("the", "en-GB")
    assert not is_stop_word("the", "de")


@pytest.mark.parametrize("language", ["de", "de-AT", "DE_at"])
def test_a_region_does_not_matter(language: str) -> None:
    assert base(language) == "de"
