"""How do members and agents chat in stories of the desk? Each begins with nobody in a chat."""

from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.story.people import Agent, Member

NOBODY_CHATS = """
from handrail.mediums.chat import actions
from handrail.mediums.chat.models import Availability, Chat
from handrail.people.viewer import SYSTEM
for chat in Chat.objects.filter(conversation__closed_at=None):
    actions.end(SYSTEM, chat)
Availability.objects.all().delete()
"""

EMIL = """
from handrail.people.actions import create_agent
from handrail.people.models import Agent
if not Agent.objects.filter(email="emil@larkspan.example").exists():
    create_agent(email="emil@larkspan.example", name="Emil Eder", password="handrail-demo-only")
"""


def ask_for_person(member: Member, words: str) -> str:
    """Begins a chat with these words, which goes to a person; returns its id."""
    member.enter_hub("/help/chat/?new=1")
    member.page.get_by_label("Your message").fill(words)
    member.page.get_by_role("button", name="Send to a person").click()
    expect(messages(member.page).get_by_text(words)).to_be_visible()
    return urlsplit(member.page.url).path.split("/")[3]


def say(page: Page, words: str) -> None:
    """In the chat that is open, whichever side's it is; it has arrived when this returns."""
    page.get_by_label("Your message").fill(words)
    page.get_by_label("Your message").press("Enter")
    line = messages(page).locator("li[data-n]:not([data-n=''])").filter(has_text=words)
    expect(line).to_have_count(1)


def accept(agent: Agent, name: str) -> None:
    """Accepts who waits, at the desk, and is in their chat."""
    agent.visit("/console/chat/")
    agent.page.get_by_role("button", name=f"Accept {name}").click()
    expect(agent.page.get_by_text("With you")).to_be_visible()


def messages(page: Page) -> Locator:
    return page.get_by_role("log", name="Messages")


def said(page: Page) -> list[str]:
    """All words of the talk, in the order of the page."""
    return messages(page).locator("[data-words]").all_inner_texts()
