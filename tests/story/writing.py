"""How does a member write a ticket in a story? By the form, in the panel or on a full page."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import FrameLocator, Page, expect

from tests.making import picture

Place = FrameLocator | Page
FORM = "/help/tickets/?createTicket=true"
"""Its address opens the form."""

TYPE = "Payments and Finance"
WORDS = "It was fine yesterday."


def screenshot(name: str = "screenshot.png") -> Any:
    """A small picture, as one chooses it from a folder."""
    return {"name": name, "mimeType": "image/png", "buffer": picture()}


def begin_anew(place: Place) -> None:
    """Discards, as people do, what an earlier story typed into the form and did not send."""
    place.locator("#ticket-form").wait_for()
    restored = place.get_by_text("Draft restored")
    if restored.is_visible():
        place.get_by_role("button", name="Discard").click()
        expect(restored).to_have_count(0)
        place.locator("#ticket-form").wait_for()


def choose_type(place: Place, type: str) -> None:
    """Chooses what it is about, and waits for the fields that this asks for.

    They move what is below: a button that moves under a finger is not pressed.
    """
    field = place.get_by_label("Issue type")
    field.select_option(type)
    expect(field).not_to_have_class(re.compile("htmx-request"))


def fill_in(place: Place, subject: str, *, words: str = WORDS, type: str = TYPE) -> None:
    """Writes a ticket from the beginning."""
    begin_anew(place)
    place.get_by_label("Subject").fill(subject)
    choose_type(place, type)
    place.get_by_label("Description").fill(words)


@contextmanager
def kept(page: Page, last: str = "body") -> Iterator[None]:
    """What is typed into the form in here is with us at its end: nothing is on its way any more.

    `last` is the field that is written last.
    """
    with page.expect_response(
        lambda answer: (
            answer.url.endswith("/help/tickets/draft")
            and f"{last}=" in (answer.request.post_data or "")
        )
    ):
        yield


def attach(place: Place, *files: Any) -> None:
    """Chooses files, and waits until they are with us."""
    place.locator("input[type=file]").set_input_files(files)
    for file in files:
        expect(place.get_by_role("button", name=f"Remove {file['name']}")).to_be_visible()


def share(place: Place, addresses: Sequence[str] = ()) -> None:
    """Switches Ticket Access on, and adds addresses that are told."""
    place.get_by_role("switch", name="Ticket access").check()
    for address in addresses:
        place.get_by_label("Email addresses").fill(address)
        place.get_by_label("Email addresses").press("Enter")


def submit(place: Place) -> str:
    """Presses Create; returns the number of the new ticket, such as "#100042"."""
    place.get_by_role("button", name="Create", exact=True).click()
    expect(place.get_by_text("We have your ticket")).to_be_visible()
    return place.get_by_text(re.compile(r"^#\d+$")).inner_text()


def reply(place: Place, words: str) -> None:
    """Answers a ticket that is open."""
    place.get_by_label("Write a reply").fill(words)
    place.get_by_role("button", name="Reply", exact=True).click()
    expect(place.get_by_role("listitem").get_by_text(words)).to_be_visible()
