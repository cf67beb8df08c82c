"""Does the one box find what answers somebody, wherever they are, and only what is theirs?"""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, Route, expect

from tests.browser import no_serious_axe_findings_in_any_look as look_closely
from tests.stack import Stack
from tests.story.conftest import Arrive
from tests.story.people import Member, Somebody

CENTRE = """
from handrail.mediums.docs import actions
from handrail.people.models import Audience
from handrail.people.viewer import system_viewer
editor = system_viewer("editor")
section = actions.make_section(editor, title="Numbats", slug="numbats")
def publish(title, body, **facts):
    page = actions.make_page(editor, section, title=title, body=body, **facts)
    return actions.publish(editor, page)
publish("Count numbats", "## Before you begin\\n\\nA numbat sleeps at night.")
publish("Feed a numbat", "Give it termites.")
publish("Numbat plans for brands", "Numbat secrets.", audience=Audience.objects.get(key="brand"))
"""

TICKET = "A numbat is lost"

HOSTILE = (
    "\"numbat' OR 1=1 --",
    "<b>numbat</b><script>alert(1)</script>",
    "\u202enumbat\u202c",
    "نمبات",
    "{{ 7 * 7 }} ${numbat} %00",
    "numbat " * 1_500,
)

REFINED = re.compile(r"/help/search\?.*refine=on")

Place = Page | FrameLocator


@pytest.fixture(scope="module")
def centre(stack: Stack) -> None:
    """A section about numbats, with a page that only brands may read."""
    stack.run(CENTRE)


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


def field(place: Place) -> Locator:
    return place.get_by_role("combobox", name=re.compile("Search"))


def option(place: Place, name: str) -> Locator:
    return place.get_by_role("option", name=re.compile(name))


def findings(place: Place) -> Locator:
    """What was found: the last option asks the help pages instead."""
    return place.get_by_role("option").filter(has_not_text=re.compile("^Ask: "))


def heading(place: Place, name: str | re.Pattern[str]) -> None:
    expect(place.get_by_role("heading", name=name, level=1)).to_be_visible()


def look_for(place: Place, words: str) -> None:
    """Opens the box by its keys and writes words into it, in place of what was there."""
    place.locator("body").press("Control+k")
    expect(field(place)).to_be_focused()
    field(place).press("Control+a")
    field(place).press_sequentially(words)


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


# --- The better answer ----------------------------------------------------------------------------


