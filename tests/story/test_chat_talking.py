"""Does a talk stay a talk: too fast, further up, with files, in several tabs, after a sign-out?"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser import PHONE, intercept, no_serious_axe_findings_in_any_look, press_in_menu
from tests.stack import Stack
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
)
from tests.story.people import Agent, Member
from tests.story.putting_files import drop, paste

FIRST = "My links lead nowhere"
TOO_FAST = "That was a lot at once."

FLOOD = """async (topic) => {
    const socket = new WebSocket(location.origin.replace("http", "ws") + "/help/live");
    await new Promise((opened) => socket.addEventListener("open", opened));
    for (let n = 0; n < 500; n++) socket.send(JSON.stringify({ type: "unfollow", topic }));
}"""
"""Another page of hers asks for more than one person may, for some 20 seconds."""

END_ALL = """
from django.utils import timezone
from handrail.people.models import HelpSession
HelpSession.objects.filter(ended_at=None).update(ended_at=timezone.now())
"""
"""As if the night had passed: no session counts any more, and no page was told."""


@pytest.fixture
def talking(alice: Member, dora: Agent) -> Iterator[str]:
    """Alice and Dora are in a chat, which both have open; where it is."""
    path = begin(alice, FIRST)
    ask_for_person(alice.page)
    accept(dora, path)
    yield path
    alice.visit(path)  # as it stands now: without a menu that a story opened, or words on their way
    if composer(alice.page).count():
        end(alice.page)


def signed_out(page: Page) -> Locator:
    return page.get_by_role("dialog", name="You are signed out")


def say_much(page: Page, how_long: int = 10) -> None:
    """More than fits on a page, in twelve messages, and the server has them."""
    for number in range(12):
        say(page, f"Line {number}" + " and more of it" * how_long)
    expect(page.locator(".message.sending, .message.failed")).to_have_count(0)


def sign_in_again(page: Page) -> None:
    """In another tab, as the dialog offers; back in the chat it goes on by itself or by a press."""
    with page.context.expect_page() as opened:
        signed_out(page).get_by_role("link", name=re.compile("Sign in with")).first.click()
    opened.value.wait_for_url("**/help/**")
    opened.value.close()
    page.bring_to_front()
    if signed_out(page).is_visible():
        signed_out(page).get_by_role("button", name="Go on").click()
    expect(signed_out(page)).to_have_count(0)


def test_who_is_too_fast_is_told_and_all_of_it_goes_out_by_itself(
    alice: Member, dora: Agent, talking: str
) -> None:
    page = alice.page
    other_tab = alice.context.new_page()
    other_tab.goto(alice.stack.hub.url + CHAT)
    topic = page.locator("live-talk").get_attribute("topic")
    other_tab.evaluate(FLOOD, topic)
    said = [f"Word {number}" for number in range(4)]
    for words in said:
        say(page, words)
    expect(page.get_by_text(TOO_FAST)).to_be_visible()
    say(dora.page, "I am not slowed")
    expect(page.locator(".message.sending")).to_have_count(0, timeout=90_000)
    arrived(page, FIRST, *said)
    expect(page.get_by_text(TOO_FAST)).to_have_count(0)
    other_tab.close()
    expect(dora.page.locator(".message.member [data-words]")).to_have_text([FIRST, *said])


def test_files_are_dragged_and_pasted(alice: Member, dora: Agent, talking: str) -> None:
    page = alice.page
    drop(page, "dragged.txt")
    assert page.locator("form:has(file-upload)").get_attribute("data-was-marked") == "flex"
    expect(page.get_by_role("button", name="Remove dragged.txt")).to_be_visible()
    assert not paste(page), "a screenshot is no text"
    expect(page.get_by_role("button", name=re.compile("Remove Screenshot"))).to_be_visible()
    say(page, "Look at these")
    for reader in (page, dora.page):
        both = line(reader, "Look at these").get_by_role("listitem")
        expect(both).to_have_count(2)
        expect(both.first).to_contain_text("dragged.txt")
    composer(page).fill("")
    drop(page, "alone.txt")
    expect(page.get_by_role("button", name="Remove alone.txt")).to_be_visible()
    composer(page).press("Enter")
    expect(dora.page.get_by_role("link", name=re.compile("alone.txt"))).to_be_visible()


SCROLL_UP_AS_A_WORD_COMES = """() => {
    document.scrollingElement.scrollTop = 200;
    document.querySelector("live-talk").came([]);
}"""
"""Before the browser has told anybody of the scrolling."""


@pytest.mark.parametrize("is_phone", [False, True])
def test_further_up_nothing_moves_and_a_mark_leads_to_what_is_new(
    alice: Member, dora: Agent, talking: str, is_phone: bool
) -> None:
    page = alice.page
    if is_phone:
        page.set_viewport_size(PHONE)
    say_much(page, how_long=20)
    expect(page.locator(".message.sending")).to_have_count(0)
    page.evaluate(SCROLL_UP_AS_A_WORD_COMES)
    expect(page.get_by_role("button", name="New messages")).to_have_count(0)
    say(dora.page, "Are you still there?")
    mark = page.get_by_role("button", name="New messages")
    expect(mark).to_be_visible()
    assert page.evaluate("document.scrollingElement.scrollTop") == 200
    expect(dora.page.get_by_text("Sent", exact=True)).to_be_visible()
    no_serious_axe_findings_in_any_look(page)
    if is_phone:
        page.set_viewport_size(PHONE)
    mark.click()
    expect(line(page, "Are you still there?")).to_be_in_viewport()
    expect(mark).to_be_hidden()
    expect(dora.page.get_by_text("Seen", exact=True)).to_be_visible()


def test_of_long_words_one_sees_the_beginning(alice: Member, dora: Agent, talking: str) -> None:
    page = alice.page
    page.set_viewport_size(PHONE)
    composer(dora.page).fill("It begins here.\n\n" + "\n\n".join(["Word by word. " * 30] * 6))
    composer(dora.page).press("Enter")
    expect(line(page, "It begins here.").get_by_text("It begins here.")).to_be_in_viewport()
    say(dora.page, "Have you read it?")
    page.get_by_role("button", name="New messages").click()
    expect(line(page, "Have you read it?")).to_be_in_viewport()


def test_who_is_signed_out_is_told_and_goes_on_where_they_were(
    alice: Member, dora: Agent, talking: str, stack: Stack
) -> None:
    page = alice.page
    stack.run(END_ALL)
    composer(page).fill("Said without a session")
    composer(page).press("Enter")
    expect(signed_out(page)).to_be_visible()
    assert "Said without a session" not in dora.page.content()
    sign_in_again(page)
    arrived(page, FIRST, "Said without a session")
    expect(line(dora.page, "Said without a session")).to_have_count(1)
    say(dora.page, "Welcome back")
    expect(line(page, "Welcome back")).to_be_visible()


def test_what_is_half_typed_outlives_a_sign_out(
    alice: Member, dora: Agent, talking: str, stack: Stack
) -> None:
    page = alice.page
    composer(page).press_sequentially("Half a sent")
    stack.run(END_ALL)
    say(dora.page, "Somebody else speaks, and the page looks")
    page.get_by_role("button", name="More", exact=True).click()
    press_in_menu(page.get_by_role("button", name="Send it to me by mail"))
    sign_in_again(page)
    expect(page.get_by_text("It is on its way to you.")).to_be_visible()
    expect(line(page, "Somebody else speaks")).to_be_visible()
    expect(composer(page)).to_have_value("Half a sent")


def test_tabs_are_in_step(alice: Member, dora: Agent, talking: str) -> None:
    first, second = alice.page, alice.context.new_page()
    second.goto(first.url)
    say(first, "Said in the first")
    expect(line(second, "Said in the first")).to_be_visible()
    mine = line(first, "Said in the first")
    mine.hover()
    mine.get_by_role("button", name="Edit").click()
    composer(first).fill("Said better in the first")
    composer(first).press("Enter")
    expect(line(second, "Said better in the first")).to_be_visible()
    expect(line(second, "Said better in the first").get_by_text("edited")).to_be_visible()
    composer(second).press_sequentially("typing in the second")
    expect(first.get_by_text("Alice Bergmann is typing")).to_be_hidden()
    expect(dora.page.get_by_text("Alice Bergmann is typing")).to_be_visible()
    say(dora.page, "I see one Alice")
    for page in (first, second):
        expect(lines(page)).to_have_count(4)  # one is the assistant's
        expect(line(page, "I see one Alice")).to_be_visible()
    composer(second).fill("")
    end(first)
    expect(second.get_by_text("This chat has ended.")).to_be_visible()
    expect(composer(second)).to_have_count(0)
    for page in (first, second):
        expect(page.get_by_role("radio", name="Good")).to_be_in_viewport()


def test_each_side_sees_whether_the_other_is_here(alice: Member, dora: Agent, talking: str) -> None:
    page, path = alice.page, alice.page.url
    expect(page.get_by_text("Dora Novak is here")).to_be_visible()
    expect(dora.page.get_by_text("Alice Bergmann is here")).to_be_visible()
    desk = dora.page.url
    dora.visit("/console/tickets/")
    expect(page.get_by_text("Dora Novak is here")).to_be_hidden()
    dora.page.goto(desk)
    expect(page.get_by_text("Dora Novak is here")).to_be_visible()
    page.goto("about:blank")
    expect(dora.page.get_by_text("Alice Bergmann has just left")).to_be_visible()
    page.goto(path)
    expect(dora.page.get_by_text("Alice Bergmann is here")).to_be_visible()


@pytest.mark.parametrize("is_phone", [False, True])
def test_the_rating_is_in_sight_once_it_has_ended(
    alice: Member, dora: Agent, talking: str, is_phone: bool
) -> None:
    page = alice.page
    if is_phone:
        page.set_viewport_size(PHONE)
    say_much(page)
    page.evaluate("document.scrollingElement.scrollTop = 0")
    end(page)
    form = page.locator("#chat-rating")
    for seen in (form.get_by_text("How did it go?"), form.get_by_role("button", name="Send")):
        expect(seen).to_be_in_viewport(ratio=1)
    page.reload()
    expect(form.get_by_role("button", name="Send")).to_be_in_viewport(ratio=1)


def test_the_rating_is_in_sight_where_the_socket_is_quicker_than_the_answer(
    alice: Member, dora: Agent, talking: str
) -> None:
    page = alice.page
    say_much(page)
    ended = page.get_by_text("This chat has ended.")

    def answer_late(route: Route) -> None:
        answer = route.fetch()
        expect(ended).to_be_visible()
        page.evaluate("document.scrollingElement.scrollTop = 0")
        route.fulfill(response=answer)

    intercept(page, "**/end", answer_late, times=1)
    with page.expect_response("**/end"):
        end(page)
    for seen in (page.get_by_text("How did it go?"), page.get_by_role("button", name="Send")):
        expect(seen).to_be_in_viewport(ratio=1)


def test_nothing_moves_when_what_was_said_is_kept(
    alice: Member, dora: Agent, talking: str, stack: Stack
) -> None:
    page = alice.page
    say_much(page, how_long=20)
    with stack.hub.held():
        say(page, "This one waits.")
        expect(page.get_by_text("Sending…")).to_be_in_viewport(ratio=1)
        page.get_by_role("button", name="More", exact=True).click()
        before = page.evaluate("document.scrollingElement.scrollTop")
    expect(page.get_by_text("Sending…")).to_have_count(0)
    assert page.evaluate("document.scrollingElement.scrollTop") == before


def test_the_page_holds_still_while_a_menu_is_open(
    alice: Member, dora: Agent, talking: str
) -> None:
    page = alice.page
    say_much(page, how_long=20)
    page.get_by_role("button", name="More", exact=True).click()
    before = page.evaluate("document.scrollingElement.scrollTop")
    say(dora.page, "I look into it." + " It may take a while." * 20)
    expect(line(page, "I look into it.")).to_be_attached()
    assert page.evaluate("document.scrollingElement.scrollTop") == before
    page.keyboard.press("Escape")
    expect(line(page, "I look into it.")).to_be_in_viewport()
