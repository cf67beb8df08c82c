"""Is a model's text read sentence by sentence, however it is cut, and without its Markdown?"""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.engines.ai.model.reading import Reader, Said, plain
from handrail.engines.search.library.blocks import Kind

pytestmark = pytest.mark.once


def read(*pieces: str) -> list[Said]:
    reader = Reader()
    return [*(one for piece in pieces for one in reader.feed(piece)), *reader.end()]


def texts(*pieces: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(line.text, line.marks) for said in read(*pieces) for line in said.lines]


def test_a_sentence_is_given_out_with_its_marks_as_soon_as_it_is_finished() -> None:
    reader = Reader()
    assert not list(reader.feed("Open Settings [1]. Then"))[1:]
    reader = Reader()
    assert not list(reader.feed("Open Settings."))
    assert not list(reader.feed(" [1"))
    assert not list(reader.feed("][2]"))
    [first] = reader.feed(" Then choose")
    assert (first.lines[0].text, first.lines[0].marks) == ("Open Settings.", (1, 2))
    [last] = reader.end()
    assert (last.lines[0].text, last.lines[0].marks) == ("Then choose", ())


@pytest.mark.parametrize(
    ("written", "marks"),
    [
        ("It is so [1].", (1,)),
        ("It is so. [1]", (1,)),
        ("It is so.[1][3]", (1, 3)),
        ("It is so [1, 3].", (1, 3)),
        ("It is so [^2].", (2,)),
        ("It is so \u30102\u3011.", (2,)),
        ("It is [1] so [2].", (1, 2)),
        ("It is so [[1]](https://evil.example).", (1,)),
        ("It is so [1](https://evil.example).", (1,)),
        ("It is so [0].", (0,)),
        ("It is so.", ()),
    ],
)
def test_marks_are_understood_however_they_are_written(written: str, marks: tuple[int]) -> None:
    [(text, found)] = texts(written)
    assert found == marks
    assert "1" not in text and "example" not in text


def test_steps_and_items_stay_together_with_what_announces_them() -> None:
    said = read(
        "To do so: [1]\n\n1. Open Settings. [1]\n2. Press *Save* [2].\n\nIt is done [1].\n- a [1]"
    )
    assert [one.kind for one in said] == [Kind.STEPS, Kind.TEXT, Kind.LIST]
    assert said[0].lead == "To do so:"
    assert [line.text for line in said[0].lines] == ["1. Open Settings.", "2. Press Save."]
    assert [line.marks for line in said[0].lines] == [(1,), (2,)]
    assert said[2].lines[0].text == "\u2022 a"


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("See [the page](https://evil.example/x).", "See the page."),
        ("See ![a picture](https://evil.example/x.png) it.", "See it."),
        ("See ![a picture][1] it.", "See it."),
        ("See <https://evil.example> it.", "See it."),
        ("<b>Bold</b> <img src=x onerror=alert(1)> text", "Bold text"),
        ("Never closed <img src=x", "Never closed"),
        ("a <!-- hidden --> b <!-- open", "a b"),
        ("**Bold**, __bold__, *so* and _so_, ~~gone~~.", "Bold, bold, so and so, gone."),
        ("Keep `snake_case` and `<key>`.", "Keep `snake_case` and `<key>`."),
        ("Keep snake_case_here and 2 * 3 * 4.", "Keep snake_case_here and 2 * 3 * 4."),
        ("Less than 5 < 6 MB.", "Less than 5 < 6 MB."),
        ("> quoted", "quoted"),
        ("an open ` tick and ** stars", "an open tick and stars"),
        (
            "turned \u202eround\u202c and \u200bhidden \U000e0041\U000e0042",
            "turned round and hidden",
        ),
    ],
)
def test_markdown_becomes_plain_text(written: str, left: str) -> None:
    assert plain(written) == left


@pytest.mark.parametrize(
    "written",
    [
        "# A heading [1]",
        "[1]: https://evil.example",
        "---",
        "|---|---|",
        "```\nrm -rf / [1]\n```",
        "~~~\nrm -rf / [1]",
        "x" * 3000 + " [1]",
        "<script>",
    ],
)
def test_what_is_no_sentence_is_left_out(written: str) -> None:
    assert texts(f"{written}\n") == []


def test_what_a_model_thinks_aloud_is_no_answer() -> None:
    assert texts("<thi", "nk>It is so [1].\nNO ANSWER\n</thi", "nk>\nOpen it [2].") == [
        ("Open it.", (2,))
    ]
    assert texts("<think>It is so [1].") == []


def test_a_no_is_heard_in_a_line_of_its_own_alone() -> None:
    for written in ("NO ANSWER", "No answer.\n", "**NO ANSWER**", "<think>x</think>\nNO ANSWER"):
        reader = Reader()
        assert not [*reader.feed(written), *reader.end()]
        assert reader.says_no
    reader = Reader()
    assert [*reader.feed("There is no answer to that [1]."), *reader.end()]
    assert not reader.says_no


ANSWER = (
    "Open Settings [1]. Choose [Exports](https://evil.example) and press **New** now [1][2]!\n"
    "Then:\n1. Take `a. B` [1].\n2. Do. It. [2]\n\n- one <b>two</b> [3]\n"
    "It lasts 5.5 days, e.g. a. [1]\n"
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, len(ANSWER)), max_size=12))
def test_how_an_answer_is_cut_changes_nothing_of_what_it_says(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(ANSWER)]
    assert texts(*(ANSWER[begin:end] for begin, end in pairwise(places))) == texts(ANSWER)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab1. [](){}<>!`*_#|-:\n\u3010\u3011\u202e/", max_size=200))
def test_no_text_leaves_a_link_a_picture_or_a_tag(text: str) -> None:
    for line, _marks in texts(*text):
        outside = "\n".join(line.split("`")[::2])
        assert not re.search(r"\]\(|<[a-zA-Z/!?]|!\[[^\]]*\]|\u202e", outside)


def test_a_long_answer_in_single_letters_is_read_in_good_time() -> None:
    assert texts(*("word, " * 1500)) == []
    assert len(texts(*("It is so [1]. " * 400))) == 400
    assert texts(*("[" * 4000)) == []
