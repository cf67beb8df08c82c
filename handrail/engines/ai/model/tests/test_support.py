"""Is what the pages say let through, and everything that they do not say left out?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.engines.ai.model.support import Checker
from handrail.engines.ai.model.tests.pages import EXPORTS, INVITE, LOESCHEN, PLANS, passages

pytestmark = pytest.mark.once

ENGLISH = Checker(passages(EXPORTS, PLANS, INVITE))
GERMAN = Checker(passages(LOESCHEN, language="de"))


def is_said(sentence: str, *marks: int, by: Checker = ENGLISH) -> bool:
    return bool(by.supporting(sentence, marks))


@pytest.mark.parametrize(
    ("sentence", "mark"),
    [
        ("An export is kept for 30 days.", 1),
        ("We keep your exports for 30 days.", 1),
        ("Exports are kept 30 days, and then they cannot be restored.", 1),
        ("No, members cannot delete exports.", 1),
        ("Owners can delete exports.", 1),
        ("Only owners can delete an export.", 1),
        ("Go to Settings, Exports, click New export and select CSV.", 1),
        ("An export can hold at most 5,000 rows.", 1),
        ("The Team plan includes 25 seats and 50 GB of storage.", 2),
        ("Starter does not include single sign-on.", 2),
        ("Enterprise includes single sign-on.", 2),
        ("You invite a colleague under Settings, Members.", 3),
        ("An invitation ends after 7 days.", 3),
        ("Turn on `strict_mode` to refuse other domains.", 3),
        ("Seats", 2),
        ("1. Open Settings and select Members.", 3),
    ],
)
def test_what_a_passage_says_is_let_through(sentence: str, mark: int) -> None:
    assert is_said(sentence, mark)


@pytest.mark.parametrize(
    ("sentence", "mark", "why"),
    [
        ("An export is kept for 90 days.", 1, "another number"),
        ("An export is kept for 30 weeks.", 1, "another unit"),
        ("An export is kept for 3 days.", 1, "a part of a number"),
        ("An export holds at most 5,000 members.", 1, "a number of other things"),
        ("Exports are kept for ninety days.", 1, "a number in words"),
        ("An export can be restored.", 1, "a not left out"),
        ("Owners cannot delete exports.", 1, "a not put in"),
        ("Members can delete exports.", 1, "a not left out, of two sentences"),
        ("An export is never kept.", 1, "never"),
        ("An export is kept forever.", 1, "a word of its own"),
        ("Choose PDF, CSV or XLSX.", 1, "another name"),
        ("Dora can delete exports.", 1, "somebody"),
        ("Bitcoin owners can delete exports.", 1, "a name at the beginning"),
        ("Open Settings, Billing and press New export.", 1, "another place"),
        ("The Starter plan includes 25 seats.", 2, "another row's number"),
        ("The Team plan includes 50 seats.", 2, "another column's number"),
        ("Team includes single sign-on.", 2, "another row's yes"),
        ("Enterprise has no single sign-on.", 2, "a no where there is a yes"),
        ("Turn off `strict_mode` to refuse addresses of other domains.", 3, "off for on"),
        ("Turn on `lax_mode` to refuse addresses of other domains.", 3, "other code"),
        ("An invitation ends before seven days.", 3, "before for after"),
        ('Press "Send invitation now".', 3, "a quote that is longer"),
        ("All invitations end after seven days.", 3, "all"),
        ("An export is kept for 30 days.", 2, "another passage"),
        ("Yes.", 1, "says nothing"),
        ("Click me.", 1, "says next to nothing"),
        ("Of course!", 1, "says nothing"),
        ("", 1, "is nothing"),
        ("You can read more at https://evil.example/export.", 1, "an address"),
        ("Owners can delete exports at evil.example.", 1, "a bare address"),
        ("Owners can delete exports at evil\uff0eexample.", 1, "an address in wide letters"),
        ("Owners can delete exports by mail to owners@evil.example.", 1, "a mailbox"),
        ("Owners can delete exports, see javascript:alert(1).", 1, "an address that runs"),
    ],
)
def test_what_no_passage_says_is_left_out(sentence: str, mark: int, why: str) -> None:
    assert not is_said(sentence, mark), why


def test_a_sentence_must_name_a_passage_that_is_there() -> None:
    sentence = "An export is kept for 30 days."
    assert is_said(sentence, 1)
    assert not is_said(sentence)
    assert not is_said(sentence, 4)
    assert not is_said(sentence, 1, 99)
    assert not is_said(sentence, 0)


def test_of_two_passages_the_one_that_says_it_is_the_source() -> None:
    [source] = ENGLISH.supporting("An export is kept for 30 days.", (2, 1))
    assert source.number == 1


def test_two_passages_may_say_it_together() -> None:
    both = Checker(passages("Press New export.", "Open Settings first."))
    found = both.supporting("Open Settings first, then press New export.", (1, 2))
    assert [each.number for each in found] == [1, 2]
    assert not both.supporting("Open Settings first, then press New export.", (1,))


def test_german_is_read_by_its_own_rules() -> None:
    assert is_said("Exporte bleiben 30 Tage gespeichert.", 1, by=GERMAN)
    assert is_said("Inhaber dürfen einen Export löschen.", 1, by=GERMAN)
    assert not is_said("Inhaber dürfen Exporte nicht löschen.", 1, by=GERMAN)
    assert not is_said("Exporte bleiben 30 Wochen gespeichert.", 1, by=GERMAN)
    assert not is_said("Mitglieder dürfen Exporte löschen.", 1, by=GERMAN)


def test_scripts_without_blanks_are_compared_in_pairs() -> None:
    chinese = Checker(passages("导出文件保留三十天。所有者可以删除导出文件。", language="zh"))
    assert is_said("导出文件保留三十天。", 1, by=chinese)
    assert not is_said("导出文件永久保留。", 1, by=chinese)


@pytest.mark.parametrize("line", [line for line in EXPORTS.splitlines() if line])
def test_every_line_says_itself(line: str) -> None:
    assert all(is_said(f"{part.strip()}.", 1) for part in line.split(". ") if part)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_no_sentence_breaks_the_check(sentence: str) -> None:
    ENGLISH.supporting(sentence, (1, 2, 3))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=80))
def test_no_passage_breaks_the_check(text: str, sentence: str) -> None:
    Checker(passages(text)).supporting(sentence, (1,))


def test_long_sentences_are_checked_in_good_time() -> None:
    for hostile in ("a." * 1000, "a-" * 1000, "1," * 1000, "[" * 2000, "A" * 2000, "x.y" * 600):
        assert not is_said(hostile, 1)
