"""Are tabs there with and without a script, and whole or not?"""

import re

import pytest

from handrail.base.markdown import render
from handrail.base.markdown.tests.trees import drawn, html_of, told

TABS = """{% tabs %}
{% tab title="Windows" %}
First.
{% endtab %}

{% tab title="macOS &amp; Linux" icon="apple" %}
Second.
{% endtab %}
{% endtabs %}"""


def test_tabs_are_there_without_a_script() -> None:
    html = html_of(TABS)
    assert html.count('role="tabpanel"') == html.count('role="tab"') == 2
    assert '<p class="tab-title">Windows</p><p>First.</p>' in html
    assert '<p class="tab-title">macOS &amp; Linux</p><p>Second.</p>' in html
    assert "hidden" not in html


def test_a_tab_names_its_panel_and_the_panel_its_tab() -> None:
    html = html_of(TABS)
    controlled = re.findall(r'aria-controls="([^"]+)"', html)
    assert (
        controlled
        == re.findall(r'role="tabpanel" id="([^"]+)"', html)
        == ["windows", "macos-linux"]
    )
    assert re.findall(r'aria-selected="(\w+)"', html) == ["true", "false"]


def test_tabs_of_one_name_have_anchors_of_their_own() -> None:
    assert 'id="windows-1"' in html_of(f"{TABS}\n\n{TABS}")


def test_a_heading_has_its_anchor_before_a_tab_of_its_name() -> None:
    rendered = drawn(f"{TABS}\n\n## Windows")
    assert [heading.anchor for heading in rendered.outline] == ["windows"]


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        ("{% tabs %}\nWords\n{% endtabs %}", [(1, "{% tabs %}")]),
        ('{% tab title="T" %}\nWords\n{% endtab %}', [(1, "{% tab %}")]),
        (
            '{% tabs %}\nWords\n{% tab title="T" %}\nx\n{% endtab %}\n{% endtabs %}',
            [(1, "{% tabs %}")],
        ),
        ('{% tabs %}\n{% tab title="T" %}\nWords\n{% endtabs %}', [(2, "{% tab %}")]),
        (
            '{% tabs %}\n{% tab title="T" %}\nWords\n\nand more',
            [(1, "{% tabs %}"), (2, "{% tab %}")],
        ),
        ("Words\n\n{% endtabs %}", [(3, "{% endtabs %}")]),
    ],
)
def test_tabs_that_are_not_whole_keep_their_words(
    body: str, problems: list[tuple[int, str]]
) -> None:
    assert "Words" in render(body).html
    assert told(body) == problems


def test_a_tab_that_was_not_closed_ends_where_the_next_begins() -> None:
    body = '{% tabs %}\n{% tab title="A" %}\na\n{% tab title="B" %}\nb\n{% endtab %}\n{% endtabs %}'
    assert render(body).html.count('role="tabpanel"') == 2
    assert told(body) == [(4, "{% tab %}")]
