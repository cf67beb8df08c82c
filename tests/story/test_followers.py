"""Does somebody who follows a colleague's ticket hear of the answer, and no more when they stop?"""

from playwright.sync_api import expect

from tests.stack import Stack
from tests.story.people import Agent, Member
from tests.story.writing import FORM, fill_in, share

SUBJECT = "The partner list is cut off"


def test_bob_follows_alices_ticket_and_gets_the_answer_by_mail(
    alice: Member, bob: Member, dora: Agent, stack: Stack
) -> None:
    alice.enter_hub(FORM)
    fill_in(alice.page, SUBJECT)
    share(alice.page)
    alice.page.get_by_role("button", name="Create").click()
    expect(alice.page.get_by_text("We have your ticket")).to_be_visible()

    bob.enter_hub("/help/tickets/")
    bob.page.get_by_role("link", name=SUBJECT).click()
    bob.page.get_by_text("Details", exact=True).click()
    bob.page.get_by_role("button", name="Follow").click()
    expect(bob.page.get_by_role("button", name="Stop following")).to_be_visible()

    dora.page.get_by_role("link", name=SUBJECT).click()
    dora.page.get_by_role("radio", name="Offer a solution").check()
    dora.page.get_by_label("Your message").fill("Scroll to the right: it goes on there.")
    dora.page.get_by_role("button", name="Send").click()
    letter = stack.mailbox.wait_for("bob@acme.example", f"New reply: {SUBJECT}")
    assert "Alice" not in str(letter["To"])
