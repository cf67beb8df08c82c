"""Can an agent be with several members at once, and lose sight of nobody?"""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser import intercept
from tests.stack import Stack
from tests.story.desk_chats import EMIL, NOBODY_CHATS, accept, ask_for_person, messages, said, say
from tests.story.people import Agent, Member

CANNED = """
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.models import CannedReply
from handrail.people.models import Agent
from handrail.people.viewer import viewer_for_agent
dora = viewer_for_agent(Agent.objects.get(email="dora@larkspan.example"))
title, body = "Greeting for chats", "Hello {member.first_name}, I am here."
if not CannedReply.objects.filter(title=title).exists():
    actions.make_canned(dora, title=title, body=body)
"""


@pytest.fixture(autouse=True)
def _nobody_chats(stack: Stack) -> None:
    stack.run(NOBODY_CHATS)


@pytest.fixture
def emil(arrive: Callable[..., Agent], stack: Stack) -> Agent:
    """Another agent, in front of the console."""
    stack.run(EMIL)
    emil = arrive(Agent)
    emil.sign_in("emil@larkspan.example")
    emil.page.wait_for_url("**/console/**")
    return emil


def test_who_waits_appears_by_itself_is_accepted_and_answered(alice: Member, dora: Agent) -> None:
    dora.visit("/console/chat/")
    expect(dora.page.get_by_text("Nobody waits.")).to_be_visible()
    ask_for_person(alice, "My report is empty.")
    dora.page.get_by_role("button", name="Accept Alice Bergmann").click()
    expect(messages(dora.page).get_by_text("My report is empty.")).to_be_visible()
    expect(dora.page.get_by_role("heading", name="Alice Bergmann").first).to_be_visible()
    expect(dora.page.get_by_text("Account admin", exact=True)).to_be_visible()
    say(dora.page, "Which report is it?")
    expect(messages(alice.page).get_by_text("Which report is it?")).to_be_visible()
    say(alice.page, "That of the spring campaign.")
    expect(messages(dora.page).get_by_text("That of the spring campaign.")).to_be_visible()
    expect(messages(alice.page).get_by_text("Dora Novak joined the chat")).to_be_visible()


def test_words_in_a_chat_that_is_not_open_are_heard_and_seen(
    alice: Member, bob: Member, dora: Agent
) -> None:
    ask_for_person(alice, "First.")
    ask_for_person(bob, "Second.")
    accept(dora, "Alice Bergmann")
    accept(dora, "Bob Whitfield")
    dora.page.get_by_label("Your message").fill("Half a sent")
    say(alice.page, "Are you there?")
    rail = dora.page.get_by_role("region", name="Chats")
    row = rail.get_by_role("listitem").filter(has_text="Are you there?")
    expect(row.get_by_text("Unread")).to_be_attached()
    expect(dora.page).to_have_title("(1) Bob Whitfield · Chat · Handrail")
    assert int(dora.page.locator(".desk").get_attribute("data-rang") or 0) >= 1
    row.get_by_role("link").click()
    expect(messages(dora.page).get_by_text("Are you there?")).to_be_visible()
    expect(row.get_by_text("Unread")).not_to_be_attached()
    expect(dora.page).to_have_title("Alice Bergmann · Chat · Handrail")
    rail.get_by_role("link", name="Bob Whitfield").click()
    expect(dora.page.get_by_label("Your message")).to_have_value("Half a sent")


def test_sound_can_be_switched_off_and_stays_off(alice: Member, dora: Agent) -> None:
    dora.visit("/console/chat/")
    dora.page.get_by_role("button", name="Away").click()
    dora.page.get_by_label("Sound for new chats and words").uncheck()
    dora.visit("/console/chat/")
    dora.page.get_by_role("button", name="Away").click()
    expect(dora.page.get_by_label("Sound for new chats and words")).not_to_be_checked()
    ask_for_person(alice, "In silence.")
    expect(dora.page).to_have_title("(1) Chat · Handrail")
    assert dora.page.locator(".desk").get_attribute("data-rang") is None


