"""Are the words of a page found, each in its place?"""

from handrail.base.markdown import Passage, render
from handrail.base.markdown.tests.trees import drawn


def texts(body: str) -> dict[str, str]:
    return {passage.anchor: passage.text for passage in drawn(body).passages}


def test_a_page_is_cut_at_every_heading() -> None:
    rendered = drawn("# T\n\nLead.\n\n## A\n\nIn A.\n\n### B\n\nIn B.\n\n## C\n\nIn C.")
    assert rendered.passages == (
        Passage(("T",), "", 1, "Lead."),
        Passage(("T", "A"), "a", 2, "In A."),
        Passage(("T", "A", "B"), "b", 3, "In B."),
        Passage(("T", "C"), "c", 2, "In C."),
    )


def test_the_lead_is_there_even_when_it_is_empty_and_no_other_is() -> None:
    passages = drawn("# T\n\n## A\n\n## B\n\nWords.").passages
    assert [(one.heading_path, one.text) for one in passages] == [
        (("T",), ""),
        (("T", "B"), "Words."),
    ]


def test_a_page_without_a_title_has_none_in_its_paths() -> None:
    assert drawn("Words.\n\n## A\n\nMore.").passages[1].heading_path == ("A",)


def test_a_row_is_a_line_and_so_is_an_item() -> None:
    body = "| A | B |\n| - | - |\n| c | <p>d</p><p>e</p> |\n\n1. One\n   * two\n2. Three"
    assert texts(body)[""] == "A | B\nc | d e\n1. One\n\u2022 two\n2. Three"


def test_what_an_item_holds_stays_on_its_line() -> None:
    body = "3. One\n\n   More of it.\n\n   ```\n   a\n   b\n   ```\n4. Two\n\nAfter."
    assert texts(body)[""] == "3. One More of it.\na\nb\n4. Two\nAfter."


def test_what_is_behind_tabs_or_folded_is_found() -> None:
    body = (
        '{% tabs %}\n{% tab title="Card" %}\nAt once.\n{% endtab %}\n{% endtabs %}\n\n'
        "<details>\n\n<summary>Why?</summary>\n\nBecause.\n\n</details>"
    )
    assert texts(body)[""] == "Card\nAt once.\nWhy?\nBecause."


def test_code_hints_and_captions_are_found_and_our_own_words_are_not() -> None:
    body = (
        '{% hint style="warning" %}\nMind it.\n{% endhint %}\n\n```python\na = 1\nb = 2\n```\n\n'
        '![A form](.gitbook/assets/a.png "The form")\n\n- [x] Done so\n\n## More'
    )
    assert texts(body)[""] == "Mind it.\na = 1\nb = 2\nA form\nThe form\n\u2022 Done so"


def test_a_step_begins_where_its_heading_is() -> None:
    body = (
        "{% stepper %}\n{% step %}\n## One\n\na\n{% endstep %}\n{% step %}\nb\n"
        "{% endstep %}\n{% endstepper %}"
    )
    assert texts(body) == {"": "", "one": "1. a\n2. b"}


def test_a_summary_is_cut_at_a_word() -> None:
    summary = drawn("# T\n\n" + "word " * 200).summary
    assert summary.endswith("word…")
    assert len(summary) <= 301


def test_a_summary_is_no_hint_and_no_table() -> None:
    body = "{% hint %}\nA\n{% endhint %}\n\n| B |\n| - |\n| c |\n\nThe page.\n\n## D"
    assert drawn(body).summary == "The page."
    assert render("## A\n\nWords.").summary == ""
