"""Does the demo's help centre reach whom it is for, and do tickets lead to it?"""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import pytest
from django.test import Client

from handrail.config.demo import load
from handrail.config.demo.load import CONTENT
from handrail.engines.conversations.models import Message, MessageKind
from handrail.mediums.docs.models import ImportRun, Page, Section
from handrail.mediums.docs.paths import path_of
from handrail.people.models import Audience, Member
from handrail.people.viewer import viewer_for_member, viewer_for_nobody

Browse = Callable[..., Client]
HUB = "http://127.0.0.1:8123"
"""Where the hub is in these tests: at a port that is not the first."""

LINKS = tomllib.loads((CONTENT / "docs" / "links.toml").read_text(encoding="utf-8"))["link"]

LISTS = ("/llms.txt", "/llms-full.txt", "/sitemap.xml", "/docs/", "/docs/brand", "/docs/brand.md")


@pytest.fixture
def told(db: None, tmp_path: Path, settings: Any) -> int:
    """The demo, loaded; how many tickets the loader counts."""
    settings.ENV = replace(settings.ENV, data=tmp_path)
    settings.HANDRAIL_URL = HUB
    return load()


def member_of_demo(person: str, account: str) -> Member:
    return Member.objects.with_facts().get(person__subject=person, account__external_id=account)


def test_the_help_centre_comes_in_without_a_problem(told: int) -> None:
    runs = ImportRun.objects.all()
    assert [run.problems for run in runs] == [[]]
    sections = Section.objects.visible_to(viewer_for_nobody())
    assert [one.title for one in sections] == ["Brands", "Partners", "Getting help"]
    assert Page.objects.public().filter(language="en").count() >= 50
    assert Page.objects.public().filter(language="de").count() >= 10
    restricted = Page.objects.filter(audience__isnull=False, is_published=True)
    assert set(restricted.values_list("audience__key", flat=True)) == {
        "agents",
        "brands",
        "enterprise",
    }


def test_every_link_of_a_ticket_leads_its_member_to_a_page(
    told: int, browse: Browse, client: Client
) -> None:
    for row in LINKS:
        answers = answers_with_links(row["account"], row["subject"])
        assert answers, row
        member = browse(creator_of(answers[0]))
        for answer in answers:
            assert answer.kind != MessageKind.NOTE
            for address in answer.body[answer.body.index(HUB) :].splitlines():
                path = urlsplit(address).path
                page = page_at(path)
                assert page.title in answer.body
                for opened in (path, f"/help{path}"):
                    assert page.title in said(member, opened)
                is_public = client.get(path).status_code == 200
                assert is_public == (page.audience is None), address


def test_only_agents_lead_to_pages_and_a_ticket_shows_the_address(
    told: int, browse: Browse
) -> None:
    linked = Message.objects.filter(body__contains=f"{HUB}/docs/")
    assert not linked.filter(agent=None).exists()
    answer = linked.filter(conversation__account__external_id="globex")[0]
    carol = browse(creator_of(answer))
    ticket = said(carol, f"/help/tickets/{answer.conversation.public_id}/")
    assert f'<a href="{answer.body.splitlines()[-1]}"' in ticket
    assert 'data-public-paths="/docs/"' in ticket


def test_pages_for_brands_and_for_enterprise_are_for_them_alone(
    told: int, browse: Browse, client: Client
) -> None:
    alice = browse(member_of_demo("alice", "acme"))
    ingrid = browse(member_of_demo("ingrid", "acme-nordics"))
    carol = browse(member_of_demo("carol", "globex"))
    brands = Audience.objects.get(key="brands")
    for page in Page.objects.filter(audience__key__in=["brands", "enterprise"], is_published=True):
        path = path_of(page.section, page)
        for side in ("/docs/", "/help/docs/"):
            assert page.title in said(alice, f"{side}{path}")
            assert carol.get(f"{side}{path}").status_code == 404, path
            is_hers = ingrid.get(f"{side}{path}").status_code == 200
            assert is_hers == (page.audience == brands), path
        assert client.get(f"/docs/{path}").status_code == 404
        assert "# Page Not Found" in said(client, f"/docs/{path}.md")
        search = f"docs/search?q={quote(page.title)}"
        assert page.is_hidden or f'href="/help/docs/{path}' in said(alice, f"/help/{search}")
        assert path not in said(carol, f"/help/{search}")
        for listed in (f"/{search}", *LISTS):
            assert path not in said(client, listed), listed


def test_what_is_for_partners_is_for_carol_alone(told: int, client: Client) -> None:
    partners = Audience.objects.get(key="partners")
    carol = viewer_for_member(member_of_demo("carol", "globex"))
    alice = viewer_for_member(member_of_demo("alice", "acme"))
    assert partners.pk in carol.audience_ids
    assert partners.pk not in alice.audience_ids
    assert partners.pk not in viewer_for_nobody().audience_ids


def said(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    text: str = answer.content.decode()
    return unescape(text)


def answers_with_links(account: str, subject: str) -> list[Message]:
    """What agents wrote on a ticket, or on its follow-up, with addresses of ours in it."""
    of_ticket = Message.objects.filter(
        conversation__account__external_id=account, conversation__subject=subject
    )
    linked = of_ticket.filter(agent__isnull=False, body__contains=f"{HUB}/docs/")
    return list(linked.select_related("conversation"))


def creator_of(message: Message) -> Member:
    """Who submitted the ticket."""
    creator = message.conversation.creator
    assert creator
    return Member.objects.with_facts().get(pk=creator.pk)


def page_at(path: str) -> Page:
    """The one page at an address of the public site, whoever may read it."""
    address = unquote(path).removeprefix("/docs/")
    found = [page for page in Page.objects.all() if path_of(page.section, page) == address]
    assert len(found) == 1, path
    return found[0]
