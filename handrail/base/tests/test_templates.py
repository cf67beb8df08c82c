"""Do the templates keep the house's rules? Nothing inline; only icons and classes that exist."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template.loader import get_template

import handrail
import handrail.base

PACKAGE = Path(handrail.__file__).parent
ICONS = Path(handrail.base.__file__).parent / "icons.txt"
OURS = [path for path in sorted(PACKAGE.rglob("templates/**/*.html")) if "demo" not in path.parts]
MAILS = ("mail", "letter.html")
"""Programs for mail know neither our stylesheets nor our policy."""
PAGES = [path for path in OURS if not any(part in MAILS for part in path.parts)]

INLINE = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style[\s>]",
    "a script without src": r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")[\s>]",
    "an event handler": r"<[^>]*\s(?:on[a-z]+|hx-on[:\w-]*)\s*=",
    "code in hx-vals": r"hx-(?:vals|headers)\s*=\s*[\"']?\s*(?:js|javascript):",
    "a javascript address": r"[\"']\s*javascript:",
}
ICON_IN_TEMPLATE = re.compile(r"""\{% icon ["']([\w-]+)["']|\b(?:action_)?icon=["']([\w-]+)["']""")
ICON_IN_PYTHON = re.compile(r"""\bicon(?::[^=\n]+)?\s*=\s*["']([\w-]+)["']""")


def without_comments(path: Path) -> str:
    text = path.read_text()
    text = re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", text, flags=re.DOTALL)
    return re.sub(r"\{#.*?#\}", "", text)


@pytest.mark.parametrize("what", INLINE)
def test_no_page_holds_inline_code_or_style(what: str) -> None:
    pattern = re.compile(INLINE[what], re.IGNORECASE)
    assert [str(path) for path in PAGES if pattern.search(without_comments(path))] == []


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_every_template_can_be_read(path: Path) -> None:
    get_template(str(path).split("/templates/")[1])


def icons_in_use() -> Iterator[tuple[str, str]]:
    """Names of icons with the file that uses them."""
    for path in OURS:
        for found in ICON_IN_TEMPLATE.finditer(path.read_text()):
            yield found[1] or found[2], path.name
    for path in PACKAGE.rglob("*.py"):
        if not {"demo", "tests"} & set(path.parts):
            for found in ICON_IN_PYTHON.finditer(path.read_text()):
                yield found[1], path.name


def test_every_icon_in_use_is_in_the_sprite() -> None:
    drawn = set(ICONS.read_text().split())
    assert [(name, file) for name, file in icons_in_use() if name not in drawn] == []


def test_the_list_of_icons_is_sorted_and_names_each_once() -> None:
    names = ICONS.read_text().split()
    assert names == sorted(set(names))


def test_every_class_in_a_template_is_known_to_a_stylesheet_or_a_script() -> None:
    sheets = [*PACKAGE.rglob("static/**/*.css"), *PACKAGE.rglob("static/**/*.js")]
    known = " ".join(path.read_text() for path in sheets if "vendor" not in path.parts)
    unknown = {
        (name, path.name)
        for path in PAGES
        for name in _classes(without_comments(path))
        if not re.search(rf"[.\"'`]{re.escape(name)}(?![\w-])", known)
    }
    assert sorted(unknown) == []


def _classes(text: str) -> Iterator[str]:
    """Names of classes as they are written; what a variable puts in is not looked at."""
    for attribute in re.finditer(r'\sclass="([^"]*)"', re.sub(r"\{%.*?%\}", " ", text)):
        yield from re.sub(r"\S*\{\{.*?\}\}\S*", " ", attribute[1]).split()
