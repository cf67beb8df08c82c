"""Is the demo's help centre whole: every page listed, every link alive, every number a real one?"""

import re
import tomllib
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image

from handrail.demo.books.world import Book, BrandBook, World
from handrail.demo.directory import CONTENT

pytestmark = pytest.mark.once

DOCS = CONTENT / "docs"
SECTIONS = ("brand", "partner", "other")
LANGUAGE = "de"
AUDIENCES = {"everyone", "brands", "partners", "enterprise", "agents"}
KEYS = {
    "title", "description", "icon", "audience", "status", "hidden", "keywords", "synonyms",
    "questions",
}  # fmt: skip
FEWEST_WORDS = 200
MOST_BYTES = 60_000
ICONS = CONTENT.parents[1] / "base" / "icons.txt"

HEAD = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
FIELD = re.compile(r"^(\w+):(.*)$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)|(?:href|src)=\"([^\"]+)\"|\{% file src=\"([^\"]+)\"")
LISTED = re.compile(r"^ *\* \[(.+)\]\((.+)\)$", re.MULTILINE)
HEADING = re.compile(r"^#{2,4} (.+)$", re.MULTILINE)
BLOCK = re.compile(r"\{% (end)?(\w[\w-]*)")
ALONE = {"embed"}
"""Blocks that may stand without an end."""
CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
NUMBER = re.compile(r"\b(?:C|LK|INV|PO|AP|P|AD)-\d{3,}\b")
UNFINISHED = re.compile(r"lorem ipsum|\bTODO\b|\bTBD\b|\bFIXME\b|XXX", re.IGNORECASE)
IN_ASSETS = ".gitbook"

PAGES = sorted(path for path in DOCS.rglob("*.md") if path.name != "SUMMARY.md")
GERMAN = [path for path in PAGES if path.relative_to(DOCS).parts[1] == LANGUAGE]
ENGLISH = [path for path in PAGES if path not in GERMAN]
FOLDERS = [DOCS / section for section in SECTIONS] + [DOCS / s / LANGUAGE for s in SECTIONS]
each_page = pytest.mark.parametrize(
    "page", PAGES, ids=lambda page: str(page.relative_to(DOCS).with_suffix(""))
)


def head_of(page: Path) -> dict[str, str]:
    """The one-line fields of a page's front matter."""
    found = HEAD.match(page.read_text(encoding="utf-8"))
    assert found, page
    return {key: value.strip().strip('"') for key, value in FIELD.findall(found[1])}


def body_of(page: Path) -> str:
    return HEAD.sub("", page.read_text(encoding="utf-8"))


def words_of(text: str) -> list[str]:
    """What a reader reads: no tags, no blocks, no addresses of links."""
    text = re.sub(r"\{%.*?%\}|<[^>]+>|\]\([^)]*\)", " ", text)
    return re.findall(r"\w[\w'-]*", text)


def targets_of(page: Path) -> list[str]:
    return ["".join(found) for found in LINK.findall(body_of(page))]


def anchors_of(page: Path) -> set[str]:
    """As nearly every renderer makes them: small letters, digits and hyphens."""
    headings = HEADING.findall(CODE.sub("", body_of(page)))
    return {re.sub(r"[^\w-]", "", text.lower().replace(" ", "-")) for text in headings}


def pages_under(folder: Path) -> list[Path]:
    return GERMAN if folder.name == LANGUAGE else ENGLISH


def test_there_are_enough_pages_and_twenty_in_german() -> None:
    assert 60 <= len(ENGLISH) <= 80
    assert len(GERMAN) == 20
    assert {path.relative_to(DOCS).parts[0] for path in ENGLISH} == set(SECTIONS)


@pytest.mark.parametrize("page", GERMAN, ids=lambda page: page.stem)
def test_a_german_page_mirrors_an_english_one(page: Path) -> None:
    section, _language, *rest = page.relative_to(DOCS).parts
    assert DOCS.joinpath(section, *rest) in ENGLISH


@each_page
def test_a_page_says_what_it_is(page: Path) -> None:
    head = head_of(page)
    assert head.keys() <= KEYS
    assert head["title"]
    assert head["description"].endswith(".")
    assert len(head["description"]) <= 160
    assert head["icon"] in ICONS.read_text(encoding="utf-8").split()
    assert head.get("audience", "everyone") in AUDIENCES
    assert head.get("status", "draft") == "draft"
    assert head.get("hidden", "true") == "true"
    questions = page.read_text(encoding="utf-8").split("questions:\n")[1].split("---")[0]
    assert 1 <= questions.count("  - ") <= 3


@each_page
def test_a_page_has_something_to_say(page: Path) -> None:
    assert len(words_of(body_of(page))) >= FEWEST_WORDS
    assert not UNFINISHED.search(page.read_text(encoding="utf-8"))


