"""Tests of pages as programs get them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from handrail.mediums.docs import actions
from handrail.mediums.docs.models import Page, Section
from handrail.people.models import Member
from tests.help_pages import (
    EDITOR,
    changed,
    front_page_of,
    group_of,
    page_of,
    section_of,
    translated,
)

PLAIN = {"Accept": "text/markdown"}
PATH = "/docs/brands/tracking/links.md"


@pytest.fixture
def section(installation: None) -> Section:
    return section_of("Brands", description="For brands.")


@pytest.fixture
def links(section: Section) -> Page:
    tracking = group_of(section, "Tracking", summary="All about clicks.")
    page_of(section, "Codes", parent=tracking, summary="How codes work.")
    page_of(section, "Secret", parent=tracking, audience="brand")
    body = "See [codes](codes), [secret](secret) and [the web](https://web.example/x).\n"
    return page_of(section, "Links", body, parent=tracking)


def said(answer: Any) -> str:
    body: str = answer.content.decode()
    return body


def test_a_page_is_there_as_markdown(links: Page, client: Client) -> None:
    answer = client.get(PATH)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer["X-Robots-Tag"] == "noindex"
    assert "Accept" in answer["Vary"]
    lines = said(answer).splitlines()
    origin = settings.HANDRAIL_URL
    assert lines[0].startswith("> ")
    for words in (f"{origin}/llms.txt", "`.md`", f"{origin}{PATH}"):
        assert words in lines[0]
    assert "# Links" in lines


def test_its_links_lead_to_markdown_and_not_to_what_is_not_for_the_reader(
    links: Page, alice: Member, browse: Callable[..., Client], client: Client
) -> None:
    origin = settings.HANDRAIL_URL
    page = said(client.get(PATH))
    assert f"[codes]({origin}/docs/brands/tracking/codes.md)" in page
    assert "[secret](#)" in page
    assert "https://web.example/x" in page
    assert "tracking/secret.md" in said(browse(alice).get(PATH))


def test_the_address_for_people_gives_markdown_to_whoever_prefers_it(
    links: Page, client: Client
) -> None:
    path = PATH.removesuffix(".md")
    by_header, by_name = client.get(path, headers=PLAIN), client.get(PATH)
    assert said(by_header) == said(by_name)
    assert client.get(path)["Content-Type"].startswith("text/html")
    assert client.head(path, headers=PLAIN)["Content-Type"].startswith("text/markdown")


def test_markdown_costs_the_same_however_many_links(section: Section, client: Client) -> None:
    for number in range(12):
        page_of(section, f"Page {number}")
    few = page_of(section, "Few", "[0](page-0)")
    many = page_of(section, "Many", " ".join(f"[{n}](page-{n})" for n in range(12)))
    costs = []
    for page in (few, many):
        with CaptureQueriesContext(connection) as captured:
            body = said(client.get(f"/docs/brands/{page.path}.md"))
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 4
    assert body.count("/docs/brands/page-") == 12


def test_links_lead_to_other_sections_as_they_do_for_people(
    links: Page, alice: Member, browse: Callable[..., Client], client: Client
) -> None:
    origin = settings.HANDRAIL_URL
    help_section = section_of("Other")
    front_page_of(help_section, "All the rest")
    ticket = page_of(help_section, "Create a ticket")
    page_of(help_section, "Plans", audience="brand")
    translated(ticket, "Ticket erstellen", slug="create-a-ticket")
    body = (
        "[a](../../other/create-a-ticket.md#steps) [b](/other/create-a-ticket.md) "
        f"[c]({origin}/docs/other/create-a-ticket) [d](../../other/README.md) "
        "[e](../../other/plans.md) [f](../../other/nothing.md) [g](../../../etc/passwd)"
    )
    page = page_of(links.section, "Across", body, parent=links.parent)
    address = f"{origin}/docs/other/create-a-ticket.md"
    for path in (f"/docs/brands/{page.path}.md", "/llms-full.txt"):
        text = said(client.get(path))
        assert f"[a]({address}#steps) [b]({address}) [c]({address})" in text
        assert f"[d]({origin}/docs/other.md) [e](#) [f](#) [g](#)" in text
    text = said(browse(alice).get(f"/docs/brands/{page.path}.md"))
    assert f"[e]({origin}/docs/other/plans.md)" in text
    german = translated(page, "Quer", body, slug="across")
    text = said(client.get(f"/docs/brands/de/{german.path}.md"))
    assert f"[b]({origin}/docs/other/de/create-a-ticket.md)" in text


def test_a_page_with_very_many_links_is_answered(section: Section, client: Client) -> None:
    page_of(section, "Codes")
    many = " ".join(f"[{n}](nothing-{n})" for n in range(3_000))
    page = page_of(section, "Many", f"{many} [codes](codes)")
    text = said(client.get(f"/docs/brands/{page.path}.md"))
    assert f"[codes]({settings.HANDRAIL_URL}/docs/brands/codes.md)" in text
    assert text.count("](#)") == 3_000


def test_a_category_and_a_section_list_what_is_in_them(links: Page, client: Client) -> None:
    origin = settings.HANDRAIL_URL
    group = said(client.get("/docs/brands/tracking.md"))
    assert f"- [Codes]({origin}/docs/brands/tracking/codes.md): How codes work." in group
    assert "Secret" not in group
    section = said(client.get("/docs/brands.md"))
    assert f"- [Tracking]({origin}/docs/brands/tracking.md): All about clicks." in section
    assert "For brands." in section


def test_a_body_that_brings_its_title_has_one(section: Section, client: Client) -> None:
    page_of(section, "Own title", "# Own title\n\nWords.")
    assert said(client.get("/docs/brands/own-title.md")).count("# Own title") == 1


def test_a_missing_page_is_a_page_with_the_nearest(links: Page, client: Client) -> None:
    for answer in (
        client.get("/docs/brands/tracking/link.md"),
        client.get("/docs/brands/tracking/link", headers=PLAIN),
    ):
        assert answer.status_code == 200
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Cache-Control"] == "private, no-store"
        page = said(answer)
        assert page.startswith("# Page Not Found\n")
        assert "/docs/brands/tracking/links.md" in page
        assert "/llms.txt" in page
        assert "Secret" not in page


def test_a_restricted_page_looks_like_a_missing_one(links: Page, client: Client) -> None:
    assert said(client.get("/docs/brands/tracking/secret.md")).startswith("# Page Not Found")


def test_an_old_address_leads_on_to_markdown(links: Page, client: Client) -> None:
    changed(links, slug="new-links")
    answer = client.get(PATH)
    assert (answer.status_code, answer["Location"]) == (301, "/docs/brands/tracking/new-links.md")


def test_a_translation_is_there_too(links: Page, client: Client) -> None:
    translated(links, "Verweise")
    assert "Ein paar Worte." in said(client.get("/docs/brands/de/verweise.md"))


def test_what_has_not_changed_is_not_sent_again(links: Page, client: Client) -> None:
    tag = client.get(PATH)["ETag"]
    answer = client.get(PATH, headers={"If-None-Match": tag})
    assert (answer.status_code, answer["ETag"]) == (304, tag)
    html = client.get(PATH.removesuffix(".md"), headers={"If-None-Match": tag})
    assert html.status_code == 200


def test_a_page_is_sent_again_when_what_it_leads_to_in_another_section_is_gone(
    section: Section, client: Client
) -> None:
    ticket = page_of(section_of("Other"), "Create a ticket")
    page_of(section_of("Third"), "Whatever")
    page = page_of(section, "Links", "[a](/other/create-a-ticket.md)")
    path = f"/docs/brands/{page.path}.md"
    tag = client.get(path)["ETag"]
    actions.withdraw(EDITOR, ticket)
    answer = client.get(path, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert "[a](#)" in said(answer)


def test_how_to_ask_is_said_where_questions_are_answered(
    links: Page, client: Client, settings: Any
) -> None:
    page = said(client.get(PATH))
    settings.HANDRAIL_ASK = False
    for path in (PATH, "/llms.txt", "/docs/brands.md"):
        assert "?ask=" not in said(client.get(path))
    assert f"GET {settings.HANDRAIL_URL}{PATH}?ask=<question>&goal=<goal>" in page
    assert "Send no personal data" in page
