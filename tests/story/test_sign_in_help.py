"""Does somebody who cannot sign in find help, and does nobody learn or gain anything by it?"""

import re

from playwright.sync_api import expect

from tests.browser import no_serious_axe_findings_in_any_look as look_closely
from tests.mailbox import text_of
from tests.stack import Stack
from tests.story.conftest import Arrive
from tests.story.people import Agent, Member, Somebody

PAGE = "/sign-in-help"
SENTENCE = "The page says that there is no account for this address."


def ask(visitor: Somebody, name: str, email: str, words: str = SENTENCE) -> None:
    """Fills in the form and sends it, after the browser has done its sum."""
    page = visitor.page
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Email address").fill(email)
    page.get_by_label("What happens when you sign in?").fill(words)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you, it is with us")).to_be_visible()


def test_the_usual_answers_come_before_the_form(arrive: Arrive) -> None:
    visitor = arrive(Somebody)
    visitor.visit(PAGE)
    answers = visitor.page.locator(".answers details")
    expect(answers).to_have_count(4)
    for words in ("no password", "single sign-on", "forgot which username", "share one email"):
        expect(answers.filter(has_text=words).first).to_be_visible()
    first = answers.first
    expect(first.locator(".answer")).not_to_be_visible()
    first.locator("summary").press("Enter")
    expect(first.locator(".answer")).to_be_visible()
    form = visitor.page.get_by_label("Your name").bounding_box()
    last = answers.last.bounding_box()
    assert form and last and last["y"] < form["y"]


def test_whoever_cannot_sign_in_is_led_there_from_every_door(arrive: Arrive) -> None:
    visitor = arrive(Member)
    visitor.be("nobody")
    for address in ("/help/sign-in", "/help/"):
        visitor.visit(address)
        visitor.page.get_by_role("link", name="I cannot sign in").click()
        visitor.page.wait_for_url(f"**{PAGE}")
    visitor.look_at("/login")
    visitor.page.get_by_role("link", name="I cannot sign in").click()
    visitor.page.wait_for_url(f"**{PAGE}")
    visitor.look_at("/")
    visitor.help_button.click()
    link = visitor.panel.get_by_role("link", name="I cannot sign in")
    with visitor.context.expect_page() as opened:
        link.click()
    expect(opened.value.get_by_role("heading", name="Help with signing in")).to_be_visible()


def test_a_visitor_is_proved_and_answered_without_ever_having_an_account(
    arrive: Arrive, dora: Agent, stack: Stack
) -> None:
    address = "kim@elsewhere.example"
    visitor = arrive(Somebody)
    visitor.visit(PAGE)
    ask(visitor, "Kim Ortega", address)
    confirmation = stack.mailbox.wait_for(address, "We have your request")
    assert "no account for this address" not in text_of(confirmation)
    assert "Kim" not in text_of(confirmation)

    dora.open_ticket("Cannot sign in: Kim Ortega")
    side = dora.page.get_by_role("complementary", name="Ticket")
    expect(side.get_by_text("Unproved sender")).to_be_visible()
    expect(side.get_by_text(address)).to_be_visible()
    expect(dora.page.get_by_role("radio")).to_have_count(1)  # a note, and nothing to be mailed
    side.get_by_role("button", name="Send a proof link").click()
    expect(side.get_by_text("A link was sent")).to_be_visible()

    link = re.search(r"http\S+/proof/\S+", text_of(stack.mailbox.wait_for(address, "confirm")))
    assert link
    visitor.page.goto(link[0])
    visitor.page.get_by_role("button", name="Yes, I wrote to you").click()
    expect(visitor.page.get_by_role("heading", name="your address is confirmed")).to_be_visible()

    expect(side.get_by_text("Proved mailbox")).to_be_visible()  # without a reload
    dora.page.get_by_role("link", name="Load again").click()
    expect(dora.page.get_by_role("radio")).to_have_count(4)
    dora.answer("Your company moved you to another provider. Take the green button.")
    letter = text_of(stack.mailbox.wait_for(address, "Your request for help with signing in"))
    assert "Take the green button." in letter
    assert "/help/link/" not in letter

    more = re.search(r"http\S+/sign-in-help/\S+", letter)
    assert more
    visitor.page.goto(more[0])
    expect(visitor.page.get_by_text("green button")).not_to_be_visible()
    visitor.page.get_by_label("Your message").fill("The green one works, thank you!")
    visitor.page.get_by_role("button", name="Send").click()
    expect(visitor.page.get_by_role("heading", name="Thank you")).to_be_visible()
    thread = dora.page.get_by_role("list", name="Messages")
    expect(thread.get_by_text("The green one works")).to_be_visible()
    assert len(stack.mailbox.letters_to(address, "We have your request")) == 1


