"""Does an agent see in time what we promised, and does our answer keep the promise?"""

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.stack import Stack
from tests.story.days import first_reply_is_due_in
from tests.story.people import Agent, Member

WriteTicket = Callable[..., str]


def row_of(agent: Agent, subject: str) -> Locator:
    return agent.page.get_by_role("row").filter(has_text=subject)


def test_who_works_on_it_is_warned_before_we_break_a_promise(
    dora: Agent, stack: Stack, write_as_bob: WriteTicket
) -> None:
    subject = "Twenty minutes left"
    write_as_bob(subject)
    dora.open_ticket(subject)
    dora.page.get_by_role("button", name="Take it").click()
    expect(dora.page.get_by_role("button", name="Take it")).to_have_count(0)
    first_reply_is_due_in(stack, subject, minutes=20)
    dora.visit("/console/notices/")
    warned = dora.page.get_by_role("link", name=f"Due soon: {subject}")
    expect(warned).to_have_count(1)

    dora.visit("/console/tickets/?due=soon")
    expect(row_of(dora, subject)).to_contain_text("Soon")
    expect(row_of(dora, subject)).to_contain_text("First reply")
    dora.page.locator("#queue-filters [name=due]").select_option("Overdue")
    expect(row_of(dora, subject)).to_have_count(0)

    # Told once: the clock comes by again, and says nothing more.
    first_reply_is_due_in(stack, subject, minutes=10)
    dora.visit("/console/notices/")
    expect(warned).to_have_count(1)


def test_a_broken_promise_stands_first_and_our_answer_ends_it(
    dora: Agent, stack: Stack, write_as_bob: WriteTicket
) -> None:
    late, later = "Broken a year ago", "There is time"
    for subject in (late, later):
        write_as_bob(subject)
    first_reply_is_due_in(stack, late, minutes=-365 * 24 * 60)
    dora.visit("/console/tickets/?sort=due")
    rows = dora.page.locator("#queue tbody tr[id^=ticket-]")
    expect(rows.first).to_contain_text(late)
    expect(rows.first).to_contain_text("Overdue")
    dora.page.locator("#queue-filters [name=due]").select_option("Overdue")
    expect(row_of(dora, later)).to_have_count(0)

    dora.open_ticket(late)
    aside = dora.page.get_by_role("complementary", name="Ticket")
    expect(aside.get_by_text("Overdue")).to_be_visible()
    dora.answer("Sorry that you had to wait. Which invoice is it?")
    expect(aside.get_by_text("Overdue")).to_have_count(0)
    expect(aside.get_by_text("The clock stands")).to_be_visible()  # it is their turn
    dora.visit("/console/tickets/?view=all&due=over")
    expect(row_of(dora, late)).to_have_count(0)


def test_the_clock_goes_on_with_the_members_word(
    bob: Member, dora: Agent, write_as_bob: WriteTicket
) -> None:
    subject = "The clock stands and goes on"
    path = write_as_bob(subject)
    dora.open_ticket(subject)
    aside = dora.page.get_by_role("complementary", name="Ticket")
    expect(aside.get_by_text("First reply", exact=True)).to_be_visible()
    dora.answer("Since when?")
    expect(aside.get_by_text("The clock stands")).to_be_visible()
    bob.enter_hub(path)
    bob.page.get_by_label("Write a reply").fill("Since Monday.")
    bob.page.get_by_role("button", name="Reply", exact=True).click()
    expect(aside.get_by_text("The clock stands")).to_have_count(0)
    expect(aside.get_by_text("Solution", exact=True)).to_be_visible()
    expect(aside.get_by_text("First reply", exact=True)).to_have_count(0)
