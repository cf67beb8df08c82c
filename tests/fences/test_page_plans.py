"""Does a help page cost the same among two thousand? Its two queries look rows up by indexes."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from handrail.mediums.docs.models import Page
from tests.fences.plans import lookups
from tests.help_pages import group_of, page_of, section_of, translated

PAGES = Page._meta.db_table
MANY = 2_000
GROUPS = 40

NEAR = {"id", "parent_id", "original_id", "path", "rank"}
"""Columns of which a page's own values have few rows: a section and a language have thousands."""


@pytest.fixture
def crowd(installation: None) -> Page:
    """A page with a translation, among two thousand others in forty categories."""
    section = section_of("Brands")
    tops = [group_of(section, f"Group {number}") for number in range(GROUPS)]
    page = page_of(section, "Links", parent=tops[0])
    translated(page, "Verweise")
    Page.objects.bulk_create(
        Page(
            section=section,
            language="en",
            parent=tops[number % GROUPS],
            trail=[tops[number % GROUPS].pk],
            title=f"Page {number}",
            slug=f"page-{number}",
            path=f"group-{number % GROUPS}/page-{number}",
            rank=1_000 + number,
            is_published=True,
        )
        for number in range(MANY)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return page


def test_no_query_of_a_page_walks_through_its_section(crowd: Page, client: Client) -> None:
    path = f"/docs/brands/{crowd.path}"
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    queries = [query["sql"] for query in captured]
    assert len(queries) == 2
    for sql in queries:
        steps = lookups(sql, {PAGES})
        assert steps, sql
        walked = [sorted(columns) for _table, columns in steps if not columns & NEAR]
        assert not walked, f"{walked} in {sql}"


def test_a_tree_of_two_thousand_pages_shows_what_is_near(crowd: Page, client: Client) -> None:
    page = client.get(f"/docs/brands/{crowd.path}").content.decode()
    assert page.count("/docs/brands/group-") < 150
    assert "Group 39" in page
