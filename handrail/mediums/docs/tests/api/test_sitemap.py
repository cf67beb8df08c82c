"""Tests of what search engines are told of."""

import re
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from handrail.mediums.docs.api import sitemap
from tests.help_pages import draft_of, group_of, page_of, section_of, translated

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(client: Client, path: str = "/sitemap.xml") -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/xml")
    found = ElementTree.fromstring(answer.content).iter(f"{SPACE}loc")  # noqa: S314 - our own
    return [(one.text or "").removeprefix(settings.HANDRAIL_URL) for one in found]


def test_every_public_page_is_there_with_its_languages_and_age(
    installation: None, client: Client
) -> None:
    section = section_of("Brands")
    translated(page_of(section, "Links", parent=group_of(section, "Tracking")), "Größe")
    page_of(section, "Restricted", audience="brand")
    page_of(section, "Hidden", is_hidden=True)
    draft_of(section, "Draft")
    assert addresses(client) == [
        "/docs/brands/de/gr%C3%B6%C3%9Fe",
        "/docs/brands/tracking/links",
    ]
    xml = client.get("/sitemap.xml").content.decode()
    assert xml.count('hreflang="de"') == 2
    assert re.search(r"<lastmod>\d{4}-\d\d-\d\dT[\d:.]+\+00:00</lastmod>", xml)


def test_above_so_many_addresses_there_are_several_files(
    installation: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = section_of("Brands")
    monkeypatch.setattr(sitemap, "MOST_ADDRESSES", 2)
    for number in range(5):
        page_of(section, f"Page {number}")
    files = addresses(client)
    assert files == ["/sitemap-1.xml", "/sitemap-2.xml", "/sitemap-3.xml"]
    pages = [address for file in files for address in addresses(client, file)]
    assert pages == [f"/docs/brands/page-{number}" for number in range(5)]
    assert client.get("/sitemap-4.xml").status_code == 404
    assert client.get("/sitemap-99999999999999999999.xml").status_code == 404


def test_an_empty_help_centre_has_an_empty_map(installation: None, client: Client) -> None:
    assert addresses(client) == []
