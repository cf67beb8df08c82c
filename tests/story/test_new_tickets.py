"""Does the form ask for what the issue type needs, and is what was typed there again?"""

from playwright.sync_api import Page, expect

from tests.browser import no_serious_axe_findings_in_any_look
from tests.story.conftest import Arrive
from tests.story.people import Agent, Member
from tests.story.writing import FORM, begin_anew, fill_in, kept, submit

TECHNICAL = "Tracking, Reporting and Technical Settings"
FINANCE = "Payments and Finance"
QUIET = "Monitoring and Compliance"
"""An issue type that no other story chooses."""


def test_the_form_asks_for_what_the_issue_type_needs(alice: Member, dora: Agent) -> None:
    subject = "The thank-you page counts nothing"
    alice.enter_hub(FORM)
    page = alice.page
    fill_in(page, subject, type=TECHNICAL)
    link, address = page.get_by_label("Number of the link"), page.get_by_label("Address of the")
    expect(page.get_by_label("Where do you see it?")).to_be_visible()
    expect(link).to_be_hidden()
    page.get_by_label("Where do you see it?").select_option("On a tracking link")
    link.fill("LK-1")
    page.get_by_label("Where do you see it?").select_option("On our own site")
    expect(link).to_be_hidden()
    expect(address).to_be_visible()

    # What was typed for one type is there again, and no other type's fields are in the page.
    page.get_by_label("Issue type").select_option(FINANCE)
    expect(page.get_by_label("Number of the invoice or payout")).to_be_visible()
    expect(page.get_by_label("Where do you see it?")).to_have_count(0)
    page.get_by_label("Issue type").select_option(TECHNICAL)
    expect(page.get_by_label("Where do you see it?")).to_have_value("On our own site")

    page.get_by_role("button", name="Create", exact=True).click()
    expect(page.get_by_text("Fill this in.")).to_be_visible()
    expect(page.get_by_label("Description")).not_to_have_value("")
    no_serious_axe_findings_in_any_look(page)
    address.fill("https://shop.acme.example/thanks")
    page.get_by_label("Since which day?").fill("2026-02-28")
    submit(page)
    page.get_by_text("Details", exact=True).click()
    expect(page.get_by_text("https://shop.acme.example/thanks")).to_be_visible()
    expect(page.get_by_text("Feb. 28, 2026")).to_be_visible()
    expect(page.get_by_text("LK-1", exact=True)).to_have_count(0)

    dora.open_ticket(subject)
    answers = dora.page.get_by_role("region", name="Answers")
    expect(answers.get_by_text("On our own site")).to_be_visible()
    expect(answers.get_by_text("https://shop.acme.example/thanks")).to_be_visible()


def test_a_draft_outlives_a_reload_a_failed_submission_and_a_change_of_device(
    alice: Member, arrive: Arrive
) -> None:
    alice.enter_hub(FORM)
    page = alice.page
    begin_anew(page)
    page.get_by_label("Issue type").select_option(TECHNICAL)
    page.get_by_label("Where do you see it?").select_option("On a tracking link")
    with kept(page, last="subject"):
        page.get_by_label("Number of the link").fill("LK-58240")
        page.get_by_label("Subject").fill("Half of a thought")
    page.reload()
    _is_restored(page)

    # No second passes between the last key and the button, and it is kept all the same.
    page.get_by_label("Subject").fill("Half of a better thought")
    page.get_by_role("button", name="Create", exact=True).click()
    expect(page.get_by_text("Describe what happens.")).to_be_visible()
    page.reload()
    _is_restored(page)
    expect(page.get_by_label("Subject")).to_have_value("Half of a better thought")

    phone: Member = arrive(Member, viewport={"width": 390, "height": 844})
    phone.be("alice.acme")
    phone.enter_hub(FORM)
    _is_restored(phone.page)
    phone.page.get_by_label("Description").fill("The other half.")
    submit(phone.page)
    page.goto(page.url)
    expect(page.get_by_label("Subject")).to_have_value("")
    expect(page.get_by_text("Draft restored")).to_have_count(0)


