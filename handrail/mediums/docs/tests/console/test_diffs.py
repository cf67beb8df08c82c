"""Does a diff show what is new, to the word, and not more?"""

import time

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from handrail.mediums.docs.console.diffs import Part, diff

TEXT = st.lists(st.sampled_from(["", "a b", "a c", "x", "long line of words"]), max_size=12).map(
    "\n".join
)


def side(parts: list[Part], kind: str) -> list[str]:
    """The lines of one side, put together again."""
    other = "come" if kind == "gone" else "gone"
    return [
        "".join(piece.text for piece in line.pieces if piece.kind != other)
        for part in parts
        for line in part.lines
        if line.kind != other
    ]


def test_the_same_text_has_no_changes() -> None:
    assert diff("a\nb", "a\nb") == []


def test_one_word_in_a_line_is_all_that_is_marked() -> None:
    [part] = diff("It takes 30 days.", "It takes 60 days.")
    [line] = part.lines
    assert [(piece.kind, piece.text) for piece in line.pieces] == [
        ("same", "It takes "),
        ("gone", "30"),
        ("come", "60"),
        ("same", " days."),
    ]


def test_lines_that_share_little_are_two_lines() -> None:
    [part] = diff("Press the button.", "Nobody knows why")
    assert [line.kind for line in part.lines] == ["gone", "come"]


def test_long_unchanged_parts_are_folded() -> None:
    old = "\n".join(f"line {n}" for n in range(30))
    parts = diff(old, old.replace("line 15", "other 15"))
    assert [part.is_folded for part in parts] == [True, False, True]
    assert [len(part.lines) for part in parts] == [13, 5, 12]


@hypothesis_settings(max_examples=200, deadline=None)
@given(old=TEXT, new=TEXT)
def test_both_texts_can_be_read_from_it(old: str, new: str) -> None:
    parts = diff(old, new)
    if not parts:
        assert old == new
        return
    assert [line for line in side(parts, "gone") if line] == [one for one in old.split("\n") if one]
    assert [line for line in side(parts, "come") if line] == [one for one in new.split("\n") if one]


def test_texts_that_are_hard_to_compare_take_no_more_than_a_moment() -> None:
    began = time.process_time()
    many = "\n".join(["a", "b"] * 40_000)
    diff(many, many[2:] + "\nc")
    diff("a b " * 30_000, "b a " * 30_000)
    assert time.process_time() - began < 5
