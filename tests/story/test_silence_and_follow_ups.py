"""What becomes of a ticket of which nobody says a word, and of an answer that comes too late?"""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.mailbox import text_of
from tests.stack import Stack
from tests.story.days import days_pass
from tests.story.people import Agent, Member
from tests.story.writing import reply

WriteTicket = Callable[..., str]
ALICE = "alice@acme.example"


def test_a_silent_member_is_reminded_once_and_then_it_closes_by_itself(
    alice: Member, dora: Agent, stack: Stack, write_ticket: WriteTicket
) -> None:
    subject = "Nobody says a word"
    path = write_ticket(subject)
    dora.open_ticket(subject)
    dora.answer("Does it happen with every browser?")

    days_pass(stack, subject, 4)
    letter = stack.mailbox.wait_for(ALICE, f"We wait for your answer: {subject}")
    assert f"{stack.hub.url}/help/" in text_of(letter)
    days_pass(stack, subject, 1)
    alice.enter_hub(path)
    head = alice.page.get_by_role("region", name="Ticket")
    expect(head.get_by_text("Awaiting your response", exact=True)).to_be_visible()

    days_pass(stack, subject, 4)
    stack.mailbox.wait_for(ALICE, f"Closed: {subject}")
    assert len(stack.mailbox.letters_to(ALICE, f"We wait for your answer: {subject}")) == 1
    alice.page.reload()
    expect(head.get_by_text("Closed", exact=True)).to_be_visible()
    expect(alice.page.get_by_text("Closed by itself")).to_be_visible()

    # It was closed a moment ago: a word of hers opens it again, as the letter says.
    alice.page.get_by_label("Write to reopen this ticket").fill("With every one, sorry.")
    alice.page.get_by_role("button", name="Reply", exact=True).click()
    expect(head.get_by_text("Open", exact=True)).to_be_visible()


def test_who_answers_after_the_reminder_keeps_the_ticket(
    alice: Member, dora: Agent, stack: Stack, write_ticket: WriteTicket
) -> None:
    subject = "Late, but there"
    path = write_ticket(subject)
    dora.open_ticket(subject)
    dora.answer("Is it solved?", "Offer a solution")
    days_pass(stack, subject, 5)
    stack.mailbox.wait_for(ALICE, f"We wait for your answer: {subject}")

    alice.enter_hub(path)
    reply(alice.page, "Not yet, I was away.")
    days_pass(stack, subject, 30)
    alice.page.reload()
    head = alice.page.get_by_role("region", name="Ticket")
    expect(head.get_by_text("In Progress", exact=True)).to_be_visible()
    assert not stack.mailbox.letters_to(ALICE, f"Closed: {subject}")


def test_an_answer_to_what_was_closed_long_ago_begins_a_ticket_that_is_linked(
    alice: Member, dora: Agent, stack: Stack, write_ticket: WriteTicket
) -> None:
    subject = "It comes back each spring"
    path = write_ticket(subject)
    dora.open_ticket(subject)
    dora.answer("The cache was stale. It is fresh now.", "Reply, and keep working")
    dora.page.get_by_role("button", name="Close", exact=True).click()
    expect(dora.page.get_by_role("button", name="Reopen")).to_be_visible()
    number = _number(dora)

    days_pass(stack, subject, 15)
    alice.enter_hub(path)
    page = alice.page
    expect(page.get_by_role("button", name="Reopen")).to_have_count(0)
    page.get_by_label("Write to us about this again").fill("It is stale again.")
    page.get_by_role("button", name="Reply", exact=True).click()
    page.wait_for_url(lambda url: path not in url)
    expect(page.get_by_role("listitem").get_by_text("It is stale again.")).to_be_visible()
    earlier = page.get_by_text("It began in").get_by_role("link")
    expect(earlier).to_contain_text(number)
    expect(page.get_by_text("Open", exact=True)).to_be_visible()

    # The old one stays closed, and both lead to each other, for Alice and for Dora.
    earlier.click()
    expect(page.get_by_text("Closed", exact=True)).to_be_visible()
    expect(page.get_by_text("It goes on in").get_by_role("link")).to_be_visible()
    dora.visit("/console/tickets/?view=mine")  # it came to the agent who knows it
    dora.page.get_by_role("link", name=subject).click()
    aside = dora.page.get_by_role("complementary", name="Ticket")
    expect(aside.get_by_text("It began in")).to_contain_text(number)


def _number(agent: Agent) -> str:
    return agent.page.get_by_text(re.compile(r"^#\d+$")).inner_text()
