"""Stored XSS by a file of a help page. LibreDesk CVE-2026-111168 (`image/svg+xml; x`).

What an editor pastes is checked as an attachment is, whatever it claims to be; what is shown is the
bitmap that we drew anew, and all else is a download in a sandbox. Its name reaches neither the disk
nor the page as markup (class 9).
"""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from handrail.mediums.docs.models import Asset, Page
from handrail.people.models import Agent, AgentRole
from tests.attacks.test_07_stored_scripts import dangers
from tests.attacks.test_08_attached_scripts import LIES
from tests.attacks.test_09_file_names import NAMES
from tests.browsing import client_for
from tests.help_pages import page_of, section_of
from tests.making import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(dora: Agent, settings: object) -> Client:
    settings.REQUIRE_SECOND_FACTOR = False  # type: ignore[attr-defined]
    dora.role = AgentRole.EDITOR
    dora.save()
    return client_for(dora)


@pytest.fixture
def page(installation: None) -> Page:
    return page_of(section_of(), "Links")


def send(editor: Client, page: Page, file: SimpleUploadedFile) -> str:
    answer = editor.post(f"/console/docs/{page.public_id}/files", {"files": file})
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize(("name", "content", "claimed"), LIES)
def test_what_is_not_what_it_says_is_refused(
    editor: Client, page: Page, name: str, content: bytes, claimed: str
) -> None:
    text = send(editor, page, SimpleUploadedFile(name, content, content_type=claimed))
    assert "data-markdown" not in text
    assert not Asset.objects.exists()


def test_what_is_kept_cannot_run(editor: Client, page: Page) -> None:
    send(editor, page, SimpleUploadedFile("page.txt", b"<script>alert(1)</script>"))
    asset = Asset.objects.get()
    answer = editor.get(f"/console/docs/-/files/{asset.public_id}/page.html")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"].startswith("text/plain")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("name", [*NAMES, '"><img src=x onerror=alert(1)>.png', "a](b)[c.png"])
def test_no_name_reaches_the_disk_or_the_text_as_it_is(
    editor: Client, page: Page, name: str
) -> None:
    file = SimpleUploadedFile("a.png", picture())
    file.name = name or "x.png"
    text = send(editor, page, file)
    assert not dangers(text)
    for asset in Asset.objects.all():
        assert re.fullmatch(r"assets/[\w-]+\.png", asset.path)
        for kept in (asset.file, asset.preview):
            assert re.fullmatch(r"docs/[0-9a-f]{2}/[0-9a-f]{64}(_\w+)?", str(kept.name))
