"""Is so much of a tree shown as somebody opened, and no more?"""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from handrail.mediums.docs.actions.order import put_in_order
from handrail.mediums.docs.console.branches import AT_ONCE, FOLDED_FROM, Branch, Grove, Opened
from handrail.mediums.docs.console.tree import tree
from handrail.mediums.docs.models import Page, Section
from handrail.people.models import Agent
from tests.making import viewer_of

INDEX = "/console/docs/"
LIGHT = 300_000
"""Bytes of a page with the tree of 2,000 pages, at most."""


@pytest.fixture
def grow(section: Section) -> Callable[..., list[Page]]:
    """So many pages at once, as an import brings them: each tenth, or none, has nine below it."""

    def grown(number: int, *, below: int = 0) -> list[Page]:
        pages = Page.objects.bulk_create(
            Page(
                section=section,
                language="en",
                position=n,
                slug=f"page-{n}",
                path=f"x{n}",
                title=f"Page {n} of those that say how payments are made and received",
                is_published=True,
                number=1,
            )
            for n in range(number)
        )
        for n, page in enumerate(pages):
            if below and n % below:
                page.parent = pages[n - n % below]
        Page.objects.bulk_update(pages, ["parent"], batch_size=200)
        put_in_order(section, "en")
        return pages

    return grown


@pytest.fixture
def grove(eva: Agent, section: Section) -> Callable[[], Grove]:
    return lambda: Grove(tree(viewer_of(eva), section, "en"))


def outline(branch: Branch) -> list[str]:
    """Titles that are shown, each set in as deep as its list is."""
    told = []
    for row in branch.rows:
        told.append(row.line.title)
        told += [f"-{title}" for title in outline(row.branch)] if row.branch else []
    return told


def opened(*told: str) -> Opened:
    return Opened.from_query(told, [])


def test_a_small_section_is_open(make: Callable[..., Page], grove: Callable[[], Grove]) -> None:
    top = make("Top", is_group=True)
    make("Deeper", parent=make("Below", parent=top))
    make("Last")
    assert outline(grove().branch(Opened())) == ["Top", "-Below", "--Deeper", "Last"]


def test_a_branch_that_is_closed_stays_so(
    make: Callable[..., Page], grove: Callable[[], Grove]
) -> None:
    top = make("Top", is_group=True)
    below = make("Below", parent=top)
    make("Deeper", parent=below)
    told = grove().branch(Opened()).opened()
    assert told == ["", top.public_id, below.public_id]
    folded = grove().branch(Opened.from_query(told, [below.public_id]))
    assert outline(folded) == ["Top", "-Below"]
    assert outline(grove().branch(opened(""))) == ["Top"]


def test_a_large_section_shows_what_is_open(
    grow: Callable[..., list[Page]], grove: Callable[[], Grove]
) -> None:
    pages = grow(FOLDED_FROM, below=10)
    shown = grove().branch(Opened())
    assert [len(shown.rows), shown.rest] == [6, 0]
    assert all(row.is_parent and row.branch is None for row in shown.rows)
    assert len(outline(grove().branch(opened(pages[10].public_id)))) == 6 + 9


def test_a_long_list_is_shown_by_and_by(
    grow: Callable[..., list[Page]], grove: Callable[[], Grove]
) -> None:
    grow(2 * AT_ONCE + 30)
    first = grove().branch(Opened())
    assert (len(first.rows), first.rest, first.more) == (AT_ONCE, AT_ONCE + 30, f":{2 * AT_ONCE}")
    last = grove().branch(Opened(), begins=2 * AT_ONCE)
    assert (len(last.rows), last.rest, last.at_once) == (30, 0, 0)
    both = grove().branch(opened(first.more))
    assert (len(both.rows), both.more) == (2 * AT_ONCE, f":{2 * AT_ONCE + 30}")
    assert both.opened() == [f":{2 * AT_ONCE}"]


def test_a_page_is_revealed_wherever_it_stands(
    grow: Callable[..., list[Page]], grove: Callable[[], Grove]
) -> None:
    page = grow(20 * AT_ONCE, below=10)[11 * AT_ONCE + 7]
    state = Opened()
    grove().reveal(page.public_id, state)
    shown = grove().branch(state)
    assert len(shown.rows) == 2 * AT_ONCE
    assert f"-{page.title}" in outline(shown)


