"""What does a person see when something went wrong, and is everything whole afterwards?"""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.http import HttpRequest
from django.test import Client, RequestFactory

from handrail.config import errors
from handrail.engines.activity.models import Activity
from handrail.engines.conversations.models import Attachment, Conversation, Message
from handrail.engines.notify.models import Notice, OutgoingMail
from handrail.mediums.tickets.models import Ticket
from handrail.people.models import Agent, Member
from tests.browsing import MemberClient
from tests.making import picture, ticket_of, upload
from tests.object_store import ObjectStore, kept_names, silent_url

Browse = Callable[..., Client]

PAGES = {
    400: errors.bad_request,
    403: errors.forbidden,
    404: errors.not_found,
    413: errors.too_large,
    500: errors.server_error,
}


@pytest.mark.once
@pytest.mark.parametrize("status", PAGES)
def test_an_error_page_asks_nobody_anything(status: int, rf: RequestFactory) -> None:
    """Without a mark for it, a test may not ask the database: this page must not need it."""
    page = PAGES[status](rf.get("/help/x"))
    assert page.status_code == status
    said = page.content.decode()
    assert str(status) in said
    assert "Traceback" not in said
    assert ('href="/help/"' in said) or status == 500, "what broke may be tried again"


@pytest.mark.once
def test_an_agent_is_led_back_to_the_console(rf: RequestFactory) -> None:
    assert 'href="/console/"' in errors.not_found(rf.get("/console/x")).content.decode()


@pytest.mark.once
@pytest.mark.parametrize("path", ["/nothing", "/help/nothing", "/console/nothing", "/%00", "/é"])
@pytest.mark.django_db
def test_an_address_that_leads_nowhere_has_our_own_page(path: str, installation: None) -> None:
    answer = Client().get(path)
    assert answer.status_code == 404
    assert "handrail" in answer.content.decode().lower()
    assert "Django" not in answer.content.decode()


# --- A database that is locked or gone ----------------------------------------------------------


class Trouble:
    """Takes the database away: locked by another writer, or every connection cut."""

    def __init__(self) -> None:
        self.writer: sqlite3.Connection | None = None

    def begins(self) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA busy_timeout = 100")
                self.writer = sqlite3.connect(connection.settings_dict["NAME"])
                self.writer.execute("BEGIN IMMEDIATE")
            else:
                cursor.execute("SELECT pg_backend_pid()")
                kill(*cursor.fetchone())

    def ends(self) -> None:
        """The other writer is done, or the server runs again, as a new connection finds it."""
        if self.writer:
            self.writer.rollback()
            self.writer.close()
            self.writer = None
        connection.close()


@pytest.fixture
def locked(transactional_db: None) -> Iterator[Trouble]:
    trouble = Trouble()
    yield trouble
    trouble.ends()


