"""Does a promise become a deadline that an agent reads, and is the member asked at the end?"""

from playwright.sync_api import expect

from tests.story.conftest import Arrive
from tests.story.people import Agent, Member
from tests.story.writing import FORM, fill_in

SUBJECT = "The promised report is late"


def test_a_promise_is_kept_and_the_member_says_how_it_went(
    alice: Member, dora: Agent, arrive: Arrive
) -> None:
    hanna: Agent = arrive(Agent)
    hanna.sign_in("hanna@larkspan.example")
    hanna.page.get_by_role("region", name="Queue").wait_for()
    hanna.visit("/console/tickets/settings/targets/")
    normal = hanna.page.get_by_role("group", name="Enterprise, Normal")
    normal.get_by_label("First reply").fill("1h 30m")
    normal.get_by_label("Solution").fill("5h")
    hanna.page.get_by_role("button", name="Save").click()
    expect(hanna.page.get_by_text("Saved.")).to_be_visible()
    expect(normal.get_by_label("First reply")).to_have_value("1h 30m")

    alice.enter_hub(FORM)
    fill_in(alice.page, SUBJECT)
    alice.page.get_by_role("button", name="Create").click()
    expect(alice.page.get_by_text("We have your ticket")).to_be_visible()

    # Dora reads what is owed, and why; her answer is the first reply.
    dora.page.get_by_role("link", name=SUBJECT).click()
    aside = dora.page.get_by_role("complementary", name="Ticket")
    expect(aside.get_by_text("a first reply within 1 hour 30 minutes")).to_be_visible()
    expect(aside.get_by_text("a solution within 5 hours")).to_be_visible()
    dora.page.get_by_role("radio", name="Offer a solution").check()
    dora.page.get_by_label("Your message").fill("It comes at noon. Is that all?")
    dora.page.get_by_role("button", name="Send").click()
    expect(aside.get_by_text("The clock stands")).to_be_visible()
    expect(aside.get_by_text("a first reply")).to_have_count(0)

    # Alice closes it, says how it went, and Dora reads that.
    alice.page.get_by_role("button", name="Yes, close the ticket").click()
    asked = alice.page.locator("#ticket-rating")
    asked.get_by_role("radio", name="Good").check()
    asked.get_by_label("What should we know?").fill("Quick and kind.")
    with alice.page.expect_response("**/messages*"):  # news come in while she writes
        alice.page.evaluate("document.dispatchEvent(new Event('thread-changed'))")
    asked.get_by_role("button", name="Send").click()
    expect(asked.get_by_text("Thank you.")).to_be_visible()
    expect(aside.get_by_text("Quick and kind.")).to_be_visible()