@each_page
def test_a_page_begins_with_a_sentence_and_its_title_is_in_the_front_matter(page: Path) -> None:
    body = CODE.sub("", body_of(page)).strip()
    assert body.strip("*")[0].isalnum()
    assert not re.search(r"^# ", body, re.MULTILINE)
    assert body.index("\n## ") > 0


@each_page
def test_every_link_and_picture_of_a_page_is_there(page: Path) -> None:
    for target in targets_of(page):
        address = urlsplit(target)
        if address.scheme:
            assert address.scheme == "https"
            continue
        there = (page.parent / address.path).resolve() if address.path else page
        assert there.is_relative_to(DOCS)
        assert there.is_file(), target
        if address.fragment:
            assert address.fragment in anchors_of(there), target


@each_page
def test_the_blocks_of_a_page_are_closed_in_order(page: Path) -> None:
    inside: list[str] = []
    body = body_of(page)
    for end, name in BLOCK.findall(body):
        if end:
            assert inside.pop() == name
        elif name not in ALONE or f"{{% end{name} %}}" in body:
            inside.append(name)
    assert not inside


@each_page
def test_every_picture_says_what_it_shows(page: Path) -> None:
    for tag in re.findall(r"<img [^>]+>", body_of(page)):
        assert re.search(r' alt="[^"]{20,}"', tag)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.relative_to(DOCS)))
def test_a_summary_lists_every_page_that_is_not_hidden_and_nothing_else(folder: Path) -> None:
    listed = LISTED.findall((folder / "SUMMARY.md").read_text(encoding="utf-8"))
    shown = {
        page: head_of(page)["title"]
        for page in pages_under(folder)
        if page.is_relative_to(folder) and head_of(page).get("hidden") != "true"
    }
    assert {folder / path: title for title, path in listed} == shown
    assert len(listed) == len(shown)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.relative_to(DOCS)))
def test_no_two_pages_of_a_section_have_the_same_title(folder: Path) -> None:
    pages = [page for page in pages_under(folder) if page.is_relative_to(folder)]
    titles = Counter(head_of(page)["title"] for page in pages)
    assert titles.most_common(1)[0][1] == 1


def test_some_pages_are_for_certain_readers_some_are_drafts_and_one_is_hidden() -> None:
    heads = [head_of(page) for page in ENGLISH]
    audiences = Counter(head.get("audience", "everyone") for head in heads)
    assert {"brands", "enterprise", "agents"} <= set(audiences)
    assert audiences["everyone"] >= 60
    assert sum("status" in head for head in heads) == 2
    assert sum("hidden" in head for head in heads) == 1


def test_pictures_and_files_are_small_and_all_used() -> None:
    used = {
        (page.parent / urlsplit(target).path).resolve()
        for page in PAGES
        for target in targets_of(page)
        if IN_ASSETS in target
    }
    kept = {path for path in DOCS.rglob(f"{IN_ASSETS}/assets/*") if path.is_file()}
    assert kept == used
    assert all(path.stat().st_size < MOST_BYTES for path in kept)
    for picture in (path for path in kept if path.suffix == ".png"):
        with Image.open(picture) as image:
            assert image.mode == "P"


def test_numbers_on_pages_are_those_of_the_screens() -> None:
    known = {number for book in World().books.values() for number in _numbers_in(book)}
    named = {number for page in PAGES for number in NUMBER.findall(body_of(page))}
    assert named <= known


def _numbers_in(book: Book) -> set[str]:
    numbers = {link.id for link in book.links} | {link.campaign_id for link in book.links}
    numbers |= {ad.id for ad in book.ads} | {payout.id for payout in book.payouts}
    if isinstance(book, BrandBook):
        numbers |= {campaign.id for campaign in book.campaigns}
        numbers |= {partner.id for partner in book.partners}
        numbers |= {application.id for application in book.applications}
        numbers |= {invoice.number for invoice in book.invoices}
    return numbers


def test_tickets_name_pages_that_there_are() -> None:
    rows = tomllib.loads((DOCS / "links.toml").read_text(encoding="utf-8"))["link"]
    assert len(rows) >= 15
    for row in rows:
        assert row.keys() == {"account", "subject", "page"}
        page = DOCS / row["page"]
        assert page in PAGES
        head = head_of(page)
        assert head.get("audience", "everyone") != "agents"
        assert "status" not in head
        _agent_names(row["account"], row["subject"], head["title"])


def _agent_names(account: str, subject: str, title: str) -> None:
    """Somebody of the support says the page's title on this ticket."""
    agents = {
        agent["key"]
        for agent in tomllib.loads((CONTENT / "people.toml").read_text(encoding="utf-8"))["agent"]
    }
    path = CONTENT / "tickets" / f"{account}.toml"
    tickets = tomllib.loads(path.read_text(encoding="utf-8"))["ticket"]
    said = [
        step.get("body", "")
        for ticket in tickets
        if ticket["subject"] == subject
        for step in ticket.get("step", [])
        if step["by"] in agents and step["act"] != "note"
    ]
    assert any(title in body for body in said), f"{account}: {subject}: {title}"
