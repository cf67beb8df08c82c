"""Brute force, enumeration, MIME and recurrence bombs. Zammad CVE-2022-35490.

Guessing is counted by address with atomic counters, at agents' doors and at members'; nothing tells
a near miss from a wild guess; and what unpacks, repeats or goes on for ever meets a bound.
"""

import io
import struct
import time
import zlib
from collections.abc import Callable
from itertools import permutations
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conftest import ACME
from handrail.base.origins import own_origin
from handrail.engines.conversations.actions import MESSAGE_LENGTH, MOST_UNSENT
from handrail.engines.conversations.models import Attachment, Conversation
from handrail.engines.search import library
from handrail.engines.search.library import actions as shelving
from handrail.engines.tasks.worker import Worker
from handrail.mediums.tickets.models import IssueType, SignInRequest
from handrail.people.actions import enter_by_link, make_link, start_session
from handrail.people.models import Agent, Host, Member
from handrail.surfaces.help.session_views import FAILURES
from tests.host_platform import Frame, logout_token, token
from tests.making import upload
from tests.strangers import PAGE, SENTENCE, form, send, visitor

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


DOORS: dict[str, Callable[[Client], Any]] = {
    "token": lambda browser: browser.post(
        "/help/session", {"token": "guess"}, content_type="application/json"
    ),
    "code": lambda browser: browser.post("/help/enter", {"code": "guess"}),
    "link": lambda browser: browser.get("/help/link/guess"),
    "link used": lambda browser: browser.post("/help/link/guess"),
    "logout": lambda browser: browser.post("/help/backchannel-logout", {"logout_token": "guess"}),
}


@pytest.mark.parametrize("knock", DOORS.values(), ids=DOORS.keys())
def test_whoever_guesses_is_stopped_at_every_door(
    host: Host, knock: Callable[[Client], Any]
) -> None:
    guesser = Client(headers={"origin": own_origin()})
    with time_machine.travel(timezone.now(), tick=False):
        for _ in range(FAILURES.most):
            assert knock(guesser).status_code in {400, 403}
        for door in DOORS.values():
            answer = door(guesser)
            assert answer.status_code == 429
            assert int(answer["Retry-After"]) >= 1


def test_a_forged_forwarded_address_does_not_help_the_guesser(host: Host) -> None:
    guesser = Client(headers={"origin": own_origin()})
    with time_machine.travel(timezone.now(), tick=False):
        for number in range(FAILURES.most):
            guesser.get("/help/link/guess", headers={"x-forwarded-for": f"198.51.100.{number}"})
        last = guesser.get("/help/link/guess", headers={"x-forwarded-for": "203.0.113.1"})
    assert last.status_code == 429


def test_a_link_that_was_used_looks_like_one_that_never_was(alice: Member) -> None:
    spent = make_link(alice, "/help/") or ""
    enter_by_link(spent)
    pages = set()
    for secret in (spent, "x" * len(spent)):
        page = Client().get(f"/help/link/{secret}")
        pages.add((page.status_code, page.content.replace(secret.encode(), b"")))
    assert len(pages) == 1
    assert alice.name.encode() not in pages.pop()[1]


def test_signing_out_a_stranger_looks_like_signing_out_a_member(
    alice: Member, claims_of: Callable[..., dict[str, Any]]
) -> None:
    start_session(alice)
    answers = {
        (answer.status_code, answer.content)
        for subject in ("alice", "nobody-here")
        for answer in [
            Client().post("/help/backchannel-logout", {"logout_token": logout_token(subject)})
        ]
    }
    assert answers == {(200, b"")}


@pytest.mark.parametrize(
    "given", ["." * 16_000, "a" * 16_000, ("ey" * 5_000) + "." + ("ey" * 2_000) + ".x", "[" * 9_000]
)
def test_a_token_made_to_be_expensive_is_cheap(host: Host, given: str) -> None:
    assert Frame().exchange(given).status_code in {400, 413}


