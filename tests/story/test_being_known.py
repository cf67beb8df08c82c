"""Is the panel always the right person's, wherever cookies are refused and whoever looks on?"""

import http.server
import re
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import intercept
from tests.mailbox import text_of
from tests.stack import Stack
from tests.story.conftest import Arrive
from tests.story.people import Agent, Member
from tests.story.writing import FORM, attach, fill_in, kept, screenshot, submit

pytestmark = pytest.mark.whole_browser

EXPIRE_ALL = """
from django.utils import timezone
from handrail.people.models import HelpSession
HelpSession.objects.filter(ended_at=None).update(expires_at=timezone.now())
"""


class _ThirdParty(http.server.BaseHTTPRequestHandler):
    """A site that sets one cookie as everybody used to, one as we do, and shows what comes back."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        if self.path == "/set":
            shared = "Secure; HttpOnly; SameSite=None; Path=/"
            self.send_header("Set-Cookie", f"plain=1; {shared}")
            self.send_header("Set-Cookie", f"split=1; {shared}; Partitioned")
        self.end_headers()
        self.wfile.write(f"<a href='/show'>Show</a> Got: {self.headers['Cookie']}".encode())

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def third_party() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _ThirdParty) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_the_browser_of_these_stories_blocks_third_party_cookies(
    alice: Member, third_party: str
) -> None:
    """Without this, no other story would prove anything about cookies."""
    alice.page.goto(f"{third_party}/set")
    alice.page.get_by_role("link", name="Show").click()
    expect(alice.page.get_by_text("plain=1")).to_be_visible()
    alice.context.clear_cookies()
    alice.look_at_own_page(body=f'<iframe title="Other" src="{third_party}/set"></iframe>')
    frame = alice.page.frame_locator("iframe[title=Other]")
    frame.get_by_role("link", name="Show").click()
    expect(frame.locator("body")).to_have_text("Show Got: split=1")


def test_our_session_lives_where_third_party_cookies_are_blocked(alice: Member) -> None:
    alice.open_tickets()
    alice.panel.get_by_role("link", name="INV-20431 charges five films").click()
    expect(alice.panel.get_by_label("Write a reply")).to_be_visible()
    ours = [cookie for cookie in alice.context.cookies() if "handrail" in cookie["name"]]
    assert [cookie["name"] for cookie in ours] == ["__Host-handrail-help"]
    assert ours[0]["partitionKey"] == "http://localhost"
    assert ours[0]["httpOnly"]
    assert ours[0]["secure"]


def test_a_page_of_another_origin_cannot_show_the_panel(alice: Member) -> None:
    alice.enter_hub()
    hostile = "http://localhost:9/hostile"
    frame = f"<iframe title='Prey' src='{alice.stack.hub.url}/help/'></iframe>"
    alice.page.route(hostile, lambda route: route.fulfill(content_type="text/html", body=frame))
    alice.context.grant_permissions(["local-network-access"], origin="http://localhost:9")
    alice.page.goto(hostile)
    alice.page.wait_for_load_state("networkidle")
    expect(alice.page.frame_locator("iframe").get_by_text("Hello Alice")).to_have_count(0)
    alice.forgive("frame-ancestors")


def test_messages_that_somebody_forges_are_dropped(alice: Member, third_party: str) -> None:
    """An advertisement in the host's page tries all that it can reach."""
    alice.look_at_own_page(body=f'<iframe title="Ad" src="{third_party}/ad"></iframe>')
    alice.open_help()
    ad = next(frame for frame in alice.page.frames if frame.url == f"{third_party}/ad")
    for message in ({"type": "close"}, {"type": "signed-out"}, {"type": "path", "path": "//e.vil"}):
        ad.evaluate("(it) => parent.postMessage({ handrail: 1, ...it }, '*')", message)
    for message in ({"type": "open", "path": "/help/tickets/"}, {"type": "sign-out"}):
        alice.frame.evaluate("(it) => postMessage({ handrail: 1, ...it }, '*')", message)
    alice.page.wait_for_timeout(300)
    expect(alice.panel.get_by_role("heading", name="Hello Alice")).to_be_visible()
    expect(alice.help_button).to_have_attribute("aria-expanded", "true")


