"""How is somebody told, how often, and what if the mail server is away?"""

import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from handrail.engines.activity.ref import Ref
from handrail.engines.notify import actions
from handrail.engines.notify.actions import SUBJECT_LENGTH, Letter, Reader, one_line, send
from handrail.engines.notify.models import Notice, OutgoingMail
from handrail.engines.tasks.define import pause_after
from handrail.engines.tasks.worker import Worker
from handrail.people.models import Account, Agent, Member
from tests.making import viewer_of

pytestmark = pytest.mark.django_db

REF = Ref("tickets", "AAAAAAAAAAAAAAAAAAAAAA")
TEMPLATES = {
    "hello.subject.txt": "{% autoescape off %}Hello {{ name }}{% endautoescape %}",
    "hello.txt": "{% autoescape off %}{{ name }}: {{ at }}{% endautoescape %}",
    "hello.html": "<p>{{ name }}, {{ subject }}</p>",
}


@pytest.fixture(autouse=True)
def letters(tmp_path: Path, settings: Any) -> Iterator[None]:
    """The templates of a letter of this test's own."""
    for name, text in TEMPLATES.items():
        (tmp_path / name).write_text(text)
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path]}]
    yield


def letter(name: str = "Alice", account: Account | None = None, **caps: int) -> Letter:
    at = datetime(2026, 7, 1, 12, tzinfo=UTC)
    return Letter("tests.hello", "hello", REF, {"name": name, "at": at}, account, **caps)


# --- Letters ------------------------------------------------------------------------------------


def test_a_letter_is_written_for_its_reader() -> None:
    sent = send(letter("<Alice>"), Reader("a@b.example", "en", ZoneInfo("Asia/Tokyo")))
    assert sent is not None
    assert sent.subject == "Hello <Alice>"
    assert sent.text == "<Alice>: July 1, 2026, 9 p.m."
    assert sent.html == "<p>&lt;Alice&gt;, Hello &lt;Alice&gt;</p>"
    assert (sent.kind, sent.medium, sent.thing_id) == ("tests.hello", *(REF.medium, REF.public_id))


def test_a_letter_speaks_its_readers_language_and_the_page_its_own() -> None:
    sent = send(letter(), Reader("a@b.example", "de", ZoneInfo("Europe/Berlin")))
    assert sent is not None
    assert "1. Juli 2026" in sent.text
    assert str(timezone.get_current_timezone()) == "UTC"


def test_a_letter_that_was_rolled_back_is_never_sent() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        send(letter(), Reader("a@b.example"))
        raise RuntimeError
    Worker().run_ready()
    assert (OutgoingMail.objects.count(), mail.outbox) == (0, [])


def test_a_letter_is_posted_once(settings: Any) -> None:
    sent = send(letter(), Reader("a@b.example"))
    assert sent is not None
    assert mail.outbox == [], "not before its task runs"
    Worker().run_ready()
    sent.refresh_from_db()
    assert sent.sent_at is not None
    actions.post(sent)
    [posted] = mail.outbox
    assert posted.to == ["a@b.example"]
    assert posted.extra_headers["Message-ID"] == f"<{sent.public_id}@127.0.0.1>"
    assert posted.extra_headers["Auto-Submitted"] == "auto-generated"


def test_a_mail_server_that_is_away_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: Any, **kwargs: Any) -> int:
        raise smtplib.SMTPServerDisconnected("not now")

    sent = send(letter(), Reader("a@b.example"))
    assert sent is not None
    with time_machine.travel(timezone.now(), tick=False) as clock:
        with monkeypatch.context() as broken:
            broken.setattr("django.core.mail.EmailMultiAlternatives.send", away)
            Worker().run_ready()
        sent.refresh_from_db()
        assert (sent.sent_at, sent.error) == (None, "SMTPServerDisconnected: not now")
        assert DBTaskResult.objects.get().status == "READY"
        clock.shift(pause_after(1))
        Worker().run_ready()
    sent.refresh_from_db()
    assert sent.sent_at is not None
    assert sent.error == ""
    assert len(mail.outbox) == 1


# --- Caps ---------------------------------------------------------------------------------------


