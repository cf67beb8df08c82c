"""Tests of who prefers Markdown."""

import pytest
from django.test import RequestFactory

from handrail.mediums.docs.api.negotiating import prefers_markdown


@pytest.mark.parametrize(
    ("accept", "is_markdown"),
    [
        ("text/html", False),
        ("*/*", False),
        ("", False),
        ("text/html, text/markdown", False),
        ("text/html, text/markdown;q=0.9", False),
        ("text/markdown", True),
        ("text/x-markdown", True),
        ("text/markdown, text/html", True),
        ("text/html;q=0.9, text/markdown", True),
        ("text/markdown, text/html;q=0.9, */*;q=0.1", True),
        ("text/markdown, */*", True),
        ("*/*, text/markdown", False),
        ("text/markdown;q=0.8, text/*", False),
        ("text/markdown;q=0", False),
        ("text/markdown;q=0, text/html;q=0", False),
        ("TEXT/Markdown ; Q=0.9 , text/html;q=.5", True),
        ("text/markdown;q=much", False),
        ("text/markdown;q=7", False),
        ("text/markdown;q=nan", False),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", False),
        ("," * 10_000, False),
        ("application/json", False),
    ],
)
def test_markdown_is_for_whoever_ranks_it_above_html(accept: str, is_markdown: bool) -> None:
    request = RequestFactory().get("/docs/x", headers={"Accept": accept})
    assert prefers_markdown(request) == is_markdown


def test_only_reading_is_negotiated() -> None:
    accept = {"Accept": "text/markdown"}
    assert prefers_markdown(RequestFactory().head("/docs/x", headers=accept))
    assert not prefers_markdown(RequestFactory().post("/docs/x", headers=accept))
