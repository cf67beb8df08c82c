"""Do unknown blocks, and blocks in each other, stay readable?"""

import pytest

from handrail.base.markdown import render
from handrail.base.markdown.tests.trees import html_of, told


@pytest.mark.parametrize(
    ("body", "construct"),
    [
        ('{% include "../.gitbook/includes/a.md" %}', "{% include %}"),
        (
            '{% openapi src="a.yaml" path="/pets" method="get" %}\n[a.yaml](b.md)\n'
            "{% endopenapi %}",
            "{% openapi %}",
        ),
        ("{% carousel %}\nWords\n{% endcarousel %}", "{% carousel %}"),
        (
            '{% @figma/embed url="https://figma.example/x" %}',
            '{% @figma/embed url="https://figma.example/x" %}',
        ),
    ],
)
def test_blocks_that_only_gitbook_can_fill_are_told(body: str, construct: str) -> None:
    assert told(f"Before.\n\n{body}\n\nAfter.") == [(3, construct)]
    html = render(f"Before.\n\n{body}\n\nAfter.").html
    assert html.startswith("<p>Before.</p>")
    assert html.endswith("<p>After.</p>")


def test_unknown_blocks_leave_their_content() -> None:
    assert "<p>Some <em>words</em></p>" in render("{% odd %}\n\nSome *words*\n\n{% endodd %}").html


def test_a_description_of_an_interface_leaves_its_address() -> None:
    html = render('{% swagger method="get" path="/pets" %}\nLists pets.\n{% endswagger %}').html
    assert "<code>GET /pets</code>" in html
    assert "Lists pets." in html


def test_signs_that_look_like_a_tag_stay_words() -> None:
    body = "Write {% if %} before it."
    assert render(body).html == "<p>Write {% if %} before it.</p>"
    assert told(body) == [(1, "{% if %}")]


def test_updates_are_dated_notes() -> None:
    html = html_of(
        '{% updates format="full" %}\n{% update date="2026-01-02" tags="beta" %}\n'
        "## New\n{% endupdate %}\n"
        "{% endupdates %}"
    )
    assert "2026-01-02 · beta" in html


def test_blocks_stand_in_each_other_and_in_lists() -> None:
    html = html_of(
        '1. One\n\n   {% tabs %}\n   {% tab title="T" %}\n   <details>\n\n'
        "   <summary>S</summary>\n\n"
        "   {% stepper %}\n   {% step %}\n   | A | B |\n   | - | - |\n   | c | d |\n"
        "   {% endstep %}\n"
        "   {% endstepper %}\n\n   </details>\n   {% endtab %}\n   {% endtabs %}\n2. Two"
    )
    inside = [
        "<ol>",
        "<li>",
        "<tab-group>",
        "<section",
        "<details",
        'class="step"',
        "<table>",
        "<td>c",
    ]
    places = [html.index(piece) for piece in inside]
    assert places == sorted(places)
    assert html.endswith("Two</li></ol>") or html.endswith("<p>Two</p></li></ol>")


def test_a_block_that_is_closed_outside_of_its_list_is_told_at_both_ends() -> None:
    body = "1. One\n\n   {% hint %}\n   Words\n\n{% endhint %}\n\nAfter"
    assert told(body) == [(3, "{% hint %}"), (6, "{% endhint %}")]
    assert "Words" in render(body).html


def test_blocks_that_cross_are_told_and_stay_readable() -> None:
    body = (
        "{% hint %}\n<details>\n\n<summary>S</summary>\n\nIn\n\n{% endhint %}\n\n</details>\n\nOut"
    )
    assert told(body) == [(2, "<details>")]
    html = render(body).html
    assert html.index("In") < html.index("</details>") < html.index("Out")


def test_a_tag_right_after_html_is_still_a_tag() -> None:
    html = html_of("{% hint %}\n<div><p>A</p></div>\n{% endhint %}\nB")
    assert html.endswith("</div></div><p>B</p>")


def test_a_tag_may_go_over_lines() -> None:
    assert "callout danger" in html_of('{% hint\n  style="danger"\n%}\nWords\n{% endhint %}')
