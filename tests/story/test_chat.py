"""Can a member chat: with the assistant first, with a person when they ask, and find it again?"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import no_serious_axe_findings_in_any_look, press_in_menu
from tests.story.chatting import (
    CHAT,
    accept,
    arrived,
    ask_for_person,
    begin,
    composer,
    end,
    line,
    lines,
    say,
    words_of,
)
from tests.story.people import Agent, Member


@pytest.fixture
def ended(alice: Member) -> Callable[[str], str]:
    """A chat of Alice's that is over."""

    def made(words: str) -> str:
        path = begin(alice, words)
        end(alice.page)
        return path

    return made


def test_one_press_on_chat_and_one_may_type(bob: Member) -> None:
    bob.open_help().get_by_role("link", name="Chat").click()
    expect(bob.panel.get_by_role("textbox", name="Your message")).to_be_focused()
    expect(bob.panel.get_by_text("Our assistant answers at once")).to_be_visible()


def test_the_notice_is_read_once_before_a_machine_answers(arrive: Callable[..., Any]) -> None:
    newcomer = arrive(Member)
    newcomer.be("alice.acme-nordics")  # for this account she has never chatted
    page = newcomer.page
    newcomer.enter_hub(CHAT)
    composer(page).fill("How long does a click count?")
    composer(page).press("Enter")
    expect(page.get_by_text("Say first that the assistant may answer you")).to_be_visible()
    expect(composer(page)).to_have_value("How long does a click count?")
    page.get_by_role("checkbox", name="I have read this").check()
    composer(page).press("Enter")
    expect(line(page, "From the help pages")).to_be_visible()
    end(page)
    newcomer.visit(f"{CHAT}?new=1")
    expect(composer(page)).to_be_focused()
    expect(page.get_by_role("checkbox")).to_have_count(0)


def test_the_assistant_answers_with_sources_that_open_at_the_words(alice: Member) -> None:
    page = alice.page
    begin(alice, "How long does a click count?")
    answer = lines(page).filter(has_text="From the help pages")
    expect(answer).to_be_visible()
    answer.locator(".ask-mark").first.click()
    page.wait_for_url(re.compile("/help/docs/.*quote="))
    expect(page.locator("mark").first).to_be_visible()


def test_a_person_comes_when_asked_for_and_knows_what_was_said(alice: Member, dora: Agent) -> None:
    page = alice.page
    path = begin(alice, "Nobody paid my July invoice")
    ask_for_person(page)
    accept(dora, path)
    expect(dora.page.get_by_role("log").get_by_text("Nobody paid my July invoice")).to_be_visible()
    expect(page.get_by_text("With Dora Novak")).to_be_visible()
    say(dora.page, "Hello Alice, I look into it.")
    expect(line(page, "Hello Alice, I look into it.")).to_be_visible()
    say(page, "Thank you, Dora.")
    expect(line(dora.page, "Thank you, Dora.")).to_be_visible()
    expect(page.locator("[data-seen-mark]")).to_have_text("Seen")
    composer(dora.page).press_sequentially("It is paid tomorrow")
    expect(page.get_by_text("Dora Novak is typing")).to_be_visible()
    end(page)
    expect(dora.page.get_by_text("ended the chat")).to_be_visible()


def test_what_was_said_can_be_changed_and_taken_back_with_a_trace(
    alice: Member, dora: Agent
) -> None:
    page = alice.page
    path = begin(alice, "Begin")
    ask_for_person(page)
    accept(dora, path)
    say(page, "My order is 4711")
    arrived(page, "Begin", "My order is 4711")
    mine = line(page, "My order is 4711")
    mine.hover()
    mine.get_by_role("button", name="Edit").click()
    expect(composer(page)).to_have_value("My order is 4711")
    composer(page).fill("My order is 4712")
    composer(page).press("Enter")
    for reader in (page, dora.page):
        expect(line(reader, "My order is 4712").get_by_text("edited")).to_be_visible()
    mine = line(page, "My order is 4712")
    mine.hover()
    mine.get_by_role("button", name="Remove").click()
    mine.get_by_role("button", name="Really remove?").click()
    for reader in (page, dora.page):
        expect(line(reader, "This message was removed.")).to_be_visible()
    expect(dora.page.get_by_text("My order is 4712")).to_be_hidden()
    dora.page.get_by_text("removed", exact=True).click()
    expect(dora.page.get_by_text("My order is 4712")).to_be_visible()
    end(page)


