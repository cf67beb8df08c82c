"""Does everybody find the mail that the hub sent them, and does no mail do any harm?"""

import re
import smtplib
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest
from anyio.from_thread import start_blocking_portal
from starlette.applications import Starlette

from handrail.demo.mail import LONGEST_TEXT, read_mail
from handrail.demo.mailbox import CONTENT_POLICY
from handrail.demo.platform import build
from handrail.demo.post_office import MOST_BYTES, MOST_MAILS, MOST_RECIPIENTS, PostOffice
from handrail.demo.screen import FRAGMENT_HEADER
from handrail.demo.settings import Settings
from handrail.demo.tests.conftest import Browser
from tools import processes

pytestmark = pytest.mark.once

Visit = Callable[..., Browser]

HUB = "help@larkspan.example"
ALICE = "alice@acme.example"
BOB = "bob@acme.example"
FINANCE = "finance@acme.example"


@pytest.fixture
def smtp_port() -> int:
    return processes.free_port()


@pytest.fixture
def settings_of_demo(tmp_path: Path, smtp_port: int) -> Settings:
    return Settings("http://127.0.0.1:9", 8001, smtp_port, tmp_path / "demo" / "secret")


@contextmanager
def served(platform: Starlette) -> Iterator[None]:
    """The platform from its start to its end, in a thread of its own."""
    lifespan = platform.router.lifespan_context(platform)
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(lifespan):
        yield


@pytest.fixture
def hub(platform: Starlette, smtp_port: int) -> Iterator[smtplib.SMTP]:
    """The hub's connection to the mail server of a platform that is served."""
    with served(platform), smtplib.SMTP("127.0.0.1", smtp_port, timeout=10) as connection:
        yield connection


