"""List and detail use two rules: help pages. Four of the five fixes of wagtail 8.0.

A property: whatever a list, a tree, a search or a file for programs names to somebody, they may
open; and whatever they may open is listed, unless it is hidden, and then nowhere.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.mediums.docs.access import PageQuerySet
from handrail.mediums.docs.models import Page, Section
from handrail.mediums.docs.paths import path_of
from handrail.people.models import Agent, Member
from tests.help_pages import draft_of, group_of, page_of, section_of, translated

pytestmark = pytest.mark.django_db

Browse = Callable[..., Client]

AUDIENCES = [None, "everyone", "members", "brand", "partner", "account-admins", "agents"]
Kind = tuple[str | None, str, bool, bool]
"""Its audience, its state, whether it is in a category, whether it is there in German as well."""

KINDS = ["published", "hidden", "draft"]
PAGES = st.lists(
    st.tuples(st.sampled_from(AUDIENCES), st.sampled_from(KINDS), st.booleans(), st.booleans()),
    min_size=1,
    max_size=6,
)

FOR_PEOPLE = (
    *("{side}", "{side}search?q=zebra", "{side}brands", "{side}brands/de"),
    *("{side}secrets", "{side}secrets/de"),
)
NEAREST = ("{side}brands/zebra-99", "{side}brands/zebra-99.md")
FOR_PROGRAMS = (
    *("/llms.txt", "/llms-full.txt", "/docs/brands/llms.txt", "/docs/index.md"),
    *("/sitemap.xml", "/docs/brands.md", "/docs/brands/de.md", "/docs/secrets.md"),
)

SETTINGS = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def marks(browser: Client, path: str) -> set[str]:
    """The marks of pages, `zebra-1`, that an answer holds; each is in a title and in an address."""
    said = browser.get(path).content.decode().lower()
    return {f"zebra-{number}" for number in re.findall(r"zebra[- ](\d+)", said)} - {"zebra-99"}


def mark(page: Page) -> str:
    return page.title.lower().replace(" ", "-")


@dataclass
class Centre:
    """A help centre of pages of every kind, whose titles are all `Zebra <number>`."""

    pages: list[Page]
    groups: dict[str, str]
    """The mark of a category, and of the page that is in it."""


def centre_of(kinds: list[Kind]) -> Centre:
    """Made anew for each example; those for brands are in a section of their own."""
    Page.objects.update(original=None, parent=None)
    Page.objects.all().delete()
    Section.objects.all().delete()
    brands, secrets = section_of("Brands"), section_of("Secrets")
    centre = Centre([], {})
    for number, (audience, kind, is_below, is_translated) in enumerate(kinds):
        section, title = secrets if audience == "brand" else brands, f"Zebra {number}"
        parent = group_of(section, f"Zebra {number + 50}") if is_below else None
        if parent:
            centre.groups[mark(parent)] = f"zebra-{number}"
        facts: dict[str, Any] = {"is_hidden": kind == "hidden", "summary": title}
        if kind == "draft":
            centre.pages.append(draft_of(section, title, "On zebras.", parent=parent, **facts))
            continue
        facts["audience"] = audience
        page = page_of(section, title, "On zebra.", parent=parent, **facts)
        centre.pages.append(page)
        if is_translated:
            facts["summary"] = other = f"Zebra {number + 20}"
            centre.pages.append(translated(page, other, "Ein zebra.", **facts))
    return centre


def readable(browser: Client, centre: Centre, side: str) -> set[str]:
    """What somebody gets by its address, as a page for people."""
    return {
        mark(page)
        for page in centre.pages
        if browser.get(f"{side}{path_of(page.section, page)}").status_code == 200
    }


def hidden(centre: Centre) -> set[str]:
    return {mark(page) for page in centre.pages if page.is_hidden}


def without_groups(centre: Centre, found: set[str]) -> set[str]:
    """A category is named to those for whom something is in it; it is checked apart."""
    return found - set(centre.groups)


@SETTINGS
@given(kinds=PAGES)
def test_what_people_find_is_what_they_may_read(
    kinds: list[Kind], alice: Member, carol: Member, dora: Agent, browse: Browse
) -> None:
    centre = centre_of(kinds)
    for who in (alice, carol, dora, None):
        browser = browse(who)
        for side in ("/docs/", "/help/docs/"):
            open_to = readable(browser, centre, side)
            listed: set[str] = set()
            for path in FOR_PEOPLE:
                found = marks(browser, path.format(side=side))
                for group in found & set(centre.groups):
                    assert centre.groups[group] in open_to - hidden(centre), (who, path, group)
                found = without_groups(centre, found)
                assert found <= open_to - hidden(centre), (who, path)
                listed |= found
            assert listed == open_to - hidden(centre), (who, side)


@SETTINGS
@given(kinds=PAGES)
def test_around_a_page_and_near_a_missing_one_stands_only_what_one_may_read(
    kinds: list[Kind], alice: Member, carol: Member, browse: Browse
) -> None:
    centre = centre_of(kinds)
    for who in (alice, carol, None):
        browser = browse(who)
        open_to = readable(browser, centre, "/docs/")
        for page in centre.pages:
            address = f"/docs/{path_of(page.section, page)}"
            for path in (address, f"{address}.md"):
                seen = without_groups(centre, marks(browser, path)) - {mark(page)}
                assert seen <= open_to - hidden(centre), (who, path)
        for path in NEAREST:
            seen = without_groups(centre, marks(browser, path.format(side="/docs/")))
            assert seen <= open_to - hidden(centre), (who, path)


@SETTINGS
@given(kinds=PAGES)
def test_programs_are_told_of_public_pages_and_of_no_other(
    kinds: list[Kind], alice: Member, browse: Browse
) -> None:
    """Even those that come with a member's cookie, where the file is the same for all."""
    centre = centre_of(kinds)
    public = {
        mark(page)
        for page in centre.pages
        if page.is_published and not page.is_hidden and page.audience is None
    }
    open_to = readable(browse(None), centre, "/docs/") - hidden(centre)
    for path in FOR_PROGRAMS:
        seen = without_groups(centre, marks(browse(None), path))
        assert seen <= (open_to if path.endswith(".md") else public), path
    for path in ("/llms.txt", "/llms-full.txt", "/sitemap.xml"):
        assert without_groups(centre, marks(browse(alice), path)) <= public, path
    named = {page for page in public if int(page.rpartition("-")[2]) < 20}
    assert without_groups(centre, marks(browse(None), "/llms.txt")) == named
    assert without_groups(centre, marks(browse(None), "/sitemap.xml")) == public


def test_the_property_notices_when_the_rule_is_gone(
    carol: Member, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre_of([("brand", "published", False, False)])
    browser = browse(carol)
    assert not marks(browser, "/docs/")
    monkeypatch.setattr(PageQuerySet, "visible_to", lambda pages, viewer: pages)
    assert marks(browser, "/docs/") == {"zebra-0"}
