"""Does one line of HTML bring help to a platform, and nothing else?"""

import re
import time

import pytest
from playwright.sync_api import FloatRect, Locator, Route, expect

from tests.browser import DESKTOP, PHONE, intercept
from tests.story.conftest import Arrive
from tests.story.people import Member

pytestmark = [pytest.mark.whole_browser, pytest.mark.once]

SHIFTS = """() => new Promise((done) => {
    const shifts = [];
    new PerformanceObserver((list) => shifts.push(...list.getEntries()))
        .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(shifts.map((shift) => shift.value)), 100);
})"""
"""How far anything on the page was pushed about so far: https://wicg.github.io/layout-instability/"""


def box_of(locator: Locator) -> FloatRect:
    """Where it is once it moves no more."""
    locator.element_handle().wait_for_element_state("stable")
    box = locator.bounding_box()
    assert box
    return box


def test_help_stands_in_the_upper_right_corner_and_moves_nothing(alice: Member) -> None:
    box = box_of(alice.help_button)
    assert box["y"] < 32
    assert DESKTOP["width"] - (box["x"] + box["width"]) < 32
    alice.open_help()
    assert alice.page.evaluate(SHIFTS) == []


def test_the_focus_goes_into_the_panel_and_comes_back_with_escape(alice: Member) -> None:
    alice.open_help()
    expect(alice.panel.locator(":focus")).to_have_count(1)
    alice.page.keyboard.press("Escape")
    expect(alice.help_button).to_be_focused()
    expect(alice.help_button).to_have_attribute("aria-expanded", "false")
    expect(alice.panel.get_by_role("main")).to_be_hidden()
    alice.page.keyboard.press("Enter")
    expect(alice.panel.get_by_role("main")).to_be_visible()
    alice.panel.get_by_role("button", name="Close").click()
    expect(alice.help_button).to_be_focused()


def test_a_script_that_comes_late_does_not_keep_the_focus_out_of_the_panel(alice: Member) -> None:
    alice.page.route("**/hub/search*.js", _after_a_while)
    alice.open_help()
    expect(alice.panel.get_by_role("heading", name="how can we help")).to_be_focused()


def _after_a_while(route: Route) -> None:
    time.sleep(0.5)
    route.continue_()


def test_the_panel_is_where_it_was_on_the_next_page_of_the_platform(alice: Member) -> None:
    alice.open_tickets()
    alice.page.get_by_role("link", name="Campaigns", exact=True).click()
    alice.page.wait_for_url("**/campaigns")
    expect(alice.panel.get_by_role("heading", name="Tickets", exact=True)).to_be_visible()


def test_the_panel_grows_by_its_edge_with_mouse_and_keys(alice: Member) -> None:
    alice.open_help()
    frame, edge = alice.page.locator("handrail-help iframe"), alice.page.get_by_role("separator")
    before = box_of(frame)
    alice.page.mouse.move(before["x"], 400)
    alice.page.mouse.down()
    alice.page.mouse.move(before["x"] - 120, 400, steps=4)
    alice.page.mouse.up()
    dragged = box_of(frame)["width"]
    assert dragged == pytest.approx(before["width"] + 120, abs=12)
    edge.press("ArrowRight")
    assert box_of(frame)["width"] < dragged


def test_a_phone_gives_the_panel_its_whole_screen(arrive: Arrive) -> None:
    alice: Member = arrive(Member, viewport=PHONE, has_touch=True, is_mobile=True)
    alice.look_at("/")
    alice.help_button.tap()
    alice.panel.get_by_role("heading", name="how can we help").wait_for()
    assert box_of(alice.page.locator("handrail-help iframe")) == {"x": 0, "y": 0, **PHONE}
    alice.panel.get_by_role("button", name="Close").tap()
    expect(alice.panel.get_by_role("main")).to_be_hidden()