def test_notes_canned_replies_and_typing(alice: Member, dora: Agent, stack: Stack) -> None:
    stack.run(CANNED)
    ask_for_person(alice, "Good morning.")
    accept(dora, "Alice Bergmann")
    dora.page.get_by_label("Your message").press_sequentially("/")
    dora.page.get_by_role("option", name="Greeting for chats").click()
    expect(dora.page.get_by_label("Your message")).to_have_value("Hello Alice, I am here.")
    dora.page.get_by_label("Your message").press("Enter")
    expect(messages(alice.page).get_by_text("Hello Alice, I am here.")).to_be_visible()
    dora.page.get_by_role("radio", name="Internal note").check()
    say(dora.page, "She asked this before.")
    expect(dora.page.get_by_text("Internal note. Members never see this.").first).to_be_visible()
    alice.page.get_by_label("Your message").press_sequentially("I wr")
    expect(dora.page.get_by_text("Alice Bergmann is typing…")).to_be_visible()
    alice.page.reload()
    expect(messages(alice.page).get_by_text("Hello Alice")).to_be_visible()
    assert "She asked this before." not in alice.page.content()


def test_what_was_begun_as_a_note_never_goes_to_the_member(alice: Member, dora: Agent) -> None:
    chat = ask_for_person(alice, "Good morning.")
    dora.visit(f"/console/chat/{chat}/")
    note, written = (
        dora.page.get_by_role("radio", name="Internal note"),
        dora.page.get_by_label("Your message"),
    )
    written.press_sequentially("Careful with her.")
    expect(alice.page.get_by_text("is typing")).to_be_hidden()
    dora.page.get_by_role("button", name="Accept").first.click()
    expect(dora.page.get_by_text("With you")).to_be_visible()
    expect(dora.page.get_by_role("radio", name="To the member")).to_be_visible()
    dora.page.reload()
    expect(written).to_have_value("Careful with her.")
    expect(note).to_be_checked()
    written.press("Enter")
    expect(dora.page.get_by_text("Internal note. Members never see this.").first).to_be_visible()
    dora.page.get_by_role("radio", name="To the member").check()
    say(dora.page, "Good morning!")
    expect(messages(alice.page).get_by_text("Good morning!")).to_be_visible()
    alice.page.reload()
    expect(messages(alice.page).get_by_text("Good morning!")).to_be_visible()
    assert "Careful with her." not in alice.page.content()


def test_an_answer_is_suggested_and_sent_by_the_agent_alone(alice: Member, dora: Agent) -> None:
    ask_for_person(alice, "How do I add a colleague to our account?")
    accept(dora, "Alice Bergmann")
    dora.page.get_by_role("button", name="Suggest an answer").click()
    suggested = dora.page.get_by_role("status", name="Suggested answer")
    expect(suggested.get_by_role("link").first).to_be_visible()
    suggested.get_by_role("button", name="Put it into your message").click()
    expect(suggested).to_have_count(0)
    written = dora.page.get_by_label("Your message")
    expect(written).not_to_have_value("")
    dora.page.reload()
    expect(written).not_to_have_value("")
    assert len(said(alice.page)) == len(said(dora.page)) == 1
    written.press("Enter")
    expect(messages(alice.page).locator("[data-words]")).to_have_count(2)
    expect(messages(alice.page).get_by_role("link").first).to_be_visible()


def test_a_suggestion_that_is_dismissed_leaves_nothing(alice: Member, dora: Agent) -> None:
    ask_for_person(alice, "How do I add a colleague to our account?")
    accept(dora, "Alice Bergmann")
    dora.page.get_by_label("Your message").fill("My own words")
    dora.page.get_by_role("button", name="Suggest an answer").click()
    suggested = dora.page.get_by_role("status", name="Suggested answer")
    suggested.get_by_role("button", name="Dismiss").click()
    expect(suggested).to_have_count(0)
    expect(dora.page.get_by_label("Your message")).to_have_value("My own words")
    expect(dora.page.get_by_label("Your message")).to_be_focused()


