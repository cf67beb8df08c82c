"""Does what belongs together in a section stay together?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.engines.search.library.blocks import (
    Block,
    Kind,
    bare,
    blocks,
    cells,
    sentences,
    units,
)


def test_steps_items_and_rows_are_blocks_of_their_own() -> None:
    text = (
        "Two ways lead there.\n1. Open it.\n2. Press Save.\n• One\n• Two\n"
        "Field | Most\nSubject | 140\nThen wait."
    )
    assert blocks(text) == [
        Block(Kind.TEXT, ("Two ways lead there.",)),
        Block(Kind.STEPS, ("1. Open it.", "2. Press Save.")),
        Block(Kind.LIST, ("• One", "• Two")),
        Block(Kind.TABLE, ("Field | Most", "Subject | 140")),
        Block(Kind.TEXT, ("Then wait.",)),
    ]


def test_what_announces_a_list_goes_with_it() -> None:
    (before, listed) = blocks("It is easy. You need:\n• A card\n• A name")
    assert before.lines == ("It is easy.",)
    assert (listed.lead, listed.lines) == ("You need:", ("• A card", "• A name"))


@pytest.mark.parametrize("label", ["I forgot my password", "Who may see it?", "Enterprise, Friday"])
def test_a_label_goes_with_what_stands_below_it(label: str) -> None:
    assert blocks(f"{label}\nSelect it. Wait.") == [
        Block(Kind.TEXT, ("Select it.", "Wait."), lead=label)
    ]


def test_short_lines_after_a_colon_are_steps_where_they_say_what_to_do() -> None:
    (steps,) = blocks("To delete it:\nOpen the menu.\nClick Delete.")
    assert (steps.kind, steps.lead) == (Kind.STEPS, "To delete it:")
    (listed,) = blocks("You get:\na mug\na shirt")
    assert listed.kind is Kind.LIST


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Up to 5.5 MB, e.g. a film. Not more.", ["Up to 5.5 MB, e.g. a film.", "Not more."]),
        ("He said “Go.” Then he went.", ["He said “Go.”", "Then he went."]),
        ("It costs approx. 5 euros. Pay.", ["It costs approx. 5 euros.", "Pay."]),
        ("Das gilt z. B. für Anna. Ja.", ["Das gilt z. B. für Anna.", "Ja."]),
        ("一つ。二つ。", ["一つ。", "二つ。"]),
        ("no end at all", ["no end at all"]),
    ],
)
def test_a_paragraph_is_parted_where_sentences_end(paragraph: str, expected: list[str]) -> None:
    assert sentences(paragraph) == expected


@pytest.mark.parametrize("line", ["1. Open", "12) Open", "• Open", "- Open", "Open"])
def test_a_line_without_its_mark(line: str) -> None:
    assert bare(line) == "Open"


@settings(deadline=None)
@given(st.text(max_size=400))
def test_every_unit_stands_in_the_text_and_none_twice(text: str) -> None:
    found = units(text)
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert all(any(" ".join(unit.split()) in line for line in lines) for unit in found)
    assert len(found) == len(set(found))


def test_empty_cells_keep_the_others_under_their_columns() -> None:
    text = "Yours | Shared\nRead it | No | Yes\nRate it | | Yes\nx|y of Bash"
    assert cells(text.split("\n")) == [
        ["", "Yours", "Shared"],
        ["Read it", "No", "Yes"],
        ["Rate it", "", "Yes"],
        ["x|y of Bash", "", ""],
    ]
    assert cells(["One | two"]) == [["One", "two"]]
    assert cells([]) == []
