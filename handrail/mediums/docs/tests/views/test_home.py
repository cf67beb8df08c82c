"""Tests of where the help centre begins."""

from collections.abc import Callable

from django.test import Client

from handrail.people.models import Member
from tests.help_pages import draft_of, group_of, page_of, section_of, translated


def test_an_empty_help_centre_says_what_will_be_there(installation: None, client: Client) -> None:
    answer = client.get("/docs/")
    assert answer.status_code == 200
    assert b"No help pages yet" in answer.content
    assert client.get("/help/docs/").status_code == 200


def test_each_section_shows_what_is_at_its_top(
    alice: Member, carol: Member, browse: Callable[..., Client]
) -> None:
    brands = section_of("Brands", description="For those who pay.")
    page_of(brands, "Links", parent=group_of(brands, "Tracking"))
    page_of(brands, "For brands", audience="brand")
    page_of(section_of("Secrets"), "Secret", audience="brand")
    draft_of(section_of("Soon"), "Draft")
    seen = browse(alice).get("/docs/").content.decode()
    for words in ("Brands", "For those who pay.", "Tracking", "For brands", "Secrets"):
        assert words in seen
    unseen = browse(carol).get("/docs/").content.decode()
    assert "Tracking" in unseen
    for words in ("For brands", "Secret", "Draft", "Soon"):
        assert words not in unseen


def test_a_reader_sees_topics_in_their_language_where_there_are_some(
    installation: None, client: Client
) -> None:
    brands = section_of("Brands")
    translated(page_of(brands, "Links"), "Verweise")
    page_of(section_of("Partners"), "Earnings")
    german = client.get("/docs/", headers={"Accept-Language": "de"}).content.decode()
    assert "Verweise" in german
    assert "Links" not in german
    assert "Earnings" in german
    assert 'href="/docs/brands/de"' in german


def test_a_section_shows_its_tree(installation: None, client: Client) -> None:
    brands = section_of("Brands")
    page_of(brands, "Links", parent=group_of(brands, "Tracking"), summary="About links.")
    page = client.get("/docs/brands").content.decode()
    assert 'href="/docs/brands/tracking/links"' in page
    assert client.get("/docs/partners").status_code == 404


def test_the_bare_address_leads_to_the_home(installation: None, client: Client) -> None:
    answer = client.get("/docs")
    assert (answer.status_code, answer["Location"]) == (301, "/docs/")


def test_the_home_is_kept_until_a_section_changes(installation: None, client: Client) -> None:
    section = section_of("Brands")
    page_of(section, "Links")
    tag = client.get("/docs/")["ETag"]
    assert client.get("/docs/", headers={"If-None-Match": tag}).status_code == 304
    page_of(section, "Codes")
    assert client.get("/docs/", headers={"If-None-Match": tag}).status_code == 200
