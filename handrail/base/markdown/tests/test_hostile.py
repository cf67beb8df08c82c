"""Does a page that means harm stay harmless, and does it cost no more than it may?"""

import re
import tracemalloc
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.base.markdown import caps, clean, render
from handrail.base.markdown.tests.trees import Tree, told
from tests.attacks.test_07_stored_scripts import PAYLOADS, dangers

MORE = [
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java&Tab;script:alert(1))",
    "[a](&#x6a;avascript:alert(1))",
    "<a href='java\nscript:alert(1)'>a</a>",
    "<a href='\u200bjavascript:alert(1)'>a</a>",
    "[a]: javascript:alert(1)\n\n[a]",
    "<javascript:alert(1)>",
    "![a](javascript:alert(1))",
    "![a](data:image/svg+xml;base64,PHN2Zz4=)",
    "[a](data:text/html,<script>1</script>)",
    "[a](vbscript:x)",
    "[a](file:///etc/passwd)",
    '[a](https://b.example/"onmouseover="x)',
    '![a](.gitbook/assets/"onerror="x.png)',
    "<p style='position:fixed;inset:0'>a</p>",
    "<form action=/x><input name=y><button formaction=javascript:z>a</button></form>",
    "<object data=x></object><embed src=javascript:x><base href=//evil.example>",
    "<iframe src=javascript:x></iframe>",
    "<iframe src=https://evil.example></iframe>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example><style>*{display:none}</style>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<svg><use href='data:image/svg+xml,x#y'></use><foreignObject><b>a</b></foreignObject></svg>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea><img title='</textarea><img src onerror=alert(1)>'>",
    "<a id=lightbox name=main class='card-link embed-play' data-embed=//evil.example>a</a>",
    '{% hint style="<script>" title="<img src=x onerror=y>" icon="../x" %}\nA\n{% endhint %}',
    '{% tabs %}\n{% tab title="<script>x</script>" %}\nA\n{% endtab %}\n{% endtabs %}',
    '{% embed url="javascript:alert(1)" %}',
    '{% embed url="https://www.youtube.com/embed/x\' onload=alert(1)" %}',
    '{% file src="javascript:alert(1)" %}',
    '{% code title="<script>x</script>" %}\n```<script>\n'
    "</code></pre><script>x</script>\n```\n{% endcode %}",
    "```html\n<script>x</script>\n```",
    "$$<script>x</script>$$",
    '## <script>x</script> {#a"onclick=x}',
    "<table><tr><td><script>x</script><td onclick=x>a</table>",
    "<details open ontoggle=alert(1)><summary>a</summary></details>",
    "[^a]\n\n[^a]: <script>x</script>",
]


class Allowed(HTMLParser):
    """Collects every element and attribute, to hold against what may be there."""

    FORBIDDEN = frozenset({"style", "srcdoc", "action", "formaction", "name", "data"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in {
            "script",
            "style",
            "svg",
            "math",
            "form",
            "input",
            "button",
            "base",
            "meta",
            "link",
        }:
            self.found.append(tag)
        for name, value in attributes:
            if name in self.FORBIDDEN or name.startswith("on"):
                self.found.append(f"{tag} {name}")
            if name in ("href", "src") and not re.match(r"https?:|mailto:|tel:|[/#]", value or "#"):
                self.found.append(f"{tag} {name}={value}")
            if name == "data-embed" and not (value or "").startswith(
                "https://www.youtube-nocookie.com/"
            ):
                self.found.append(f"{tag} {name}={value}")


def harmful(html: str) -> list[str]:
    parser = Allowed()
    parser.feed(html)
    return parser.found + dangers(html)


@pytest.mark.parametrize("payload", PAYLOADS + MORE)
@pytest.mark.parametrize(
    "around", ["{}", "a {} b", "> - {}", "| a |\n| - |\n| {} |", "<div>\n{}\n\n</div>", "# {}"]
)
def test_nothing_that_is_written_runs(payload: str, around: str) -> None:
    html = render(around.format(payload), targets=Tree()).html
    assert not harmful(html), html
    assert clean(html) == html


@pytest.mark.parametrize(
    ("body", "construct"),
    [
        ("<script>x</script>", "<script>"),
        ("A <b onclick=x>b</b>", "<b>"),
        ("[a](javascript:x)", "[a](javascript:x)"),
        ("<a href='javascript:x'>a</a>", "javascript:x"),
    ],
)
def test_what_would_run_is_told(body: str, construct: str) -> None:
    if construct.startswith("["):  # markdown-it makes no link of it
        assert "[a](javascript:x)" in render(body).html
    else:
        assert construct in [found for _line, found in told(body)]


def test_words_that_were_in_a_program_are_no_words_of_the_page() -> None:
    rendered = render("One <script>two</script> three\n\n<style>\n.four {}\n</style>")
    assert rendered.passages[0].text == "One three"


PIECES = st.sampled_from(
    [
        *("{% hint %}", "{% endhint %}", "{% tabs %}", '{% tab title="T" %}', "{% endtab %}"),
        *("{% endtabs %}", "{% stepper %}", "{% step %}", "{% endstep %}", "{% columns %}"),
        *('{% embed url="https://a.example" %}', "{% endembed %}", "{% code %}", "{% endcode %}"),
        *(
            "<details>",
            "<summary>",
            "</summary>",
            "</details>",
            "<div>",
            "</div>",
            "<table>",
            "<tr>",
        ),
        *(
            "<td>",
            "</table>",
            "<b>",
            "</i>",
            "<ul><li>",
            "<pre>",
            "<!--",
            "-->",
            "<p>",
            "</p>",
            "<a href=x>",
        ),
        *(
            "\n",
            "\n\n",
            "- ",
            "> ",
            "1. ",
            "   ",
            "# ",
            "|",
            "|-|",
            "**",
            "_",
            "`",
            "```",
            "[",
            "](",
            ")",
        ),
        *("words", "![", "[^a]", "[^a]: ", "$$", "&lt;", "\\", ":tada:", "\t", "\u202e", "é"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.text(max_size=4), max_size=60).map("".join))
def test_whatever_is_written_becomes_a_page(body: str) -> None:
    rendered = render(body, targets=Tree())
    assert not harmful(rendered.html)
    assert clean(rendered.html) == rendered.html


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["{% hint %}", "{% endhint %}", "> ", "- ", "\n\n", "<div>", "</div>"]),
        max_size=40,
    )
)
def test_no_word_is_lost_whatever_is_closed_where(pieces: list[str]) -> None:
    body = "".join(f"{piece}\n\nword{number}\n\n" for number, piece in enumerate(pieces))
    text = "\n".join(passage.text for passage in render(body).passages)
    assert [f"word{number}" in text.split() for number in range(len(pieces))] == [True] * len(
        pieces
    )


