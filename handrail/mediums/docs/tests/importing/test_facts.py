"""Does a file say of its page what it means, and is it written so that it says that again?"""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.mediums.docs.importing.facts import (
    HEAD,
    Facts,
    compared,
    plain,
    read_facts,
    title_of_name,
    write_facts,
)


def read(text: str | bytes) -> Facts:
    return read_facts(text, lambda line, construct, words: None)


def noted(text: str | bytes) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    read_facts(text, lambda line, construct, words: found.append((line, construct)))
    return found


WHOLE = """---
description: How to pay.
icon: wallet
audience: brands
hidden: true
keywords: [money, "bank, transfer"]
questions:
  - How do I pay?
layout:
  title:
    visible: true
---

# Pay **an** invoice

Press *Pay*.
"""


def test_front_matter_heading_and_text_are_told_apart() -> None:
    facts = read(WHOLE)
    assert (facts.title, facts.summary, facts.icon) == ("Pay an invoice", "How to pay.", "wallet")
    assert (facts.audience, facts.is_hidden, facts.is_draft) == ("brands", True, False)
    assert facts.keywords == ["money", "bank, transfer"]
    assert facts.questions == ["How do I pay?"]
    assert facts.body == "Press *Pay*.\n"
    assert facts.front["layout"] == {"title": {"visible": True}}
    assert facts.first_line == WHOLE[: WHOLE.index("Press")].count("\n") + 1


@pytest.mark.parametrize(
    "text, title, body",
    [
        ("# One\n\ntext", "One", "text"),
        ("\n\n## Two ##\ntext", "Two", "text"),
        ("Three\n=====\n\ntext", "Three", "text"),
        ("# One\r\n\r\ntext\r\n", "One", "text\r\n"),
        ("text\n\n# Later\n", "Later", "text\n\n# Later\n"),
        ("```\n# no\n```\n", "", "```\n# no\n```\n"),
        ("text", "", "text"),
        ("---\ntitle: Front\n---\n\n# Body\n", "Front", "# Body\n"),
        ("", "", ""),
    ],
)
def test_the_title_is_the_front_matters_or_the_first_heading(
    text: str, title: str, body: str
) -> None:
    facts = read(text)
    assert (facts.title, facts.body) == (title, body)


def test_a_file_that_says_nothing_wrong_is_written_to_the_letter() -> None:
    assert write_facts(read(WHOLE)) == WHOLE


def test_a_changed_fact_is_written_and_the_unknown_ones_stay() -> None:
    facts = read(WHOLE)
    facts.title, facts.is_hidden = "Pay [it]", False
    written = read(write_facts(facts))
    assert compared(written) == compared(facts)
    assert written.front["layout"] == {"title": {"visible": True}}


@pytest.mark.parametrize(
    "front, is_draft",
    [
        ("status: draft", True),
        ("status: published", False),
        ("status: in review", True),
        ("if: visitor.claims.plan == 'x'", True),
        ("audience: [a, b]", True),
        ("audience: [broken", True),
        ("title: Fine", False),
    ],
)
def test_what_is_not_understood_about_readers_keeps_the_page_a_draft(
    front: str, is_draft: bool
) -> None:
    assert read(f"---\n{front}\n---\n\ntext").is_draft is is_draft


def test_what_is_wrong_is_noted_at_its_line() -> None:
    text = "---\ntitle: A\nkeywords:\n  a: b\nhidden: maybe\nlanguage: no such\n---\n"
    assert sorted(noted(text)) == [(3, "keywords:"), (5, "hidden:"), (6, "language:")]


def test_values_that_no_database_keeps_are_made_plain() -> None:
    facts = read('---\na: "x\\0y"\nb: .nan\nc: 2024-01-01\ntitle: "T\\0"\n---\n')
    assert facts.front["a"] == "xy"
    assert facts.front["b"] == "nan"
    assert facts.front["c"] == "2024-01-01"
    assert facts.title == "T"
    assert plain([[[[[[[[[[[1]]]]]]]]]]])


def test_other_encodings_are_read_and_noted() -> None:
    assert read("# Größe\n".encode("utf-16")).title == "Größe"
    assert noted("# Größe\n".encode("latin-1"))[0][0] == 1
    assert read("# Größe\n".encode("latin-1")).title == "Größe"
    assert "\0" not in read(b"# A\0B\n\nx\0").body


def test_a_name_becomes_a_title() -> None:
    assert title_of_name("01-first-steps.md") == "First steps"
    assert title_of_name("2024.md") == "2024"
    assert title_of_name("größe_und_zahl.markdown") == "Größe und zahl"


WORDS = st.text(max_size=30).map(lambda text: " ".join(text.replace("\0", "").split()))
FRONT: Any = st.dictionaries(
    st.sampled_from(["layout", "cover", "x y", "tags", "1"]),
    st.none() | st.booleans() | st.integers(-9, 9) | WORDS | st.lists(WORDS, max_size=2),
    max_size=3,
)


@st.composite
def facts(draw: Any) -> Facts:
    return Facts(
        title=draw(WORDS.filter(bool)),
        summary=draw(WORDS),
        body=draw(st.text(alphabet=st.characters(exclude_characters="\0", codec="utf-8"))),
        icon=draw(WORDS),
        audience=draw(st.sampled_from(["", "brands", "no"])),
        is_hidden=draw(st.booleans()),
        is_draft=draw(st.booleans()),
        keywords=draw(st.lists(WORDS.filter(bool), max_size=3)),
        questions=draw(st.lists(WORDS.filter(bool), max_size=2)),
        slug=draw(st.sampled_from(["", "a-b"])),
        front=draw(FRONT),
    )


@given(facts())
def test_what_is_written_says_the_same(given: Facts) -> None:
    text = write_facts(given)
    assert compared(read(text.encode())) == compared(given)
    assert write_facts(read(text)) == text
    assert HEAD not in given.front