def _is_restored(page: Page) -> None:
    expect(page.get_by_text("Draft restored")).to_be_visible()
    expect(page.get_by_label("Number of the link")).to_have_value("LK-58240")


def test_a_link_that_fills_the_form_in_and_a_draft_leave_each_other_alone(alice: Member) -> None:
    link = FORM + "&subject=Upgrade%20to%20Enterprise"
    alice.enter_hub(FORM)
    page = alice.page
    with kept(page):
        fill_in(page, "Begun by hand", words="And not finished.")
    alice.visit(link)
    expect(page.get_by_label("Subject")).to_have_value("Upgrade to Enterprise")
    expect(page.get_by_label("Description")).to_have_value("")
    with kept(page):
        page.get_by_label("Description").fill("From April on, please.")
    page.reload()
    expect(page.get_by_text("Draft restored")).to_be_visible()
    expect(page.get_by_label("Description")).to_have_value("From April on, please.")

    page.get_by_role("link", name="Go on with it").click()
    expect(page.get_by_label("Subject")).to_have_value("Begun by hand")
    expect(page.get_by_label("Description")).to_have_value("And not finished.")
    begin_anew(page)
    expect(page.get_by_label("Subject")).to_have_value("")

    alice.visit(link)
    expect(page.get_by_text("You began another ticket")).to_have_count(0)
    expect(page.get_by_label("Description")).to_have_value("From April on, please.")
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_label("Description")).to_have_value("")
    expect(page.get_by_label("Subject")).to_have_value("Upgrade to Enterprise")


def test_the_owner_asks_for_more_and_alice_meets_it(alice: Member, arrive: Arrive) -> None:
    hanna: Agent = arrive(Agent)
    hanna.sign_in("hanna@larkspan.example")
    desk = hanna.page
    desk.get_by_role("region", name="Queue").wait_for()
    hanna.visit("/console/tickets/settings/issue-types/")
    desk.get_by_role("link", name=QUIET).click()
    desk.get_by_role("link", name="Add a field").click()
    expect(desk.get_by_label("Choices")).to_be_hidden()
    desk.get_by_label("What it asks for").fill("Which partner?")
    desk.get_by_role("radio", name="Choice").check()
    desk.get_by_label("Choices").fill("Otter Coupons\nDeal Harbour")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("The form asks for it from now on.")).to_be_visible()
    desk.get_by_role("link", name="Add a field").click()
    desk.get_by_label("What it asks for").fill("Clicks in an hour")
    desk.get_by_role("radio", name="Number").check()
    desk.get_by_label("Shown").select_option("If “Which partner?” is “Deal Harbour”")
    desk.get_by_role("switch", name="Required").check()
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("If “Which partner?” is “Deal Harbour”")).to_be_visible()
    no_serious_axe_findings_in_any_look(desk)

    alice.enter_hub(FORM)
    page = alice.page
    fill_in(page, "Too many clicks to be true", type=QUIET)
    page.get_by_label("Which partner?").select_option("Otter Coupons")
    expect(page.get_by_label("Clicks in an hour")).to_be_hidden()
    page.get_by_label("Which partner?").select_option("Deal Harbour")
    page.get_by_label("Clicks in an hour").fill("58240")
    submit(page)

    # Retired, it is asked of nobody any more; the ticket keeps what was said.
    desk.get_by_role("row", name="Clicks in an hour").get_by_role("button", name="Retire").click()
    desk.get_by_role("row", name="Which partner?").get_by_role("button", name="Retire").click()
    expect(desk.get_by_text("Retired")).to_have_count(2)
    page.reload()
    page.get_by_text("Details", exact=True).click()
    expect(page.get_by_text("58240", exact=True)).to_be_visible()
