"""Is a page of Markdown read with and without a script, by the keyboard, and on paper?"""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.story.conftest import Arrive
from tests.story.people import Agent

pytestmark = pytest.mark.once

PAGE = "/console/design/"


@pytest.fixture
def desk(arrive: Arrive) -> Agent:
    """Hanna, before the page that shows every block."""
    hanna: Agent = arrive(Agent, reduced_motion="reduce")
    hanna.sign_in("hanna@larkspan.example")
    hanna.page.get_by_role("region", name="Queue").wait_for()
    hanna.visit(PAGE)
    return hanna


def tab(page: Page, name: str) -> Locator:
    return page.get_by_role("tab", name=f"{name} in light")


def panel(page: Page, name: str) -> Locator:
    return page.get_by_role("tabpanel", name=f"{name} in light", include_hidden=True)


def test_tabs_lie_behind_each_other_and_arrows_turn_them(desk: Agent) -> None:
    page = desk.page
    expect(panel(page, "Bank")).to_be_visible()
    expect(panel(page, "Card")).to_have_attribute("hidden", "until-found")
    tab(page, "Bank").focus()
    page.keyboard.press("ArrowRight")
    expect(tab(page, "Card")).to_be_focused()
    expect(tab(page, "Card")).to_have_attribute("aria-selected", "true")
    expect(panel(page, "Bank")).to_have_attribute("hidden", "until-found")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(tab(page, "Code")).to_be_focused()
    page.keyboard.press("Home")
    expect(panel(page, "Bank")).to_be_visible()


def test_an_address_opens_the_tab_that_it_leads_into(desk: Agent) -> None:
    desk.visit(f"{PAGE}#limits-in-light")
    desk.page.reload()
    expect(desk.page.get_by_role("heading", name="Limits in light")).to_be_in_viewport()
    expect(tab(desk.page, "Card")).to_have_attribute("aria-selected", "true")


def test_code_is_copied_without_its_numbers(desk: Agent) -> None:
    desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab(desk.page, "Code").click()
    panel(desk.page, "Code").get_by_role("button", name="Copy").click()
    expect(panel(desk.page, "Code").get_by_role("button", name="Copied")).to_be_visible()
    copied = desk.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("def run(amount: int) -> str:\n    ")


def test_a_picture_opens_large(desk: Agent) -> None:
    picture = desk.page.get_by_role("link", name="A bank's mark").first
    picture.evaluate("it => it.scrollIntoView()")  # it is loaded when somebody comes near
    picture.click()
    expect(desk.page.get_by_role("dialog", name="A bank's mark")).to_be_visible()
    desk.page.keyboard.press("Escape")
    expect(desk.page.get_by_role("dialog", name="A bank's mark")).to_be_hidden()


def test_a_film_that_the_policy_keeps_out_is_a_link_again(desk: Agent) -> None:
    film = desk.page.locator(".embed-play").first
    expect(film).to_have_attribute("data-embed", re.compile("^https://www.youtube-nocookie.com/"))
    film.click()
    expect(film).to_be_visible()
    expect(film).not_to_have_attribute("data-embed", re.compile("."))
    desk.forgive("frame")


def test_on_paper_and_without_a_script_everything_is_there(desk: Agent) -> None:
    desk.page.emulate_media(media="print")
    for name in ("Bank", "Card", "Code"):
        expect(panel(desk.page, name)).to_be_visible()
    state = desk.page.context.storage_state()
    browser = desk.page.context.browser
    assert browser is not None
    quiet = browser.new_context(storage_state=state, java_script_enabled=False)
    page = quiet.new_page()
    page.goto(desk.page.url)
    for name in ("Bank", "Card", "Code"):
        expect(panel(page, name)).to_be_visible()
        expect(panel(page, name).get_by_text(f"{name} in light", exact=True)).to_be_visible()
    quiet.close()
