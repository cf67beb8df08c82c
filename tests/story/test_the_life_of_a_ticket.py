"""Does a ticket live from the button on the platform to its end? The story of all stories."""

import re

from playwright.sync_api import FrameLocator, expect

from tests.mailbox import text_of
from tests.making import picture
from tests.stack import Stack
from tests.story.people import Agent, Member

SUBJECT = "The autumn banner shows a broken picture"


def test_alice_asks_dora_answers_and_alice_accepts_by_a_link_in_a_mail(
    alice: Member, dora: Agent, stack: Stack
) -> None:
    queue = dora.page.get_by_role("region", name="Queue")
    expect(queue).to_be_visible()

    panel = alice.open_tickets()
    panel.get_by_role("link", name="Create ticket").click()
    _fill_in(panel)
    panel.get_by_role("button", name="Create").click()
    expect(panel.get_by_text("We have your ticket")).to_be_visible()
    expect(panel.get_by_role("link", name="broken-banner.png")).to_be_visible()
    number = panel.get_by_text(re.compile(r"^#\d+$")).inner_text()

    # Dora's queue shows it without a reload, and she answers.
    queue.get_by_role("link", name=SUBJECT).click()
    desk = dora.page
    expect(desk.get_by_role("link", name="broken-banner.png")).to_be_visible()
    desk.get_by_role("radio", name="Offer a solution").check()
    desk.get_by_label("Your message").fill("I uploaded the picture anew. Does it show now?")
    desk.get_by_role("button", name="Send").click()
    expect(desk.get_by_text("Dora Novak offered a solution")).to_be_visible()

    # Alice's open page shows it, and so does her mailbox.
    expect(panel.get_by_text("I uploaded the picture anew.")).to_be_visible()
    expect(panel.get_by_role("group", name="Did the solution help?")).to_be_visible()
    letter = stack.mailbox.wait_for("alice@acme.example", f"[{number}] New reply")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Reply-To"] is None

    # Days later she follows the link, in a browser that the hub has never seen.
    alice.forget_everything()
    alice.page.goto(_link_in(text_of(letter), stack))
    alice.page.get_by_role("button", name="Continue").click()
    page = alice.page
    expect(page.get_by_text("I uploaded the picture anew.")).to_be_visible()
    page.get_by_role("button", name="Yes, close the ticket").click()
    expect(page.get_by_text("Closed", exact=True)).to_be_visible()

    # And Dora, who has had the page open all the while, sees that it is done.
    expect(desk.get_by_text("Alice Bergmann accepted the solution")).to_be_visible()
    expect(desk.get_by_role("complementary", name="Ticket").get_by_text("Closed")).to_be_visible()


def _fill_in(panel: FrameLocator) -> None:
    panel.get_by_label("Subject").fill(SUBJECT)
    panel.get_by_label("Issue type").select_option("Promotional Content — Ads, Codes and Products")
    panel.get_by_label("Description").fill("It was fine yesterday. A screenshot is attached.")
    file = {"name": "broken-banner.png", "mimeType": "image/png", "buffer": picture()}
    panel.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    expect(panel.get_by_role("button", name="Remove broken-banner.png")).to_be_visible()


def _link_in(text: str, stack: Stack) -> str:
    found = re.search(rf"{re.escape(stack.hub.url)}/help/\S+", text)
    assert found
    return found.group()