def kill(pid: int) -> None:
    """Ends a connection of PostgreSQL's, as a restart of the server would."""
    given = connection.get_connection_params()
    wanted = {key: given[key] for key in ("host", "user", "dbname") if key in given}
    with psycopg.connect(**wanted, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def everything() -> list[int]:
    """How many rows and files there are of what a person could have written."""
    models = (Conversation, Ticket, Message, Attachment, Activity, Notice, OutgoingMail)
    return [*(model.objects.count() for model in models), len(kept_names())]


def patient(browser: Client) -> Client:
    """Shows the page that people would see, instead of raising in the test."""
    browser.raise_request_exception = False
    return browser


def is_our_503(answer: Any) -> bool:
    said = answer.content.decode()
    assert answer.status_code == 503
    assert answer["Retry-After"] == str(errors.RETRY_AFTER_SECONDS)
    assert answer["X-Request-ID"]
    assert "OperationalError" not in said
    return "503" in said


SENT: dict[str, Callable[[Ticket], tuple[str, dict[str, Any]]]] = {
    "a new ticket": lambda ticket: (
        "/help/tickets/new",
        {
            "subject": "Another one",
            "issue_type": ticket.issue_type.public_id,
            "body": "It does not work.",
            "client_id": str(uuid4()),
        },
    ),
    "a reply": lambda ticket: (
        f"/help/tickets/{ticket.conversation.public_id}/reply",
        {"body": "Here is more."},
    ),
    "a move": lambda ticket: (
        f"/help/tickets/{ticket.conversation.public_id}/move",
        {"act": "close"},
    ),
    "a file": lambda ticket: (
        "/help/tickets/files/",
        {"files": SimpleUploadedFile("screen.png", picture())},
    ),
}


@pytest.mark.parametrize("what", SENT)
def test_what_could_not_be_written_is_503_and_nothing_half(
    locked: Trouble, alice: Member, what: str
) -> None:
    ticket, browser = ticket_of(alice), patient(MemberClient(alice))
    path, given = SENT[what](ticket)
    before = everything()
    locked.begins()
    assert is_our_503(browser.post(path, given))
    locked.ends()
    assert everything() == before
    ticket.conversation.refresh_from_db()
    assert ticket.conversation.status == "open"


def test_after_the_trouble_the_same_form_works(locked: Trouble, alice: Member) -> None:
    ticket, browser = ticket_of(alice), patient(MemberClient(alice))
    path, given = SENT["a new ticket"](ticket)
    locked.begins()
    assert is_our_503(browser.post(path, given))
    locked.ends()
    assert browser.post(path, given).status_code == 200
    assert Conversation.objects.filter(subject="Another one").count() == 1


def test_agents_see_the_same_page(
    locked: Trouble, alice: Member, dora: Agent, browse: Browse
) -> None:
    ticket, browser = ticket_of(alice), patient(browse(dora))
    path = f"/console/tickets/{ticket.conversation.public_id}/reply"
    locked.begins()
    assert is_our_503(browser.post(path, {"body": "We look into it.", "act": "ask"}))


@pytest.mark.once
def test_reading_goes_on_while_somebody_else_writes(locked: Trouble, alice: Member) -> None:
    """SQLite in WAL mode: one writer, and readers beside it. (A cut connection reads nothing.)"""
    ticket, browser = ticket_of(alice), patient(MemberClient(alice))
    locked.begins()
    for path in ("/help/", "/help/tickets/", f"/help/tickets/{ticket.conversation.public_id}/"):
        assert browser.get(path).status_code == 200


@pytest.fixture
def nowhere(transactional_db: None) -> Iterator[None]:
    """The database is not where it should be."""
    address = connection.settings_dict
    kept = address["NAME"]
    connection.close()
    address["NAME"] = "/nowhere/at/all.sqlite3" if connection.vendor == "sqlite" else "nowhere"
    close_pool()
    yield
    connection.close()
    close_pool()
    address["NAME"] = kept


def close_pool() -> None:
    """Connections that were made before would still work."""
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]


@pytest.mark.django_db(transaction=True)
def test_before_the_viewer_is_known_it_is_the_same_page(alice: Member, request: Any) -> None:
    browser = patient(MemberClient(alice))
    request.getfixturevalue("nowhere")
    assert is_our_503(browser.get("/help/tickets/"))


def test_an_error_of_our_own_is_500_and_says_nothing_of_itself(
    alice: Member, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> None:
        raise ValueError("a secret detail")

    browser = patient(browse(alice))
    monkeypatch.setattr("handrail.mediums.tickets.views.lists.MemberList", broken)
    answer = browser.get("/help/tickets/")
    assert answer.status_code == 500
    assert "a secret detail" not in answer.content.decode()
    assert "Retry-After" not in answer


@pytest.mark.once
@pytest.mark.parametrize("error", [OperationalError, ValueError])
def test_only_trouble_with_the_database_is_worth_waiting_for(error: type[Exception]) -> None:
    request = HttpRequest()
    try:
        raise error
    except error:
        page = errors.server_error(request)
    assert page.status_code == (503 if error is OperationalError else 500)


# --- The bucket with people's files -----------------------------------------------------------


@pytest.mark.django_db
def test_while_the_bucket_is_silent_a_file_is_told_to_wait_and_nothing_else_is(
    alice: Member, browse: Browse, object_store: ObjectStore, use_bucket: Callable[[str], Any]
) -> None:
    url = object_store.new_bucket()
    use_bucket(url)
    sent = upload(alice, "screen.png", picture())
    use_bucket(silent_url(url))
    browser = patient(browse(alice))
    for path in ("", "preview"):
        answer = browser.get(f"/help/tickets/files/{sent.public_id}/{path}")
        assert answer.status_code == 503
        assert answer["Retry-After"] == str(errors.RETRY_AFTER_SECONDS)
    assert browser.get("/help/tickets/").status_code == 200
    use_bucket(url)
    assert browser.get(f"/help/tickets/files/{sent.public_id}/").status_code == 200


@pytest.mark.django_db
def test_while_the_bucket_is_silent_no_half_of_a_file_is_kept(
    alice: Member, browse: Browse, object_store: ObjectStore, use_bucket: Callable[[str], Any]
) -> None:
    use_bucket(silent_url(object_store.new_bucket()))
    given = SimpleUploadedFile("screen.png", picture())
    answer = browse(alice).post("/help/tickets/files/", {"files": given})
    assert answer.status_code == 503
    assert "could not be kept just now" in answer.content.decode()
    assert not Attachment.objects.exists()
