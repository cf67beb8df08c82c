"""Does the one box find what answers somebody, wherever they are, and only what is theirs?"""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import no_serious_axe_findings_in_any_look as look_closely
from tests.stack import Stack
from tests.story.conftest import Arrive
from tests.story.people import Member, Somebody
from tests.story.searching import NUMBATS, field, findings, heading, look_for, option

TICKET = "A numbat is lost"

HOSTILE = (
    "\"numbat' OR 1=1 --",
    "<b>numbat</b><script>alert(1)</script>",
    "\u202enumbat\u202c",
    "نمبات",
    "{{ 7 * 7 }} ${numbat} %00",
    "numbat " * 1_500,
)


@pytest.fixture(scope="module")
def centre(stack: Stack) -> None:
    """A section about numbats, with a page that only brands may read."""
    stack.publish(NUMBATS, "Count numbats")


@pytest.fixture
def visitor(arrive: Arrive, centre: None) -> Somebody:
    """Somebody without a session, who likes no motion."""
    person: Somebody = arrive(Somebody, reduced_motion="reduce")
    return person


@pytest.fixture(scope="module")
def lost(stack: Stack, centre: None) -> None:
    """A ticket of Alice's about a numbat, for herself alone."""
    stack.run(f"""
from handrail.people.models import Member
from tests.making import ticket_of
alice = Member.objects.get(person__email__startswith="alice", account__name="Acme")
ticket_of(alice, "{TICKET}")
""")


# --- Who finds what -------------------------------------------------------------------------------


def test_alice_finds_a_page_and_her_ticket_from_the_home(alice: Member, lost: None) -> None:
    panel = alice.open_help()
    look_for(panel, "numbat")
    pages = panel.get_by_role("group", name="Help Docs")
    expect(pages.get_by_role("option")).to_have_count(3)
    expect(option(panel, "Numbat plans for brands").locator("mark").first).to_have_text("Numbat")
    tickets = panel.get_by_role("group", name="Tickets")
    expect(tickets.get_by_role("option")).to_contain_text([TICKET])
    expect(option(panel, TICKET)).to_have_attribute("aria-selected", "false")
    field(panel).press("ArrowUp")
    expect(option(panel, "Ask: numbat")).to_have_attribute("aria-selected", "true")
    field(panel).press("ArrowUp")
    expect(option(panel, TICKET)).to_have_attribute("aria-selected", "true")
    expect(field(panel)).to_have_attribute(
        "aria-activedescendant", option(panel, TICKET).get_attribute("id") or "-"
    )
    field(panel).press("Enter")
    heading(panel, re.compile(TICKET))


def test_keys_pressed_ahead_of_the_answer_are_done_with_it(alice: Member, centre: None) -> None:
    panel = alice.open_help()
    look_for(panel, "quiet")
    field(panel).press("Control+a")
    alice.page.keyboard.type("count numbats")
    alice.page.keyboard.press("ArrowDown")
    alice.page.keyboard.press("Enter")
    heading(panel, "Count numbats")


def test_in_the_help_pages_of_the_panel_the_box_is_there_too(alice: Member, lost: None) -> None:
    panel = alice.open_help()
    panel.get_by_role("link", name="Help Docs").click()
    panel.get_by_role("link", name="Numbats", exact=True).click()
    heading(panel, "Numbats")
    panel.get_by_role("searchbox").click()
    expect(field(panel)).to_be_focused()
    field(panel).press_sequentially("numbat")
    expect(option(panel, TICKET)).to_be_visible()
    option(panel, "Feed a numbat").click()
    heading(panel, "Feed a numbat")


def test_carol_finds_nothing_of_acmes(carol: Member, lost: None) -> None:
    panel = carol.open_help()
    look_for(panel, "numbat")
    expect(option(panel, "Count numbats")).to_be_visible()
    expect(findings(panel)).to_have_count(2)
    field(panel).press("Enter")
    heading(panel, "Search")
    expect(panel.get_by_role("link", name="Count numbats")).to_be_visible()
    for words in (TICKET, "plans for brands"):
        expect(panel.get_by_text(words)).to_have_count(0)


def test_a_visitor_finds_public_pages_on_the_public_site(visitor: Somebody, lost: None) -> None:
    visitor.visit("/docs/")
    page = visitor.page
    look_for(page, "numbat")
    expect(option(page, "Count numbats")).to_be_visible()
    expect(findings(page)).to_have_count(2)
    option(page, "Count numbats").click()
    heading(page, "Count numbats")
    assert "/docs/numbats/count-numbats" in page.url
    assert "/help/" not in page.url
    assert visitor.context.cookies() == []


def test_a_member_on_the_public_site_finds_their_tickets_too(alice: Member, lost: None) -> None:
    alice.enter_hub()
    alice.visit("/docs/numbats")
    look_for(alice.page, "numbat")
    expect(option(alice.page, "Count numbats")).to_have_attribute("data-url", re.compile("^/docs/"))
    option(alice.page, TICKET).click()
    heading(alice.page, re.compile(TICKET))


# --- What is said ---------------------------------------------------------------------------------


def test_a_slip_is_put_right_and_said(visitor: Somebody) -> None:
    visitor.visit("/docs/")
    look_for(visitor.page, "numabt")
    expect(visitor.page.get_by_text("Found for “numbat”", exact=True)).to_be_visible()
    expect(visitor.page.get_by_role("status").filter(has_text="found")).to_contain_text("numbat")
    expect(option(visitor.page, "Count numbats").locator("mark").first).to_have_text("numbats")