def letter(
    to: str = ALICE,
    subject: str = "Your ticket #33",
    html: str = "",
    text: str = "We have your ticket.",
) -> EmailMessage:
    """A mail as the hub writes them; without `html` its plain text alone."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"Larkspan Help <{HUB}>", to, subject
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    return mail


def only_link(page: str) -> str:
    """Where the one mail of a list leads."""
    listed = page.partition('id="mails"')[2].partition("</ul>")[0]
    [link] = re.findall(r'href="(/mailbox/[^"]+)"', listed)
    return str(link)


# --- Coming and being read ---


def test_a_mail_of_the_hub_is_in_the_mailbox_of_its_recipient(
    hub: smtplib.SMTP, visit: Visit
) -> None:
    hub.send_message(letter(html="<h1>We have it.</h1>"))
    alice = visit("alice.acme")
    page = alice.get("/mailbox").text
    assert "Your ticket #33" in page
    assert "Larkspan Help" in page
    opened = alice.get(only_link(page))
    assert f"Larkspan Help &lt;{HUB}&gt;" in opened.text
    assert ALICE in opened.text


def test_the_newest_mail_comes_first(hub: smtplib.SMTP, visit: Visit) -> None:
    for subject in ("first", "second", "third"):
        hub.send_message(letter(subject=f"The {subject} one"))
    page = visit("alice.acme").get("/mailbox").text
    assert re.findall("The (first|second|third) one", page) == ["third", "second", "first"]


def test_a_mail_is_unread_until_its_owner_opens_it(hub: smtplib.SMTP, visit: Visit) -> None:
    hub.send_message(letter())
    alice, visitor = visit("alice.acme"), visit("nobody")
    visitor.get(only_link(visitor.get("/mailbox/all").text))
    assert alice.get("/mailbox/unread").json() == {"unread": 1}
    assert "data-unread-mails><span>1</span>" in alice.get("/campaigns").text
    alice.get(only_link(alice.get("/mailbox").text))
    assert alice.get("/mailbox/unread").json() == {"unread": 0}
    assert "data-unread-mails hidden>" in alice.get("/campaigns").text


def test_a_script_of_the_page_gets_the_list_alone(hub: smtplib.SMTP, visit: Visit) -> None:
    hub.send_message(letter())
    answer = visit("alice.acme").get("/mailbox", headers={FRAGMENT_HEADER: "mails"})
    assert "Your ticket #33" in answer.text
    assert "<html" not in answer.text


def test_an_empty_mailbox_says_how_mail_comes(visit: Visit, smtp_port: int) -> None:
    page = visit("alice.acme").get("/mailbox").text
    assert "No mail yet" in page
    assert f"smtp://127.0.0.1:{smtp_port}" in page
    assert "own mail program" in page


# --- Who sees what ---


def test_a_mailbox_holds_nobody_elses_mail(hub: smtplib.SMTP, visit: Visit) -> None:
    hub.send_message(letter(html="<p>For Alice</p>"))
    link = only_link(visit("alice.acme").get("/mailbox").text)
    bob = visit("bob.acme")
    assert "Your ticket #33" not in bob.get("/mailbox").text
    assert bob.get("/mailbox/unread").json() == {"unread": 0}
    for path in (link, f"{link}/content"):
        assert visit("alice.acme").get(path).status_code == 200
        assert bob.get(path).status_code == 404
        assert visit("nobody").get(path).status_code in (303, 404)


def test_the_envelope_says_whose_a_mail_is(hub: smtplib.SMTP, visit: Visit) -> None:
    hub.send_message(letter(to=ALICE), to_addrs=["Bob@ACME.example"])
    assert "Your ticket #33" not in visit("alice.acme").get("/mailbox").text
    assert "Your ticket #33" in visit("bob.acme").get("/mailbox").text


def test_a_visitor_sees_what_an_added_address_gets(hub: smtplib.SMTP, visit: Visit) -> None:
    hub.send_message(letter(to=ALICE, subject="For Alice", html="<p>Hello Alice"))
    hub.send_message(letter(to=FINANCE, subject="For finance", html="<p>Hello finance"))
    visitor = visit("nobody")
    assert visitor.get("/mailbox").headers["location"] == "/mailbox/all"
    everything = visitor.get("/mailbox/all").text
    assert "For Alice" in everything
    assert "For finance" in everything
    some = visitor.get(f"/mailbox/all?to={FINANCE}").text
    assert "For Alice" not in some
    link = only_link(some)
    path, _, query = link.partition("?")
    assert "For finance" in visitor.get(link).text
    assert "Hello finance" in visitor.get(f"{path}/content?{query}").text


def test_the_corner_leads_to_the_mailbox_of_whom_one_is(visit: Visit) -> None:
    for who, path in (("alice.acme", "/mailbox"), ("nobody", "/mailbox/all")):
        assert f'id="demo-mailbox" href="{path}"' in visit(who).get("/").text


@pytest.mark.parametrize("path", ["/mailbox/0", "/mailbox/all/0", "/mailbox/all/0/content"])
def test_a_mail_that_is_not_there_is_not_found(visit: Visit, path: str) -> None:
    assert visit("alice.acme").get(path).status_code == 404


# --- What the server takes ---


def test_only_the_newest_mails_are_kept(hub: smtplib.SMTP, platform: Starlette) -> None:
    for number in range(MOST_MAILS + 5):
        hub.send_message(letter(subject=f"Number {number}"))
    office: PostOffice = platform.state.post_office
    kept = [mail.subject for mail in office.all_mails()]
    assert len(kept) == MOST_MAILS
    assert (kept[0], kept[-1]) == (f"Number {MOST_MAILS + 4}", "Number 5")


def test_a_mail_that_is_too_large_is_refused(hub: smtplib.SMTP, platform: Starlette) -> None:
    lines = b"Subject: large\r\n\r\n" + b"x\r\n" * (MOST_BYTES // 3)
    with pytest.raises(smtplib.SMTPSenderRefused) as announced:
        hub.sendmail(HUB, [ALICE], lines)
    assert announced.value.smtp_code == 552
    hub.esmtp_features.pop("size")  # and now without saying so before
    with pytest.raises(smtplib.SMTPDataError) as found_out:
        hub.sendmail(HUB, [ALICE], lines)
    assert found_out.value.smtp_code == 552
    hub.send_message(letter())
    assert [mail.subject for mail in platform.state.post_office.all_mails()] == ["Your ticket #33"]


def test_a_mail_to_too_many_is_kept_for_the_first_of_them(
    hub: smtplib.SMTP, platform: Starlette
) -> None:
    wanted = [f"person{number}@acme.example" for number in range(MOST_RECIPIENTS + 3)]
    refused = hub.sendmail(HUB, wanted, b"Subject: all\r\n\r\nHello\r\n")
    [mail] = platform.state.post_office.all_mails()
    assert mail.recipients == tuple(wanted[:MOST_RECIPIENTS])
    assert set(refused) == set(wanted[MOST_RECIPIENTS:])


def test_other_addresses_of_this_machine_take_no_mail(hub: smtplib.SMTP, smtp_port: int) -> None:
    with pytest.raises(OSError, match=r"refused|timed out|reach"):
        socket.create_connection(("127.0.0.2", smtp_port), timeout=2)


def test_a_page_on_the_web_can_post_no_mail(platform: Starlette, smtp_port: int) -> None:
    """A browser posts whatever a page says to any port, after lines of its own."""
    mail = f"MAIL FROM:<{HUB}>\r\nRCPT TO:<{ALICE}>\r\nDATA\r\nSubject: Gift\r\n\r\nTake\r\n.\r\n"
    names = ("Host", "Connection", "Content-Length", "Origin", "User-Agent", "Accept", "Referer")
    request = "POST / HTTP/1.1\r\n" + "".join(f"{name}: x\r\n" for name in names)
    with served(platform), socket.create_connection(("127.0.0.1", smtp_port), 10) as browser:
        browser.sendall(f"{request}\r\nEHLO page\r\n{mail}".encode())
        assert b"goodbye" in b"".join(iter(lambda: _received(browser), b""))
    assert platform.state.post_office.all_mails() == []


def _received(connection: socket.socket) -> bytes:
    try:
        return connection.recv(4096)
    except ConnectionResetError:  # hung up with lines of ours unread
        return b""


def test_the_mail_server_ends_with_the_platform(platform: Starlette, smtp_port: int) -> None:
    with served(platform):
        socket.create_connection(("127.0.0.1", smtp_port), 10).close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", smtp_port), 10)


def test_a_taken_port_is_told_in_words_that_help(
    settings_of_demo: Settings, smtp_port: int
) -> None:
    with socket.create_server(("127.0.0.1", smtp_port)):
        with pytest.raises(OSError, match=rf"Port {smtp_port} cannot be used.*DEMO_SMTP_PORT"):
            with served(build(settings_of_demo)):
                pass


# --- What a mail may do ---


def test_hostile_html_stays_in_its_sandbox(hub: smtplib.SMTP, visit: Visit) -> None:
    hostile = '<base target="_top"><script>alert("gotcha")</script><form action="/reset">'
    hub.send_message(letter(subject="</title><script>alert(1)</script>", html=hostile))
    alice = visit("alice.acme")
    link = only_link(alice.get("/mailbox").text)
    page = alice.get(link)
    assert "gotcha" not in page.text
    assert "<script>alert" not in page.text
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page.text
    assert "frame-src 'self';" in page.headers["content-security-policy"]
    content = alice.get(f"{link}/content")
    assert content.headers["content-security-policy"] == CONTENT_POLICY
    assert content.headers["x-content-type-options"] == "nosniff"
    assert content.text.startswith('<!doctype html><base target="_blank">')


def test_the_sandbox_lets_links_open_and_nothing_else() -> None:
    rules = dict(rule.split(" ", 1) for rule in CONTENT_POLICY.split("; "))
    assert rules == {
        "sandbox": "allow-popups allow-popups-to-escape-sandbox",
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'self'",
    }


def test_the_text_of_a_mail_is_text(hub: smtplib.SMTP, visit: Visit) -> None:
    text = "<b>5 < 6</b> https://help.example/help/?a=1&b=2 javascript:x\n"
    mail = letter(html="<p>Looks", text=text)
    hub.send_message(mail)
    alice = visit("alice.acme")
    link = only_link(alice.get("/mailbox").text)
    assert f'href="{link}?as=text"' in alice.get(link).text
    page = alice.get(f"{link}?as=text").text
    assert "&lt;b&gt;5 &lt; 6&lt;/b&gt;" in page
    assert 'href="https://help.example/help/?a=1&amp;b=2"' in page
    assert 'href="javascript:' not in page
    assert "<iframe" not in page


# --- What a mail says ---


@pytest.mark.parametrize(
    ("header", "subject"),
    [
        ("=?utf-8?B?WnfDtmxmIMOEcGZlbA==?=", "Zwölf Äpfel"),
        ("=?iso-8859-1?q?Zw=F6lf_=C4pfel?=", "Zwölf Äpfel"),
        ("=?utf-8?q?Zw=C3=B6lf?=\r\n =?utf-8?q?_=C3=84pfel?=", "Zwölf Äpfel"),
        ("A subject\r\n that is folded", "A subject that is folded"),
        ("Zwölf Äpfel", "Zwölf Äpfel"),
        ("=?utf-8?b?8J+OiQ==?= =?utf-8?b?2YXYsdit2KjYpw==?=", "🎉مرحبا"),
        ("=?no-such-charset?q?a=F6b?=", "a�b"),
        ("=?utf-8?b?!!!?=", ""),
        ("", ""),
    ],
)
def test_subjects_are_decoded(header: str, subject: str) -> None:
    mail = read_mail(f"Subject: {header}\r\n\r\nHello\r\n".encode(), [ALICE])
    assert mail.subject == subject


def test_a_multipart_without_html_is_shown_as_text(hub: smtplib.SMTP, visit: Visit) -> None:
    mail = letter()
    mail.add_attachment(b"a;b", maintype="text", subtype="csv", filename="orders.csv")
    hub.send_message(mail)
    alice = visit("alice.acme")
    page = alice.get(only_link(alice.get("/mailbox").text)).text
    assert "We have your ticket." in page
    assert "<iframe" not in page
    assert "as=text" not in page


def test_a_mail_of_html_alone_is_shown_with_its_design(hub: smtplib.SMTP, visit: Visit) -> None:
    mail = letter()
    mail.set_content("<p>Looks alone", subtype="html")
    hub.send_message(mail)
    alice = visit("alice.acme")
    page = alice.get(only_link(alice.get("/mailbox").text)).text
    assert "<iframe" in page
    assert "as=text" not in page


MALFORMED = {
    "nothing": b"",
    "no header": b"\r\nonly a body",
    "no mail at all": bytes(range(256)),
    "NUL": b"Subject: a\x00b\r\n\r\n\x00\x00",
    "unknown charset": b"Content-Type: text/plain; charset=nope\r\n\r\nhello",
    "odd charset": b'Content-Type: text/plain; charset="\xff"\r\n\r\nhello',
    "broken type": b"Content-Type: ;;;=\r\n\r\nhello",
    "broken base64": b"Content-Transfer-Encoding: base64\r\n\r\n!!!x",
    "lone bytes": b"Subject: \xff\xfe\r\nFrom: \xff\r\n\r\n\xff\xfe",
    "no boundary": b"Content-Type: multipart/alternative\r\n\r\nhello",
    "boundary never comes": b"Content-Type: multipart/mixed; boundary=x\r\n\r\nhello",
    "broken address": b"From: <<>>@@,;:\r\nSubject: =?x?\r\n\r\nhello",
    "deep": b"".join(
        f"Content-Type: multipart/mixed; boundary=b{depth}\r\n\r\n--b{depth}\r\n".encode()
        for depth in range(1000)
    ),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_mail_is_shown_as_well_as_can_be(
    visit: Visit, platform: Starlette, name: str
) -> None:
    mail = read_mail(MALFORMED[name], [ALICE])
    platform.state.post_office.keep(mail)
    alice = visit("alice.acme")
    assert alice.get("/mailbox").status_code == 200
    assert alice.get(f"/mailbox/{mail.id}").status_code == 200
    assert alice.get(f"/mailbox/{mail.id}/content").status_code == 200
    assert "hello" in mail.text or b"hello" not in MALFORMED[name]


def test_long_subjects_and_texts_are_cut() -> None:
    mail = read_mail(b"Subject: " + b"x" * 5000 + b"\r\n\r\n" + b"y " * LONGEST_TEXT, [ALICE])
    assert len(mail.subject) == 200
    assert len(mail.text) == LONGEST_TEXT