def test_a_page_that_runs_from_right_to_left_has_help_at_its_left(alice: Member) -> None:
    alice.look_at_own_page(html='dir="rtl"')
    assert box_of(alice.help_button)["x"] < 32
    alice.open_help()
    assert box_of(alice.page.locator("handrail-help iframe"))["x"] == 0
    assert alice.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("position", "is_left", "is_high"),
    [("top-left", True, True), ("bottom-left", True, False), ("bottom-right", False, False)],
)
def test_the_host_chooses_another_corner_words_and_a_colour(
    alice: Member, position: str, is_left: bool, is_high: bool
) -> None:
    alice.look_at_own_page(f'data-position="{position}" data-label="Support" data-color="#ffd400"')
    button = alice.page.get_by_role("button", name="Support")
    box = box_of(button)
    assert (box["x"] < 40) == is_left
    assert (box["y"] < 40) == is_high
    expect(button).to_have_css("background-color", "rgb(255, 212, 0)")


def test_an_element_of_the_hosts_own_is_the_button_where_it_wishes(alice: Member) -> None:
    alice.look_at_own_page(
        'data-button="#assist"', body='<button id="assist" type="button">Assist</button>'
    )
    own = alice.page.get_by_role("button", name="Assist")
    expect(own).to_be_visible()
    expect(alice.page.get_by_role("button", name="Help")).to_have_count(0)
    own.click()
    expect(alice.panel.get_by_role("heading", name="how can we help")).to_be_visible()
    alice.panel.locator("body").press("Escape")
    expect(own).to_be_focused()


def test_who_likes_no_motion_gets_none(arrive: Arrive) -> None:
    alice: Member = arrive(Member, reduced_motion="reduce")
    alice.look_at("/")
    alice.open_help()
    moving = """(root) => [...root.querySelectorAll("*")].filter((it) => {
        const { transitionDuration, animationName } = getComputedStyle(it);
        return /[1-9]/.test(transitionDuration) || animationName !== "none";
    }).map((it) => it.outerHTML)"""
    root = alice.page.locator("handrail-help")
    assert root.evaluate(f"(host) => ({moving})(host.shadowRoot)") == []
    at_work = "document.getAnimations().map((it) => it.effect.target.outerHTML)"
    assert alice.frame.evaluate(at_work) == []


def test_the_strictest_policy_of_a_host_is_kept(alice: Member) -> None:
    hub = alice.stack.hub.url
    alice.look_at_own_page(
        policy=f"default-src 'none'; script-src {hub}; frame-src {hub}; connect-src 'self'; "
        "base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    alice.open_help()
    assert alice.troubles == []


def test_the_host_opens_a_medium_from_its_own_script(alice: Member) -> None:
    alice.look_at_own_page()
    alice.page.evaluate("""() => {
        window.told = [];
        for (const event of ["open", "close"]) Handrail.on(event, () => told.push(event));
        Handrail.open("tickets");
    }""")
    expect(alice.panel.get_by_role("heading", name="Tickets", exact=True)).to_be_visible()
    alice.page.evaluate("Handrail.close()")
    expect(alice.panel.get_by_role("main")).to_be_hidden()
    assert alice.page.evaluate("told") == ["open", "close"]
    assert alice.page.evaluate("Object.keys(window).filter((it) => /handrail/i.test(it))") == [
        "Handrail"
    ]


def test_what_is_unread_stands_on_the_button_where_the_host_wishes(alice: Member) -> None:
    alice.look_at_own_page("data-badge")
    badge = alice.page.locator("handrail-help").get_by_role("button").get_by_text(re.compile(r"\d"))
    expect(badge).to_be_visible()


def test_help_without_a_token_address_is_a_visitors(arrive: Arrive) -> None:
    visitor: Member = arrive(Member)
    visitor.be("nobody")
    visitor.look_at("/")
    panel = visitor.open_help()
    expect(panel.get_by_role("link", name="Sign in", exact=True)).to_be_visible()
    expect(panel.get_by_role("link", name="Tickets")).to_have_count(0)


def test_a_platform_that_cannot_say_who_is_there_may_be_asked_again(alice: Member) -> None:
    tokens = f"{alice.stack.platform.url}/help-token"
    intercept(alice.page, tokens, lambda route: route.fulfill(status=500))
    alice.help_button.click()
    expect(alice.panel.get_by_text("We could not sign you in here")).to_be_visible()
    alice.page.unroute(tokens)
    alice.panel.get_by_role("button", name="Try again").click()
    expect(alice.panel.get_by_role("heading", name="Hello Alice")).to_be_visible()
