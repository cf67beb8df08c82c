"""How does somebody search in a story? By the one box, among pages about numbats."""

import re

from playwright.sync_api import FrameLocator, Locator, Page, expect

NUMBATS = """
from handrail.mediums.docs import actions
from handrail.people.models import Audience
from handrail.people.viewer import system_viewer
editor = system_viewer("editor")
section = actions.make_section(editor, title="Numbats", slug="numbats")
def publish(title, body, **facts):
    page = actions.make_page(editor, section, title=title, body=body, **facts)
    return actions.publish(editor, page)
publish("Count numbats", "## Before you begin\\n\\nA numbat sleeps at night.")
publish("Feed a numbat", "Give it termites.")
publish("Numbat plans for brands", "Numbat secrets.", audience=Audience.objects.get(key="brand"))
"""
"""A section about numbats, with a page that only brands may read."""

Place = Page | FrameLocator


def field(place: Place) -> Locator:
    return place.get_by_role("combobox", name=re.compile("Search"))


def option(place: Place, name: str) -> Locator:
    return place.get_by_role("option", name=re.compile(name))


def findings(place: Place) -> Locator:
    """What was found: the last option asks the help pages instead."""
    return place.get_by_role("option").filter(has_not_text=re.compile("^Ask: "))


def heading(place: Place, name: str | re.Pattern[str]) -> None:
    expect(place.get_by_role("heading", name=name, level=1)).to_be_visible()


def look_for(place: Place, words: str) -> None:
    """Opens the box by its keys and writes words into it, in place of what was there."""
    place.locator("body").press("Control+k")
    expect(field(place)).to_be_focused()
    field(place).press("Control+a")
    field(place).press_sequentially(words)