def test_whoever_comes_next_on_the_platform_finds_their_own_panel(alice: Member) -> None:
    panel = alice.open_tickets()
    panel.get_by_role("link", name="INV-20431 charges five films").click()
    panel.get_by_label("Write a reply").wait_for()
    alice.page.locator("#demo-switch summary").click()
    alice.page.locator("#demo-switch-carol").click()
    expect(panel.get_by_role("heading", name="Hello Carol")).to_be_visible()
    panel.get_by_role("link", name="Tickets").click()
    expect(panel.get_by_role("link", name="PO-6098 arrived $36.20 short")).to_be_visible()
    expect(panel.get_by_role("link", name="INV-20431 charges five films")).to_have_count(0)


def test_a_form_that_was_open_for_alice_is_never_sent_as_carol(alice: Member) -> None:
    alice.enter_hub(FORM)
    # Else a question of the page's own may find out first, and leave before a button is pressed.
    intercept(alice.page, "**/new/suggestions?*", lambda route: route.fulfill(body=""))
    with kept(alice.page):
        fill_in(alice.page, "Written while somebody else signed in")
    other_tab = alice.context.new_page()
    alice.be("carol.globex")
    _enter(other_tab, alice)
    expect(other_tab.get_by_role("heading", name="Hello Carol")).to_be_visible()
    alice.page.get_by_role("button", name="Create", exact=True).click()
    expect(alice.page.get_by_role("heading", name="Hello Carol")).to_be_visible()
    alice.forgive("Error Code 409")
    other_tab.goto(f"{alice.stack.hub.url}/help/tickets/")
    expect(other_tab.get_by_role("link", name="PO-6098 arrived $36.20 short")).to_be_visible()
    expect(other_tab.get_by_role("link", name="Written while somebody")).to_have_count(0)


def test_a_sign_out_at_the_platform_ends_what_is_open_elsewhere(alice: Member) -> None:
    page_of_her_own = alice.context.new_page()
    _enter(page_of_her_own, alice)
    alice.page.locator("#person-menu summary").click()
    alice.page.locator("#sign-out").click()
    alice.page.locator("#sign-in").wait_for()
    asked_to_sign_in = page_of_her_own.get_by_role("heading", name="Please sign in")
    for _ in range(20):  # the platform tells the hub once its own answer is out
        page_of_her_own.goto(f"{alice.stack.hub.url}/help/tickets/")
        if asked_to_sign_in.is_visible():
            break
        page_of_her_own.wait_for_timeout(250)
    expect(asked_to_sign_in).to_be_visible()


def test_the_hosts_script_signs_out_too(alice: Member) -> None:
    alice.look_at_own_page()
    alice.open_help()
    assert alice.page.evaluate("Handrail.signOut()")
    expect(alice.help_button).to_have_attribute("aria-expanded", "false")
    assert [it for it in alice.context.cookies() if it["name"].startswith("__Host-")] == []


def test_a_person_of_two_accounts_changes_from_one_to_the_other(alice: Member) -> None:
    panel = alice.open_help()
    panel.get_by_role("button", name="Account: Acme. Switch").click()
    panel.locator("#accounts").get_by_role("button", name="Acme Nordics").click()
    expect(panel.get_by_role("button", name="Account: Acme Nordics. Switch")).to_be_visible()
    panel.get_by_role("link", name="Tickets").click()
    expect(panel.get_by_role("heading", name="Tickets", exact=True)).to_be_visible()
    expect(panel.get_by_role("region", name="Tickets")).to_be_visible()
    expect(panel.get_by_role("link", name="INV-20431 charges five films")).to_have_count(0)