def test_an_address_gets_so_many_of_a_kind_a_day() -> None:
    reader, other = Reader("a@b.example"), Reader("c@d.example")
    sent = [send(letter(cap_per_address=2), reader) for _ in range(3)]
    assert [mail is None for mail in sent] == [False, False, True]
    assert send(letter(cap_per_address=2), other)
    assert send(letter(), reader), "without a cap there is none"
    with time_machine.travel(timezone.now() + timedelta(days=1, seconds=1)):
        assert send(letter(cap_per_address=2), reader)


def test_an_account_sends_so_many_of_a_kind_a_day(alice: Member, carol: Member) -> None:
    def to(number: int, account: Account) -> OutgoingMail | None:
        capped = letter(account=account, cap_per_account=3)
        return send(capped, Reader(f"{number}@b.example"))

    assert [to(number, alice.account) is None for number in range(4)] == [False] * 3 + [True]
    assert to(5, carol.account)


def test_what_was_capped_leaves_no_trace() -> None:
    assert send(letter(cap_per_address=0), Reader("a@b.example")) is None
    assert OutgoingMail.objects.count() == DBTaskResult.objects.count() == 0


# --- One line -----------------------------------------------------------------------------------


@given(st.text())
def test_a_subject_is_one_line_that_can_be_printed(text: str) -> None:
    line = one_line(text)
    assert line.isprintable()
    assert len(line) <= SUBJECT_LENGTH
    assert line == one_line(line) == line.strip()
    assert len(line.splitlines()) <= 1


def test_words_stay_apart_where_the_line_broke() -> None:
    assert one_line("Hello\r\nBcc: x\tthere\u2028and\0so") == "Hello Bcc: x there and so"
    assert one_line("שלום 🦊") == "שלום 🦊"


# --- Notices ------------------------------------------------------------------------------------


def titles(reader: Member | Agent) -> list[str]:
    return [row.title for row in Notice.objects.visible_to(viewer_of(reader)).newest_first()]


def test_a_notice_is_its_readers_alone(alice: Member, bob: Member, dora: Agent) -> None:
    actions.notice(alice, "for Alice", REF)
    actions.notice(dora, "for Dora", REF)
    assert (titles(alice), titles(bob), titles(dora)) == (["for Alice"], [], ["for Dora"])


def test_news_of_one_thing_is_one_notice_until_it_is_read(alice: Member) -> None:
    other = Ref("tickets", "BBBBBBBBBBBBBBBBBBBBBB")
    actions.notice(alice, "first", REF)
    actions.notice(alice, "of another", other)
    actions.notice(alice, "second", REF)
    assert titles(alice) == ["second", "of another"]
    actions.mark_read(viewer_of(alice), REF)
    actions.notice(alice, "third", REF)
    assert titles(alice) == ["third", "second", "of another"]


def test_reading_a_thing_reads_its_notices_of_this_reader(alice: Member, bob: Member) -> None:
    for member in (alice, bob):
        actions.notice(member, "news", REF)
    actions.mark_read(viewer_of(alice), REF)
    unread = [Notice.objects.visible_to(viewer_of(who)).unread().count() for who in (alice, bob)]
    assert unread == [0, 1]


def test_looking_through_the_list_reads_all_of_it(alice: Member, bob: Member) -> None:
    for member in (alice, bob):
        for letter_of_id in "ABC":
            actions.notice(member, "news", Ref("tickets", letter_of_id * 22))
    actions.mark_all_read(viewer_of(alice))
    unread = [Notice.objects.visible_to(viewer_of(who)).unread().count() for who in (alice, bob)]
    assert unread == [0, 3]


def test_a_notice_of_nobody_or_of_two_is_refused(alice: Member, dora: Agent) -> None:
    from django.db import IntegrityError

    for readers in ({}, {"member": alice, "agent": dora}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.create(title="x", medium="tickets", thing_id="x", **readers)


def test_the_ledger_is_read_by_those_who_may(alice: Member, dora: Agent) -> None:
    from handrail.people.actions import create_agent

    send(letter(), Reader("a@b.example"))
    ada = create_agent(email="ada@handrail.example", name="Ada", role="admin")
    seen = [OutgoingMail.objects.visible_to(viewer_of(who)).count() for who in (alice, dora, ada)]
    assert seen == [0, 0, 1]
