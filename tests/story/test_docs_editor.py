"""Can an editor write a help page, and lose nothing of it, whoever else is writing?"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import DESKTOP
from tests.browser import no_serious_axe_findings_in_any_look as look_closely
from tests.stack import PASSWORD
from tests.story.conftest import Arrive
from tests.story.people import Agent

PASTE_A_PICTURE = """async () => {
    const canvas = new OffscreenCanvas(60, 40);
    canvas.getContext("2d").fillRect(0, 0, 60, 40);
    const bytes = await canvas.convertToBlob({ type: "image/png" });
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], "image.png", { type: "image/png" }));
    const options = { bubbles: true, cancelable: true, clipboardData };
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
}"""

ANOTHER_EDITOR = f"""
from handrail.people.actions import create_agent
from handrail.people.models import Agent
known = dict(email="eva@larkspan.example", name="Eva Sand", role="editor")
Agent.objects.filter(**known).exists() or create_agent(**known, password="{PASSWORD}")
"""


@pytest.fixture
def hanna(arrive: Arrive) -> Agent:
    """An administrator, who may edit, and likes no motion."""
    hanna: Agent = arrive(Agent, reduced_motion="reduce")
    hanna.sign_in("hanna@larkspan.example")
    hanna.page.get_by_role("region", name="Queue").wait_for()
    return hanna


@pytest.fixture
def eva(arrive: Arrive, hanna: Agent) -> Agent:
    """Another editor, at a browser of her own."""
    hanna.stack.run(ANOTHER_EDITOR)
    eva: Agent = arrive(Agent)
    eva.sign_in("eva@larkspan.example")
    eva.page.wait_for_url("**/console/**")
    return eva


@pytest.fixture
def begin(hanna: Agent) -> Callable[[str, str], Page]:
    """Makes a section, and a page in it, as far as its editor."""

    def begun(section: str, title: str) -> Page:
        hanna.visit("/console/docs/sections/new")
        hanna.page.get_by_label("Title").fill(section)
        hanna.page.get_by_role("button", name="Save").click()
        hanna.page.get_by_role("link", name="New page").first.click()
        hanna.page.get_by_label("Title").fill(title)
        hanna.page.get_by_role("button", name="Write it").click()
        expect(text(hanna.page)).to_be_visible()
        return hanna.page

    return begun


def text(page: Page) -> Locator:
    return page.get_by_label("Text, in Markdown")


def preview(page: Page) -> Locator:
    return page.get_by_role("region", name="Preview")


def saved(page: Page) -> Locator:
    return page.locator("#saved")


def publish(page: Page) -> None:
    page.get_by_role("button", name="Publish…").click()
    page.get_by_role("dialog", name="Publish").get_by_role("button", name="Publish").click()


def titles(page: Page) -> list[str]:
    return page.locator("#tree .docs-line > a").all_inner_texts()


def test_a_page_is_written_with_a_picture_and_published(begin: Callable[..., Page]) -> None:
    page = begin("Pelicans", "Feeding pelicans")
    text(page).fill("Fish, and ")
    text(page).press("End")
    page.get_by_role("button", name="Bold").click()
    page.keyboard.type("nothing else")
    page.keyboard.press("Control+End")
    page.evaluate(PASTE_A_PICTURE)
    expect(text(page)).to_have_value(
        re.compile(r"^Fish, and \*\*nothing else\*\*\n\n!\[\]\(/assets/screenshot-[\w-]+\.png\)\n$")
    )
    page.keyboard.type("A pelican")
    picture = preview(page).get_by_role("img", name="A pelican")
    expect(picture).to_be_visible()
    assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 60
    expect(preview(page).get_by_text("nothing else")).to_have_css("font-weight", "620")
    expect(saved(page)).to_contain_text("Saved")
    publish(page)
    expect(page.get_by_text("Published. Readers see it now.")).to_be_visible()
    page.goto(page.url.partition("/console/")[0] + "/docs/pelicans/feeding-pelicans")
    expect(page.get_by_role("img", name="A pelican")).to_be_visible()


def test_what_was_not_understood_leads_to_its_line(begin: Callable[..., Page]) -> None:
    page = begin("Herons", "Watching herons")
    text(page).fill("One\n\n{% wobble %}\n\nFive")
    preview(page).get_by_role("button", name="Line 3").click()
    expect(text(page)).to_be_focused()
    chosen = "(it) => it.value.slice(it.selectionStart, it.selectionEnd)"
    assert text(page).evaluate(chosen) == "{% wobble %}"


def test_a_reload_or_a_lost_connection_takes_nothing(
    hanna: Agent, begin: Callable[..., Page]
) -> None:
    page = begin("Storks", "Hearing storks")
    text(page).fill("Typed, and reloaded before anything was saved")
    page.reload()
    expect(text(page)).to_have_value("Typed, and reloaded before anything was saved")
    expect(saved(page)).to_contain_text("Saved")
    hanna.context.set_offline(True)
    text(page).press("End")
    page.keyboard.type(", and more without a connection")
    expect(saved(page)).to_contain_text("Your text is kept in this browser.")
    hanna.context.set_offline(False)
    expect(saved(page)).to_contain_text("Saved")
    page.reload()
    expect(text(page)).to_have_value(re.compile("and more without a connection$"))
    hanna.forgive("htmx:sendError")  # the preview was asked for, too


def test_the_end_of_a_session_takes_nothing(hanna: Agent, begin: Callable[..., Page]) -> None:
    page = begin("Cranes", "Following cranes")
    address = page.url
    cookies = hanna.context.cookies()
    hanna.context.clear_cookies()
    text(page).fill("Typed while signed out")
    expect(saved(page)).to_contain_text("sign in again")
    hanna.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.goto(address)
    expect(text(page)).to_have_value("Typed while signed out")
    expect(saved(page)).to_contain_text("Saved")
    hanna.forgive("Error Code 403")  # the preview was asked for, too


def test_tab_sets_in_and_after_escape_it_leaves(begin: Callable[..., Page]) -> None:
    page = begin("Ducks", "Counting ducks")
    text(page).fill("")
    page.keyboard.type("* one\n")
    page.keyboard.press("Tab")
    page.keyboard.type("two")
    expect(text(page)).to_have_value("* one\n*   two")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(text(page)).not_to_be_focused()


def test_two_who_publish_do_not_write_over_each_other(
    eva: Agent, begin: Callable[..., Page]
) -> None:
    page = begin("Geese", "Minding geese")
    text(page).fill("Geese are loud.")
    publish(page)
    expect(page.get_by_text("Published. Readers see it now.")).to_be_visible()
    eva.page.goto(page.url)
    text(eva.page).fill("Geese are very loud.")
    publish(eva.page)
    expect(eva.page.get_by_text("Published. Readers see it now.")).to_be_visible()
    text(page).fill("Geese are friendly.")
    publish(page)
    expect(page.get_by_role("heading", name="What is new in the published page")).to_be_visible()
    expect(page.get_by_text("Eva Sand published it after your draft began")).to_be_visible()
    expect(page.locator("ins").filter(has_text="very")).to_be_visible()
    look_closely(page)
    page.set_viewport_size(DESKTOP)
    page.get_by_role("button", name="Publish mine anyway").click()
    expect(preview(page).get_by_text("Geese are friendly.")).to_be_visible()


def test_two_who_write_are_told_of_each_other(eva: Agent, begin: Callable[..., Page]) -> None:
    page = begin("Swans", "Greeting swans")
    eva.page.goto(page.url)
    text(eva.page).fill("Bow.")
    expect(saved(eva.page)).to_contain_text("Saved")
    text(page).fill("Wave.")
    expect(saved(page)).to_contain_text("Eva Sand is writing on this page too")
    saved(page).get_by_text("What yours changes in theirs").click()
    expect(saved(page).locator("del")).to_contain_text("Bow")
    look_closely(page)
    page.set_viewport_size(DESKTOP)
    page.get_by_role("button", name="Keep mine").click()
    expect(saved(page).get_by_role("alert")).to_have_count(0)
    eva.page.reload()
    expect(text(eva.page)).to_have_value("Wave.")


def test_pages_are_ordered_by_keyboard_and_by_dragging(
    hanna: Agent, begin: Callable[..., Page]
) -> None:
    page = begin("Order", "One")
    for title in ("Two", "Three"):
        page.get_by_role("link", name="Back to the pages").click()
        page.get_by_role("link", name="New page", exact=True).click()
        page.get_by_label("Title").fill(title)
        page.get_by_role("button", name="Write it").click()
    page.get_by_role("link", name="Back to the pages").click()
    assert titles(page) == ["One", "Two", "Three"]
    page.get_by_role("button", name="Move: Three").press("Alt+ArrowUp")
    expect(page.locator("#tree-said")).to_have_text("“Three” is one place higher.")
    expect(page.get_by_role("button", name="Move: Three")).to_be_focused()
    assert titles(page) == ["One", "Three", "Two"]
    page.get_by_role("button", name="Move: Three").press("Alt+ArrowRight")
    expect(page.locator("#tree-said")).to_have_text("“Three” is below “One”.")
    expect(page.get_by_role("listitem").filter(has_text="One").get_by_role("list")).to_be_visible()
    page.get_by_role("button", name="Move: Two").click()
    page.get_by_role("button", name="Up", exact=False).first.click()
    expect(page.locator("#tree-said")).to_have_text("“Two” is one place higher.")
    assert titles(page) == ["Two", "One", "Three"]
    page.get_by_role("link", name="Three", exact=True).hover()
    grip = page.locator(".docs-line", has=page.get_by_role("link", name="Three", exact=True))
    line = page.locator(".docs-line", has=page.get_by_role("link", name="Two", exact=True))
    grip.locator(".docs-grip").drag_to(line, target_position={"x": 80, "y": 2})
    expect(page.locator("#tree-said")).to_have_text("“Three” is in its new place.")
    assert titles(page) == ["Three", "Two", "One"]
    page.get_by_role("button", name="Show what is below").first.wait_for(state="hidden")


def test_no_page_of_the_editors_shuts_anybody_out(begin: Callable[..., Page]) -> None:
    page = begin("Owls", "Listening to owls")
    text(page).fill('{% hint style="info" %}\nHoo.\n{% endhint %}\n\n{% wobble %}')
    preview(page).get_by_role("button", name="Line 5").wait_for()
    look_closely(page)
    page.set_viewport_size(DESKTOP)
    publish(page)
    page.get_by_text("Published. Readers see it now.").wait_for()
    for part in ("Settings", "Revisions", "Feedback"):
        page.get_by_role("navigation", name="This page").get_by_role("link", name=part).click()
        look_closely(page)
    root = page.url.partition("/console/")[0] + "/console/docs/"
    for path in ("?section=owls", "?q=owl", "search/", "new?section=owls", "sections/new"):
        page.goto(root + path)
        look_closely(page)
