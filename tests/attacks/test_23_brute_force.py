"""Brute force, enumeration, MIME and recurrence bombs. Zammad CVE-2022-35490.

Guessing is counted, a known and an unknown address get the same answer, and what unpacks, repeats
or goes on for ever meets a bound.
"""

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from handrail.engines.conversations.actions import MESSAGE_LENGTH, MOST_UNSENT
from handrail.engines.conversations.models import Attachment, Conversation
from handrail.mediums.tickets.models import IssueType
from handrail.people.models import Agent, Member
from tests.making import upload

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"


def sign_in(browser: Client, email: str, password: str) -> Any:
    return browser.post("/console/login/", {"login": email, "password": password})


def without_tokens(page: str, email: str) -> list[str]:
    """A page without what differs each time anyway."""
    return [
        line for line in page.splitlines() if "csrf" not in line.lower() and "nonce" not in line
    ]


def test_guessing_a_password_is_stopped_even_before_the_right_one(
    dora: Agent, browse: Callable[..., Client]
) -> None:
    browser = browse(None)
    for guess in range(6):
        assert sign_in(browser, dora.email, f"guess {guess}").status_code == 200
    answer = sign_in(browser, dora.email, PASSWORD)
    assert answer.status_code in {200, 429}
    assert browser.get("/console/tickets/").status_code == 302


def test_an_unknown_address_is_answered_like_a_known_one(
    dora: Agent, browse: Callable[..., Client]
) -> None:
    known = sign_in(browse(None), dora.email, "wrong password")
    unknown = sign_in(browse(None), "nobody@handrail.example", "wrong password")
    pages = [
        without_tokens(answer.content.decode().replace(email, "EMAIL"), email)
        for answer, email in ((known, dora.email), (unknown, "nobody@handrail.example"))
    ]
    assert known.status_code == unknown.status_code
    assert pages[0] == pages[1]


def test_asking_for_a_new_password_tells_nobody_who_works_here(
    dora: Agent, browse: Callable[..., Client]
) -> None:
    answers = [
        browse(None).post("/console/password/reset/", {"email": email})
        for email in (dora.email, "nobody@handrail.example")
    ]
    assert answers[0].status_code == answers[1].status_code == 302
    assert answers[0]["Location"] == answers[1]["Location"]
    assert [letter.to for letter in mail.outbox if dora.email in letter.to]


def test_an_agent_without_a_second_factor_reaches_only_its_set_up(
    dora: Agent, browse: Callable[..., Client], settings: Any
) -> None:
    browser = browse(dora)
    settings.REQUIRE_SECOND_FACTOR = True
    for path in ("/console/", "/console/tickets/", "/console/notices/", "/console/settings/"):
        assert browser.get(path)["Location"] == "/console/two-factor/totp/activate/"


def bomb() -> bytes:
    """A PNG of some kilobytes that says it is 30,000 pixels wide and high."""
    size = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", size), (b"IDAT", zlib.compress(b"\0" * 1_000_000)), (b"IEND", b"")]
    out = io.BytesIO(b"")
    out.write(b"\x89PNG\r\n\x1a\n")
    for kind, data in chunks:
        crc = zlib.crc32(kind + data)
        out.write(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc))
    return out.getvalue()


def test_a_picture_that_unpacks_to_gigabytes_is_kept_and_not_unpacked(alice: Member) -> None:
    assert not upload(alice, "bomb.png", bomb()).preview


def test_nobody_fills_the_disk_with_files_that_are_never_sent(
    alice: Member, browse: Callable[..., Client]
) -> None:
    for number in range(MOST_UNSENT):
        upload(alice, f"{number}.txt")
    browser = browse(alice)
    one_more = io.BytesIO(b"more")
    one_more.name = "more.txt"
    answer = browser.post("/help/tickets/files/", {"files": one_more})
    assert "Send or remove the files" in answer.content.decode()
    assert Attachment.objects.count() == MOST_UNSENT


@pytest.mark.parametrize(
    "changes",
    [
        {"body": "x" * (MESSAGE_LENGTH + 1)},
        {"subject": "x" * 141},
        {"added_addresses": " ".join(f"a{n}@b.example" for n in range(11))},
        {"attachments": ["x" * 22] * 11},
        {"subject": "nul \0 inside"},
        {"body": "nul \0 inside"},
    ],
)
def test_what_is_too_much_is_refused_and_nothing_is_kept(
    changes: dict[str, Any], alice: Member, browse: Callable[..., Client]
) -> None:
    sent = {
        "subject": "s",
        "issue_type": IssueType.objects.all()[0].public_id,
        "body": "b",
        "client_id": str(uuid4()),
        **changes,
    }
    answer = browse(alice).post("/help/tickets/new", sent)
    assert answer.status_code == 422
    assert not Conversation.objects.exists()