class Held:
    """The better answers to a page's questions, kept back until the story lets one through. They
    are asked for once the first answer is shown."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.routes: dict[str, Route] = {}
        page.route(REFINED, self.keep)

    def keep(self, route: Route) -> None:
        self.routes[parse_qs(urlsplit(route.request.url).query)["q"][0]] = route

    def wait(self, words: str) -> None:
        while words not in self.routes:
            self.page.wait_for_timeout(50)

    def release(self, words: str, change: Callable[[str], str]) -> None:
        """What is shown, changed, is the answer; and a moment for the page to look at it."""
        self.wait(words)
        shown = self.page.locator(".picker-results").inner_html()
        better = change(shown.replace('aria-selected="true"', 'aria-selected="false"'))
        with self.page.expect_response(REFINED) as waiting:
            self.routes.pop(words).fulfill(content_type="text/html; charset=utf-8", body=better)
        waiting.value.finished()
        self.page.wait_for_timeout(200)


OPTION = re.compile(r'<div role="option"(?![^>]*id="found-ask").*?</div>', re.DOTALL)


def turned_round(html: str) -> str:
    found = OPTION.findall(html)
    turned = iter(reversed(found))
    return OPTION.sub(lambda _match: next(turned), html)


def longer(html: str) -> str:
    found = OPTION.findall(html)
    more = found[-1].replace('data-url="', 'data-url="/more').replace("</bdi>", " again</bdi>", 1)
    return html.replace(found[-1], found[-1] + more.replace('id="', 'id="more-'))


@pytest.fixture
def held(visitor: Somebody) -> Held:
    """Numbats were found by words; the better answer is on its way."""
    visitor.visit("/docs/")
    held = Held(visitor.page)
    look_for(visitor.page, "numbat")
    held.wait("numbat")
    expect(findings(visitor.page)).to_have_count(2)
    return held


def test_a_better_answer_takes_the_place_of_the_first(held: Held) -> None:
    options = findings(held.page)
    before = options.all_inner_texts()
    held.page.mouse.move(2, 2)
    held.release("numbat", turned_round)
    expect(options).to_have_text(before[::-1], use_inner_text=True)
    expect(options.first).to_have_attribute("aria-selected", "false")


def test_it_does_not_move_what_is_under_the_pointer(held: Held) -> None:
    options = findings(held.page)
    before = options.all_inner_texts()
    options.first.hover()
    held.release("numbat", turned_round)
    expect(options).to_have_text(before, use_inner_text=True)
    expect(options.first).to_have_attribute("aria-selected", "true")


def test_a_press_that_began_before_it_came_is_not_lost(held: Held) -> None:
    page, options = held.page, findings(held.page)
    before = options.all_inner_texts()
    options.first.hover()
    page.mouse.down()
    held.release("numbat", longer)
    expect(options).to_have_text(before, use_inner_text=True)
    page.mouse.up()
    heading(page, re.compile("umbat"))


def test_a_press_that_ends_elsewhere_lets_it_in(held: Held) -> None:
    page, options = held.page, findings(held.page)
    options.first.hover()
    page.mouse.down()
    held.release("numbat", longer)
    page.mouse.move(2, 2)
    page.mouse.up()
    expect(options).to_have_count(3)
    expect(field(page)).to_be_focused()


def test_a_press_is_not_lost_to_the_answer_for_the_last_letter(visitor: Somebody) -> None:
    visitor.visit("/docs/")
    page = visitor.page
    look_for(page, "numba")
    expect(option(page, "Ask: numba")).to_be_visible()
    first = findings(page).first
    first.hover()
    name = first.get_attribute("data-url") or "-"
    page.mouse.down()
    with page.expect_response(re.compile(r"/help/search\?.*q=numbat")):
        page.keyboard.type("t")
    page.wait_for_timeout(200)
    page.mouse.up()
    expect(page).to_have_url(re.compile(f"{re.escape(name)}$"))


def test_it_does_not_move_what_the_arrows_chose_but_may_grow(held: Held) -> None:
    options = findings(held.page)
    before = options.all_inner_texts()
    field(held.page).press("ArrowDown")
    held.release("numbat", turned_round)
    expect(options).to_have_text(before, use_inner_text=True)
    field(held.page).press_sequentially("s")
    field(held.page).press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    held.release("numbats", longer)
    expect(options).to_have_count(3)
    expect(options.first).to_have_attribute("aria-selected", "true")


def test_what_comes_too_late_or_not_at_all_changes_nothing(held: Held) -> None:
    field(held.page).fill("zxqvkj")
    nothing = held.page.get_by_text("Nothing found for “zxqvkj”")
    expect(nothing).to_be_visible()
    held.wait("zxqvkj")
    for route in held.routes.values():
        route.abort()
    held.page.wait_for_timeout(200)
    expect(nothing).to_be_visible()
    field(held.page).press("Escape")
    expect(field(held.page)).to_be_hidden()


def test_without_a_connection_the_box_says_so_and_enter_tries_again(visitor: Somebody) -> None:
    visitor.visit("/docs/")
    page = visitor.page
    page.keyboard.press("Control+k")
    expect(page.get_by_text("Words, a “phrase” or a whole question.")).to_be_visible()
    visitor.context.set_offline(True)
    field(page).fill("numbat")
    expect(page.get_by_text("No answer came.").first).to_be_visible()
    visitor.context.set_offline(False)
    page.keyboard.press("Enter")
    expect(option(page, "Count numbats")).to_be_visible()
    visitor.forgive("htmx:sendError")


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
