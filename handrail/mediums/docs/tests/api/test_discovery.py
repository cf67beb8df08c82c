"""Tests of how programs learn what is here."""

from xml.etree import ElementTree

from django.conf import settings
from django.test import Client


def test_robots_may_read_everything_and_find_the_map(client: Client, db: None) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    said = answer.content.decode()
    assert "Disallow" not in said
    assert f"Sitemap: {settings.HANDRAIL_URL}/sitemap.xml" in said


def test_browsers_learn_how_to_search(client: Client, db: None) -> None:
    answer = client.get("/docs/opensearch.xml")
    assert answer["Content-Type"].startswith("application/opensearchdescription+xml")
    read = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
    [url, _own] = read.findall("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert url.attrib["template"] == f"{settings.HANDRAIL_URL}/docs/search?q={{searchTerms}}"