def test_a_body_without_end_is_not_read(
    host: Host, claims_of: Callable[..., dict[str, Any]]
) -> None:
    padded = token(claims_of("Alice", ACME)) + " " * 2_000_000
    assert Frame().exchange(padded).status_code in {400, 413}


# --- The form that needs no session -------------------------------------------------------------


def test_the_public_form_tells_nobody_whose_address_is_known(alice: Member, dora: Agent) -> None:
    """The same answer, the same queries, the same letter; for a member, an agent and nobody."""
    told = []
    for email in (alice.email, dora.email, "nobody@elsewhere.example"):
        browser = visitor()
        given = form(browser, email=email)
        with CaptureQueriesContext(connection) as captured:
            answer = browser.post(PAGE, given)
        Worker().run_ready()
        [letter] = [letter for letter in mail.outbox if letter.to == [email]]
        told.append((answer.status_code, answer["Location"], len(captured), letter.body))
    assert told[0] == told[1] == told[2]


def test_one_address_of_the_network_asks_only_so_often(installation: None) -> None:
    statuses = [
        send(visitor(), email=f"k{number}@elsewhere.example").status_code for number in range(12)
    ]
    assert statuses == [302] * 10 + [429] * 2
    assert send(visitor("203.0.113.99"), email="k@elsewhere.example").status_code == 302


def test_one_mailbox_is_spoken_for_only_so_often_and_nothing_typed_is_lost(
    installation: None,
) -> None:
    answers = [send(visitor(f"198.51.100.{number}")) for number in range(7)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429] * 2
    assert int(answers[-1]["Retry-After"]) > 0
    assert SENTENCE in answers[-1].content.decode()
    assert SignInRequest.objects.count() == 5


def test_guessing_proofs_and_asking_for_work_meet_a_limit(installation: None) -> None:
    browser = visitor()
    guesses = [browser.post(f"{PAGE}/proof/{number}").status_code for number in range(61)]
    assert set(guesses[:60]) == {404}
    assert guesses[60] == 429
    asked = [browser.get(f"{PAGE}/challenge").status_code for _ in range(121)]
    assert asked[-1] == 429


@pytest.mark.parametrize(
    "changes",
    [
        {"body": "x" * 5001},
        {"name": "x" * 101},
        {"name": "nul \0 inside"},
        {"body": "nul \0 inside"},
        {"email": "x" * 250 + "@elsewhere.example"},
        {"email": "kim@" + "ü" * 60 + ".example"},
        {"account_name": "x" * 101},
    ],
)
def test_what_is_too_much_for_the_public_form_is_refused(
    changes: dict[str, str], installation: None
) -> None:
    assert send(None, **changes).status_code == 422
    assert not SignInRequest.objects.exists()


@pytest.mark.parametrize(
    "question",
    [
        "invoice " * 1_300,
        "x" * 10_000,
        " ".join(f"invoixe{number}" for number in range(1_000)),
        " ".join("".join(word) for word in permutations("invoice")),
        '"pay invoice" ' * 700,
        "請求" * 5_000,
        "e\u0301" * 5_000,
        "\0\u202e🙂" * 3_000,
    ],
)
def test_a_question_of_any_length_is_bounded_work(question: str) -> None:
    """Words that are looked at, slips that are put right, letters that are read: bounded."""
    shelving.put(
        "docs",
        "pay",
        language="en",
        audience_id=None,
        title="Pay an invoice",
        summary="",
        sections=[library.Section((), "", 0, "invoice " * 5_000)],
    )
    library.search("invoice", audiences=frozenset(), languages=("en",))
    with CaptureQueriesContext(connection) as captured:
        began = time.process_time()
        library.search(question, audiences=frozenset(), languages=("en",), refine=True)
        library.suggest_words(question, audiences=frozenset(), languages=("en",))
        shelving.record_miss(question, "en")
        assert time.process_time() - began < 1
    assert len(captured) < 15
