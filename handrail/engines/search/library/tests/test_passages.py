"""Is every word of a page in a passage, and no passage too long?"""

from hypothesis import given
from hypothesis import strategies as st

from handrail.engines.search.library.passages import (
    OVERLAP,
    WINDOW,
    Section,
    embedded,
    text_hash,
    windows,
)


def test_the_lead_is_a_passage_even_when_it_is_empty() -> None:
    page = [Section(("One",), "one", 1, "Text."), Section(("Two",), "two", 1, "  ")]
    assert [window.section.heading_path for window in windows(page)] == [(), ("One",)]


@given(st.integers(min_value=0, max_value=700))
def test_a_long_section_is_cut_into_windows_that_overlap(length: int) -> None:
    words = [f"w{number}" for number in range(length)]
    cut = list(windows([Section((), "", 0, " ".join(words))]))
    again: list[str] = []
    for window in cut:
        mine, repeated = window.text.split(), window.repeated.split()
        assert len(mine) <= WINDOW
        assert mine[: len(repeated)] == repeated
        assert len(repeated) == (OVERLAP if again else 0)
        again += mine[len(repeated) :]
    assert again == words


def test_a_passage_says_of_what_page_and_heading_it_is() -> None:
    assert embedded("Pay", ("Cards", "Limits"), "Ten.") == "Pay. Cards > Limits. Ten."
    assert embedded("Pay", ("Pay",), "Ten.") == "Pay. Ten."
    assert embedded("Pay", (), "") == "Pay"


@given(st.text())
def test_any_text_has_a_hash(text: str) -> None:
    assert len(text_hash(text)) == 64
