"""Do machines get the same text, with links that lead on?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.base.markdown import read_source, render, to_markdown
from handrail.base.markdown.tests.trees import EVERYTHING, Tree


class Machines(Tree):
    """The same tree, as machines find it."""

    def page(self, address: str) -> str | None:
        found = super().page(address)
        return f"https://hub.example{found}.md" if found else None


def rewritten(body: str) -> str:
    return to_markdown(body, targets=Machines())


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[a](b.md)", "[a](https://hub.example/docs/b.md)"),
        ("[a](../b.md#c)", "[a](https://hub.example/docs/b.md#c)"),
        ('[a](b.md "title")', '[a](https://hub.example/docs/b.md "title")'),
        ("[a](<b c.md>)", "[a](<https://hub.example/docs/b c.md>)"),
        ("[**a** [b]](c.md)", "[**a** [b]](https://hub.example/docs/c.md)"),
        ("![](.gitbook/assets/a%20b.png)", "![](/files/a%20b.png)"),
        ("[a]: b.md", "[a]: https://hub.example/docs/b.md"),
        ('<a href="b.md">a</a>', '<a href="https://hub.example/docs/b.md">a</a>'),
        ("<img src='.gitbook/assets/a.png'>", "<img src='/files/a.png'>"),
        ('{% content-ref url="b.md" %}', '{% content-ref url="https://hub.example/docs/b.md" %}'),
        ('{% file src=".gitbook/assets/a.pdf" %}', '{% file src="/files/a.pdf" %}'),
        ("[a](https://b.example/c.md)", "[a](https://b.example/c.md)"),
        ("[a](#b)", "[a](#b)"),
        ("[a](javascript:b)", "[a](#)"),
        ("[a](hidden.md)", "[a](#)"),
        ('{% content-ref url="hidden.md" %}', '{% content-ref url="#" %}'),
    ],
)
def test_what_leads_on_leads_to_markdown(written: str, expected: str) -> None:
    assert rewritten(written) == expected


@pytest.mark.parametrize(
    "body",
    [
        "```\n[a](b.md)\n```",
        "~~~~\n```\n[a](b.md)\n~~~~",
        "- item\n\n  ```\n  [a](b.md)\n  ```",
        "> ```\n> [a](b.md)\n> ```",
        "words\n\n    [a](b.md)\n",
        "`[a](b.md)` and `` ` [a](b.md) ``",
        r"\[a\](b.md) and [a\](b.md)",
        "$$\n[a](b.md)\n$$",
        "words alone,\n\n\nand blank lines  \n",
    ],
)
def test_code_and_words_stay_as_they_are(body: str) -> None:
    assert rewritten(body) == body


def test_a_page_of_every_block_leads_to_markdown_alone() -> None:
    body = read_source(EVERYTHING.read_bytes()).body
    text = rewritten(body)
    assert "held.md" in text
    assert text.count("https://hub.example/docs/") == text.count("docs/")
    assert ".gitbook" not in text
    assert [one.text for one in render(text).outline] == [one.text for one in render(body).outline]


@given(st.text(alphabet="[]()`\\<>a.md \n\"'=#{}%~", max_size=80))
def test_no_text_brings_it_down_and_none_grows_without_a_link(body: str) -> None:
    assert rewritten(body).count("\n") == body.count("\n")
