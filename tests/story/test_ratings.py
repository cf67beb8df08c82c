"""Who is asked how it went, when, and who reads it?"""

from collections.abc import Callable

from playwright.sync_api import Locator, Route, expect

from tests.browser import intercept
from tests.stack import Stack
from tests.story.people import Agent, Member

WriteTicket = Callable[..., str]


def test_only_the_creator_of_a_closed_ticket_is_asked_and_may_change_their_mind(
    bob: Member, alice: Member, dora: Agent, write_as_bob: WriteTicket
) -> None:
    subject = "How was it?"
    path = write_as_bob(subject, shared=True)
    dora.open_ticket(subject)
    dora.answer("It is repaired.", "Offer a solution")
    bob.enter_hub(path)
    asked = bob.page.locator("#ticket-rating")
    expect(bob.page.get_by_role("button", name="Yes, close the ticket")).to_be_visible()
    expect(asked.get_by_role("radio")).to_have_count(0)  # it is not over yet
    bob.page.get_by_role("button", name="Yes, close the ticket").click()
    expect(asked.get_by_role("radio")).to_have_count(3)
    alice.enter_hub(path)
    expect(alice.page.get_by_text("Closed", exact=True)).to_be_visible()
    expect(alice.page.locator("#ticket-rating").get_by_role("radio")).to_have_count(0)

    _rate(asked, "Bad", "Three days for one click.")
    told = dora.page.get_by_role("complementary", name="Ticket")
    expect(told.get_by_text("Three days for one click.")).to_be_visible()
    dora.visit("/console/notices/")
    expect(dora.page.get_by_role("link", name=subject).first).to_contain_text("rated")

    bob.page.reload()
    expect(asked.get_by_label("What should we know?")).to_have_value("Three days for one click.")
    asked.get_by_role("radio", name="OK").check()
    asked.get_by_label("What should we know?").fill("Three days, but friendly. שלום")
    asked.get_by_role("button", name="Change the answer").click()
    expect(asked.get_by_text("Thank you.")).to_be_visible()
    dora.open_ticket(subject)
    expect(told.get_by_text("Three days, but friendly.")).to_be_visible()
    expect(told.get_by_text("Three days for one click.")).to_have_count(0)


def test_a_score_is_asked_for_and_what_was_typed_stays(
    bob: Member, stack: Stack, write_as_bob: WriteTicket
) -> None:
    path = write_as_bob("Rated without a score")
    bob.enter_hub(path)
    bob.page.get_by_text("Details", exact=True).click()
    bob.page.get_by_role("button", name="Close ticket").click()
    thread = bob.page.get_by_role("list", name="Messages")
    expect(thread.get_by_text("Bob Whitfield closed")).to_be_visible()
    bob.page.wait_for_load_state("networkidle")
    asked = bob.page.locator("#ticket-rating")
    asked.get_by_label("What should we know?").fill("I found it myself.")
    asked.get_by_role("button", name="Send").click()
    expect(asked.get_by_text("Choose one of the three.")).to_be_visible()
    expect(asked.get_by_label("What should we know?")).to_have_value("I found it myself.")
    expect(asked.get_by_text("Thank you.")).to_have_count(0)
    _rate(asked, "Good", "I found it myself.")

    # Opened again, it is not over: nobody is asked until it is.
    bob.page.get_by_role("button", name="Reopen").click()
    expect(asked.get_by_role("radio")).to_have_count(0)


def test_news_from_before_an_answer_do_not_take_it_back(
    bob: Member, write_as_bob: WriteTicket
) -> None:
    path = write_as_bob("Rated while news were on their way")
    bob.enter_hub(path)
    bob.page.get_by_text("Details", exact=True).click()
    bob.page.get_by_role("button", name="Close ticket").click()
    asked = bob.page.locator("#ticket-rating")
    expect(asked.get_by_role("radio")).to_have_count(3)
    bob.page.wait_for_load_state("networkidle")
    late: list[Callable[[], None]] = []

    def hold(route: Route) -> None:
        answer = route.fetch()
        late.append(lambda: route.fulfill(response=answer))

    intercept(bob.page, "**/messages*", hold, times=1)
    bob.page.evaluate("document.dispatchEvent(new Event('thread-changed'))")
    while not late:
        bob.page.wait_for_timeout(50)
    _rate(asked, "Good", "Faster than the news.")
    with bob.page.expect_response("**/messages*"):
        late[0]()
    bob.page.wait_for_load_state("networkidle")
    expect(asked.get_by_text("Thank you.")).to_be_visible()
    expect(asked.get_by_role("button", name="Send")).to_have_count(0)


def _rate(asked: Locator, score: str, words: str) -> None:
    asked.get_by_role("radio", name=score).check()
    asked.get_by_label("What should we know?").fill(words)
    asked.get_by_role("button", name="Send").click()
    expect(asked.get_by_text("Thank you.")).to_be_visible()
