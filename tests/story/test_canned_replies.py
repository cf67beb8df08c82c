"""Can an agent answer with words that were written before, as quickly as by hand?"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import no_serious_axe_findings_in_any_look as look_closely
from tests.story.conftest import Arrive
from tests.story.people import Agent

WriteTicket = Callable[..., str]


def message(agent: Agent) -> Locator:
    return agent.page.get_by_label("Your message")


def picker(agent: Agent) -> Locator:
    return agent.page.get_by_role("dialog", name="Canned replies")


def options(agent: Agent) -> Locator:
    return picker(agent).get_by_role("option")


def keep(agent: Agent, title: str, body: str) -> None:
    """Writes a reply of one's own."""
    agent.visit("/console/tickets/settings/canned/")
    agent.page.get_by_role("link", name="New reply").click()
    agent.page.get_by_label("Title").fill(title)
    agent.page.get_by_label("What it says").fill(body)
    agent.page.get_by_role("button", name="Save").click()
    expect(agent.page.get_by_text("Saved.")).to_be_visible()


def test_a_reply_is_chosen_filled_in_changed_and_sent(
    dora: Agent, write_ticket: WriteTicket
) -> None:
    subject = "Pelicans in the report"
    write_ticket(subject)
    keep(
        dora, "Pelicans", "Hello {member.first_name},\n\nabout “{ticket.subject}”.\n\n{agent.name}"
    )
    dora.open_ticket(subject)
    message(dora).press("/")
    expect(picker(dora).get_by_role("combobox")).to_be_focused()
    dora.page.keyboard.type("pelic")
    expect(options(dora)).to_have_count(1)
    expect(picker(dora).get_by_role("status")).to_have_text("1 reply")
    with dora.page.expect_response(
        lambda it: it.url.endswith("/draft") and "Hello" in (it.request.post_data or "")
    ):
        dora.page.keyboard.press("Enter")
    filled = f"Hello Alice,\n\nabout “{subject}”.\n\nDora Novak"
    expect(message(dora)).to_have_value(filled)
    expect(message(dora)).to_be_focused()
    dora.page.reload()
    expect(message(dora)).to_have_value(filled)
    message(dora).press("Control+End")
    dora.page.keyboard.type(", still a draft")
    message(dora).press("Control+Enter")
    thread = dora.page.get_by_role("list", name="Messages")
    expect(thread.get_by_text("Dora Novak, still a draft")).to_be_visible()
    expect(message(dora)).to_have_value("")
    dora.visit("/console/tickets/settings/canned/")
    row = dora.page.get_by_role("row").filter(has_text="Pelicans")
    expect(row.get_by_role("cell").nth(2)).to_have_text("1")


def test_it_comes_in_at_the_cursor_and_can_be_taken_back(
    dora: Agent, write_ticket: WriteTicket
) -> None:
    subject = "Where the cursor is"
    write_ticket(subject)
    keep(dora, "Middle words", "in the middle")
    dora.open_ticket(subject)
    message(dora).fill("before  after")
    for _ in range(6):
        message(dora).press("ArrowLeft")
    dora.page.get_by_role("button", name="Canned reply").click()
    dora.page.keyboard.type("middle words")
    expect(options(dora)).to_have_count(1)
    options(dora).click()
    expect(message(dora)).to_have_value("before in the middle after")
    message(dora).press("Control+z")
    expect(message(dora)).to_have_value("before  after")


def test_a_slash_that_was_meant_stays_and_one_inside_of_words_opens_nothing(
    dora: Agent, write_ticket: WriteTicket
) -> None:
    subject = "Slashes"
    write_ticket(subject)
    dora.open_ticket(subject)
    message(dora).press("/")
    expect(picker(dora)).to_be_visible()
    dora.page.keyboard.press("Escape")
    expect(picker(dora)).to_be_hidden()
    expect(message(dora)).to_be_focused()
    dora.page.keyboard.type("thank-you and/or")
    expect(message(dora)).to_have_value("/thank-you and/or")
    expect(picker(dora)).to_be_hidden()


def test_what_nobody_wrote_is_not_found_and_the_way_to_write_it_is_there(
    dora: Agent, write_ticket: WriteTicket
) -> None:
    subject = "Nothing to choose"
    write_ticket(subject)
    dora.open_ticket(subject)
    dora.page.get_by_role("button", name="Canned reply").click()
    dora.page.keyboard.type("zzzz")
    expect(picker(dora).get_by_text("No reply holds that.").first).to_be_visible()
    dora.page.keyboard.press("Enter")
    expect(picker(dora)).to_be_visible()
    picker(dora).get_by_role("link", name="All canned replies").click()
    expect(dora.page).to_have_url(re.compile("/settings/canned/$"))


def test_the_editor_puts_placeholders_in_and_shows_what_becomes_of_them(dora: Agent) -> None:
    dora.visit("/console/tickets/settings/canned/new")
    body = dora.page.get_by_label("What it says")
    body.fill("Hello ")
    dora.page.get_by_role("button", name="Member's first name").click()
    expect(body).to_have_value("Hello {member.first_name}")
    expect(body).to_be_focused()
    dora.page.keyboard.type(", {member.nmae}")
    expect(dora.page.get_by_text("Hello Robin, {member.nmae}")).to_be_visible()
    dora.page.get_by_label("Title").fill("With a slip")
    dora.page.get_by_role("button", name="Save").click()
    expect(dora.page.get_by_text("Did you mean {member.name}?")).to_be_visible()


@pytest.fixture
def hanna(arrive: Arrive) -> Agent:
    """An administrator who likes no motion, so that axe meets every page at rest."""
    agent: Agent = arrive(Agent, reduced_motion="reduce")
    agent.sign_in("hanna@larkspan.example")
    agent.page.get_by_role("region", name="Queue").wait_for()
    return agent


def test_the_pages_and_the_picker_shut_nobody_out(hanna: Agent) -> None:
    hanna.visit("/console/tickets/settings/canned/")
    look_closely(hanna.page)
    hanna.page.get_by_label("Search canned replies").fill("zzzz")
    hanna.page.keyboard.press("Enter")
    expect(hanna.page.get_by_role("heading", name="No reply holds that")).to_be_visible()
    look_closely(hanna.page)
    hanna.visit("/console/tickets/settings/canned/new")
    hanna.page.get_by_role("button", name="Save").click()
    expect(hanna.page.locator("[aria-invalid=true]").first).to_be_visible()
    look_closely(hanna.page)
    hanna.visit("/console/tickets/?view=all")
    hanna.page.locator("a.cell-title").first.click()
    hanna.page.get_by_role("button", name="Canned reply").click()
    expect(options(hanna).first).to_have_attribute("aria-selected", "true")
    look_closely(hanna.page)
    hanna.page.keyboard.type("zzzz")
    expect(picker(hanna).get_by_text("No reply holds that.").first).to_be_visible()
    look_closely(hanna.page)
