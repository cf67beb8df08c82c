"""How does a file leave us?"""

import re
from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from structlog.testing import capture_logs

from handrail.engines.conversations.models import Attachment
from handrail.people.models import Agent, Member
from tests.making import picture, ticket_of, upload, words
from tests.object_store import kept_names

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage")]

Browse = Callable[..., Client]


@pytest.fixture
def sent(alice: Member) -> Callable[[str, bytes], Attachment]:
    """A file that Alice sent with a ticket."""

    def send(name: str, content: bytes) -> Attachment:
        attachment = upload(alice, name, content)
        ticket_of(alice, message=words(attachment_ids=[attachment.public_id]))
        return attachment

    return send


def address(attachment: Attachment, what: str = "") -> str:
    return f"/help/tickets/files/{attachment.public_id}/{what}"


@pytest.mark.parametrize("what", ["", "preview"])
def test_nothing_that_leaves_can_run_in_our_origin(
    alice: Member, browse: Browse, sent: Callable[..., Attachment], what: str
) -> None:
    answer = browse(alice).get(address(sent("screen.png", picture()), what))
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert set(answer["Cache-Control"].split(", ")) == {"private", "no-store"}
    assert "Set-Cookie" not in answer


def test_a_file_arrives_as_it_was_sent(
    alice: Member, browse: Browse, sent: Callable[..., Attachment]
) -> None:
    content = bytes(range(32, 127)) * 1000
    answer = browse(alice).get(address(sent("notes.txt", content)))
    assert answer.getvalue() == content
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Length"] == str(len(content))


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("plain.txt", 'attachment; filename="plain.txt"'),
        ("Größe.txt", "attachment; filename*=utf-8''Gr%C3%B6%C3%9Fe.txt"),
        ('say "hi".txt', 'attachment; filename="say \\"hi\\".txt"'),
        ("a;b.txt", 'attachment; filename="a;b.txt"'),
    ],
)
def test_its_name_is_written_as_browsers_read_it(
    alice: Member, browse: Browse, sent: Callable[..., Attachment], name: str, header: str
) -> None:
    assert browse(alice).get(address(sent(name, b"words")))["Content-Disposition"] == header


def test_a_preview_is_shown_and_not_downloaded(
    alice: Member, browse: Browse, sent: Callable[..., Attachment]
) -> None:
    answer = browse(alice).get(address(sent("screen.png", picture()), "preview"))
    assert answer["Content-Type"] == "image/webp"
    assert "attachment" not in answer.get("Content-Disposition", "")
    assert answer.getvalue()[8:12] == b"WEBP"


def test_what_has_no_preview_has_none(
    alice: Member, browse: Browse, sent: Callable[..., Attachment]
) -> None:
    assert browse(alice).get(address(sent("notes.txt", b"words"), "preview")).status_code == 404


def test_who_is_signed_out_is_asked_to_sign_in(
    browse: Browse, sent: Callable[..., Attachment]
) -> None:
    """And learns by that of no file: a made-up one asks the same."""
    kept = sent("notes.txt", b"words")
    for path in (address(kept), address(kept).replace(kept.public_id, "A" * 22)):
        assert browse(None).get(path).status_code == 401


def test_nothing_that_a_client_named_reaches_where_files_are_kept(
    dora: Agent, sent: Callable[[str, bytes], Attachment], storage: str
) -> None:
    kept = sent("../../evil.txt", b"words")
    [name] = kept_names()
    before = "files/" if storage == "bucket" else ""
    assert name == f"{before}{kept.file.name}"
    assert re.fullmatch(r"([\w-]{2})/\1[\w-]{20}", str(kept.file.name))
    assert kept.name == "evil.txt"


def test_a_row_that_lost_its_file_leads_nowhere_and_is_written_down(
    alice: Member, browse: Browse, sent: Callable[[str, bytes], Attachment]
) -> None:
    kept = sent("screen.png", picture())
    for file in (kept.file, kept.preview):
        default_storage.delete(str(file))
    with capture_logs() as written:
        for path in (address(kept), address(kept, "preview")):
            assert browse(alice).get(path).status_code == 404
    assert [line["event"] for line in written if line["event"] != "request"] == ["file_lost"] * 2
