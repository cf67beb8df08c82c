"""Path traversal in side tools: files and addresses of help pages. FreeScout's log viewer."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.help_pages import asset_of, page_of, section_of
from tests.making import picture

PATHS = ("../../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "a%00.png")


@pytest.mark.parametrize("name", PATHS)
def test_no_name_in_an_address_reaches_the_disk(
    installation: None, browse: Callable[..., Client], name: str
) -> None:
    section = section_of("Brands")
    asset = asset_of(section, "a.png", picture("WEBP"))
    page_of(section, "Pictured", "![A](a.png)")
    answer = browse(None).get(f"/docs/-/files/{asset.public_id}/{name}")
    assert answer.status_code in (200, 404)
    assert b"root:" not in answer.getvalue()
    if answer.status_code == 200:
        assert answer["Content-Type"] == "image/webp"


@pytest.mark.parametrize("name", PATHS)
@pytest.mark.parametrize("suffix", ["", ".md", "/llms.txt"])
def test_no_address_leads_out_of_the_help_centre(
    installation: None, client: Client, name: str, suffix: str
) -> None:
    page_of(section_of("Brands"), "Links")
    answer = client.get(f"/docs/brands/{name}{suffix}")
    assert answer.status_code in (200, 404)
    assert b"root:" not in answer.content


def test_links_in_a_page_lead_nowhere_out_of_it(installation: None, client: Client) -> None:
    body = "[a](../../etc/passwd) [b](/etc/passwd) [c](file:///etc/passwd) ![d](../../../x.png)"
    page_of(section_of("Brands"), "Links", body)
    for path in ("/docs/brands/links", "/docs/brands/links.md", "/llms-full.txt"):
        said = client.get(path).content.decode()
        pattern = r"\]\((.*?)\)" if path.endswith((".md", ".txt")) else r'(?:href|src)="([^"]*)'
        links = re.findall(pattern, said)
        assert links
        assert not [link for link in links if "passwd" in link or "x.png" in link], path
