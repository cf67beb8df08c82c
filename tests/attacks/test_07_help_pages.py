"""Stored XSS in rich text: help pages and what stands around them. FreeScout CVE-2026-32754."""

import pytest
from django.test import Client

from tests.help_pages import group_of, page_of, section_of, translated

EVIL = "<img src=x onerror=alert(1)>'\"</script><svg onload=alert(2)>"
PATHS = (
    *("/docs/", "/docs/brands", "/docs/brands/group", "/docs/brands/group/page"),
    *("/docs/brands/de/seite", "/docs/search?q=onerror", "/docs/brands/group/pagee"),
    *("/sitemap.xml", "/docs/search?q=%3Cscript%3Ealert(1)%3C/script%3E"),
)


@pytest.fixture
def centre(installation: None) -> None:
    section = section_of(EVIL, slug="brands", description=EVIL, icon=EVIL[:40])
    group = group_of(section, EVIL, slug="group", summary=EVIL)
    facts = {"summary": EVIL, "icon": EVIL[:40], "keywords": [EVIL], "slug": "page"}
    body = f"# {EVIL}\n\n## {EVIL}\n\n{EVIL}\n\n[x](javascript:alert(1))"
    page = page_of(section, EVIL, body, parent=group, **facts)
    translated(page, EVIL, EVIL, slug="seite")
    page_of(section, EVIL, EVIL, parent=group, slug="next")


@pytest.mark.parametrize("path", PATHS)
def test_no_word_of_a_page_becomes_markup(centre: None, client: Client, path: str) -> None:
    answer = client.get(path)
    said = answer.content.decode()
    assert "onerror=alert(1)>" not in said
    assert "<svg onload" not in said
    assert "<script>alert" not in said
    assert '="javascript:' not in said
    policy = answer["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "object-src 'none'" in policy


def test_markdown_is_no_page_for_a_browser(centre: None, client: Client) -> None:
    """What editors write leaves as it is, as text: no browser draws it."""
    answer = client.get("/docs/brands/group/page.md")
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
