"""Does the panel follow whoever is signed in: over pages, over tabs, over the night?"""

import re

import pytest
from playwright.sync_api import Response, expect

from tests.stack import Stack
from tests.story.people import Member
from tests.story.writing import fill_in, kept

pytestmark = pytest.mark.whole_browser

HALF_AN_HOUR = 30 * 60 * 1000

END_ALL = """
from django.utils import timezone
from handrail.people.models import HelpSession
HelpSession.objects.filter(ended_at=None).update(ended_at=timezone.now())
"""
"""As if the night had passed: no session counts any more, and no page was told."""


def test_the_hosts_token_is_in_no_page_in_no_address_and_in_no_store(alice: Member) -> None:
    answers: list[Response] = []
    addresses: list[str] = []
    alice.page.on("response", lambda answer: answers.append(answer))
    alice.page.on("request", lambda request: addresses.append(request.url))
    alice.open_tickets()
    token = next(it for it in answers if it.url.endswith("/help-token")).json()["token"]
    assert token.count(".") == 2
    assert token not in alice.page.content()
    assert token not in alice.frame.content()
    assert not [address for address in addresses if token in address]
    assert token not in alice.page.evaluate("JSON.stringify([sessionStorage, localStorage])")
    assert token not in alice.frame.evaluate("window.name")


def test_nothing_is_loaded_and_no_cookie_set_before_somebody_presses_help(alice: Member) -> None:
    hub = alice.stack.hub.url
    asked: list[str] = []
    alice.page.on("request", lambda request: asked.append(request.url))
    alice.page.reload(wait_until="networkidle")
    assert [address for address in asked if address.startswith(hub)] == [f"{hub}/help/v1.js"]
    assert not [cookie for cookie in alice.context.cookies() if "handrail" in cookie["name"]]


def test_reload_and_back_leave_the_panel_where_it_was(alice: Member) -> None:
    panel = alice.open_tickets()
    tickets = panel.get_by_role("heading", name="Tickets", exact=True)
    alice.page.reload()
    expect(tickets).to_be_visible()
    alice.page.get_by_role("link", name="Campaigns", exact=True).click()
    alice.page.wait_for_url("**/campaigns")
    expect(tickets).to_be_visible()
    alice.page.go_back()
    expect(alice.page.get_by_role("heading", name=re.compile("^Good ")).first).to_be_visible()
    expect(tickets).to_be_visible()
    panel.get_by_role("button", name="Close").click()
    alice.page.reload()
    expect(alice.help_button).to_have_attribute("aria-expanded", "false")


def test_a_link_pressed_after_a_night_leads_where_it_should(alice: Member, stack: Stack) -> None:
    panel = alice.open_help()
    stack.run(END_ALL)
    panel.get_by_role("link", name="Tickets").click()
    expect(panel.get_by_role("heading", name="Tickets", exact=True)).to_be_visible()


def test_an_open_panel_renews_its_session_before_it_ends(alice: Member) -> None:
    alice.page.clock.install()
    alice.open_help()
    with alice.page.expect_response("**/help/session") as answer:
        alice.page.clock.fast_forward(HALF_AN_HOUR)
    assert answer.value.json()["continues"] is True
    expect(alice.panel.get_by_role("heading", name="Hello Alice")).to_be_visible()


def test_back_to_a_page_of_somebody_else_shows_nothing_of_theirs(alice: Member) -> None:
    panel = alice.open_tickets()
    panel.get_by_role("link", name="INV-20431 charges five films").click()
    expect(panel.get_by_label("Write a reply")).to_be_visible()
    alice.page.click("#demo-switch summary")
    alice.page.click("#demo-switch-carol")
    expect(panel.get_by_role("heading", name="Hello Carol")).to_be_visible()
    alice.page.go_back()
    expect(panel.get_by_role("heading", name="Hello Carol")).to_be_visible()
    expect(panel.get_by_text("INV-20431")).to_have_count(0)


def test_a_sign_out_on_the_platform_empties_the_panels_of_all_tabs(alice: Member) -> None:
    panel = alice.open_tickets()
    other_tab = alice.context.new_page()
    other_tab.goto(alice.stack.platform.url)
    other_tab.click("#person-menu summary")
    other_tab.click("#sign-out")
    other_tab.wait_for_selector("#sign-in")
    alice.page.bring_to_front()
    expect(panel.get_by_role("heading", name="How can we help?", exact=True)).to_be_visible()
    expect(panel.get_by_text("INV-20431")).to_have_count(0)
    assert alice.frame.evaluate("fetch('/help/unread').then((it) => it.status)") == 204


def test_two_tabs_share_a_session_in_peace(alice: Member) -> None:
    alice.open_tickets()
    exchanged: list[str] = []
    alice.page.on(
        "request",
        lambda it: exchanged.append(it.url) if it.url.endswith("/help/session") else None,
    )
    other_tab = alice.context.new_page()
    other_tab.goto(alice.stack.platform.url)
    other_tab.locator("handrail-help").get_by_role("button", name="Help", exact=True).click()
    there = other_tab.frame_locator("handrail-help iframe")
    expect(there.get_by_role("heading", name="Hello Alice")).to_be_visible()
    alice.page.bring_to_front()
    alice.panel.get_by_role("link", name="Create ticket").click()
    expect(alice.panel.get_by_label("Subject")).to_be_visible()
    assert exchanged == []  # the other tab's session is this one's, too


def test_the_account_that_one_has_chosen_stays_on_the_next_page(alice: Member) -> None:
    panel = alice.open_help()
    panel.get_by_role("button", name="Account: Acme. Switch").click()
    panel.locator("#accounts").get_by_role("button", name="Acme Nordics").click()
    nordics = panel.get_by_role("button", name="Account: Acme Nordics. Switch")
    expect(nordics).to_be_visible()
    alice.look_at("/campaigns")
    expect(nordics).to_be_visible()


def test_who_is_somebody_else_by_now_sends_nothing_of_what_was_typed(
    alice: Member, stack: Stack
) -> None:
    panel = alice.open_tickets()
    panel.get_by_role("link", name="Create ticket").click()
    with kept(alice.page):
        fill_in(panel, "Only Alice may send this")
    stack.run(END_ALL)
    alice.be("carol.globex")
    panel.get_by_role("button", name="Create", exact=True).click()
    expect(panel.get_by_role("heading", name="Hello Carol")).to_be_visible()
    panel.get_by_role("link", name="Tickets").click()
    expect(panel.get_by_role("heading", name="Tickets", exact=True)).to_be_visible()
    expect(panel.get_by_text("Only Alice may send this")).to_have_count(0)
