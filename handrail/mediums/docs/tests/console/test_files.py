"""Do only good files come into a page, under names of ours?"""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from handrail.mediums.docs.models import Asset, Page
from tests.making import picture


def send(desk: Client, page: Page, name: str, content: bytes) -> Any:
    path = f"/console/docs/{page.public_id}/files"
    return desk.post(path, {"files": SimpleUploadedFile(name, content)})


def test_a_picture_answers_with_the_markdown_that_shows_it(desk: Client, page: Page) -> None:
    text = send(desk, page, "Error message.png", picture()).content.decode()
    asset = Asset.objects.get()
    assert f'data-markdown="![](/{asset.path})"' in text and "data-is-picture" in text
    assert re.fullmatch(r"assets/error-message-[0-9a-f]{12}\.png", asset.path)
    assert (asset.width, asset.height) == (40, 30)


def test_a_file_answers_with_the_block_of_a_file(desk: Client, page: Page) -> None:
    text = send(desk, page, "rates.csv", b"a,b\n1,2\n").content.decode()
    assert "{% file src=&quot;/assets/rates-" in text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("evil.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        ("evil.png", b"<html><script>alert(1)</script>"),
        ("evil.html", b"<script>alert(1)</script>"),
        ("evil.exe", b"MZ"),
        ("empty.png", b""),
    ],
)
def test_other_files_are_refused_in_words(
    desk: Client, page: Page, name: str, content: bytes
) -> None:
    text = send(desk, page, name, content).content.decode()
    assert "refused" in text and name in text
    assert not Asset.objects.exists()


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.png", "\u202egnp.png", "x" * 4000 + ".png", "\u200b.png"],
)
def test_names_are_made_harmless(desk: Client, page: Page, name: str) -> None:
    send(desk, page, name, picture())
    asset = Asset.objects.get()
    assert re.fullmatch(r"assets/[\w-]+\.png", asset.path)
    assert len(asset.name) <= 120 and str(asset.file.name).startswith("docs/")


def test_a_picture_is_shown_as_it_was_drawn_anew_and_a_file_is_a_download(
    desk: Client, page: Page
) -> None:
    send(desk, page, "a.png", picture())
    send(desk, page, "rates.csv", b"a,b\n1,2\n")
    for asset in Asset.objects.all():
        answer = desk.get(f"/console/docs/-/files/{asset.public_id}/{asset.name}")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"].startswith("sandbox")
        is_download = "attachment" in answer.get("Content-Disposition", "")
        assert is_download == (not asset.preview)
        assert (answer["Content-Type"] == "image/webp") == bool(asset.preview)


def test_what_is_not_there_is_not_found(desk: Client, page: Page) -> None:
    assert desk.get(f"/console/docs/-/files/{'A' * 22}/a.png").status_code == 404
