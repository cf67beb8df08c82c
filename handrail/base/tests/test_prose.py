"""Does a page of Markdown come into a template whole, and harmless?"""

from django.template import engines

from handrail.base.markdown import render


def shown(html: str) -> str:
    template = '{% include "base/components/prose.html" with language="ar" direction="rtl" %}'
    return engines["django"].from_string(template).render({"html": html})


def test_icons_and_buttons_are_put_in_their_places() -> None:
    page = shown(render("{% hint %}\nA\n{% endhint %}\n\n```\nb\n```").html)
    assert 'icons.svg#info"></use></svg>' in page
    assert "data-copy-code data-done=" in page
    assert "<i data-" not in page


def test_the_direction_of_the_page_is_said() -> None:
    assert '<div class="prose article" lang="ar" dir="rtl">' in shown("<p>a</p>")


def test_a_row_that_somebody_changed_is_cleaned() -> None:
    page = shown(
        '<p onclick="x">a<script>b</script></p><i data-icon="../x"></i><i data-icon="none"></i>'
        '<a href="javascript:c">d</a><iframe src="//e"></iframe>'
    )
    assert "<p>a</p>" in page
    for harm in ("onclick", "script", "iframe", "<use"):
        assert harm not in page
