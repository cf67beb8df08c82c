"""What do we find in a file, whatever is in it?"""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.base.markdown import UnreadableSource, read_source, write_source
from handrail.base.markdown.caps import MOST_BYTES


def test_front_matter_is_parted_from_the_body() -> None:
    source = read_source("---\ntitle: Payouts\ntags: [a, b]\n---\n\n# Payouts\n\nWords.\n")
    assert source.front == {"title": "Payouts", "tags": ["a", "b"]}
    assert source.body == "# Payouts\n\nWords.\n"
    assert source.first_line == 6
    assert not source.problems


def test_long_descriptions_and_dates_are_read() -> None:
    source = read_source("---\ndescription: >-\n  Two\n  lines\ndate: 2026-03-01\n---\nBody")
    assert source.front == {"description": "Two lines", "date": dt.date(2026, 3, 1)}
    assert source.body == "Body"


@pytest.mark.parametrize(
    "body", ["# Words", "", "---\n", "---\nno facts\n---\nwords", "- a\n---\n- b\n---\n"]
)
def test_a_body_without_facts_is_all_there_is(body: str) -> None:
    source = read_source(body)
    assert (source.front, source.body, source.first_line) == ({}, body, 1)


def test_broken_facts_are_told_with_their_line_and_the_body_stays() -> None:
    source = read_source("---\ntitle: a: b\nicon: [\n---\n\nBody")
    assert source.front == {}
    assert source.body == "Body"
    assert [problem.line for problem in source.problems] == [2]


def test_facts_that_unfold_to_gigabytes_are_not_read() -> None:
    bomb = "".join(f"{n}: &{n} [{', '.join([f'*{chr(ord(n) - 1)}'] * 9)}]\n" for n in "bcdefgh")
    source = read_source(f"---\na: &a [lol, lol]\n{bomb}---\nBody")
    assert (source.front, source.body) == ({}, "Body")
    assert len(source.problems) == 1


@pytest.mark.parametrize(
    "written",
    ["a: !!python/object/apply:os.system ['true']", "a: " + "[" * 5000, "a: " + "x" * 30_000],
)
def test_facts_that_are_no_plain_facts_are_left_out(written: str) -> None:
    source = read_source(f"---\n{written}\n---\nBody")
    assert (source.front, source.body) == ({}, "Body")
    assert len(source.problems) == 1


def test_marks_of_the_encoding_are_no_words() -> None:
    assert read_source(b"\xef\xbb\xbf# Words").body == "# Words"
    assert read_source("# Wörter".encode("utf-16")).body == "# Wörter"


def test_old_encodings_are_read_and_told() -> None:
    source = read_source("# One\n\nfür „uns“".encode("cp1252"))
    assert source.body == "# One\n\nfür „uns“"
    assert [problem.line for problem in source.problems] == [3]


@pytest.mark.parametrize("data", [b"\x89PNG\0\0\xff", b"\xff\xfe\x00", b"a" * (MOST_BYTES + 1)])
def test_what_is_no_text_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UnreadableSource, match="file"):
        read_source(data)


def test_signs_that_no_text_has_are_replaced_and_told() -> None:
    source = read_source(b"one\ntwo\0three")
    assert source.body == "one\ntwo\ufffdthree"
    assert [problem.line for problem in source.problems] == [2]


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
FACTS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**40), 2**40)
    | st.floats(allow_nan=False)
    | st.dates()
    | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=8,
)


@given(
    st.dictionaries(TEXT, FACTS, max_size=5), TEXT | st.sampled_from(["---\na: b\n---\n", "\n\n"])
)
def test_what_we_write_is_read_exactly(front: dict[str, Any], body: str) -> None:
    source = read_source(write_source(front, body))
    assert source.front == front
    assert source.body == body
    assert not source.problems


def test_facts_are_written_for_people() -> None:
    written = write_source({"title": "Über uns", "tags": ["a"]}, "# Über uns\n")
    assert written == "---\ntitle: Über uns\ntags:\n- a\n---\n\n# Über uns\n"


@given(st.binary(max_size=200))
def test_no_bytes_bring_it_down(data: bytes) -> None:
    try:
        read_source(data)
    except UnreadableSource:
        pass
