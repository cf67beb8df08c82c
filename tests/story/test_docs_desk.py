"""Can an editor find, order and settle help pages, however many there are?"""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import DESKTOP, intercept
from tests.browser import no_serious_axe_findings_in_any_look as look_closely
from tests.story.conftest import Arrive
from tests.story.editing import (
    add_page,
    begin_page,
    go_to,
    go_to_tree,
    publish_well,
    saved,
    text,
    titles,
)
from tests.story.people import Agent

MANY = """
from handrail.mediums.docs.models import Section
from tests.help_pages import page_of, section_of
is_there = Section.objects.filter(slug="moths").exists()
section = None if is_there else section_of("Moths")
for category in range(0 if is_there else 70):
    top = page_of(section, f"Family {category}")
    for number in range(3):
        page_of(section, f"Moth {category}-{number}", parent=top)
"""

GERMAN = """
from handrail.mediums.docs.models import Section
from tests.help_pages import page_of
section = Section.objects.get(slug="wrens")
page_of(section, "Zaunkönige zählen", language="de")
"""


@pytest.fixture
def hanna(arrive: Arrive) -> Agent:
    """An administrator, who may edit, and likes no motion."""
    hanna: Agent = arrive(Agent, reduced_motion="reduce")
    hanna.sign_in("hanna@larkspan.example")
    hanna.page.get_by_role("region", name="Queue").wait_for()
    return hanna


@pytest.fixture
def many(hanna: Agent) -> None:
    """A section of 280 pages, made once."""
    hanna.stack.run(MANY)


def family(page: Page, number: int) -> None:
    """Its button is there, whatever it is called now."""
    page.get_by_role("button", name=f"Show what is below: Family {number}", exact=True).press(
        "Enter"
    )


