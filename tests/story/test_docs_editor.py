"""Can an editor write a help page, and lose nothing of it, whoever else is writing?"""

import re
from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import DESKTOP, intercept
from tests.browser import no_serious_axe_findings_in_any_look as look_closely
from tests.stack import PASSWORD
from tests.story.conftest import Arrive
from tests.story.editing import (
    add_page,
    begin_page,
    go_to,
    go_to_tree,
    preview,
    publish,
    publish_well,
    saved,
    text,
    titles,
)
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

DROP = """async (name) => {
    const canvas = new OffscreenCanvas(60, 40);
    canvas.getContext("2d").fillRect(0, 0, 60, 40);
    const picture = await canvas.convertToBlob({ type: "image/png" });
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([name.endsWith("png") ? picture : "<svg/>"], name));
    const options = { bubbles: true, cancelable: true, dataTransfer };
    const text = document.getElementById("id_body");
    text.dispatchEvent(new DragEvent("dragover", options));
    text.dispatchEvent(new DragEvent("drop", options));
}"""
"""Drops a file of this name onto the text: a picture, or what only says that it is one."""

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
    return partial(begin_page, hanna)


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
    publish_well(page)
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
    with page.expect_response("**/preview"):
        text(page).fill("Typed while signed out")
    expect(saved(page)).to_contain_text("sign in again")
    hanna.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.goto(address)
    expect(text(page)).to_have_value("Typed while signed out")
    expect(saved(page)).to_contain_text("Saved")
    hanna.forgive("Error Code 403")  # the preview was asked for, too


def test_a_dropped_picture_comes_in_and_what_is_none_is_refused_in_words(
    begin: Callable[..., Page],
) -> None:
    page = begin("Terns", "Telling terns")
    text(page).fill("Before.")
    page.evaluate(DROP, "tern.png")
    expect(text(page)).to_have_value(re.compile(r"^Before\.\n\n!\[\]\(/assets/tern-\w+\.png\)\n$"))
    page.evaluate(DROP, "tern.svg")
    refusal = page.locator(".docs-uploads").get_by_text("tern.svg").first
    expect(refusal).to_be_visible()
    expect(text(page)).to_have_value(re.compile(r"^Before\.\n\n!\[\]\(/assets/tern-\w+\.png\)\n$"))


def test_a_save_that_fails_is_made_up_for(hanna: Agent, begin: Callable[..., Page]) -> None:
    page = begin("Rooks", "Roosting rooks")

    def fail(route: Route) -> None:
        route.fulfill(status=500, body="")

    intercept(page, "**/draft", fail)
    text(page).fill("Typed while the server was ill")
    expect(saved(page)).to_contain_text("Your text is kept in this browser.")
    page.unroute("**/draft", fail)
    text(page).press("End")
    page.keyboard.type(", and after")
    expect(saved(page)).to_contain_text("Saved")
    page.reload()
    expect(text(page)).to_have_value("Typed while the server was ill, and after")


def test_two_windows_of_one_editor_lose_nothing(hanna: Agent, begin: Callable[..., Page]) -> None:
    page = begin("Finches", "Feeding finches")
    other = hanna.context.new_page()
    other.goto(page.url)
    text(page).fill("Seeds.")
    expect(saved(page)).to_contain_text("Saved")
    text(other).fill("Berries.")
    expect(saved(other)).to_contain_text("You are writing on this page in another window too")
    expect(text(other)).to_have_value("Berries.")
    saved(other).get_by_text("What this text changes in that one").click()
    expect(saved(other).locator("del")).to_contain_text("Seeds")
    look_closely(other)
    other.set_viewport_size(DESKTOP)
    other.get_by_role("button", name="Take that one").click()
    expect(text(other)).to_have_value("Seeds.")


def test_what_was_saved_unheard_of_is_no_other_window(
    hanna: Agent, begin: Callable[..., Page]
) -> None:
    """The answer to an autosave is lost, and the next one finds its own draft."""
    page = begin("Larks", "Hearing larks")

    def lose(route: Route) -> None:
        route.fetch()
        route.fulfill(status=502, body="")

    intercept(page, "**/draft", lose)
    text(page).fill("Kept, but who knows?")
    expect(saved(page)).to_contain_text("Your text is kept in this browser.")
    page.unroute("**/draft", lose)
    page.reload()
    text(page).press("End")
    page.keyboard.type(" We do.")
    expect(saved(page)).to_contain_text("Saved")
    expect(saved(page).get_by_role("alert")).to_have_count(0)


