"""Do the languages' files say what they mean, and do shapes and slips mean what their head says?"""

import re
import tomllib

import pytest

from handrail.mediums.chat.tests.wishes import measuring
from handrail.mediums.chat.wishes import Kind
from handrail.mediums.chat.wishes.rules import FOLDER, LANGUAGES, pattern, rules_of

LETTERS = {"want": "W", "talk": "T", "who": "P"}


def matches(shape: str, written: str) -> bool:
    return re.search(pattern(shape, LETTERS), written) is not None


def test_a_gap_ends_at_a_comma_and_a_longer_one_at_the_end_of_the_sentence() -> None:
    assert matches("want ~2 talk", "WT")
    assert matches("want ~2 talk", "W__T")
    assert not matches("want ~2 talk", "W___T")
    assert not matches("want ~2 talk", "W_,T")
    assert matches("want ~~3 talk", "W_,T")
    assert not matches("want ~~3 talk", "W.T")


def test_edges_and_absences_are_kept() -> None:
    assert matches("^ want $", "_,W,_")
    assert not matches("^^ want $$", "_,W,_")
    assert not matches("want !who", "WP")
    assert matches("want other? who*", "W_PPP")
    assert matches("want|talk who", "TP")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_class_and_every_shape_of_a_language_is_used(language: str) -> None:
    content = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    shapes = " ".join(shape for kind in content["shapes"].values() for shape in kind)
    used = set(re.findall(r"[a-z_]+", shapes))
    assert set(content["words"]) - used == {"polite"}  # keeps "if possible" from being an "if"
    assert not used - set(content["words"]) - {"other"}
    assert set(content["shapes"]) == set(rules_of("en").shapes)


def test_a_slip_of_the_finger_is_mended_and_other_words_are_not() -> None:
    english = rules_of("en")
    assert english.mended("humna") == "human"
    assert english.mended("persn") == "person"
    assert english.mended("sprevisor") == "sprevisor"
    assert english.mended("agents") == "agents"
    assert english.mended("a" * 5000) == "a" * 5000


def test_wishes_are_recognised_as_often_as_promised() -> None:
    """Both figures of both questions, on the set that was written before there were rules."""
    phrasings = measuring.read(measuring.PHRASINGS)
    for counts in (measuring.is_person, measuring.is_any):
        figures = measuring.measure(phrasings, counts)
        assert figures.recall >= 0.95, figures
        assert figures.precision >= 0.97, figures


def test_the_set_is_as_large_and_as_mixed_as_promised() -> None:
    phrasings = measuring.read(measuring.PHRASINGS)
    misses = [row for row in phrasings if row.kind is Kind.NONE]
    held_out = [row for row in phrasings if row.is_held_out]
    assert len(phrasings) >= 400
    assert abs(len(misses) / len(phrasings) - 0.5) < 0.02
    assert abs(len(held_out) / len(phrasings) - 1 / 3) < 0.02
    for language in LANGUAGES:
        assert sum(row.language == language for row in phrasings) >= 100
