"""Tests of a page as it is opened, in the panel and on the public site."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from handrail.mediums.docs.models import Page, Section
from handrail.people.models import Member
from tests.help_pages import (
    changed,
    draft_of,
    front_page_of,
    group_of,
    page_of,
    rewritten,
    section_of,
    translated,
)

Browse = Callable[..., Client]
SITE = "/docs/brands/tracking/links"
PANEL = "/help/docs/brands/tracking/links"


@pytest.fixture
def section(installation: None) -> Section:
    return section_of("Brands")


@pytest.fixture
def links(section: Section) -> Page:
    tracking = group_of(section, "Tracking")
    page_of(section, "Codes", slug="codes", parent=tracking)
    body = "# Links\n\nSee [codes](codes).\n\n## First\n\nOne.\n\n## Second\n\nTwo."
    return page_of(section, "Links", body, parent=tracking, summary="How links work.")


def said(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def test_a_page_shows_its_words_its_place_and_where_to_go_on(links: Page, client: Client) -> None:
    answer = client.get(SITE)
    page = said(answer)
    assert answer.status_code == 200
    assert "<h1" in page
    assert "How links work." in page
    assert 'href="/docs/brands/tracking/codes"' in page
    assert 'href="#first"' in page
    assert "Was this page helpful?" in page
    assert 'rel="prev"' in page
    assert f"/help/docs/-/stuck/{links.public_id}" in page
    assert "-docs-" not in page


def test_the_panel_shows_the_same_page_below_its_own_addresses(
    links: Page, alice: Member, browse: Browse
) -> None:
    page = said(browse(alice).get(PANEL))
    assert 'href="/help/docs/brands/tracking/codes"' in page
    assert 'class="panel"' in page
    assert 'name="robots" content="noindex"' in page
    assert '<link rel="canonical" href="https://localhost' not in page
    assert f'<link rel="canonical" href="{origin()}{SITE}">' in page


def test_a_section_opens_with_its_own_page(
    links: Page, alice: Member, browse: Browse, client: Client
) -> None:
    front_page_of(links.section, "All about brands", "See [links](tracking/links).")
    for answer, side in (
        (client.get("/docs/brands"), "/docs/"),
        (browse(alice).get("/help/docs/brands"), "/help/docs/"),
    ):
        page = said(answer)
        assert answer.status_code == 200
        assert "All about brands</h1>" in page
        assert f'href="{side}brands/tracking/links"' in page
    trail = re.search(r'<nav class="crumbs".*?</nav>', said(client.get("/docs/brands")))
    assert trail
    assert 'href="/docs/brands"' not in trail[0]
    assert "# All about brands" in said(client.get("/docs/brands.md"))
    for listed in ("/llms.txt", "/sitemap.xml"):
        assert len(re.findall(r"/docs/brands(?:\.md)?[)<]", said(client.get(listed)))) == 1


def test_a_public_page_costs_a_visitor_two_queries_and_its_second_look_one(
    links: Page, client: Client
) -> None:
    client.get(SITE)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(SITE)
    assert len(captured) == 2, captured.captured_queries
    with CaptureQueriesContext(connection) as captured:
        again = client.get(SITE, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert len(captured) == 1


def test_a_page_costs_a_member_two_queries_beside_who_they_are(
    links: Page, alice: Member, browse: Browse
) -> None:
    browser = browse(alice)
    browser.get(PANEL)
    with CaptureQueriesContext(connection) as captured:
        browser.get(PANEL)
    of_pages = [query["sql"] for query in captured if 'FROM "docs_page"' in query["sql"]]
    assert len(of_pages) == 2
    assert len(captured) <= 5


@pytest.mark.parametrize(
    "change",
    [
        lambda page: rewritten(page, "New words."),
        lambda page: changed(page, icon="star"),
        lambda page: page_of(page.section, "Another"),
    ],
)
def test_whatever_changes_in_the_section_ends_what_was_kept(
    links: Page, client: Client, change: Callable[[Page], Page]
) -> None:
    before = client.get(SITE)["ETag"]
    assert client.get(SITE)["ETag"] == before
    change(links)
    assert client.get(SITE, headers={"If-None-Match": before}).status_code == 200


def test_a_public_page_may_be_kept_and_is_asked_for_each_time(links: Page, client: Client) -> None:
    answer = client.get(SITE)
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert {"Accept", "Cookie", "Accept-Language"} <= set(answer["Vary"].split(", "))
    not_modified = client.get(SITE, headers={"If-None-Match": answer["ETag"]})
    assert not_modified["Cache-Control"] == answer["Cache-Control"]
    assert not_modified["ETag"] == answer["ETag"]
    assert "Accept" in not_modified["Vary"]
    assert not answer.cookies


def test_each_language_and_side_has_a_tag_of_its_own(links: Page, client: Client) -> None:
    paths = [SITE, PANEL, f"{SITE}?quote=", f"{SITE}.md"]
    tags = {client.get(path)["ETag"] for path in paths}
    tags.add(client.get(SITE, headers={"Accept-Language": "de"})["ETag"])
    assert len(tags) == 5


def test_what_was_drawn_for_somebody_is_kept_by_nobody(
    links: Page, section: Section, alice: Member, browse: Browse
) -> None:
    page_of(section, "Secret", audience="brand")
    for path in (SITE, PANEL, f"{SITE}.md", "/docs/brands/secret", "/docs/"):
        answer = browse(alice).get(path)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "private, no-store", path
        assert not answer.has_header("ETag")


def test_a_page_for_everyone_by_an_audience_is_kept_by_nobody(
    section: Section, client: Client
) -> None:
    page_of(section, "For all", audience="everyone")
    answer = client.get("/docs/brands/for-all")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")


def test_no_strange_page_frames_the_public_site(links: Page, client: Client) -> None:
    assert "frame-ancestors 'none'" in client.get(SITE)["Content-Security-Policy"]


def test_search_engines_and_programs_learn_of_a_public_page(links: Page, client: Client) -> None:
    translated(links, "Verweise", parent=None)
    page = said(client.get(SITE))
    assert f'<link rel="canonical" href="{origin()}{SITE}">' in page
    assert f'type="text/markdown" href="{origin()}{SITE}.md"' in page
    assert f'hreflang="de" href="{origin()}/docs/brands/de/verweise"' in page
    assert 'hreflang="x-default"' in page
    assert 'property="og:title" content="Links"' in page
    assert 'name="robots"' not in page
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    article, trail = json.loads(found[1])
    assert (article["@type"], article["headline"]) == ("TechArticle", "Links")
    assert [step["name"] for step in trail["itemListElement"]] == [
        "Help Docs",
        "Brands",
        "Tracking",
        "Links",
    ]


def test_search_engines_learn_nothing_of_a_restricted_or_hidden_page(
    section: Section, alice: Member, browse: Browse, client: Client
) -> None:
    page_of(section, "Secret", audience="brand")
    page_of(section, "Hidden", is_hidden=True)
    answers = [browse(alice).get("/docs/brands/secret"), client.get("/docs/brands/hidden")]
    for answer in answers:
        assert answer.status_code == 200
        assert "application/ld+json" not in said(answer)
        assert 'name="robots" content="noindex"' in said(answer)


@pytest.mark.parametrize("query", ["?quote=", "?quote=how", "?q=links"])
def test_an_address_with_a_question_is_not_indexed(links: Page, client: Client, query: str) -> None:
    assert 'name="robots" content="noindex"' in said(client.get(SITE + query))


def test_an_old_address_leads_on_for_good_on_both_sides(
    links: Page, alice: Member, browse: Browse, client: Client
) -> None:
    changed(links, slug="tracking-links")
    for path, browser in ((SITE, client), (PANEL, browse(alice)), (f"{SITE}.md", client)):
        answer = browser.get(path)
        assert answer.status_code == 301
        suffix = ".md" if path.endswith(".md") else ""
        place = path.removesuffix("links.md").removesuffix("links")
        assert answer["Location"] == f"{place}tracking-links{suffix}"


def test_an_address_with_a_slash_at_its_end_leads_to_the_one_without(
    links: Page, client: Client
) -> None:
    answer = client.get(f"{SITE}/?q=x")
    assert (answer.status_code, answer["Location"]) == (301, f"{SITE}?q=x")


def test_who_may_not_read_a_page_gets_what_is_not_there(
    section: Section, carol: Member, browse: Browse, client: Client
) -> None:
    page_of(section, "Welcome")
    page_of(section, "Secret plan", audience="brand")
    draft_of(section, "Draft plan")
    for slug in ("secret-plan", "draft-plan"):
        for browser in (client, browse(carol)):
            answer = browser.get(f"/docs/brands/{slug}")
            assert answer.status_code == 404
            assert answer["Cache-Control"] == "private, no-store"
            assert "plan" not in said(answer).lower()


def test_in_the_panel_nobody_is_asked_to_sign_in_for_what_is_not_there(
    section: Section, client: Client
) -> None:
    page_of(section, "Secret", audience="brand")
    assert client.get("/help/docs/brands/secret").status_code == 401
    assert client.get("/help/docs/brands/nothing").status_code == 401
    assert client.get("/help/docs/brands/nothing.md").status_code == 401


def test_an_untranslated_page_says_so_in_the_readers_language(links: Page, client: Client) -> None:
    answer = client.get("/docs/brands/de/tracking/links")
    assert answer.status_code == 200
    assert answer["Content-Language"] == "de"
    assert '<html lang="de"' in said(answer)
    assert "Deutsch" in said(answer)
    assert f'<link rel="canonical" href="{origin()}{SITE}">' in said(answer)
    assert "noindex" in said(answer)


def test_a_reader_is_told_of_the_page_in_their_language(links: Page, client: Client) -> None:
    translated(links, "Verweise")
    answer = client.get(SITE, headers={"Accept-Language": "de"})
    assert 'class="button small alert-action" href="/docs/brands/de/verweise"' in said(answer)
    assert 'alert-action" href="/docs/brands/de/verweise"' not in said(client.get(SITE))


def test_a_translation_says_that_it_is_older_than_its_original(links: Page, client: Client) -> None:
    translated(links, "Verweise")
    path, warning = "/docs/brands/de/verweise", f'alert-action" href="{SITE}"'
    assert warning not in said(client.get(path, headers={"Accept-Language": "de"}))
    rewritten(links, "Now with more.")
    assert warning in said(client.get(path, headers={"Accept-Language": "de"}))


def test_a_page_from_right_to_left_stands_so_in_any_frame(section: Section, client: Client) -> None:
    page_of(section, "روابط", "كلمات", language="ar", slug="روابط")
    page = said(client.get("/docs/brands/ar/روابط"))
    assert '<html lang="ar" dir="rtl"' in page
    assert 'lang="ar" dir="rtl"' in page


def test_a_category_lists_what_is_in_it_and_an_empty_one_is_not_there(
    links: Page, section: Section, client: Client
) -> None:
    group_of(section, "Empty")
    page_of(section, "Secret", parent=group_of(section, "Secrets"), audience="brand")
    assert 'class="docs-children"' in said(client.get("/docs/brands/tracking"))
    for slug in ("empty", "secrets"):
        answer = client.get(f"/docs/brands/{slug}")
        assert answer.status_code == 404
        assert not answer.has_header("ETag")
        assert "Secret" not in said(answer)


def test_what_editors_write_never_leaves_the_data_for_search_engines(
    section: Section, client: Client
) -> None:
    title = "</script><script>alert(1)</script> & <!--"
    page_of(section, title, slug="evil", summary=title)
    page = said(client.get("/docs/brands/evil"))
    assert "<script>alert" not in page
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    assert json.loads(found[1])[0]["headline"] == title


def origin() -> str:
    from django.conf import settings

    return str(settings.HANDRAIL_URL)
