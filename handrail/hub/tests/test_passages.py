"""Tests of addresses that lead to certain words of a page."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.hub.passages import at_passage

PAGE = "/docs/brands/links"


def test_the_words_are_in_the_query_and_in_the_text_fragment() -> None:
    url = at_passage(PAGE, "limits", ["At most 100, for free-form links."])
    parts = urlsplit(url)
    assert parse_qs(parts.query)["quote"] == ["At most 100, for free-form links."]
    assert parts.fragment == "limits:~:text=At%20most%20100%2C%20for%20free%2Dform%20links."


def test_without_words_it_is_the_section_and_without_both_the_page() -> None:
    assert at_passage(PAGE, "limits", []) == f"{PAGE}#limits"
    assert at_passage(PAGE, "", []) == PAGE
    assert at_passage(PAGE, "limits", ["\u2022 ", "| |"]) == f"{PAGE}#limits"


def test_steps_lose_their_numbers_and_the_browser_gets_one_cell_of_a_row() -> None:
    url = at_passage(PAGE, "", ["1. Open *Links*.", "2. Press New."])
    assert parse_qs(urlsplit(url).query)["quote"] == ["Open *Links*.", "Press New."]
    assert at_passage(PAGE, "", ["green | It counts."]).endswith("#:~:text=green")


def test_a_long_line_ends_with_a_word() -> None:
    url = at_passage(PAGE, "a", ["words " * 100])
    [quoted] = parse_qs(urlsplit(url).query)["quote"]
    assert len(quoted) <= 240
    assert quoted.endswith("words")


@given(st.lists(st.text(max_size=600), max_size=9), st.text(max_size=30))
def test_no_line_gets_out_of_its_place(lines: list[str], anchor: str) -> None:
    url = at_passage(PAGE, anchor, lines)
    assert url.startswith(PAGE)
    assert len(url) < 4_000
    assert not set(url) & set("<>\"' \n\r\t\\\0")
    directive = url.partition(":~:text=")[2]
    assert not set(directive) & set(",&-")
    assert unquote(directive) == unquote(directive, errors="strict")


@pytest.mark.parametrize("line", ["\u4f60\u597d" * 600, "\u0643\u0644\u0645\u0629 " * 300])
def test_other_scripts_stay_short_enough_for_proxies(line: str) -> None:
    assert len(at_passage(PAGE, "a", [line] * 5)) < 3_000