def test_a_page_without_a_title_is_not_published_and_keeps_its_words(
    begin: Callable[..., Page],
) -> None:
    page = begin("Jays", "Joining jays")
    page.get_by_label("Title", exact=True).fill("")
    text(page).fill("All that was typed.")
    publish(page)
    expect(page.get_by_text("Give the page a title.")).to_be_visible()
    expect(text(page)).to_have_value("All that was typed.")
    page.get_by_label("Title", exact=True).fill("Joining jays")
    publish_well(page)


def test_a_draft_that_is_discarded_in_haste_stays_gone(begin: Callable[..., Page]) -> None:
    page = begin("Owlets", "Hatching owlets")
    text(page).fill("As readers know it.")
    publish_well(page)
    text(page).fill("Not like that.")
    expect(saved(page)).to_contain_text("Saved")
    page.reload()
    text(page).fill("Nor like that.")
    page.get_by_role("button", name="More about this page").click()
    page.get_by_role("button", name="Discard the draft").click()
    expect(page.get_by_text("The draft is gone. This is what readers see.")).to_be_visible()
    expect(text(page)).to_have_value("As readers know it.")
    go_to(page, "Settings")
    go_to(page, "Text")
    expect(text(page)).to_have_value("As readers know it.")


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
    publish_well(page)
    eva.page.goto(page.url)
    text(eva.page).fill("Geese are very loud.")
    publish_well(eva.page)
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
        go_to_tree(page)
        add_page(page, title)
    go_to_tree(page)
    expect(titles(page)).to_have_text(["One", "Two", "Three"])
    page.get_by_role("button", name="Move: Three").press("Alt+ArrowUp")
    expect(page.locator("#tree-said")).to_have_text("“Three” is one place higher.")
    expect(page.get_by_role("button", name="Move: Three")).to_be_focused()
    expect(titles(page)).to_have_text(["One", "Three", "Two"])
    page.get_by_role("button", name="Move: Three").press("Alt+ArrowRight")
    expect(page.locator("#tree-said")).to_have_text("“Three” is below “One”.")
    expect(page.get_by_role("listitem").filter(has_text="One").get_by_role("list")).to_be_visible()
    page.get_by_role("button", name="Move: Two").click()
    page.get_by_role("button", name="Up", exact=False).first.click()
    expect(page.locator("#tree-said")).to_have_text("“Two” is one place higher.")
    expect(titles(page)).to_have_text(["Two", "One", "Three"])
    page.get_by_role("link", name="Three", exact=True).hover()
    grip = page.locator(".docs-line", has=page.get_by_role("link", name="Three", exact=True))
    line = page.locator(".docs-line", has=page.get_by_role("link", name="Two", exact=True))
    grip.locator(".docs-grip").drag_to(line, target_position={"x": 80, "y": 2})
    expect(page.locator("#tree-said")).to_have_text("“Three” is in its new place.")
    expect(titles(page)).to_have_text(["Three", "Two", "One"])
    page.get_by_role("button", name="Show what is below").first.wait_for(state="hidden")


def test_no_page_of_the_editors_shuts_anybody_out(begin: Callable[..., Page]) -> None:
    page = begin("Owls", "Listening to owls")
    text(page).fill('{% hint style="info" %}\nHoo.\n{% endhint %}\n\n{% wobble %}')
    preview(page).get_by_role("button", name="Line 5").wait_for()
    look_closely(page)
    page.set_viewport_size(DESKTOP)
    publish_well(page)
    for part in ("Settings", "Revisions", "Feedback"):
        go_to(page, part)
        look_closely(page)
    root = page.url.partition("/console/")[0] + "/console/docs/"
    for path in ("?section=owls", "?q=owl", "search/", "new?section=owls", "sections/new"):
        page.goto(root + path)
        look_closely(page)
