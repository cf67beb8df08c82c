"""What does a person see when everything else is gone? Our pages, which need nothing but files."""

from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

import handrail.base

PAGES = Path(handrail.base.__file__).parent / "templates/base/errors"
CODES = sorted(path.stem for path in PAGES.glob("[0-9]*.html"))


@pytest.mark.parametrize("code", CODES)
def test_an_error_page_asks_neither_database_nor_session(code: str) -> None:
    """Without the `django_db` mark a query is an error, as is a request without a session."""
    html = render_to_string(f"base/errors/{code}.html", request=RequestFactory().get("/help/"))
    assert code in html
    assert "<h1>" in html


def test_the_way_out_leads_back_to_where_one_works() -> None:
    request = RequestFactory().get("/console/tickets/lost/")
    html = render_to_string("base/errors/404.html", request=request)
    assert 'href="/console/"' in html


def test_a_broken_page_can_be_tried_again() -> None:
    request = RequestFactory().get("/help/tickets/x/")
    assert 'href="/help/tickets/x/"' in render_to_string("base/errors/503.html", request=request)
