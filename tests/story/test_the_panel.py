"""Is the panel quick, fit for everybody, and honest when something is wrong?"""

import re

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.browser import DESKTOP, PHONE, intercept, no_serious_axe_findings
from tests.story.conftest import Arrive
from tests.story.people import Member

pytestmark = [pytest.mark.whole_browser, pytest.mark.once]

LOOKS = [
    pytest.param({"viewport": DESKTOP, "color_scheme": "light"}, id="desktop-light"),
    pytest.param({"viewport": DESKTOP, "color_scheme": "dark"}, id="desktop-dark"),
    pytest.param({"viewport": PHONE, "color_scheme": "light"}, id="phone-light"),
    pytest.param({"viewport": PHONE, "color_scheme": "dark"}, id="phone-dark"),
]

PRESS_AND_LOOK = """(host) => new Promise((done) => {
    const root = host.shadowRoot;
    root.querySelector(".launcher").click();
    const sheet = root.querySelector(".sheet");
    const isFocused = root.activeElement === root.querySelector(".close");
    requestAnimationFrame(() => done([getComputedStyle(sheet).visibility, isFocused]));
})"""
"""Before anything can have come from the hub: is the panel there in the very next frame?"""


def own(member: Member) -> Locator:
    """What is of ours in the host's page, around the frame."""
    return member.page.locator("handrail-help")


@pytest.mark.parametrize("looks", LOOKS)
def test_button_and_panel_shut_nobody_out(arrive: Arrive, looks: dict[str, object]) -> None:
    alice: Member = arrive(Member, **looks)
    alice.look_at("/")
    no_serious_axe_findings(alice.page)
    alice.open_help()
    no_serious_axe_findings(alice.page)
    no_serious_axe_findings(alice.frame)
    alice.panel.get_by_role("link", name="Tickets").click()
    expect(alice.panel.get_by_role("heading", name="Tickets", exact=True)).to_be_visible()
    no_serious_axe_findings(alice.frame)


@pytest.mark.parametrize("color", ["#ffd400", "#0b1f4d", "rebeccapurple", "oklch(0.72 0.19 40)"])
def test_the_button_can_be_read_in_any_colour_of_a_host(alice: Member, color: str) -> None:
    alice.look_at_own_page(f'data-color="{color}"')
    no_serious_axe_findings(alice.page)


def test_the_panel_is_there_in_the_next_frame_after_the_click(alice: Member) -> None:
    intercept(alice.page, "**/help/frame", lambda route: None)  # the hub takes its time
    assert own(alice).evaluate(PRESS_AND_LOOK) == ["visible", True]
    alice.page.keyboard.press("Escape")
    expect(alice.help_button).to_be_focused()


def test_a_hub_that_is_away_is_said_to_be_and_can_be_tried_again(alice: Member) -> None:
    boot_page = "**/help/frame"
    intercept(alice.page, boot_page, lambda route: route.abort("connectionrefused"))
    alice.help_button.click()
    expect(own(alice).get_by_role("alert")).to_contain_text("Help cannot be reached.")
    no_serious_axe_findings(alice.page)
    alice.page.unroute(boot_page)
    own(alice).get_by_role("button", name="Try again").click()
    expect(alice.panel.get_by_role("heading", name="Hello Alice")).to_be_visible()


def test_a_page_that_is_not_there_leaves_a_way_out(alice: Member) -> None:
    panel = alice.open_help()
    alice.frame.evaluate("location.href = '/help/tickets/no-such-ticket/'")
    expect(panel.get_by_role("heading", name="Hello Alice")).to_have_count(0)
    close = own(alice).get_by_role("button", name="Close")
    close.click()
    expect(alice.help_button).to_have_attribute("aria-expanded", "false")
    alice.open_help()
    expect(close).to_be_hidden()


def test_a_visitor_who_wants_what_needs_a_name_is_told_where_to_sign_in(arrive: Arrive) -> None:
    visitor: Member = arrive(Member)
    visitor.be("nobody")
    visitor.look_at("/")
    visitor.page.evaluate("Handrail.open('tickets')")
    expect(visitor.panel.get_by_role("heading", name="Sign in to see this")).to_be_visible()
    no_serious_axe_findings(visitor.frame)
    visitor.panel.get_by_role("link", name="What you can do without").click()
    expect(visitor.panel.get_by_role("heading", name="How can we help?")).to_be_visible()
    no_serious_axe_findings(visitor.frame)


def test_a_form_comes_filled_in_as_the_host_wishes(alice: Member) -> None:
    alice.page.evaluate("""Handrail.open("tickets", {
        prefill: { createTicket: true, subject: "Upgrade & more: 100 %" },
    })""")
    expect(alice.panel.get_by_label("Subject")).to_have_value("Upgrade & more: 100 %")
    alice.page.evaluate("Handrail.open('tickets')")
    expect(alice.panel.get_by_role("heading", name="Tickets", exact=True)).to_be_visible()


def test_what_a_host_opens_between_two_pages_is_opened(alice: Member) -> None:
    alice.page.evaluate("""() => {
        Handrail.open("tickets");
        Handrail.open("tickets", { prefill: { createTicket: true, subject: "The second" } });
    }""")
    expect(alice.panel.get_by_label("Subject")).to_have_value("The second")
    held: list[Route] = []
    scripts = re.compile(r"/static/help/frame\.")
    intercept(alice.page, scripts, lambda route: held.append(route))
    alice.page.evaluate("Handrail.open('tickets')")
    expect(alice.panel.locator("h1")).to_have_text("Tickets")
    alice.page.evaluate("""Handrail.open("tickets", {
        prefill: { createTicket: true, subject: "Said while nobody listened" },
    })""")
    assert held
    alice.page.unroute(scripts)  # which lets them go on
    expect(alice.panel.get_by_label("Subject")).to_have_value("Said while nobody listened")