# --- Too much of everything ---------------------------------------------------------------------

LINES = 4_000

FLOODS: dict[str, str] = {
    "quotes": ">" * 100_000 + "word",
    "quotes on lines": "\n".join(">" * number + "word" for number in range(200)),
    "lists": "- " * 20_000 + "word",
    "lists on lines": "\n".join("  " * number + "- word" for number in range(200)),
    "brackets": "[" * 50_000 + "word",
    "pictures": "![[" * 20_000 + "word",
    "stars": "*word " * 10_000,
    "bold": "*" * 5_000 + "word" + "*" * 5_000,
    "elements": "<b>" * 20_000 + "word",
    "elements in each other": "<div><p>" * 20_000 + "word",
    "rows": "<table>" + "<tr><td>word<td>b</tr>" * 20_000 + "</table>",
    "cells": "|a|b|\n|-|-|\n" + "|word|d|\n" * 15_000,
    "cells of one row": f"|{'a|' * 20_000}\n|{'-|' * 20_000}\n|{'word|' * 20_000}",
    "hints": "{% hint %}\n" * LINES + "word",
    "ends": "{% endhint %}\n\n" * LINES + "word",
    "ends of nothing": "word\n\n" + "{% endembed %}\n\n" * LINES,
    "html and tags": "<div>\n{% hint %}\n" * LINES + "word",
    "comments": "word <!-- " * LINES,
    "headings": "# word\n" * LINES,
    "equal headings": "## word\n" * LINES,
    "notes": "word[^a] " * LINES + "\n\n[^a]: b",
    "formulas": "word $$ " * LINES,
    "open tags": '{% hint a="' * LINES + "word",
    "links": "[word](a.md) " * LINES,
    "code": "```python\n" + "word = '" * 20_000 + "\n```",
}


@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_becomes_a_page_of_bounded_size(name: str) -> None:
    body = FLOODS[name]
    tracemalloc.start()
    rendered = render(body)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "word" in "\n".join(one.text for one in rendered.passages) + str(rendered.outline)
    assert len(rendered.html) < 5_000_000
    assert most < 250_000_000
    assert len(rendered.problems) <= 101
    assert not harmful(rendered.html)


@pytest.mark.parametrize(
    "name",
    ["quotes", "lists", "brackets", "pictures", "elements in each other", "cells", "rows", "hints"],
)
def test_a_flood_is_told_in_one_line(name: str) -> None:
    assert any(
        ">" in p.construct or "…" in p.construct or "[" in p.construct
        for p in render(FLOODS[name]).problems
    )


def test_what_is_too_long_is_cut_and_told() -> None:
    body = "word\n" * (caps.MOST_CHARACTERS // 5) + "\nthe end"
    rendered = render(body)
    assert "the end" not in rendered.html
    assert [problem.construct for problem in rendered.problems] == ["…"]


def steps_of(work: Callable[[], object]) -> int:
    """How many calls some work takes: a cost that no busy machine changes."""
    import sys

    count = 0

    def watch(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


GROWING: dict[str, Callable[[int], str]] = {
    "html and tags": lambda n: "<div>\n{% hint %}\n" * n,
    "ends": lambda n: "{% endhint %}\n\n" * n,
    "embeds and ends": lambda n: (
        '{% embed url="https://a.example" %}\n\nword\n\n' * n + "{% endembed %}\n\n" * n
    ),
    "equal headings": lambda n: "## word\n" * n,
    "open elements": lambda n: "<b><i>" * n + "</u>" * n,
    "rows": lambda n: "<table>" + "<tr><td>a<td>b" * n + "</table>",
    "brackets": lambda n: "[a] [" * n,
    "formulas": lambda n: "$$ " * n,
    "definitions": lambda n: "".join(f"[a{i}]: b\n" for i in range(n)),
    "quoted words": lambda n: "> a\n" + "b\n" * n,
}


@pytest.mark.parametrize("name", GROWING)
def test_twice_as_much_costs_about_twice_as_much(name: str) -> None:
    grow = GROWING[name]
    render(grow(4))
    once, twice = (steps_of(lambda size=size: render(grow(size))) for size in (150, 300))  # type: ignore[misc]
    assert twice < once * 2.6, f"{once} calls, then {twice}"
