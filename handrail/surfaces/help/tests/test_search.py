"""What does the one search box answer, as somebody types and as a page?"""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils.html import escape

from handrail.base.limits import Limit
from handrail.people.models import Member
from handrail.surfaces.help import search
from tests.help_pages import page_of, section_of
from tests.making import ticket_of

pytestmark = pytest.mark.django_db

Browse = Callable[..., Client]
BOX = {"HX-Request": "true"}
HOSTILE = [
    "\0zebra",
    "<b>zebra</b>",
    "\"zebra' OR 1=1 --",
    "\u202ezebra",
    "حمار وحشي",
    "%00%ff {{ zebra }}",
    "zebra " * 1_600,
    "z" * 20_000,
]


@pytest.fixture
def zebra(alice: Member) -> None:
    """A page for all, one for brands, and a ticket of Acme's."""
    section = section_of("Animals")
    page_of(section, "Zebra crossings", "## Stripes\n\nA zebra has stripes.")
    page_of(section, "Zebra plans", "Words for brands.", audience="brand")
    ticket_of(alice, "My zebra is late")


def found(browser: Client, words: str, **more: str) -> str:
    answer = browser.get("/help/search", {"q": words, **more}, headers=BOX)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_member_finds_pages_and_their_tickets(zebra: None, alice: Member, browse: Browse) -> None:
    for answer in (
        found(browse(alice), "zebra"),
        browse(alice).get("/help/search?q=zebra").content.decode(),
    ):
        assert "/help/docs/animals/zebra-crossings" in answer
        assert "/help/docs/animals/zebra-plans" in answer
        assert "<mark>zebra</mark> is late" in answer


def test_carol_and_a_visitor_find_what_is_for_all_alone(
    zebra: None, carol: Member, client: Client, browse: Browse
) -> None:
    for browser in (browse(carol), client):
        answer = found(browser, "zebra", refine="on")
        assert "zebra-crossings" in answer
        assert "is late" not in answer
        assert "zebra-plans" not in answer


def test_on_the_public_site_pages_lead_to_the_public_site(
    zebra: None, alice: Member, client: Client, browse: Browse
) -> None:
    assert 'data-url="/docs/animals/zebra-crossings' in found(client, "zebra", public="on")
    answer = found(browse(alice), "zebra", public="on")
    assert 'data-url="/docs/animals/zebra-crossings' in answer
    assert 'data-url="/help/tickets/' in answer


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_words(zebra: None, alice: Member, browse: Browse, words: str) -> None:
    browser = browse(alice)
    page = browser.get("/help/search", {"q": words}).content.decode()
    for answer in (found(browser, words), found(browser, words, refine="on"), page):
        assert "<b>" not in answer
        assert "{{" not in answer.replace(escape(words), "")
        assert "data-said" in answer or "<!doctype" in answer


def test_one_letter_is_not_called_nothing_found(client: Client, installation: None) -> None:
    assert "Go on typing" in found(client, "z")
    assert "Nothing found" in found(client, "zxqv")
    assert "data-recent-searches" in found(client, "  ")


def test_what_words_did_not_find_is_asked_for_once_more(client: Client, installation: None) -> None:
    assert "data-may-refine" in found(client, "zxqv")
    assert "data-may-refine" not in found(client, "zxqv", refine="on")


def test_a_flood_of_searches_is_told_to_wait(
    client: Client, installation: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "ASKED", Limit("search-in-a-test", most=1, seconds=60))
    found(client, "zebra")
    assert "Too many searches" in found(client, "zebra")
    page = client.get("/help/search?q=zebra")
    assert page.status_code == 429
    assert "Too many searches" in page.content.decode()


@pytest.mark.parametrize("path", ["/help/", "/help/search", "/help/docs/", "/docs/"])
def test_the_box_is_there_once_and_works_without_a_script(
    zebra: None, client: Client, path: str
) -> None:
    page = client.get(path).content.decode()
    assert page.count('id="search-dialog"') == 1
    assert page.count("hub/search.js") == 1
    assert page.count("picker.css") == 1
    action = path if path.endswith("search") else f"{path}search"
    assert f'action="{action}"' in page
    is_public = path == "/docs/"
    assert ("search?public=on" in page) == is_public


def test_each_help_page_has_the_box_once(zebra: None, client: Client, alice: Member) -> None:
    for start in ("/docs/", "/help/docs/"):
        for rest in ("", "search?q=zebra", "animals", "animals/zebra-crossings"):
            page = client.get(start + rest).content.decode()
            assert page.count('id="search-dialog"') == 1, start + rest
    missing = client.get("/docs/animals/no-such").content.decode()
    assert missing.count('id="search-dialog"') == 1


@pytest.mark.parametrize("words", ["links", "zzz & <b>nothing</b>"])
def test_the_last_of_what_is_found_asks_the_same_words(
    installation: None, client: Client, words: str
) -> None:
    page_of(section_of("Brands"), "Links")
    for is_public, side in (("", "/help/docs"), ("on", "/docs")):
        query = {"q": words, "public": is_public}
        said = client.get("/help/search", query, headers={"HX-Request": "true"}).content.decode()
        options = said.split('role="option"')
        assert f'data-url="{side}/ask?{urlencode({"ask": words})}"' in options[-1]
        assert "<b>" not in options[-1]
        assert said.count('role="listbox"') == 1
    short = client.get("/help/search", {"q": "l"}, headers={"HX-Request": "true"})
    assert b"/ask?" not in short.content
