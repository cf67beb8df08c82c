"""How do people chat in the stories? By what they see: the composer, the lines, the buttons."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser import press_in_menu
from tests.story.people import Agent, Member

CHAT = "/help/chat/"


def composer(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Your message")


def begin(member: Member, words: str) -> str:
    """Begins a chat from its first page, as somebody who accepts what they read; returns where it
    is."""
    page = member.page
    member.enter_hub(f"{CHAT}?new=1")
    read = page.get_by_role("checkbox", name="I have read this")
    if read.count():
        read.check()
    composer(page).fill(words)
    composer(page).press("Enter")
    page.wait_for_url(re.compile(r"/help/chat/[\w-]{20,}/$"))
    return page.url.removeprefix(member.stack.hub.url)


def say(page: Page, words: str) -> None:
    """Says it, and sees it in the talk at once."""
    composer(page).fill(words)
    composer(page).press("Enter")
    expect(line(page, words)).to_be_visible()
    expect(composer(page)).to_have_value("")
    expect(composer(page)).to_be_focused()


def lines(page: Page) -> Locator:
    """What was said, without the events."""
    return page.get_by_role("log", name="Messages").locator(".message")


def line(page: Page, words: str) -> Locator:
    return lines(page).filter(has_text=words)


def words_of(page: Page, side: str) -> list[str]:
    """What one side said, in the order of the page."""
    found = page.get_by_role("log", name="Messages").locator(f".message.{side} [data-words]")
    return [words.strip() for words in found.all_inner_texts()]


def arrived(page: Page, *said: str) -> None:
    """All of it was taken by the server, in this order and once."""
    expect(page.locator(".message.sending, .message.failed")).to_have_count(0)
    mine = page.get_by_role("log", name="Messages").locator(".message.mine [data-words]")
    expect(mine).to_have_text(list(said))


def ask_for_person(page: Page) -> None:
    """Presses for one once the assistant has said something, so that it does not say it after."""
    expect(page.locator(".message.assistant").last).to_be_visible()
    page.get_by_role("button", name="Talk to a person").click()
    expect(page.get_by_text("You asked for a person")).to_be_visible()


def accept(agent: Agent, path: str) -> None:
    """Opens the chat of a member at the desk, and is with them."""
    agent.visit(path.replace("/help/", "/console/"))
    agent.page.get_by_role("button", name="Accept").first.click()
    expect(agent.page.get_by_text("You joined the chat")).to_be_visible()


def end(page: Page) -> None:
    page.get_by_role("button", name="More", exact=True).click()
    press_in_menu(page.get_by_role("button", name="End the chat"))
    expect(page.get_by_text("This chat has ended.")).to_be_visible()
