"""How does an editor write a help page in a story? In the console, as Hanna, who may."""

from playwright.sync_api import Locator, Page, expect

from tests.story.people import Agent


def begin_page(editor: Agent, section: str, title: str) -> Page:
    """Makes a section, and a page in it, as far as its editor."""
    page = editor.page
    editor.visit("/console/docs/sections/new")
    page.get_by_label("Title", exact=True).fill(section)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="No pages here yet").wait_for()
    add_page(page, title)
    return page


def add_page(page: Page, title: str) -> None:
    """From the tree of a section to the editor of a new page in it."""
    page.get_by_role("link", name="New page", exact=True).first.click()
    page.get_by_role("heading", name="New page").wait_for()
    page.get_by_label("Title", exact=True).fill(title)
    page.get_by_role("button", name="Write it").click()
    expect(text(page)).to_be_visible()


def text(page: Page) -> Locator:
    return page.get_by_label("Text, in Markdown")


def preview(page: Page) -> Locator:
    return page.get_by_role("region", name="Preview")


def saved(page: Page) -> Locator:
    return page.locator("#saved")


def publish(page: Page) -> None:
    """Asks for it; whether it was done, the page says."""
    page.get_by_role("button", name="Publish…").click()
    page.get_by_role("dialog", name="Publish").get_by_role("button", name="Publish").click()


def publish_well(page: Page) -> None:
    publish(page)
    expect(page.get_by_text("Published. Readers see it now.")).to_be_visible()


def go_to(page: Page, part: str) -> None:
    """To another part of what belongs to the page: Text, Settings, Revisions, Feedback."""
    bar = page.get_by_role("navigation", name="This page")
    bar.get_by_role("link", name=part).click()
    expect(bar.get_by_role("link", name=part)).to_have_attribute("aria-current", "page")


def go_to_tree(page: Page) -> None:
    page.get_by_role("link", name="Back to the pages").click()
    page.locator("#tree").wait_for()


def titles(page: Page) -> Locator:
    """Of the tree, as far as it is open."""
    return page.locator("#tree .docs-line > a")