def test_the_desk_is_worked_by_keys_alone(
    alice: Member, bob: Member, dora: Agent, stack: Stack
) -> None:
    stack.run(CANNED)
    ask_for_person(alice, "From Alice.")
    ask_for_person(bob, "From Bob.")
    accept(dora, "Alice Bergmann")
    accept(dora, "Bob Whitfield")
    page, keys = dora.page, dora.page.keyboard
    keys.press("Escape")
    rail = page.get_by_role("region", name="Chats")
    expect(rail.get_by_role("listitem").first).to_contain_text("Alice")  # Bob's is read by now
    row = rail.get_by_role("link", name="Alice Bergmann")
    keys.press("k")
    expect(row).to_be_focused()
    keys.press("Enter")
    expect(messages(page).get_by_text("From Alice.")).to_be_visible()
    keys.press("r")
    expect(page.get_by_label("Your message")).to_be_focused()
    keys.type("By keys.")
    keys.press("Enter")
    expect(messages(alice.page).get_by_text("By keys.")).to_be_visible()
    keys.press("Escape")
    keys.press("c")
    expect(page.get_by_role("option", name="Greeting for chats")).to_be_visible()
    keys.type("greeting")
    expect(page.get_by_role("option")).to_have_count(1)
    keys.press("Enter")
    expect(page.get_by_label("Your message")).to_have_value("Hello Alice, I am here.")
    keys.press("Enter")
    expect(messages(alice.page).get_by_text("Hello Alice, I am here.")).to_be_visible()
    keys.press("Escape")
    keys.press("n")
    expect(page.get_by_role("radio", name="Internal note")).to_be_checked()
    expect(page.get_by_label("Your message")).to_be_focused()


def test_an_edit_and_a_removal_leave_their_trace(alice: Member, dora: Agent) -> None:
    ask_for_person(alice, "Hello.")
    accept(dora, "Alice Bergmann")
    say(dora.page, "Your plan endz today.")
    line = messages(dora.page).get_by_role("listitem").filter(has_text="endz")
    line.hover()
    line.get_by_role("button", name="Edit").click()
    dora.page.get_by_label("Your message").fill("Your plan ends today.")
    dora.page.get_by_label("Your message").press("Enter")
    expect(messages(alice.page).get_by_text("Your plan ends today.")).to_be_visible()
    expect(messages(alice.page).get_by_text("edited")).to_be_visible()
    line = messages(dora.page).get_by_role("listitem").filter(has_text="Your plan ends today.")
    line.hover()
    line.get_by_role("button", name="Remove").click()
    dora.page.get_by_role("button", name="Really remove?").click()
    expect(messages(alice.page).get_by_text("This message was removed.")).to_be_visible()
    expect(messages(alice.page).get_by_text("Your plan ends today.")).to_have_count(0)


def test_a_chat_goes_to_another_agent_with_a_note(alice: Member, dora: Agent, emil: Agent) -> None:
    ask_for_person(alice, "About an invoice.")
    accept(dora, "Alice Bergmann")
    dora.page.get_by_role("button", name="Transfer").click()
    dialog = dora.page.get_by_role("dialog", name="Transfer this chat")
    dialog.get_by_label("Give it to").select_option(label="Emil Eder (away)")
    dialog.get_by_label("A note for whoever gets it").fill("Knows invoices.")
    dialog.get_by_role("button", name="Transfer").click()
    expect(dialog).to_be_hidden()
    expect(dora.page.get_by_text("With Emil Eder")).to_be_visible()
    expect(dora.page.get_by_role("radio", name="To the member")).to_have_count(1)
    emil.visit("/console/chat/")
    emil.page.get_by_role("region", name="Chats").get_by_role("link").first.click()
    expect(messages(emil.page).get_by_text("Knows invoices.")).to_be_visible()
    expect(messages(alice.page).get_by_text("gave the chat to Emil Eder")).to_be_visible()
    say(emil.page, "I am Emil.")
    expect(messages(alice.page).get_by_text("I am Emil.")).to_be_visible()


