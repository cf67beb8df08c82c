"""What is a word, and what does somebody ask for?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.engines.search.words import Clause, question, tokens, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The invoice, again!", ["the", "invoice", "again"]),
        ("Grüße aus Zürich", ["grusse", "aus", "zurich"]),
        ("cafe\u0301 CAFÉ", ["cafe", "cafe"]),
        ("Крем-Брюле", ["крем", "брюле"]),
        ("فَاتُورَة", ["فاتورة"]),
        ("فـــاتورة", ["فاتورة"]),
        ("請求書です", ["請", "求", "書", "て", "す"]),
        ("v2版", ["v2", "版"]),
        ("alice@acme.example", ["alice", "acme", "example"]),
        ("snake_case", ["snake", "case"]),
        ("12,5 € #100042", ["12", "5", "100042"]),
        ("\0\u202e🙂", []),
        ("x" * 100, ["x" * 64]),
    ],
)
def test_a_text_falls_into_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  ", []),
        ('""', []),
        ("-- * ( ^", []),
        ("refund", [Clause(("refund",), is_prefix=True)]),
        ("refund late", [Clause(("refund",)), Clause(("late",), is_prefix=True)]),
        ("r", [Clause(("r",))]),
        ("#100042", [Clause(("100042",))]),
        ("1000", [Clause(("1000",), is_prefix=True)]),
        ('"late payment"', [Clause(("late", "payment"))]),
        ("“late payment”", [Clause(("late", "payment"))]),
        ("„zu spät“", [Clause(("zu", "spat"))]),
        ("«دفع متأخر»", [Clause(("دفع", "متاخر"))]),
        ('pay* "so late"', [Clause(("pay",), is_prefix=True), Clause(("so", "late"))]),
        ('"never closed', [Clause(("never", "closed"))]),
        ("a@b.example", [Clause(("a", "b", "example"), is_prefix=True)]),
        ("OR NEAR NOT", [Clause(("or",)), Clause(("near",)), Clause(("not",), is_prefix=True)]),
    ],
)
def test_a_question_falls_into_clauses(text: str, expected: list[Clause]) -> None:
    assert question(text) == expected


@given(st.text())
def test_words_are_plain_and_stand_where_they_say(text: str) -> None:
    last = 0
    for token in tokens(text):
        assert token.word.isalnum()
        assert last <= token.start < token.end <= len(text)
        last = token.end


@given(st.text())
def test_every_word_of_a_text_finds_itself(text: str) -> None:
    for word in words(text):
        assert words(word) == [word]


@given(st.text(max_size=500))
def test_no_question_is_too_much(text: str) -> None:
    clauses = question(text)
    assert len(clauses) <= 12
    assert all(clause.words for clause in clauses)
