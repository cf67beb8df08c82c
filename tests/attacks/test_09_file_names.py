"""A file name to code execution. FreeScout CVE-2026-28289 (a zero-width character).

Names are normalised before anything is checked, shown escaped, and never reach the disk.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from handrail.engines.conversations.files import NAME_LENGTH, clean_name
from handrail.engines.conversations.models import Attachment
from handrail.people.models import Member
from tests.making import picture, upload

pytestmark = pytest.mark.django_db

NAMES = {
    "shell.php\u200b.png": "shell.php.png",
    "\u202egnp.exe.png": "gnp.exe.png",
    "invoice.png.": "invoice.png",
    "invoice.png   ": "invoice.png",
    "a\0b.png": "ab.png",
    "../../etc/passwd.png": "passwd.png",
    "..\\..\\boot.png": "boot.png",
    "line\r\nSet-Cookie: a=b.png": "lineSet-Cookie: a=b.png",
    ".png": "file.png",
    "": "file",
    "e\u0301te\u0301.png": "\u00e9t\u00e9.png",
}


@pytest.mark.parametrize(("given", "cleaned"), NAMES.items())
def test_a_name_is_made_plain_before_it_is_checked(given: str, cleaned: str) -> None:
    assert clean_name(given) == cleaned


def test_an_endless_name_is_cut_and_keeps_its_extension() -> None:
    cleaned = clean_name("n" * 4096 + ".png")
    assert len(cleaned) == NAME_LENGTH
    assert cleaned.endswith(".png")


@pytest.mark.parametrize(
    "name", [".htaccess", "shell.pht", "shell.php", "shell.png\u200b.php", "web.config"]
)
def test_what_a_server_could_run_is_not_taken(
    name: str, alice: Member, browse: Callable[..., Client]
) -> None:
    given = SimpleUploadedFile(name, picture(), content_type="image/png")
    browse(alice).post("/help/tickets/files/", {"files": given})
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("name", list(NAMES)[:8])
def test_no_given_name_reaches_the_disk(name: str, alice: Member, settings: Any) -> None:
    kept = upload(alice, name, picture())
    root = Path(settings.STORAGES["default"]["OPTIONS"]["location"])
    names = {path.name for path in root.rglob("*") if path.is_file()}
    assert names == {Path(str(file.name)).name for file in (kept.file, kept.preview)}
    assert all(len(name) == 22 and "." not in name for name in names)


def test_a_name_cannot_carry_a_header(alice: Member, browse: Callable[..., Client]) -> None:
    kept = upload(alice, "a\r\nX-Evil: 1.txt")
    answer = browse(alice).get(f"/help/tickets/files/{kept.public_id}/")
    assert "X-Evil" not in answer.headers
    assert "\r" not in answer["Content-Disposition"]
