"""Tests of how pictures and files of pages leave us."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from handrail.mediums.docs.actions.drawing import draw
from handrail.mediums.docs.models import Asset, Page, Section
from handrail.people.models import Member
from tests.help_pages import asset_of, page_of, section_of
from tests.making import picture

Browse = Callable[..., Client]


@pytest.fixture
def section(installation: None) -> Section:
    return section_of("Brands")


def shown_in(section: Section, asset: Asset, **facts: Any) -> Page:
    return page_of(section, "Pictured", f"![A picture]({asset.name})", **facts)


def path(asset: Asset, side: str = "/docs/", name: str = "any.png") -> str:
    return f"{side}-/files/{asset.public_id}/{name}"


def test_a_picture_of_a_public_page_is_kept_by_everybody(section: Section, browse: Browse) -> None:
    asset = asset_of(section, "a.png", picture("WEBP"))
    page = shown_in(section, asset)
    answer = browse(None).get(path(asset))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/webp"
    assert "immutable" in answer["Cache-Control"]
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.getvalue()[:4] == b"RIFF"
    assert 'width="40" height="30"' in page.html
    again = browse(None).get(path(asset), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_a_picture_of_which_the_source_names_a_size_keeps_it(section: Section) -> None:
    asset = asset_of(section, "a.png", picture("WEBP"))
    body = f'<img src="{asset.name}" alt="a" width="20">'
    page = page_of(section, "Pictured", body)
    assert 'width="20"' in page.html
    assert 'height="30"' not in page.html


@pytest.mark.parametrize("name", ["evil.svg", "evil.html", "list.csv"])
def test_what_we_did_not_draw_is_a_download(section: Section, browse: Browse, name: str) -> None:
    asset = asset_of(section, name, b"<svg onload='alert(1)'>", is_drawn=False)
    page = page_of(section, "With a file", f'{{% file src="{name}" %}}')
    assert page.assets.count() == 1
    answer = browse(None).get(path(asset))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_file_is_for_those_who_may_read_a_page_that_shows_it(
    section: Section, alice: Member, carol: Member, browse: Browse
) -> None:
    asset = asset_of(section, "a.png", picture("WEBP"))
    page = shown_in(section, asset, audience="brand")
    assert browse(None).get(path(asset)).status_code == 404
    assert browse(None).get(path(asset, "/help/docs/")).status_code == 401
    assert browse(carol).get(path(asset, "/help/docs/")).status_code == 404
    answer = browse(alice).get(path(asset, "/help/docs/"))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    Page.objects.filter(pk=page.pk).update(audience=None)
    assert "immutable" in browse(None).get(path(asset))["Cache-Control"]


def test_a_file_that_no_page_shows_is_not_there(section: Section, browse: Browse) -> None:
    asset = asset_of(section, "a.png", picture("WEBP"))
    page = shown_in(section, asset)
    Page.objects.filter(pk=page.pk).update(body="Without it.")
    page.refresh_from_db()
    draw(page)
    assert browse(None).get(path(asset)).status_code == 404


def test_a_lost_file_is_not_there(section: Section, browse: Browse) -> None:
    asset = asset_of(section, "a.png", picture("WEBP"))
    shown_in(section, asset)
    asset.preview.storage.delete(str(asset.preview.name))
    assert browse(None).get(path(asset)).status_code == 404
