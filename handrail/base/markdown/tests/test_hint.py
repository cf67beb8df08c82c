"""Is a hint drawn as its documentation shows it?"""

import pytest

from handrail.base.markdown import render
from handrail.base.markdown.tests.trees import html_of, told


@pytest.mark.parametrize(
    ("style", "tone", "label"),
    [
        ("info", "info", "Note"),
        ("success", "positive", "Good to know"),
        ("warning", "warning", "Take care"),
        ("danger", "danger", "Danger"),
    ],
)
def test_a_hint_is_drawn_in_its_style(style: str, tone: str, label: str) -> None:
    html = html_of(f'{{% hint style="{style}" %}}\nSome **words**.\n{{% endhint %}}')
    assert f'class="callout {tone}" role="note" aria-label="{label}"' in html
    assert "<p>Some <strong>words</strong>.</p>" in html
    assert "data-icon=" in html


def test_a_hint_without_style_is_an_info() -> None:
    assert "callout info" in html_of("{% hint %}\nWords\n{% endhint %}")


def test_a_style_that_nobody_knows_is_told() -> None:
    assert told('Words\n\n{% hint style="pink" %}\nWords\n{% endhint %}') == [(3, 'style="pink"')]


def test_a_hint_has_a_title_and_an_icon_of_its_own() -> None:
    html = html_of(
        '{% hint style="info" icon="rocket" title="A <b> title" %}\nWords\n{% endhint %}'
    )
    assert 'data-icon="rocket"' in html
    assert '<p class="callout-title">A &lt;b&gt; title</p>' in html


def test_a_hint_may_stand_on_one_line() -> None:
    html = html_of("{% hint style='warning' %}Important **words**{% endhint %}\n\nAfter.")
    assert "<p>Important <strong>words</strong></p></div></div>" in html
    assert html.endswith("<p>After.</p>")


def test_the_words_of_a_hint_are_in_the_language_of_the_page() -> None:
    body = '{% hint style="info" %}\nWorte\n{% endhint %}'
    assert render(body, language="en").html == render(body).html


def test_an_alert_of_github_is_a_hint() -> None:
    html = html_of("> [!WARNING]\n> Mind the gap.")
    assert 'class="callout warning"' in html
    assert html.count("<p>") == 1
