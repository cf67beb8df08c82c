"""Is an agent called where they look elsewhere, and left alone where they are away?"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, WebSocket, expect

from tests.stack import Stack
from tests.story.desk_chats import EMIL, NOBODY_CHATS, accept, ask_for_person, messages, say
from tests.story.people import Agent, Member

RECORDED = """
window.told = [];
window.Notification = class extends EventTarget {
  static get permission() {
    return localStorage.getItem("may-notify") ?? "default";
  }
  static async requestPermission() {
    localStorage.setItem("may-notify", "granted");
    return "granted";
  }
  constructor(title, options) {
    super();
    window.told.push(`${title}: ${options.body}`);
  }
  close() {}
};
document.hasFocus = () => !window.isBehind;
"""
"""A browser's notifications, which nobody sees in a story, written down; and whether the page is in
front, which is true of all pages of a story."""


@pytest.fixture(autouse=True)
def _nobody_chats(stack: Stack) -> None:
    stack.run(NOBODY_CHATS)


def come(arrive: Callable[..., Agent], email: str) -> Agent:
    """An agent whose browser asks them whether it may notify."""
    agent: Agent = arrive(Agent)
    agent.context.add_init_script(RECORDED)
    agent.sign_in(email)
    agent.page.wait_for_url("**/console/**")
    return agent


def is_behind(page: Page, is_so: bool) -> None:
    """Whether another window is in front of this one."""
    page.evaluate(
        """isSo => {
            window.isBehind = isSo;
            window.dispatchEvent(new Event(isSo ? "blur" : "focus"));
        }""",
        is_so,
    )


def told(page: Page) -> list[str]:
    found: list[str] = page.evaluate("window.told")
    return found


def rang(page: Page) -> int:
    return int(page.locator(".desk").get_attribute("data-rang") or 0)


def test_the_browser_tells_of_what_the_agent_does_not_see(
    arrive: Callable[..., Agent], alice: Member
) -> None:
    dora = come(arrive, "dora@larkspan.example")
    dora.visit("/console/chat/")
    dora.page.get_by_role("button", name="Away").click()
    popover = dora.page.get_by_role("dialog", name="Do you take chats?")
    popover.get_by_role("button", name="Also notify me outside of this page").click()
    expect(popover.get_by_text("Your browser notifies you, too.")).to_be_visible()
    dora.page.keyboard.press("Escape")
    is_behind(dora.page, True)
    ask_for_person(alice, "Is anybody there?")
    expect(dora.page).to_have_title("(1) Chat · Handrail")
    assert told(dora.page) == ["Alice Bergmann waits for an agent: Is anybody there?"]
    assert rang(dora.page) == 1

    is_behind(dora.page, False)
    dora.page.get_by_role("button", name="Accept Alice Bergmann").click()
    expect(dora.page.get_by_text("With you")).to_be_visible()
    say(alice.page, "Thank you for coming.")
    expect(messages(dora.page).get_by_text("Thank you for coming.")).to_be_visible()
    assert told(dora.page) == []  # a page of its own; what is open and in front calls nobody


def test_what_is_open_in_another_window_calls_nobody(
    arrive: Callable[..., Agent], alice: Member, bob: Member
) -> None:
    """The first page speaks for all; the chat is open, and in front, in the second."""
    dora = come(arrive, "dora@larkspan.example")
    ask_for_person(alice, "Here I am.")
    accept(dora, "Alice Bergmann")
    address = dora.page.url
    dora.visit("/console/chat/")
    dora.page.keyboard.press("Shift")  # a page may ring once somebody pressed something
    second = dora.context.new_page()
    second.goto(address)
    expect(messages(second).get_by_text("Here I am.")).to_be_visible()
    is_behind(dora.page, True)
    is_behind(second, False)
    say(alice.page, "You see this.")
    expect(messages(second).get_by_text("You see this.")).to_be_visible()
    ask_for_person(bob, "Nobody saw me yet.")
    expect(second).to_have_title("(1) Alice Bergmann · Chat · Handrail")
    expect(dora.page).to_have_title("(1) Chat · Handrail")
    assert rang(dora.page) == 1  # for Bob alone
    assert rang(second) == 0


def test_without_sound_the_browser_still_tells(
    arrive: Callable[..., Agent], alice: Member, bob: Member
) -> None:
    dora = come(arrive, "dora@larkspan.example")
    dora.visit("/console/chat/")
    dora.page.get_by_role("button", name="Away").click()
    dora.page.get_by_role("button", name="Also notify me outside of this page").click()
    dora.page.get_by_label("Sound for new chats and words").uncheck()
    dora.page.keyboard.press("Escape")
    is_behind(dora.page, True)
    ask_for_person(alice, "Quietly.")
    expect(dora.page).to_have_title("(1) Chat · Handrail")
    assert told(dora.page) == ["Alice Bergmann waits for an agent: Quietly."]
    assert rang(dora.page) == 0
    is_behind(dora.page, False)
    ask_for_person(bob, "Seen anyway.")
    expect(dora.page).to_have_title("(2) Chat · Handrail")
    assert len(told(dora.page)) == 1  # the page is in front again


def test_who_is_away_is_given_nothing_and_who_comes_is(alice: Member, dora: Agent) -> None:
    dora.visit("/console/chat/")
    ask_for_person(alice, "I wait.")
    rail = dora.page.get_by_role("region", name="Chats")
    expect(rail.get_by_role("button", name="Accept Alice Bergmann")).to_be_visible()
    expect(rail.get_by_role("heading", name="Yours")).to_have_count(0)
    dora.page.get_by_role("button", name="Away").click()
    popover = dora.page.get_by_role("dialog", name="Do you take chats?")
    popover.get_by_text("Here", exact=True).click()
    popover.get_by_role("button", name="Save").click()
    expect(rail.get_by_role("heading", name="Yours 1")).to_be_visible()
    expect(rail.get_by_role("button", name="Accept Alice Bergmann")).to_have_count(0)
    expect(messages(alice.page).get_by_text("Dora Novak joined the chat")).to_be_visible()


def test_who_goes_away_keeps_what_they_have_and_is_given_no_more(
    alice: Member, bob: Member, dora: Agent
) -> None:
    dora.visit("/console/chat/")
    dora.page.get_by_role("button", name="Away").click()
    popover = dora.page.get_by_role("dialog", name="Do you take chats?")
    popover.get_by_text("Here", exact=True).click()
    popover.get_by_role("button", name="Save").click()
    ask_for_person(alice, "The first.")
    rail = dora.page.get_by_role("region", name="Chats")
    expect(rail.get_by_role("heading", name="Yours 1")).to_be_visible()
    dora.page.get_by_role("button", name="Here 1 of").click()
    popover.get_by_text("Away", exact=True).click()
    popover.get_by_role("button", name="Save").click()
    expect(dora.page.get_by_role("button", name="Away 1 of")).to_be_visible()
    ask_for_person(bob, "The second.")
    expect(rail.get_by_role("button", name="Accept Bob Whitfield")).to_be_visible()
    expect(rail.get_by_role("heading", name="Yours 1")).to_be_visible()


def test_the_agent_sees_whether_the_member_is_here(alice: Member, dora: Agent) -> None:
    ask_for_person(alice, "Back in a minute.")
    accept(dora, "Alice Bergmann")
    is_here = dora.page.get_by_text("Alice Bergmann is here")
    expect(is_here).to_be_visible()
    alice.page.goto("about:blank")
    expect(is_here).to_be_hidden()
    alice.page.go_back()
    expect(is_here).to_be_visible()


def test_a_note_and_a_transfer_stay_between_agents(
    alice: Member, dora: Agent, arrive: Callable[..., Agent], stack: Stack
) -> None:
    stack.run(EMIL)
    emil = come(arrive, "emil@larkspan.example")
    ask_for_person(alice, "About an invoice.")
    accept(dora, "Alice Bergmann")
    heard: list[str | bytes] = []

    def hear(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: heard.append(frame))

    alice.page.on("websocket", hear)
    alice.page.reload()
    expect(messages(alice.page).get_by_text("About an invoice.")).to_be_visible()
    dora.page.get_by_role("radio", name="Internal note").check()
    say(dora.page, "She was upset last week.")
    dora.page.get_by_role("button", name="Transfer").click()
    dialog = dora.page.get_by_role("dialog", name="Transfer this chat")
    dialog.get_by_label("Give it to").select_option(label="Emil Eder (away)")
    dialog.get_by_label("A note for whoever gets it").fill("Mind the old invoice.")
    dialog.get_by_role("button", name="Transfer").click()
    expect(messages(alice.page).get_by_text("gave the chat to Emil Eder")).to_be_visible()
    emil.page.goto(dora.page.url)
    expect(emil.page.get_by_text("With you")).to_be_visible()
    for words in ("She was upset last week.", "Mind the old invoice."):
        expect(messages(emil.page).get_by_text(words)).to_be_visible()
        assert words not in "".join(map(str, heard))
        assert words not in alice.page.content()
    alice.page.reload()
    expect(messages(alice.page).get_by_text("gave the chat to Emil Eder")).to_be_visible()
    assert "upset" not in alice.page.content()
    assert "Mind the old invoice" not in alice.page.content()
