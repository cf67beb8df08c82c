"""What becomes of a ticket of which nobody says a word, and of an answer that comes too late?"""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.mailbox import text_of
from tests.stack import Stack
from tests.story.days import days_pass
from tests.story.people import Agent, Member
from tests.story.writing import reply

WriteTicket = Callable[..., str]
BOB = "bob@acme.example"


def test_a_silent_member_is_reminded_once_and_then_it_closes_by_itself(
    bob: Member, dora: Agent, stack: Stack, write_as_bob: WriteTicket
) -> None:
    subject = "Nobody says a word"
    path = write_as_bob(subject)
    dora.open_ticket(subject)
    dora.answer("Does it happen with every browser?")

    days_pass(stack, subject, 4)
    letter = stack.mailbox.wait_for(BOB, f"We wait for your answer: {subject}")
    assert f"{stack.hub.url}/help/" in text_of(letter)
    days_pass(stack, subject, 1)
    bob.enter_hub(path)
    head = bob.page.get_by_role("region", name="Ticket")
    expect(head.get_by_text("Awaiting your response", exact=True)).to_be_visible()

    days_pass(stack, subject, 4)
    stack.mailbox.wait_for(BOB, f"Closed: {subject}")
    assert len(stack.mailbox.letters_to(BOB, f"We wait for your answer: {subject}")) == 1
    bob.page.reload()
    expect(head.get_by_text("Closed", exact=True)).to_be_visible()
    expect(bob.page.get_by_text("Closed by itself")).to_be_visible()

    # It was closed a moment ago: a word of hers opens it again, as the letter says.
    bob.page.get_by_label("Write to reopen this ticket").fill("With every one, sorry.")
    bob.page.get_by_role("button", name="Reply", exact=True).click()
    expect(head.get_by_text("Open", exact=True)).to_be_visible()


def test_who_answers_after_the_reminder_keeps_the_ticket(
    bob: Member, dora: Agent, stack: Stack, write_as_bob: WriteTicket
) -> None:
    subject = "Late, but there"
    path = write_as_bob(subject)
    dora.open_ticket(subject)
    dora.answer("Is it solved?", "Offer a solution")
    days_pass(stack, subject, 5)
    stack.mailbox.wait_for(BOB, f"We wait for your answer: {subject}")

    bob.enter_hub(path)
    reply(bob.page, "Not yet, I was away.")
    days_pass(stack, subject, 30)
    bob.page.reload()
    head = bob.page.get_by_role("region", name="Ticket")
    expect(head.get_by_text("In Progress", exact=True)).to_be_visible()
    assert not stack.mailbox.letters_to(BOB, f"Closed: {subject}")


def test_an_answer_to_what_was_closed_long_ago_begins_a_ticket_that_is_linked(
    bob: Member, dora: Agent, stack: Stack, write_as_bob: WriteTicket
) -> None:
    subject = "It comes back each spring"
    path = write_as_bob(subject)
    dora.open_ticket(subject)
    dora.answer("The cache was stale. It is fresh now.", "Reply, and keep working")
    dora.page.get_by_role("button", name="Close", exact=True).click()
    expect(dora.page.get_by_role("button", name="Reopen")).to_be_visible()
    number = _number(dora)

    days_pass(stack, subject, 15)
    bob.enter_hub(path)
    page = bob.page
    expect(page.get_by_role("button", name="Reopen")).to_have_count(0)
    page.get_by_label("Write to us about this again").fill("It is stale again.")
    page.get_by_role("button", name="Reply", exact=True).click()
    page.wait_for_url(lambda url: path not in url)
    expect(page.get_by_role("listitem").get_by_text("It is stale again.")).to_be_visible()
    earlier = linked(page, "It began in")
    expect(earlier).to_contain_text(number)
    expect(page.get_by_text("Open", exact=True)).to_be_visible()

    # The old one stays closed, and both lead to each other, for Bob and for Dora.
    earlier.click()
    expect(page.get_by_text("Closed", exact=True)).to_be_visible()
    expect(linked(page, "It goes on in")).to_be_visible()
    dora.visit("/console/tickets/?view=mine")  # it came to the agent who knows it
    dora.page.get_by_role("link", name=subject).click()
    aside = dora.page.get_by_role("complementary", name="Ticket")
    expect(linked(aside, "It began in")).to_contain_text(number)


def linked(place: Page | Locator, words: str) -> Locator:
    """The ticket that belongs to this one in the way that the words say."""
    return place.get_by_role("listitem").filter(has_text=words).get_by_role("link")


def _number(agent: Agent) -> str:
    return agent.page.title().partition(" ")[0]