@pytest.mark.parametrize(
    "told", ["nothing", ":", ":9999999999", ":-1", ":٣٠", "a:b:c", "\0", "x:²"]
)
def test_what_nobody_can_have_opened_opens_nothing(
    grow: Callable[..., list[Page]], desk: Client, told: str
) -> None:
    grow(FOLDED_FROM, below=10)
    for name in ("open", "close", "page"):
        answer = desk.get(INDEX, {name: told})
        assert answer.status_code == 200
        assert answer.content.decode().count("data-page=") == 6


@pytest.mark.parametrize("below", [0, 10, 200])
def test_two_thousand_pages_are_a_light_page(
    grow: Callable[..., list[Page]], desk: Client, below: int
) -> None:
    pages = grow(2_000, below=below)
    assert len(desk.get(INDEX).content) < LIGHT
    assert len(desk.get(INDEX, {"open": pages[0].public_id}).content) < LIGHT


def test_a_branch_comes_when_it_is_opened(
    grow: Callable[..., list[Page]], desk: Client, section: Section
) -> None:
    pages = grow(FOLDED_FROM, below=10)
    path = f"{INDEX}sections/{section.public_id}/branch"
    answer = desk.get(f"{path}?of={pages[10].public_id}").content.decode()
    assert answer.count("data-page=") == 9
    assert answer.count("<ul") == answer.count("</ul>") == 1
    rest = desk.get(f"{path}?of={pages[10].public_id}&after=7").content.decode()
    assert rest.count("data-page=") == 2
    assert "<ul" not in rest


@pytest.mark.parametrize(
    "query", ["of=nothing", "after=x", "after=99999999", "language=%00", "of=%00"]
)
def test_a_branch_of_nothing_is_not_found(desk: Client, section: Section, query: str) -> None:
    path = f"{INDEX}sections/{section.public_id}/branch"
    assert desk.get(f"{path}?{query}").status_code == 404


def test_without_script_a_branch_opens_and_closes_by_the_trees_form(
    grow: Callable[..., list[Page]], desk: Client
) -> None:
    page = grow(FOLDED_FROM, below=10)[10]
    text = desk.get(INDEX).content.decode()
    assert f'form="open-tree" name="open" value="{page.public_id}" aria-expanded="false"' in text
    text = desk.get(INDEX, {"open": ["", page.public_id]}).content.decode()
    assert text.count("data-page=") == 6 + 9
    assert f'<input type="hidden" name="open" value="{page.public_id}">' in text
    assert f'name="close" value="{page.public_id}" aria-expanded="true"' in text
    closing = {"open": ["", page.public_id], "close": page.public_id}
    assert desk.get(INDEX, closing).content.decode().count("data-page=") == 6


def test_the_way_back_from_a_page_leads_to_it_in_the_tree(
    grow: Callable[..., list[Page]], desk: Client
) -> None:
    page = grow(FOLDED_FROM, below=10)[15]
    text = desk.get(f"{INDEX}{page.public_id}/settings").content.decode()
    back = text.partition('class="button quiet icon-only" href="')[2].partition('"')[0]
    query = parse_qs(urlsplit(back.replace("&amp;", "&")).query)
    assert query == {"section": ["brand"], "page": [page.public_id]}
    assert page.title in desk.get(INDEX, query).content.decode()


def test_a_tree_stays_open_as_it_was_when_a_page_moves(
    grow: Callable[..., list[Page]], desk: Client
) -> None:
    pages = grow(FOLDED_FROM, below=10)
    given = {"to": "in", "open": ["", pages[30].public_id]}
    path = f"{INDEX}{pages[10].public_id}/move"
    text = desk.post(path, given, headers={"HX-Request": "true"}).content.decode()
    assert f'name="close" value="{pages[30].public_id}"' in text
    assert f'name="close" value="{pages[0].public_id}"' in text  # where the page is now
    assert f'name="open" value="{pages[40].public_id}"' in text