def test_nothing_found_teaches_and_leads_on(visitor: Somebody) -> None:
    visitor.visit("/docs/")
    page = visitor.page
    look_for(page, "z")
    expect(page.get_by_text("Go on typing")).to_be_visible()
    field(page).press_sequentially("xqvkj")
    expect(page.get_by_text("Nothing found for “zxqvkj”")).to_be_visible()
    expect(page.get_by_text("Try fewer or other words")).to_be_visible()
    field(page).press("Enter")
    heading(page, "Results for “zxqvkj”")
    look_for(page, "zxqvkj")
    page.get_by_role("link", name="Ways to get help").click()
    heading(page, "How can we help?")


def test_enter_on_words_alone_leads_to_all_results(visitor: Somebody) -> None:
    visitor.visit("/docs/")
    page = visitor.page
    look_for(page, "numbat")
    page.keyboard.press("Enter")
    heading(page, "Results for “numbat”")
    expect(page.get_by_role("link", name="Count numbats").first).to_be_visible()
    page.keyboard.press("Control+k")
    expect(field(page)).to_have_value("numbat")
    page.get_by_role("link", name="All results").click()
    heading(page, "Results for “numbat”")


def test_hostile_words_are_words(visitor: Somebody) -> None:
    visitor.visit("/docs/")
    page = visitor.page
    for words in HOSTILE:
        page.keyboard.press("Control+k")
        field(page).fill(words)
        answer = page.get_by_role("option").or_(page.get_by_text("Nothing found for"))
        expect(answer.first).to_be_visible()
        expect(page.locator(".picker-results b, .picker-results script")).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.keyboard.press("Enter")
        heading(page, re.compile("Results for"))


# --- What was searched lately ---------------------------------------------------------------------


def test_what_was_searched_lately_is_there_again_and_can_be_forgotten(visitor: Somebody) -> None:
    visitor.visit("/docs/")
    page = visitor.page
    look_for(page, "numbat")
    option(page, "Feed a numbat").click()
    heading(page, "Feed a numbat")
    for words in ("termites", "<b>termites</b>"):
        look_for(page, words)
        page.keyboard.press("Enter")
        heading(page, f"Results for “{words}”")
    visitor.visit("/docs/")
    page.keyboard.press("Control+k")
    lately = page.get_by_role("listbox", name="Searched lately").get_by_role("option")
    told = ["<b>termites</b>", "termites", "numbat", "Forget these searches"]
    expect(lately).to_have_text(told)
    lately.nth(2).click()
    expect(field(page)).to_have_value("numbat")
    expect(option(page, "Count numbats")).to_be_visible()
    field(page).fill("")
    expect(lately).to_have_text(told)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Words, a “phrase” or a whole question.")).to_be_visible()
    expect(lately).to_have_count(0)


def test_in_the_panel_a_search_is_remembered_on_the_next_page(alice: Member, centre: None) -> None:
    """Where a browser closes its storage to frames, as this one does."""
    panel = alice.open_help()
    look_for(panel, "numbat")
    option(panel, "Feed a numbat").click()
    heading(panel, "Feed a numbat")
    panel.locator("body").press("Control+k")
    expect(panel.get_by_role("listbox", name="Searched lately")).to_contain_text("numbat")


# --- For everybody --------------------------------------------------------------------------------


def test_the_box_shuts_nobody_out(visitor: Somebody) -> None:
    visitor.visit("/docs/numbats")
    page = visitor.page
    look_for(page, "numbat")
    expect(option(page, "Count numbats")).to_be_visible()
    page.keyboard.press("ArrowDown")
    look_closely(page)
    field(page).fill("zxqvkj")
    expect(page.get_by_text("Nothing found for “zxqvkj”")).to_be_visible()
    look_closely(page)
    page.keyboard.press("Enter")
    heading(page, "Results for “zxqvkj”")
    page.keyboard.press("Control+k")
    field(page).fill("")
    expect(page.get_by_role("listbox", name="Searched lately")).to_be_visible()
    look_closely(page)


def test_the_box_of_the_panel_and_its_page_shut_nobody_out(alice: Member, lost: None) -> None:
    alice.page.emulate_media(reduced_motion="reduce")
    panel = alice.open_help()
    look_for(panel, "numbat")
    expect(option(panel, TICKET)).to_be_visible()
    look_closely(alice.page, alice.frame)
    alice.page.keyboard.press("Enter")  # by the page: the field's frame leaves under the key
    heading(panel, "Search")
    expect(panel.get_by_role("link", name=TICKET)).to_be_visible()
    look_closely(alice.page, alice.frame)


def test_from_right_to_left_the_box_is_the_same(arrive: Arrive, centre: None) -> None:
    visitor: Somebody = arrive(Somebody, locale="ar", reduced_motion="reduce")
    visitor.visit("/docs/numbats")
    page = visitor.page
    page.locator("body").press("Control+k")
    page.get_by_role("combobox").fill("numbat")
    expect(option(page, "Count numbats")).to_be_visible()
    look_closely(page)


def test_without_a_script_the_box_asks_for_a_page(
    browser: Browser, stack: Stack, centre: None
) -> None:
    """In a context of its own: what keeps other stories from being too quick is a script, too."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for start in ("/help/", "/docs/", "/help/docs/"):
        page.goto(stack.hub.url + start)
        page.get_by_role("searchbox").fill("numbat")
        page.get_by_role("searchbox").press("Enter")
        expect(page.get_by_role("link", name="Count numbats").first).to_be_visible()
    context.close()
