"""Do the screens work with a mouse, with keys, on a phone, and for those who do not see them?"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from handrail.demo.visits import COOKIE

pytestmark = pytest.mark.once

SCREENS = {
    "alice.acme": (
        "/",
        "/campaigns",
        "/campaigns/C-3041",
        "/campaigns/C-3041/partners",
        "/campaigns/C-3066/activity",
        "/campaigns/new",
        "/campaigns/new?step=commission",
        "/campaigns/new?step=review",
        "/links",
        "/mailbox",
        "/partners",
        "/partners/applications",
        "/payments",
        "/payments/fund",
        "/payments/invoices/INV-20418",
        "/reports",
        "/settings/billing",
        "/settings/profile",
        "/settings/tracking",
        "/settings/users",
    ),
    "carol.globex": ("/", "/brands", "/campaigns", "/campaigns/C-3041", "/links", "/payments"),
    "nobody": ("/", "/login", "/mailbox/all"),
}
LOOKS = ((1280, "light"), (390, "dark"))
"""Each width and each theme once: axe takes a third of a second a page."""


@pytest.mark.parametrize(("width", "theme"), LOOKS)
@pytest.mark.parametrize("who", SCREENS)
def test_no_screen_shuts_anybody_out_or_runs_over_its_edge(
    page: Page, address: str, who: str, width: int, theme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.context.add_cookies([{"name": COOKIE, "value": who, "url": address}])
    for path in SCREENS[who]:
        page.goto(path)
        results = Axe().run(page)
        assert results.violations_count == 0, f"{path}: {results.generate_report()}"
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, path


def test_the_switch_in_the_corner_makes_one_carol(page: Page) -> None:
    page.goto("/")
    page.click("#demo-switch summary")
    page.click("#demo-switch-carol")
    page.wait_for_selector("text=What Globex earned")
    assert page.is_visible("#nav-brands")


def test_menus_open_and_close_by_keys(page: Page) -> None:
    page.goto("/")
    page.focus("#account-menu summary")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.account") == "acme"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.account") == "acme-nordics"
    page.keyboard.press("Escape")
    assert not page.is_visible("[data-account=acme]")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_one_menu_closes_another(page: Page) -> None:
    page.goto("/")
    page.click("#account-menu summary")
    page.click("#person-menu summary")
    assert not page.is_visible("[data-account=acme]")
    assert page.is_visible("#sign-out")
    page.click("h1")
    assert not page.is_visible("#sign-out")


def test_a_link_is_made_in_a_dialog(page: Page) -> None:
    page.goto("/links")
    page.click("#new-link")
    assert page.evaluate("document.activeElement.id") == "name"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "new-link"
    page.click("#new-link")
    page.fill("#name", "Harvest letter")
    page.click("#create-link")
    row = page.locator("tr[data-new]")
    assert "Harvest letter" in row.inner_text()
    row.locator("button").click()
    assert page.evaluate("navigator.clipboard.readText()").startswith("https://go.larkspan")


def test_tabs_turn_with_arrows(page: Page) -> None:
    page.goto("/links")
    page.click("#tab-links")
    page.keyboard.press("ArrowRight")
    assert page.is_visible("text=HARBOUR20")
    assert not page.is_visible("#links-table")
    page.keyboard.press("End")
    assert page.is_visible("text=AD-911")


def test_views_of_a_campaign_change_without_loading_the_page(page: Page) -> None:
    page.goto("/campaigns/C-3041")
    page.evaluate("window.isStillThere = true")
    page.click("[data-view=terms]")
    page.wait_for_selector("text=Return period")
    assert page.url.endswith("/campaigns/C-3041/terms")
    page.click("[data-view=partners]")
    page.wait_for_selector("text=Partners in this campaign")
    page.go_back()
    page.wait_for_selector("text=Return period")
    assert page.get_attribute("[data-view=terms]", "aria-current") == "page"
    assert page.evaluate("window.isStillThere")


def test_a_campaign_is_made_step_by_step(page: Page) -> None:
    page.goto("/campaigns/new")
    page.click("#step-next")
    assert page.is_visible("text=Give the campaign a name.")
    page.fill("#name", "First Frost")
    for _ in range(4):
        page.click("#step-next")
    page.wait_for_selector("#notice")
    assert page.inner_text("h1") == "First Frost"


def test_the_sidebar_of_a_phone_opens_and_closes(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    assert not page.is_visible("#nav-reports")
    page.click("[data-nav-toggle]")
    page.wait_for_selector("#nav-reports")
    assert page.evaluate("document.activeElement.closest('#sidebar') !== null")
    page.keyboard.press("Escape")
    page.wait_for_selector("#nav-reports", state="hidden")
    page.click("[data-nav-toggle]")
    page.click("#nav-reports")
    page.wait_for_selector("#report-table")
    assert page.inner_text("h1") == "Reports"


def test_dialogs_and_open_menus_shut_nobody_out(page: Page) -> None:
    page.goto("/partners/applications")
    page.click("[data-opens=decline-AP-768]")
    assert Axe().run(page).violations_count == 0
    page.keyboard.press("Escape")
    page.click("#demo-switch summary")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