def test_what_was_typed_is_still_there_when_something_is_wrong(arrive: Arrive) -> None:
    visitor = arrive(Somebody)
    visitor.visit(PAGE)
    visitor.page.get_by_label("What happens when you sign in?").fill(SENTENCE)
    visitor.page.get_by_label("Email address").fill("not an address")
    visitor.page.get_by_role("button", name="Send").click()
    expect(visitor.page.get_by_text("This does not look like an email address.")).to_be_visible()
    expect(visitor.page.get_by_label("What happens when you sign in?")).to_have_value(SENTENCE)
    visitor.page.get_by_label("Email address").fill("lee@elsewhere.example")
    visitor.page.get_by_label("Your name").fill("Lee")
    visitor.page.get_by_role("button", name="Send").click()
    expect(visitor.page.get_by_role("heading", name="Thank you, it is with us")).to_be_visible()


def test_a_browser_without_scripts_reads_the_answers_and_why_the_form_waits(
    arrive: Arrive,
) -> None:
    visitor = arrive(Somebody, java_script_enabled=False)
    visitor.visit(PAGE)
    # Chromium parses <noscript> as if scripts ran where the test, not the user, switched them off.
    assert "Your browser runs no JavaScript here" in visitor.page.content()
    visitor.page.locator(".answers summary").first.click()
    expect(visitor.page.locator(".answers .answer").first).to_be_visible()


def test_no_page_of_it_shuts_anybody_out(arrive: Arrive) -> None:
    visitor = arrive(Somebody, reduced_motion="reduce")
    visitor.visit(PAGE)
    visitor.page.locator(".answers summary").first.click()
    look_closely(visitor.page)
    visitor.page.get_by_role("button", name="Send").click()
    expect(visitor.page.get_by_text("Tell us what to call you.")).to_be_visible()
    look_closely(visitor.page)
    for address in (f"{PAGE}/sent", f"{PAGE}/proof/junk"):
        visitor.visit(address)
        look_closely(visitor.page)


def test_an_agents_page_of_it_shuts_nobody_out(dora: Agent) -> None:
    dora.open_ticket("Cannot sign in: Tom Reinders")
    look_closely(dora.page)


def test_the_owner_writes_the_answers(arrive: Arrive, stack: Stack) -> None:
    owner = arrive(Agent)
    owner.sign_in("hanna@larkspan.example")
    owner.page.wait_for_url("**/console/**")
    owner.visit("/console/tickets/settings/sign-in-help/")
    last = owner.page.get_by_role("group", name="Another answer")
    last.get_by_label("Question").fill("The green button does nothing")
    last.get_by_label("Answer").fill("Allow pop-ups for https://larkspan.example and press again.")
    owner.page.get_by_role("button", name="Save").click()
    expect(owner.page.get_by_text("Saved.")).to_be_visible()
    visitor = arrive(Somebody)
    visitor.visit(PAGE)
    look_closely(owner.page)
    answer = visitor.page.locator(".answers details", has_text="The green button")
    answer.locator("summary").click()
    expect(answer.get_by_role("link", name="https://larkspan.example")).to_be_visible()
    own = owner.page.get_by_role("group", name="Answer 5")
    own.get_by_role("switch", name="Remove this answer").check()
    owner.page.get_by_role("button", name="Save").click()
    expect(owner.page.get_by_role("group", name="Answer 5")).not_to_be_visible()
