"""ORM side channel by sort or filter path, and filter language. django-helpdesk, Chatwoot
CVE-2025-21628: no word of an address names a column of pages, or reaches the query."""

import pytest
from django.test import Client

from tests.help_pages import page_of, section_of

TRIED = (
    *("audience__key=brand", "section__pages__body__startswith=S", "is_published=0", "order=-body"),
    *("sort=audience__name", "q=title:secret", "q=audience:brand", "q=*", "q=secret*", "viewer=1"),
    *("q=%22secret%22", "q=secret+OR+1%3D1", "language=en&audience=1", "ask=secret", "page=-1"),
)


@pytest.mark.parametrize("query", TRIED)
@pytest.mark.parametrize(
    "path", ["/docs/", "/docs/brands", "/docs/search", "/llms.txt", "/sitemap.xml"]
)
def test_no_parameter_shows_more(installation: None, client: Client, path: str, query: str) -> None:
    section = section_of("Brands")
    page_of(section, "Links")
    page_of(section, "Zebra", "Striped words.", audience="brand")
    answer = client.get(f"{path}?{query}", follow=True)  # a question leads to where one asks
    assert answer.status_code == 200
    assert b"ebra" not in answer.content
    assert b"triped" not in answer.content