def test_the_panel_opens_as_a_full_page_without_a_second_sign_in(alice: Member) -> None:
    panel = alice.open_tickets()
    with alice.context.expect_page() as opened:
        panel.get_by_role("button", name="Open as a full page").click()
    page = opened.value
    expect(page.get_by_role("heading", name="Tickets", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="INV-20431 charges five films")).to_be_visible()
    assert page.url == f"{alice.stack.hub.url}/help/tickets/"
    expect(page.get_by_role("button", name="Close", exact=True)).to_be_hidden()


def test_a_session_that_ends_while_one_writes_costs_nothing(alice: Member, stack: Stack) -> None:
    panel = alice.open_tickets()
    panel.get_by_role("link", name="Create ticket").click()
    with kept(alice.page):
        fill_in(panel, "Left alone over lunch", words="Half of it before, half of it after.")
    stack.run(EXPIRE_ALL)
    attach(panel, screenshot("after-lunch.png"))
    stack.run(EXPIRE_ALL)
    submit(panel)
    expect(panel.get_by_text("Half of it before, half of it after.")).to_be_visible()
    expect(panel.get_by_role("link", name="after-lunch.png")).to_be_visible()


def test_a_full_page_whose_session_ended_waits_until_one_has_signed_in_again(
    alice: Member, stack: Stack
) -> None:
    alice.enter_hub(FORM)
    with kept(alice.page):
        fill_in(alice.page, "Open since yesterday")
    stack.run(EXPIRE_ALL)
    alice.page.get_by_role("button", name="Create", exact=True).click()
    dialog = alice.page.get_by_role("dialog", name="You are signed out")
    with alice.context.expect_page() as opened:
        dialog.get_by_role("link", name="Sign in with Larkspan").click()
    expect(opened.value.get_by_role("heading", name=re.compile("signed in|Hello"))).to_be_visible()
    opened.value.close()
    if dialog.is_visible():
        dialog.get_by_role("button", name="Go on").click()
    expect(alice.page.get_by_text("We have your ticket")).to_be_visible()


def test_a_link_in_a_mail_opens_one_ticket_once(
    alice: Member, dora: Agent, stack: Stack, arrive: Arrive
) -> None:
    subject = "Where is my confirmation?"
    alice.enter_hub(FORM)
    fill_in(alice.page, subject)
    number = submit(alice.page)
    letter = stack.mailbox.wait_for("alice@acme.example", number)
    found = re.search(rf"{re.escape(stack.hub.url)}/help/link/\S+", text_of(letter))
    assert found
    # A scanner looks at every link in a mail before Alice does.
    assert dora.context.request.get(found.group()).ok

    elsewhere: Member = arrive(Member)
    elsewhere.page.goto(found.group())
    expect(elsewhere.page.get_by_role("heading", name="Continue as Alice Bergmann")).to_be_visible()
    elsewhere.page.get_by_role("button", name="Continue").click()
    expect(elsewhere.page.get_by_role("heading", name=subject)).to_be_visible()

    # Whoever finds the mail later must sign in at the platform.
    finder: Member = arrive(Member)
    finder.be("nobody")
    finder.page.goto(found.group())
    expect(finder.page.get_by_role("heading", name="Please sign in")).to_be_visible()
    expect(finder.page.get_by_text(subject)).to_have_count(0)


def test_who_opens_an_address_of_the_hub_is_led_through_the_platforms_sign_in(
    arrive: Arrive,
) -> None:
    alice: Member = arrive(Member)
    alice.be("nobody")
    alice.visit("/help/tickets/?status=closed")
    alice.page.get_by_role("link", name="Sign in with Larkspan").click()
    alice.page.locator("#sign-in-alice").click()
    expect(alice.page.get_by_label("Status")).to_have_value("closed")
    expect(alice.page).to_have_url(f"{alice.stack.hub.url}/help/tickets/?status=closed")


def _enter(page: Page, member: Member) -> None:
    """Opens the hub's home in another tab of the same browser, through the platform's sign-in."""
    home = f"{member.stack.hub.url}/help/"
    page.goto(f"{member.stack.platform.url}/help-sign-in?handrail_return={home}")
    page.wait_for_url(home)
