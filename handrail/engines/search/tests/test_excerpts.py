"""Is the match shown where it stands?"""

from hypothesis import given
from hypothesis import strategies as st

from handrail.engines.search.excerpts import Part, excerpt, marked
from handrail.engines.search.words import question


def test_a_match_is_marked_as_it_was_written() -> None:
    parts = marked("Die Größe der GRÖSSEN", question("grosse"))
    assert parts == [
        Part("Die "),
        Part("Größe", is_marked=True),
        Part(" der "),
        Part("GRÖSSEN", is_marked=True),
    ]


def test_only_a_whole_phrase_is_marked() -> None:
    marks = [part.text for part in marked("late, so late payment", question('"late payment"'))]
    assert marks == ["late, so ", "late payment"]


def test_an_excerpt_begins_shortly_before_the_match() -> None:
    text = "word " * 100 + "needle " + "word " * 100
    parts = excerpt(text, question("needle"))
    assert parts[0] == Part("… ")
    assert Part("needle", is_marked=True) in parts
    assert parts[-1] == Part(" …")
    assert sum(len(part.text) for part in parts) < 200


def test_what_does_not_match_has_no_excerpt() -> None:
    assert excerpt("nothing here", question("needle")) == []


@given(st.text(alphabet="aAbB -_1.", max_size=60), st.text(alphabet="aAbB -_1.", max_size=8))
def test_the_quick_no_to_plain_text_is_right(text: str, asked: str) -> None:
    plain, as_ever = (marked(before + text, question(asked)) for before in ("", "é "))
    assert [p.text for p in plain if p.is_marked] == [p.text for p in as_ever if p.is_marked]


@given(st.text(max_size=300), st.text(max_size=30))
def test_marking_loses_no_letter(text: str, asked: str) -> None:
    assert "".join(part.text for part in marked(text, question(asked))) == text
