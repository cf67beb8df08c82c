"""Is what is drawn once the same for everybody, and nobody's own?"""

import pytest
from django.template import Context, Template
from django.utils import translation

pytestmark = pytest.mark.once

LABEL = "{% load i18n fixed %}{% fixed %}<b>{% translate 'Status' %}{{ name }}</b>{% endfixed %}"


def test_it_is_drawn_once_for_each_language() -> None:
    template = Template(LABEL)
    for language, words in (("en", "Status"), ("ar", "الحالة"), ("en", "Status")):
        with translation.override(language):
            assert template.render(Context()) == f"<b>{words}</b>"


def test_nothing_of_one_reader_comes_to_another() -> None:
    template = Template(LABEL)
    for name in ("Alice", "Carol"):
        assert template.render(Context({"name": name})) == "<b>Status</b>"


def test_what_it_includes_sees_nothing_of_the_page_either() -> None:
    template = Template(
        "{% load fixed %}{% fixed %}{% include 'base/components/brand.html' %}{% endfixed %}"
    )
    html = template.render(Context({"classes": "of-alice"}))
    assert "Handrail" in html
    assert "of-alice" not in html