def test_what_is_below_comes_when_it_is_opened_and_stays(hanna: Agent, many: None) -> None:
    page = hanna.page
    hanna.visit("/console/docs/?section=moths")
    expect(titles(page)).to_have_count(70)
    family(page, 3)
    family(page, 5)
    expect(page.get_by_role("link", name="Moth 3-2", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Moth 5-2", exact=True)).to_be_visible()
    family(page, 3)
    expect(page.get_by_role("link", name="Moth 3-2", exact=True)).to_be_hidden()
    page.get_by_role("button", name="Move: Moth 5-2").press("Alt+ArrowUp")
    page.get_by_role("button", name="Move: Moth 5-2").press("Alt+ArrowUp")
    below = page.locator("li[data-page]", has_text="Family 5").first.locator("ul .docs-line > a")
    expect(below).to_have_text(["Moth 5-2", "Moth 5-0", "Moth 5-1"])
    expect(page.get_by_role("button", name="Move: Moth 5-2")).to_be_focused()
    page.reload()
    expect(below).to_have_text(["Moth 5-2", "Moth 5-0", "Moth 5-1"])
    expect(page.get_by_role("link", name="Moth 3-2", exact=True)).to_have_count(0)
    look_closely(page)


def test_a_move_that_did_not_reach_the_server_does_not_stop_the_next(
    hanna: Agent, many: None
) -> None:
    page = hanna.page
    hanna.visit("/console/docs/?section=moths")
    family(page, 6)
    intercept(page, "**/move", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Move: Moth 6-2").press("Alt+ArrowUp")
    page.unroute("**/move")
    page.get_by_role("button", name="Move: Moth 6-2").press("Alt+ArrowUp")
    expect(page.get_by_role("link", name=re.compile("^Moth 6-"))).to_have_text(
        ["Moth 6-0", "Moth 6-2", "Moth 6-1"]
    )
    hanna.forgive("htmx:sendError")


def test_titles_are_found_as_one_types_and_lead_back_into_the_tree(
    hanna: Agent, many: None
) -> None:
    page = hanna.page
    hanna.visit("/console/docs/?section=moths")
    page.get_by_role("searchbox", name="Search titles").press_sequentially("moth 61-1")
    page.get_by_role("link", name="Moth 61-1", exact=True).click()
    expect(text(page)).to_be_visible()
    go_to_tree(page)
    line = page.get_by_role("link", name="Moth 61-1", exact=True)
    expect(line).to_be_in_viewport()
    expect(page.get_by_role("link", name="Moth 60-1", exact=True)).to_have_count(0)
    page.get_by_role("searchbox", name="Search titles").fill("no such moth")
    expect(page.get_by_role("heading", name="No title holds that")).to_be_visible()
    page.get_by_role("searchbox", name="Search titles").fill("")
    expect(page.locator("#tree")).to_be_visible()


def test_without_script_branches_open_all_the_same(
    hanna: Agent, many: None, arrive: Arrive
) -> None:
    cookies = hanna.context.cookies()
    plain = arrive(Agent, java_script_enabled=False)
    plain.context.add_cookies(cookies)
    plain.visit("/console/docs/?section=moths")
    family(plain.page, 7)
    expect(plain.page.get_by_role("link", name="Moth 7-1", exact=True)).to_be_visible()
    family(plain.page, 8)
    expect(plain.page.get_by_role("link", name="Moth 8-1", exact=True)).to_be_visible()
    expect(plain.page.get_by_role("link", name="Moth 7-1", exact=True)).to_be_visible()
    family(plain.page, 7)
    expect(plain.page.get_by_role("link", name="Moth 7-1", exact=True)).to_have_count(0)


def test_a_page_becomes_the_version_of_another_and_is_its_own_again(hanna: Agent) -> None:
    page = begin_page(hanna, "Wrens", "Counting wrens")
    text(page).fill("One by one.")
    publish_well(page)
    hanna.stack.run(GERMAN)
    hanna.visit("/console/docs/?section=wrens&language=de")
    page.get_by_role("link", name="Zaunkönige zählen", exact=True).click()
    expect(text(page)).to_be_visible()
    go_to(page, "Settings")
    card = page.get_by_role("region", name="In other languages")
    card.get_by_role("searchbox").press_sequentially("wren")
    expect(card.get_by_role("button", name="It is this one: Counting wrens")).to_be_visible()
    look_closely(page)
    page.set_viewport_size(DESKTOP)
    card.get_by_role("button", name="It is this one: Counting wrens").click()
    expect(card.get_by_text("This is the German version of:")).to_be_visible()
    expect(card.get_by_role("link", name="Counting wrens")).to_be_visible()
    look_closely(page)
    page.set_viewport_size(DESKTOP)
    card.get_by_role("button", name="They do not belong together").click()
    expect(card.get_by_role("searchbox")).to_be_visible()


def test_an_old_revision_comes_back_and_a_draft_is_not_lost_for_it(hanna: Agent) -> None:
    page = begin_page(hanna, "Tits", "Naming tits")
    text(page).fill("They are blue.")
    publish_well(page)
    text(page).fill("They are great.")
    publish_well(page)
    text(page).fill("They are crested.")
    expect(saved(page)).to_contain_text("Saved")
    go_to(page, "Revisions")
    page.get_by_role("link", name="Revision 2").click()
    change = page.get_by_role("region", name="What it changed")
    expect(change.locator("del")).to_contain_text("blue")
    expect(change.locator("ins")).to_contain_text("great")
    page.get_by_role("link", name="The one before").click()
    expect(page.get_by_text("The first one: all of it is new.")).to_be_visible()
    page.get_by_role("button", name="Restore as a draft").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a draft of this page already")
    page.get_by_text("What restoring changes in the draft").click()
    expect(page.get_by_role("alert").locator("del")).to_contain_text("crested")
    look_closely(page)
    page.set_viewport_size(DESKTOP)
    page.get_by_role("button", name="Restore all the same").click()
    expect(text(page)).to_have_value("They are blue.")
    publish_well(page)


def test_whom_a_page_is_for_is_said_and_kept(hanna: Agent, browser: Browser) -> None:
    page = begin_page(hanna, "Gulls", "Governing gulls")
    text(page).fill("Only for some.")
    publish_well(page)
    root = page.url.partition("/console/")[0]
    stranger = browser.new_context().new_page()
    address = f"{root}/docs/gulls/governing-gulls"
    answer = stranger.goto(address)
    assert answer is not None and answer.status == 200
    go_to(page, "Settings")
    page.get_by_label("Who may read it").select_option(index=1)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    answer = stranger.goto(address)
    assert answer is not None and answer.status == 404
    stranger.context.close()
    page.get_by_label("Address", exact=True).fill("")
    page.get_by_label("Keywords").fill("sea")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Give the page an address.")).to_be_visible()
    expect(page.get_by_label("Keywords")).to_have_value("sea")


def test_a_deleted_page_leads_on(hanna: Agent, browser: Browser) -> None:
    page = begin_page(hanna, "Coots", "Old coots")
    publish_well(page)
    go_to_tree(page)
    add_page(page, "New coots")
    publish_well(page)
    go_to_tree(page)
    page.get_by_role("link", name="Old coots", exact=True).click()
    expect(text(page)).to_be_visible()
    page.get_by_role("button", name="More about this page").click()
    page.get_by_role("link", name="Delete…").click()
    page.get_by_label("Its address leads on to").select_option(label="New coots")
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("“Old coots” is deleted.")).to_be_visible()
    expect(titles(page)).to_have_text(["New coots"])
    stranger = browser.new_context().new_page()
    stranger.goto(page.url.partition("/console/")[0] + "/docs/coots/old-coots")
    expect(stranger).to_have_url(re.compile("/docs/coots/new-coots$"))
    stranger.context.close()