def test_a_file_goes_along(alice: Member, dora: Agent) -> None:
    page = alice.page
    path = begin(alice, "It looks wrong")
    ask_for_person(page)
    accept(dora, path)
    content: Any = {"name": "report.txt", "mimeType": "text/plain", "buffer": b"what I saw"}
    page.locator("#files").set_input_files(content)
    expect(page.get_by_role("button", name="Remove report.txt")).to_be_visible()
    say(page, "As in this file")
    for reader in (page, dora.page):
        expect(
            line(reader, "As in this file").get_by_role("link", name="report.txt")
        ).to_be_visible()
    end(page)


def test_who_waits_turns_it_into_a_ticket_with_one_press(alice: Member) -> None:
    page = alice.page
    begin(alice, "The July report has no numbers")
    ask_for_person(page)
    page.get_by_role("region", name="How it stands").get_by_role(
        "button", name="Turn it into a ticket"
    ).click()
    page.wait_for_url("**/help/tickets/**")
    expect(page.get_by_text("The July report has no numbers").first).to_be_visible()


def test_afterwards_it_is_rated_downloaded_and_found_again(
    alice: Member, ended: Callable[[str], str]
) -> None:
    page = alice.page
    path = ended("My zebra campaign stands still")
    page.get_by_role("radio", name="Good").check()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Thank you. You can change your answer")).to_be_visible()
    page.get_by_role("button", name="More", exact=True).click()
    with page.expect_download() as downloading:
        press_in_menu(page.get_by_role("link", name="Download what was said"))
    assert "My zebra campaign stands still" in downloading.value.path().read_text()
    page.get_by_role("link", name="Begin a new chat").click()
    page.get_by_role("searchbox", name="Search in your chats").fill("zebra")
    found = page.get_by_role("link", name=re.compile("zebra"))
    expect(found).to_have_count(1)
    found.click()
    page.wait_for_url(f"**{path}")
    assert words_of(page, "mine") == ["My zebra campaign stands still"]


def test_the_assistant_is_switched_by_an_admin_who_is_named(
    alice: Member, bob: Member, carol: Member
) -> None:
    address = f"{CHAT}assistant"
    bob.enter_hub(address)
    expect(bob.page.get_by_text("Ask Alice Bergmann")).to_be_visible()
    expect(bob.page.get_by_role("button", name=re.compile("Switch it"))).to_have_count(0)
    expect(bob.page.get_by_role("button", name="Account: Acme")).to_have_count(0)
    alice.enter_hub("/help/")
    alice.page.get_by_role("button", name="Account: Acme").click()
    alice.page.get_by_role("link", name="Assistant in chats").click()
    alice.page.wait_for_url(f"**{address}")
    alice.page.get_by_label("Why do you switch it off?").fill("We want people.")
    alice.page.get_by_role("button", name="Switch it off").click()
    expect(alice.page.get_by_text("Chosen by Alice Bergmann")).to_be_visible()
    bob.visit(CHAT)
    expect(bob.page.get_by_text("Our assistant answers at once")).to_have_count(0)
    alice.page.get_by_role("button", name="Switch it on").click()
    expect(alice.page.get_by_text("On", exact=True)).to_be_visible()


def test_carol_sees_nothing_of_alices(alice: Member, carol: Member) -> None:
    path = begin(alice, "For Acme alone, the unicorn budget")
    carol.enter_hub(f"{CHAT}?all=1")
    carol.page.get_by_role("searchbox", name="Search in your chats").fill("unicorn")
    expect(carol.page.get_by_text("No chat of yours holds all of these words.")).to_be_visible()
    carol.visit(path)
    expect(carol.page.get_by_role("heading", level=1)).to_be_visible()
    expect(carol.page.get_by_text("unicorn")).to_have_count(0)
    end(alice.page)


def test_its_pages_shut_nobody_out(alice: Member, ended: Callable[[str], str]) -> None:
    page = alice.page
    alice.enter_hub(f"{CHAT}?new=1")
    no_serious_axe_findings_in_any_look(page)
    begin(alice, "How long does a click count?")
    expect(line(page, "From the help pages")).to_be_visible()
    no_serious_axe_findings_in_any_look(page)
    ask_for_person(page)
    no_serious_axe_findings_in_any_look(page)
    end(page)
    no_serious_axe_findings_in_any_look(page)
    alice.visit(f"{CHAT}assistant")
    no_serious_axe_findings_in_any_look(page)


def test_without_scripts_it_can_be_read(
    alice: Member, browser: Browser, ended: Callable[[str], str]
) -> None:
    path = ended("Read me without a script")
    state = alice.context.storage_state()
    quiet = browser.new_context(storage_state=state, java_script_enabled=False)
    page = quiet.new_page()
    page.goto(alice.stack.hub.url + path)
    expect(page.get_by_text("Read me without a script").first).to_be_visible()
    expect(page.get_by_text("Today")).to_be_visible()
    quiet.close()
