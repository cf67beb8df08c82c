"""A file name to code execution. FreeScout CVE-2026-28289 (a zero-width character).

Names are normalised before anything is checked, shown escaped, and never reach the disk.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.http import parse_header_parameters

from handrail.engines.conversations.files import NAME_LENGTH, clean_name
from handrail.engines.conversations.models import Attachment
from handrail.people.models import Member
from tests.making import picture, upload
from tests.object_store import kept_names

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage")]

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
def test_no_given_name_reaches_where_files_are_kept(name: str, alice: Member) -> None:
    kept = upload(alice, name, picture())
    names = {path.rpartition("/")[2] for path in kept_names()}
    assert names == {Path(str(file.name)).name for file in (kept.file, kept.preview)}
    assert all(len(name) == 22 and "." not in name for name in names)


@pytest.mark.parametrize(
    "name", ["a\r\nX-Evil: 1.txt", "\u202egnp.txt", "a\u200b\0b.txt", '"; x=".txt']
)
@pytest.mark.parametrize("length", [0, 4096])
def test_what_a_browser_is_told_to_save_it_as_holds_no_trick(
    name: str, length: int, alice: Member, browse: Callable[..., Client]
) -> None:
    kept = upload(alice, "n" * length + name)
    header = browse(alice).get(f"/help/tickets/files/{kept.public_id}/")["Content-Disposition"]
    kind, told = parse_header_parameters(header)
    assert kind == "attachment"
    assert set(told) == {"filename"}
    assert told["filename"].endswith(".txt")
    assert len(told["filename"]) <= NAME_LENGTH
    assert told["filename"].isprintable()


def test_a_name_cannot_carry_a_header(alice: Member, browse: Callable[..., Client]) -> None:
    kept = upload(alice, "a\r\nX-Evil: 1.txt")
    answer = browse(alice).get(f"/help/tickets/files/{kept.public_id}/")
    assert "X-Evil" not in answer.headers
    assert "\r" not in answer["Content-Disposition"]
