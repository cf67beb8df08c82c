"""Tests of the lists that programs read."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from handrail.mediums.docs.api import llms
from handrail.mediums.docs.models import Page, Section
from tests.help_pages import draft_of, page_of, section_of, translated


@pytest.fixture
def section(installation: None) -> Section:
    return section_of("Brands", description="For brands.")


def said(answer: Any) -> str:
    assert answer.status_code == 200
    body: str = answer.content.decode()
    return body


def many(section: Section, count: int, summary: str = "") -> None:
    """As an import of many would leave them."""
    Page.objects.bulk_create(
        Page(
            section=section,
            language="en",
            title=f"Page {number}",
            slug=f"page-{number}",
            path=f"page-{number}",
            rank=number,
            summary=summary,
            body=f"Words of page {number}.",
            is_published=True,
        )
        for number in range(count)
    )


def test_the_index_is_in_the_order_of_the_specification(section: Section, client: Client) -> None:
    page_of(section, "Links [new]", summary="How links\nwork.")
    answer = client.get("/llms.txt")
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    kinds = [line[:2] for line in said(answer).splitlines() if line]
    assert kinds[:2] == ["# ", "> "]
    assert kinds[3:6] == ["##", "- ", "--"]
    address = f"{settings.HANDRAIL_URL}/docs/brands/links-new.md"
    assert f"- [Links \\[new\\]]({address}): How links work." in said(answer)


def test_only_what_is_public_and_in_the_sections_language_is_listed(
    section: Section, client: Client
) -> None:
    page = page_of(section, "Links", "Public words.")
    translated(page, "Verweise")
    page_of(section, "Restricted", "Secret words.", audience="brand")
    page_of(section, "Everyones", "Secret words.", audience="everyone")
    page_of(section, "Hidden", "Secret words.", is_hidden=True)
    draft_of(section, "Draft", "Secret words.")
    page_of(section_of("Internal"), "Plan", "Secret words.", audience="members")
    for path in ("/llms.txt", "/llms-full.txt", "/docs/brands/llms.txt", "/docs/index.md"):
        body = said(client.get(path))
        assert "Links" in body
        for words in (
            "Verweise",
            "Restricted",
            "Everyones",
            "Hidden",
            "Draft",
            "Secret",
            "Internal",
        ):
            assert words not in body, path
    assert client.get("/docs/internal/llms.txt").status_code == 404
    assert client.get("/docs/no/llms.txt").status_code == 404


def test_too_much_for_one_file_loses_descriptions_first(section: Section, client: Client) -> None:
    many(section, 600, "A long description of the page. " * 9)
    body = said(client.get("/llms.txt"))
    assert len(body) <= llms.MOST_LETTERS
    assert body.count("\n- [") == 600
    assert "left out" not in body
    assert "A long description" in body


def test_far_too_much_loses_pages_and_says_so(section: Section, client: Client) -> None:
    many(section, 3_000)
    body = said(client.get("/llms.txt"))
    assert len(body) <= llms.MOST_LETTERS
    listed = body.count("\n- [")
    assert 500 < listed < 3_000
    assert f"{3_000 - listed} pages are left out" in body
    assert "/docs/brands/llms.txt" in body


def test_the_whole_text_comes_a_hundred_pages_at_a_time(section: Section, client: Client) -> None:
    many(section, 230)
    seen = []
    path = "/llms-full.txt"
    for pages in (100, 100, 30):
        body = said(client.get(path))
        found = re.findall(r"Words of page (\d+)\.", body)
        assert len(found) == pages
        seen += found
        more = re.search(r"More pages: \S+?(/llms-full\.txt/\d+)", body)
        path = more[1] if more else ""
    assert path == ""
    assert seen == [str(number) for number in range(230)]
    assert client.get("/llms-full.txt/3").status_code == 404
    assert client.get("/llms-full.txt/99999999999").status_code == 404


def test_the_whole_text_costs_the_same_for_one_page_and_a_hundred(
    section: Section, client: Client
) -> None:
    page_of(section, "Links", "See [page](page-1).")
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            said(client.get("/llms-full.txt"))
        costs.append(len(captured))
        if not Page.objects.filter(path="page-1").exists():
            many(section, 99)
    assert costs[0] == costs[1] <= 5


def test_links_in_the_whole_text_lead_to_public_pages_alone(
    section: Section, client: Client
) -> None:
    page_of(section, "Codes")
    page_of(section, "Secret", audience="brand")
    page_of(section, "Links", "# Links\n\n[codes](codes) [secret](secret)")
    body = said(client.get("/llms-full.txt"))
    assert f"[codes]({settings.HANDRAIL_URL}/docs/brands/codes.md)" in body
    assert "[secret](#)" in body
    assert body.count("# Links") == 1


def test_lists_are_not_sent_again_when_nothing_changed(section: Section, client: Client) -> None:
    page_of(section, "Links")
    for path in ("/llms.txt", "/llms-full.txt", "/sitemap.xml"):
        tag = client.get(path)["ETag"]
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    page_of(section, "Codes")
    assert client.get("/sitemap.xml", headers={"If-None-Match": tag}).status_code == 200


def test_the_home_gives_programs_the_index(section: Section, client: Client) -> None:
    page_of(section, "Links")
    body = said(client.get("/docs/", headers={"Accept": "text/markdown"}))
    assert body == said(client.get("/llms.txt"))


def test_nothing_is_listed_where_nothing_is(installation: None, client: Client) -> None:
    assert said(client.get("/llms.txt")).startswith("# Help Docs")
    assert said(client.get("/llms-full.txt")).startswith("# Help Docs")
