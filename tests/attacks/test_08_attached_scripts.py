"""Stored XSS by attachment. LibreDesk CVE-2026-111168 (`image/svg+xml; x`).

The type comes from the content, the file is always a download in a sandbox, and what is shown
inside a page is a bitmap that we drew anew.
"""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from handrail.engines.conversations.models import Attachment
from handrail.people.models import Member
from tests.making import picture, ticket_of, upload, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage")]


def archive(name: str) -> bytes:
    """A ZIP with a file of this name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(name, "<script>alert(1)</script>")
    return out.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
LIES = [
    ("drawing.svg", SVG, "image/svg+xml; x"),
    ("drawing.SVG", SVG, "IMAGE/SVG+XML"),
    ("drawing.png", SVG, "image/png"),
    ("page.png", HTML, "image/png"),
    ("page.jpg", HTML, "text/html"),
    ("page.html", HTML, "text/html"),
    ("page.htm", HTML, "image/png"),
    ("page.xhtml", HTML, "application/xhtml+xml"),
    ("feed.xml", b"<?xml version='1.0'?><a/>", "text/xml"),
    ("page.pdf", HTML, "application/pdf"),
    ("program.exe", b"MZ" + b"\0" * 100, "application/octet-stream"),
    ("report.docx", b"PK\x03\x04" + b"\0" * 100, "application/zip"),
    ("script.js", b"alert(1)", "text/javascript"),
    ("noextension", picture(), "image/png"),
]


@pytest.mark.parametrize(("name", "content", "claimed"), LIES)
def test_a_file_that_lies_about_itself_is_not_taken(
    name: str, content: bytes, claimed: str, alice: Member, browse: Callable[..., Client]
) -> None:
    given = SimpleUploadedFile(name, content, content_type=claimed)
    answer = browse(alice).post("/help/tickets/files/", {"files": given})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert not Attachment.objects.exists()


def test_the_claimed_type_is_never_believed(alice: Member, browse: Callable[..., Client]) -> None:
    given = SimpleUploadedFile("notes.txt", HTML, content_type="text/html")
    browse(alice).post("/help/tickets/files/", {"files": given})
    assert Attachment.objects.get().content_type == "text/plain"


@pytest.mark.parametrize(
    ("name", "content"),
    [("notes.txt", HTML), ("a.png", picture()), ("data.csv", b"a;b\n1;2\n"), ("x.json", b"{}")],
)
def test_a_file_leaves_as_a_download_that_no_browser_runs(
    name: str, content: bytes, alice: Member, browse: Callable[..., Client]
) -> None:
    attachment = upload(alice, name, content)
    ticket_of(alice, message=words(attachment_ids=[attachment.public_id]))
    answer = browse(alice).get(f"/help/tickets/files/{attachment.public_id}/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "html" not in answer["Content-Type"]


def test_a_picture_that_is_also_a_script_is_shown_without_the_script(
    alice: Member, browse: Callable[..., Client]
) -> None:
    polyglot = picture("GIF") + b"/*<script>alert(1)</script>*/"
    attachment = upload(alice, "both.gif", polyglot)
    answer = browse(alice).get(f"/help/tickets/files/{attachment.public_id}/preview")
    shown = b"".join(answer)
    assert answer["Content-Type"] == "image/webp"
    assert b"script" not in shown
    assert shown[8:12] == b"WEBP"


def polyglots() -> dict[str, bytes]:
    """Files that are two things at once."""
    html, zipped = b"<script>alert(1)</script>", archive("a.html")
    return {
        "both.gif": b"GIF89a/*" + html + b"*/=1;",
        "both.png": picture() + zipped,
        "both.jpg": picture("JPEG") + b"<?php system($_GET[0]); ?>",
        "both.webp": picture("WEBP") + html,
        "both.pdf": b"%PDF-1.7\n" + html + b"\n%%EOF",
        "both.zip": zipped + html,
    }


@pytest.mark.parametrize(
    "name", ["both.gif", "both.png", "both.jpg", "both.webp", "both.pdf", "both.zip"]
)
def test_a_file_that_is_two_things_is_at_most_the_harmless_one(
    name: str, alice: Member, browse: Callable[..., Client]
) -> None:
    """Whole, it is a download in a sandbox; shown, it is drawn anew, or not at all."""
    given = SimpleUploadedFile(name, polyglots()[name], content_type="text/html")
    browse(alice).post("/help/tickets/files/", {"files": given})
    kept = Attachment.objects.get()
    base = f"/help/tickets/files/{kept.public_id}/"
    answer = browse(alice).get(base)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "html" not in answer["Content-Type"]
    shown = browse(alice).get(base + "preview")
    assert shown.status_code == 200 if kept.preview else 404
    if kept.preview:
        content = b"".join(shown)
        assert not any(mark in content for mark in (b"script", b"<?php", b"PK\x03\x04"))


@pytest.mark.parametrize("kind", ["", "preview"])
@pytest.mark.parametrize("ask", ["?inline=1", "?download=0", "?type=text/html", "?name=a.html"])
def test_nobody_can_ask_for_a_file_in_another_way(
    kind: str, ask: str, alice: Member, browse: Callable[..., Client]
) -> None:
    kept = upload(alice, "a.png", picture())
    answer = browse(alice).get(f"/help/tickets/files/{kept.public_id}/{kind}{ask}")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == ("image/webp" if kind else "image/png")
    assert kind or answer["Content-Disposition"] == 'attachment; filename="a.png"'
