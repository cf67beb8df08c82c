"""Can an agent do all of their work by the keyboard, and never by accident?"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import no_serious_axe_findings_in_any_look as look_closely
from tests.story.conftest import Arrive
from tests.story.people import Agent, Member

pytestmark = pytest.mark.once

WriteTicket = Callable[..., str]

NOTHING = "document.activeElement.blur()"
"""Puts the focus on the page itself."""


def palette(agent: Agent) -> Locator:
    return agent.page.get_by_role("dialog", name="Commands")


def pointed(agent: Agent) -> Locator:
    """What Enter would choose; the field points at it as well."""
    option = palette(agent).locator('[role=option][aria-selected="true"]')
    expect(option).to_have_count(1)
    name = option.get_attribute("id") or ""
    expect(palette(agent).get_by_role("combobox")).to_have_attribute("aria-activedescendant", name)
    return option


def call(agent: Agent, words: str) -> None:
    """Opens the palette, types, and waits for what the first command is."""
    agent.page.keyboard.press("Control+k")
    expect(palette(agent).get_by_role("combobox")).to_be_focused()
    agent.page.keyboard.type(words)


def sheet(agent: Agent) -> Locator:
    return agent.page.get_by_role("dialog", name="Keyboard shortcuts")


def number_of(agent: Agent) -> str:
    title = agent.page.title()
    return title.partition(" ")[0]


# --- The queue ----------------------------------------------------------------------------------


def test_the_queue_is_walked_through_selected_and_opened(
    dora: Agent, write_ticket: WriteTicket
) -> None:
    for subject in ("First by keys", "Second by keys"):
        write_ticket(subject)
    dora.visit("/console/tickets/?sort=newest")
    rows = dora.page.locator("#queue [data-row]")
    expect(rows.nth(0)).to_contain_text("Second by keys")
    for key, place in (("j", 0), ("j", 1), ("k", 0), ("k", 0), ("j", 1)):
        dora.page.keyboard.press(key)
        expect(rows.nth(place).locator("a.cell-title")).to_be_focused()
    dora.page.keyboard.press("x")
    expect(rows.nth(1).get_by_role("checkbox")).to_be_checked()
    expect(dora.page.get_by_role("form", name="Selected tickets")).to_be_visible()
    dora.page.keyboard.press("x")
    expect(rows.nth(1).get_by_role("checkbox")).not_to_be_checked()
    dora.page.keyboard.press("o")
    expect(dora.page.get_by_role("heading", name="First by keys")).to_be_visible()
    dora.page.keyboard.press("u")
    expect(dora.page.get_by_role("heading", name="Tickets", exact=True)).to_be_visible()
    dora.page.keyboard.press("j")
    dora.page.keyboard.press("Enter")
    expect(dora.page.get_by_label("Your message")).to_be_visible()


def test_places_are_two_keys_away(dora: Agent) -> None:
    for keys, path in (("gn", "/notices/"), ("gp", "/profile/"), ("gq", "/tickets/")):
        for key in keys:
            dora.page.keyboard.press(key)
        expect(dora.page).to_have_url(re.compile(f"{path}$"))
        expect(dora.page.get_by_role("main")).to_be_visible()
    dora.page.keyboard.press("/")
    expect(dora.page.get_by_role("searchbox", name="Search")).to_be_focused()


# --- A ticket -----------------------------------------------------------------------------------


def test_a_ticket_is_taken_answered_and_closed(dora: Agent, write_ticket: WriteTicket) -> None:
    subject = "All by keys"
    write_ticket(subject)
    dora.open_ticket(subject)
    keyboard = dora.page.keyboard
    keyboard.press("a")
    expect(dora.page.get_by_label("Assignee")).to_have_value(re.compile(r"\S"))
    dora.page.wait_for_load_state("networkidle")
    keyboard.press("n")
    expect(dora.page.get_by_role("radio", name="Internal note")).to_be_checked()
    keyboard.type("jackdaws, x and e")
    keyboard.press("Control+Enter")
    thread = dora.page.get_by_role("list", name="Messages")
    expect(thread.get_by_text("jackdaws, x and e")).to_be_visible()
    dora.page.wait_for_load_state("networkidle")  # the news of it have come, too
    keyboard.press("Escape")
    keyboard.press("n")
    keyboard.press("Escape")
    keyboard.press("r")
    expect(dora.page.get_by_role("radio", name="Internal note")).not_to_be_checked()
    expect(dora.page.get_by_label("Your message")).to_be_focused()
    keyboard.press("Escape")
    for key, field in (("s", "Assignee"), ("p", "Priority"), ("t", "Tags")):
        keyboard.press(key)
        expect(dora.page.get_by_label(field, exact=True)).to_be_focused()
        keyboard.press("Escape")
    keyboard.press("c")
    expect(dora.page.get_by_role("dialog", name="Canned replies")).to_be_visible()
    keyboard.press("Escape")
    expect(dora.page.get_by_role("dialog", name="Canned replies")).to_be_hidden()
    keyboard.press("f")
    expect(dora.page.get_by_role("button", name="Stop following")).to_be_visible()
    keyboard.press("e")
    expect(dora.page.get_by_role("button", name="Reopen")).to_be_visible()
    keyboard.press("e")
    expect(dora.page.get_by_role("button", name="Reopen")).to_be_hidden()


def test_a_key_counts_at_once_after_a_dialog_is_closed(dora: Agent) -> None:
    """The browser takes a moment to take the focus from a field that is gone."""
    call(dora, "")
    left = dora.page.evaluate("""() => {
        const field = document.activeElement;
        field.closest("dialog").close();
        const key = new KeyboardEvent("keydown", { key: "?", bubbles: true, cancelable: true });
        return [document.activeElement === field, field.dispatchEvent(key)];
    }""")
    assert left == [True, False], "It has the focus still, and the key was taken for a shortcut."
    expect(sheet(dora)).to_be_visible()


def test_keys_do_nothing_while_somebody_types_or_holds_another_key(
    dora: Agent, write_ticket: WriteTicket
) -> None:
    subject = "Not by accident"
    write_ticket(subject)
    dora.open_ticket(subject)
    asked: list[str] = []
    dora.page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    message = dora.page.get_by_label("Your message")
    message.press_sequentially("ae?gqujx /kc")
    expect(message).to_have_value("ae?gqujx /kc")
    dora.page.get_by_label("Tags").press_sequentially("aeu")
    dora.page.evaluate(NOTHING)
    for held in ("Control", "Alt", "Meta"):
        for key in ("a", "e", "f"):
            dora.page.keyboard.press(f"{held}+{key}")
    dora.page.keyboard.press("Control+k")
    expect(palette(dora)).to_be_visible()
    for key in ("a", "e", "u"):
        dora.page.keyboard.press(key)
    dora.page.keyboard.press("Escape")
    expect(palette(dora)).to_be_hidden()
    expect(dora.page.get_by_role("button", name="Close")).to_be_visible()
    expect(dora.page.get_by_role("button", name="Take it")).to_be_visible()
    done = [line for line in asked if line.startswith("POST") and not line.endswith("/draft")]
    assert [line for line in done if not line.endswith(("/seen", "/here"))] == []


def test_single_keys_can_be_switched_off_and_on(dora: Agent) -> None:
    dora.page.keyboard.press("?")
    expect(sheet(dora)).to_be_visible()
    expect(sheet(dora).get_by_text("Next ticket")).to_be_visible()
    sheet(dora).get_by_role("switch", name="Single-key shortcuts").uncheck()
    dora.page.keyboard.press("Escape")
    dora.page.reload()
    for key in ("j", "?", "/"):
        dora.page.keyboard.press(key)
    expect(sheet(dora)).to_be_hidden()
    expect(dora.page.locator("body")).to_be_focused()
    dora.page.keyboard.press("Control+k")
    expect(palette(dora)).to_be_visible()
    dora.page.keyboard.press("Escape")
    dora.visit("/console/profile/")
    switch = dora.page.get_by_role("main").get_by_role("switch", name="Single-key shortcuts")
    expect(switch).not_to_be_checked()
    switch.check()
    dora.page.evaluate(NOTHING)
    dora.page.keyboard.press("?")
    expect(sheet(dora)).to_be_visible()


# --- The palette --------------------------------------------------------------------------------


def test_a_number_leads_to_its_ticket_and_what_was_seen_is_remembered(
    dora: Agent, write_ticket: WriteTicket
) -> None:
    subject = "Found by its number"
    write_ticket(subject)
    dora.open_ticket(subject)
    number = number_of(dora)
    dora.visit("/console/notices/")
    call(dora, number)
    dora.page.keyboard.press("Enter")  # at once: what is chosen is the answer to what was typed
    expect(dora.page.get_by_role("heading", name=subject)).to_be_visible()
    dora.visit("/console/notices/")
    call(dora, "")
    seen = palette(dora).get_by_role("group", name="Seen lately").get_by_role("option").first
    expect(seen).to_contain_text(subject)
    seen.click()
    expect(dora.page.get_by_role("heading", name=subject)).to_be_visible()


def test_the_open_ticket_is_changed_from_the_palette(
    dora: Agent, write_ticket: WriteTicket
) -> None:
    subject = "Changed from the palette"
    write_ticket(subject)
    dora.open_ticket(subject)
    call(dora, "assign to me")
    expect(pointed(dora)).to_contain_text("Assign to me")
    dora.page.keyboard.press("Enter")
    expect(palette(dora)).to_be_hidden()
    expect(dora.page.get_by_role("button", name="Take it")).to_be_hidden()
    expect(dora.page.get_by_role("status").get_by_text("Done: Assign to me")).to_be_visible()
    call(dora, "prio urg")
    expect(pointed(dora)).to_contain_text("Priority: Urgent")
    dora.page.keyboard.press("Enter")
    expect(dora.page.get_by_label("Priority", exact=True)).to_have_value("40")
    call(dora, "tag blue heron")
    expect(pointed(dora)).to_contain_text("Tag: blue heron")
    dora.page.keyboard.press("Enter")
    expect(dora.page.get_by_role("button", name="Take the tag off: blue heron")).to_be_visible()
    call(dora, "write rep")
    dora.page.keyboard.press("Enter")
    expect(dora.page.get_by_label("Your message")).to_be_focused()
    call(dora, "canned")
    expect(pointed(dora)).to_contain_text("Choose a canned reply")
    dora.page.keyboard.press("Enter")
    expect(dora.page.get_by_role("dialog", name="Canned replies")).to_be_visible()


def test_arrows_move_and_the_focus_comes_back(dora: Agent) -> None:
    search = dora.page.get_by_role("searchbox", name="Search")
    search.focus()
    call(dora, "")
    first = pointed(dora).inner_text()
    dora.page.keyboard.press("ArrowDown")
    expect(pointed(dora)).not_to_have_text(first)
    dora.page.keyboard.press("ArrowUp")
    dora.page.keyboard.press("ArrowUp")
    last = palette(dora).get_by_role("option").last
    expect(last).to_have_attribute("aria-selected", "true")
    for _ in range(5):
        dora.page.keyboard.press("Tab")
        inside = "document.querySelector('#palette').contains(document.activeElement)"
        assert dora.page.evaluate(f"{inside} || document.activeElement === document.body")
    dora.page.keyboard.press("Escape")
    expect(search).to_be_focused()
    call(dora, "")
    dora.page.keyboard.press("Control+k")
    expect(palette(dora)).to_be_hidden()


def test_who_was_signed_out_meanwhile_is_led_to_the_way_in(
    arrive: Arrive, doras_cookies: object
) -> None:
    dora: Agent = arrive(Agent, storage_state=doras_cookies)
    dora.visit("/console/notices/")
    dora.context.clear_cookies()
    dora.page.keyboard.press("Control+k")
    expect(dora.page.get_by_role("heading", name="Sign in to the console")).to_be_visible()
    dora.forgive("401")


def test_members_have_neither(alice: Member) -> None:
    alice.enter_hub("/help/tickets/")
    alice.page.keyboard.press("Control+k")
    alice.page.keyboard.press("?")
    expect(alice.page.get_by_role("dialog")).to_have_count(0)


@pytest.fixture
def hanna(arrive: Arrive) -> Agent:
    """An administrator who likes no motion, so that axe meets every page at rest."""
    agent: Agent = arrive(Agent, reduced_motion="reduce")
    agent.sign_in("hanna@larkspan.example")
    agent.page.get_by_role("region", name="Queue").wait_for()
    return agent


def test_the_palette_and_the_sheet_shut_nobody_out(hanna: Agent) -> None:
    hanna.page.locator("a.cell-title").first.click()
    hanna.page.get_by_label("Your message").wait_for()
    call(hanna, "")
    expect(pointed(hanna)).to_be_visible()
    look_closely(hanna.page)
    hanna.page.keyboard.type("zzzz")
    expect(palette(hanna).get_by_text("Nothing found for “zzzz”.")).to_be_visible()
    look_closely(hanna.page)
    hanna.page.keyboard.press("Escape")
    hanna.page.evaluate(NOTHING)
    hanna.page.keyboard.press("?")
    expect(sheet(hanna)).to_be_visible()
    look_closely(hanna.page)