def test_what_a_host_opens_from_a_page_that_is_not_there_is_opened(alice: Member) -> None:
    panel = alice.open_help()
    alice.frame.evaluate("location.href = '/help/tickets/no-such-ticket/'")
    expect(panel.get_by_role("heading", name="There is nothing here")).to_be_visible()
    alice.page.evaluate("Handrail.open('tickets')")  # before the loader may know
    expect(panel.get_by_role("heading", name="Tickets", exact=True)).to_be_visible()
    alice.frame.evaluate("location.href = '/help/tickets/no-such-ticket/'")
    expect(own(alice).get_by_role("button", name="Close")).to_be_visible()
    alice.page.evaluate("Handrail.open('tickets', { prefill: { createTicket: true } })")
    expect(panel.get_by_label("Subject")).to_be_visible()


def test_the_panel_is_light_or_dark_as_the_hosts_page_is(alice: Member) -> None:
    alice.look_at_own_page(html='style="color-scheme: dark"')
    panel = alice.open_help()
    page = panel.locator("html")
    expect(page).to_have_attribute("data-theme", "dark")
    alice.page.evaluate("document.documentElement.style.colorScheme = 'light'")
    expect(page).to_have_attribute("data-theme", "light")
    panel.get_by_role("link", name="Tickets").click()
    expect(panel.get_by_role("heading", name="Tickets", exact=True)).to_be_visible()
    expect(page).to_have_attribute("data-theme", "light")


def test_escape_closes_what_lies_above_before_the_panel(alice: Member) -> None:
    panel = alice.open_help()
    panel.get_by_role("button", name="Account: Acme").click()
    expect(panel.get_by_role("button", name="Acme Nordics")).to_be_visible()
    alice.page.keyboard.press("Escape")
    expect(panel.get_by_role("button", name="Acme Nordics")).to_be_hidden()
    expect(alice.help_button).to_have_attribute("aria-expanded", "true")
    alice.page.keyboard.press("Escape")
    expect(alice.help_button).to_have_attribute("aria-expanded", "false")


def test_the_hosts_page_stays_in_use_beside_the_panel(alice: Member) -> None:
    alice.open_help()
    alice.page.locator("#account-menu summary").click()
    expect(alice.page.locator("[data-account=acme]")).to_be_visible()
    alice.page.keyboard.press("Escape")
    expect(alice.help_button).to_have_attribute("aria-expanded", "true")


def test_on_a_phone_the_keys_stay_in_the_panel_and_the_page_below_stands_still(
    arrive: Arrive,
) -> None:
    alice: Member = arrive(Member, viewport=PHONE)
    alice.look_at("/")
    alice.page.evaluate("scrollTo(0, 200)")
    alice.open_help()
    expect(alice.page.get_by_role("dialog", name="Help")).to_have_attribute("aria-modal", "true")
    for _ in range(25):
        alice.page.keyboard.press("Tab")
        assert alice.page.evaluate("document.activeElement.localName") == "handrail-help"
    alice.page.mouse.move(200, 400)
    alice.page.mouse.wheel(0, 2000)
    alice.page.wait_for_timeout(200)
    assert alice.page.evaluate("scrollY") == 200
    alice.page.keyboard.press("Escape")
    expect(alice.help_button).to_have_attribute("aria-expanded", "false")
    alice.page.mouse.wheel(0, 300)
    alice.page.wait_for_function("() => scrollY > 200")


def test_the_edge_is_moved_by_keys_and_its_place_remembered(alice: Member) -> None:
    alice.look_at_own_page()
    alice.open_help()
    edge = alice.page.get_by_role("separator", name="Width")
    edge.press("End")
    expect(edge).to_have_attribute("aria-valuenow", "720")
    edge.press("ArrowRight")
    expect(edge).to_have_attribute("aria-valuenow", "696")
    alice.page.reload()
    expect(edge).to_have_attribute("aria-valuenow", "696")
    edge.press("Home")
    expect(edge).to_have_attribute("aria-valuenow", "360")


def test_what_was_read_in_the_panel_is_gone_from_the_button(alice: Member) -> None:
    alice.look_at_own_page("data-badge")
    button = own(alice).get_by_role("button", name=re.compile(r"Help, \d+ new"))
    label = button.get_attribute("aria-label")
    assert label
    before = int(label.split()[1])
    button.click()
    alice.panel.get_by_role("link", name="Tickets").click()
    with alice.page.expect_response("**/seen"):
        alice.panel.get_by_role("link", name=re.compile("^New: ")).first.click()
    alice.panel.get_by_role("button", name="Close").click()
    after = f"Help, {before - 1} new" if before > 1 else "Help"
    expect(own(alice).get_by_role("button", name=after, exact=True)).to_be_visible()


def test_the_badge_of_a_visitor_costs_the_hub_nothing(arrive: Arrive) -> None:
    visitor: Member = arrive(Member)
    visitor.be("nobody")
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.look_at_own_page("data-badge")
    visitor.page.wait_for_load_state("networkidle")
    hub, platform = visitor.stack.hub.url, visitor.stack.platform.url
    assert [address for address in asked if address.startswith(hub)] == [f"{hub}/help/v1.js"]
    assert asked.count(f"{platform}/help-token") == 1
