"""Are the right words marked, and does an excerpt say what the text says?"""

from hypothesis import given
from hypothesis import strategies as st

from handrail.engines.search.excerpts import Part
from handrail.engines.search.library.showing import LENGTH, Marker, _spans, _words
from handrail.engines.search.words import tokens

ANY = (
    st.text(alphabet=st.sampled_from("aB9 é_-.\u2019\u0301請書\0ﬁß\u0640م"), max_size=80)
    | st.text()
)


@given(ANY)
def test_words_are_read_as_everywhere_only_faster(text: str) -> None:
    expected = list(tokens(text))
    assert [word[:64] for word in _words(text)] == [token.word for token in expected]
    assert _spans(text, len(expected)) == [(token.start, token.end) for token in expected]


@given(ANY)
def test_a_title_keeps_every_letter(text: str) -> None:
    parts = Marker(dict.fromkeys(["a", "請", "e"], 1)).whole(text)
    assert "".join(part.text for part in parts) == text


def test_an_excerpt_is_where_most_of_the_question_is() -> None:
    text = "late " * 3 + "word " * 100 + "a late payment is here " + "word " * 100
    parts = Marker({"late": 1, "payment": 2}).excerpt(text)
    assert [part.text for part in parts if part.is_marked] == ["late", "payment"]
    assert parts[0] == Part("… ")
    assert parts[-1] == Part(" …")
    assert len(list(tokens("".join(part.text for part in parts)))) == LENGTH


def test_without_a_match_it_is_the_beginning() -> None:
    parts = Marker({}).excerpt("One two three.")
    assert parts == (Part("One two three."),)
    assert Marker({"a": 1}).excerpt("") == ()


@given(ANY)
def test_an_excerpt_cuts_no_word(text: str) -> None:
    whole = [token.word for token in tokens(text)]
    shown = "".join(part.text for part in Marker({"a": 1}).excerpt(text)[:])
    inner = [token.word for token in tokens(shown.strip("… "))]
    assert any(whole[at : at + len(inner)] == inner for at in range(len(whole) + 1))