def test_it_becomes_a_ticket_and_what_has_ended_takes_no_words(
    alice: Member, bob: Member, dora: Agent
) -> None:
    ask_for_person(alice, "This takes longer.")
    accept(dora, "Alice Bergmann")
    dora.page.get_by_role("button", name="More", exact=True).click()
    dora.page.get_by_role("button", name="Turn into a ticket").click()
    dialog = dora.page.get_by_role("dialog", name="Turn this chat into a ticket")
    dialog.get_by_label("Subject").fill("Longer than a chat")
    dialog.get_by_role("button", name="Make the ticket").click()
    dora.page.wait_for_url("**/console/tickets/*/")
    expect(dora.page.get_by_role("heading", name="Longer than a chat")).to_be_visible()
    expect(dora.page.get_by_text("This takes longer.").first).to_be_visible()

    ask_for_person(bob, "Thank you, that is all.")
    accept(dora, "Bob Whitfield")
    dora.page.get_by_role("button", name="End", exact=True).click()
    expect(dora.page.get_by_text("This chat has ended. What was said stays here.")).to_be_visible()
    expect(dora.page.get_by_label("Your message")).to_have_count(0)


def test_who_is_here_is_given_chats_up_to_their_limit(
    alice: Member, bob: Member, dora: Agent
) -> None:
    dora.visit("/console/chat/")
    dora.page.get_by_role("button", name="Away").click()
    popover = dora.page.get_by_role("dialog", name="Do you take chats?")
    popover.get_by_text("Here", exact=True).click()
    popover.get_by_label("Chats at a time").fill("1")
    popover.get_by_role("button", name="Save").click()
    expect(dora.page.get_by_role("button", name="Here 0 of 1")).to_be_visible()
    ask_for_person(alice, "The first.")
    rail = dora.page.get_by_role("region", name="Chats")
    expect(rail.get_by_role("heading", name="Yours 1")).to_be_visible()
    expect(dora.page.get_by_role("button", name="Here 1 of 1")).to_be_visible()
    ask_for_person(bob, "The second.")
    expect(rail.get_by_role("button", name="Accept Bob Whitfield")).to_be_visible()


def test_the_one_queue_shows_who_waits_and_accepts_from_there(alice: Member, dora: Agent) -> None:
    live = dora.page.get_by_role("region", name="Live now")
    ask_for_person(alice, "From the queue.")
    expect(live.get_by_text("From the queue.")).to_be_visible()
    dora.page.keyboard.press("j")
    expect(live.get_by_role("link", name="Alice Bergmann")).to_be_focused()
    live.get_by_role("button", name="Accept").click()
    dora.page.wait_for_url("**/console/chat/*/")
    expect(dora.page.get_by_text("With you")).to_be_visible()
    dora.page.keyboard.press("e")
    expect(dora.page.get_by_text("This chat has ended.")).to_be_visible()


def test_a_refused_act_says_why_and_the_page_goes_on(alice: Member, dora: Agent) -> None:
    ask_for_person(alice, "Gone in a moment.")
    accept(dora, "Alice Bergmann")
    intercept(dora.page, "**/give-back", lambda route: route.fulfill(status=503), times=1)
    dora.page.get_by_role("button", name="More", exact=True).click()
    dora.page.get_by_role("button", name="Give back to the assistant").click()
    expect(dora.page.get_by_text("With you")).to_be_visible()
    say(dora.page, "Still here.")
    expect(messages(alice.page).get_by_text("Still here.")).to_be_visible()
    dora.troubles.clear()  # a browser complains of a 503, as it should
