"""Does mail come while one looks, and does it keep to its frame?"""

import smtplib
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from handrail.demo.tests.conftest import Served
from handrail.demo.visits import COOKIE

pytestmark = pytest.mark.once

HOSTILE = """
<meta http-equiv="refresh" content="0; url=EVIL/refreshed">
<base href="EVIL/" target="_top">
<script>top.location = "EVIL/script"</script>
<img src="EVIL/seen.gif" onerror="top.location = 'EVIL/error'">
<link rel="stylesheet" href="EVIL/style.css">
<iframe src="EVIL/frame"></iframe>
<form action="/reset" method="post"><button id="button">Win</button></form>
<style>p { color: rgb(1, 2, 3) }</style>
<p id="words">You have won</p>
<a id="top" target="_top" href="EVIL/top">Open</a>
"""

Send = Callable[..., None]


@pytest.fixture
def send(platform_served: Served) -> Iterator[Send]:
    """Hands a mail in, as the hub does."""
    with smtplib.SMTP("127.0.0.1", platform_served.smtp_port, timeout=10) as connection:

        def deliver(to: str, subject: str, html: str = "<p>Hello</p>") -> None:
            mail = EmailMessage()
            mail["From"] = "Larkspan Help <help@larkspan.example>"
            mail["To"], mail["Subject"] = to, subject
            mail.set_content("Hello")
            mail.add_alternative(html, subtype="html")
            connection.send_message(mail)

        yield deliver


class Evil(HTTPServer):
    """Somebody else's server, and what it was asked. (A browser may connect to it ahead of time,
    to be quick if it should ask: that tells nothing.)"""

    def __init__(self) -> None:
        asked = self.asked = list[str]()

        class Handler(BaseHTTPRequestHandler):
            timeout = 1

            def do_GET(self) -> None:
                asked.append(self.path)

        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"


@pytest.fixture
def evil() -> Iterator[Evil]:
    with Evil() as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_mail_comes_while_one_looks_and_moves_nothing(page: Page, address: str, send: Send) -> None:
    page.context.add_cookies([{"name": COOKIE, "value": "carol.globex", "url": address}])
    page.goto("/")
    assert not page.is_visible("#demo-switch summary [data-unread-mails]")
    send("carol@globex.example", "The first one")
    page.wait_for_selector("#demo-switch summary [data-unread-mails]:has-text('1')")
    page.click("#demo-switch summary")
    page.click("#demo-mailbox")
    assert page.inner_text("h1").startswith("Carol")
    page.focus("#mails a")
    send("carol@globex.example", "The second one")
    page.wait_for_selector("#mails li:nth-child(2)")
    assert "second" in page.inner_text("#mails li:first-child")
    assert "first" in str(page.evaluate("document.activeElement.innerText"))
    assert "The second one" in page.inner_text("#mail-news")


def test_an_empty_mailbox_fills_by_itself(page: Page, address: str, send: Send) -> None:
    page.context.add_cookies([{"name": COOKIE, "value": "bob.acme", "url": address}])
    page.goto("/mailbox")
    assert page.is_visible("#no-mail")
    send("bob@acme.example", "For Bob")
    page.wait_for_selector("#mails li")
    assert not page.is_visible("#no-mail")


def test_a_window_follows_when_another_becomes_somebody_else(page: Page, address: str) -> None:
    page.goto("/mailbox")
    page.context.add_cookies([{"name": COOKIE, "value": "bob.acme", "url": address}])
    page.wait_for_selector("h1:has-text('Bob')")


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_a_mailbox_with_mail_shuts_nobody_out(
    page: Page, send: Send, width: int, theme: str
) -> None:
    send("alice@acme.example", "A subject without end " + "x" * 120)
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    for path in ("/mailbox", "/mailbox/all"):
        page.goto(path)
        check(page)
        page.click("#mails a")
        page.wait_for_selector("#mail-frame")
        check(page)
        page.click("#as-text")
        page.wait_for_selector("#mail-text")
        check(page)


def check(page: Page) -> None:
    results = Axe().run(page)
    assert results.violations_count == 0, f"{page.url}: {results.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url


def test_hostile_html_runs_nothing_fetches_nothing_and_sends_nothing(
    chromium: Browser, address: str, send: Send, evil: Evil
) -> None:
    send("alice@acme.example", "You have won", HOSTILE.replace("EVIL", evil.url))
    context = chromium.new_context(base_url=address)  # its console may complain, and does
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/mailbox")
    page.click("#mails a:has-text('You have won')")
    frame = page.frame_locator("#mail-frame")
    colour = frame.locator("#words").evaluate("words => getComputedStyle(words).color")
    assert colour == "rgb(1, 2, 3)"
    frame.locator("#button").click()
    frame.locator("#top").click()
    page.wait_for_timeout(300)
    assert evil.asked == []
    assert f"{address}/reset" not in asked
    assert page.url.startswith(f"{address}/mailbox/")
    context.close()


def test_a_link_of_a_mail_opens_a_page_of_its_own(page: Page, address: str, send: Send) -> None:
    send("alice@acme.example", "Links", f'<a id="link" href="{address}/campaigns">Open</a>')
    page.goto("/mailbox")
    page.click("#mails a:has-text('Links')")
    with page.expect_popup() as opening:
        page.frame_locator("#mail-frame").locator("#link").click()
    opened = opening.value
    opened.wait_for_selector("#campaigns-table")
    assert opened.evaluate("[self.origin, opener]") == [address, None]
    assert "/mailbox/" in page.url
