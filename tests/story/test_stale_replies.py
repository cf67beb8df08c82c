"""Do two agents who answer at once notice each other, and is nothing that they typed lost?"""

import re
from collections.abc import Callable

from playwright.sync_api import Route, expect

from tests.browser import intercept
from tests.story.conftest import Arrive
from tests.story.people import Agent, Member
from tests.story.writing import reply

WriteTicket = Callable[..., str]


def deaf(arrive: Arrive, cookies: object, subject: str) -> Agent:
    """Dora, on the ticket's page, whose connection says nothing: as after a laptop's sleep."""
    dora: Agent = arrive(Agent, storage_state=cookies)
    dora.page.route_web_socket(re.compile("."), lambda _socket: None)
    dora.open_ticket(subject)
    return dora


def goran_at(arrive: Arrive, subject: str) -> Agent:
    goran: Agent = arrive(Agent)
    goran.sign_in("goran@larkspan.example")
    goran.page.get_by_role("region", name="Queue").wait_for()
    goran.open_ticket(subject)
    return goran


def test_an_answer_to_a_thread_that_went_on_is_stopped_shown_and_sent_when_one_insists(
    arrive: Arrive, doras_cookies: object, write_as_bob: WriteTicket
) -> None:
    subject = "Two agents, one answer"
    write_as_bob(subject)
    dora, goran = deaf(arrive, doras_cookies, subject), goran_at(arrive, subject)
    typed = "Please clear the cache.\nThen reload: Ctrl and F5 🔄"
    dora.page.get_by_role("radio", name="Offer a solution").check()
    dora.page.get_by_label("Your message").fill(typed)
    goran.answer("The cache is innocent. It is the proxy.", "Reply, and keep working")

    dora.page.get_by_role("button", name="Send").click()
    stopped = dora.page.get_by_role("alert").filter(has_text="Not sent yet")
    expect(stopped).to_contain_text("The cache is innocent. It is the proxy.")
    expect(stopped).to_contain_text("Goran Ilić")
    expect(dora.page.get_by_label("Your message")).to_have_value(typed)
    expect(dora.page.get_by_role("radio", name="Offer a solution")).to_be_checked()
    thread = dora.page.get_by_role("list", name="Messages")
    expect(thread.get_by_text("The cache is innocent.")).to_be_visible()
    expect(thread.get_by_text("Please clear the cache.")).to_have_count(0)

    dora.page.get_by_role("button", name="Send anyway").click()
    expect(thread.get_by_text("Please clear the cache.")).to_be_visible()
    expect(thread.get_by_text("The cache is innocent.")).to_have_count(1)
    expect(dora.page.get_by_label("Your message")).to_have_value("")
    expect(goran.page.get_by_text("Please clear the cache.")).to_be_visible()


def test_a_members_word_that_came_meanwhile_is_read_before_the_answer_goes(
    bob: Member, arrive: Arrive, doras_cookies: object, write_as_bob: WriteTicket
) -> None:
    subject = "She answers while we write"
    path = write_as_bob(subject)
    dora = deaf(arrive, doras_cookies, subject)
    dora.page.get_by_label("Your message").fill("Which browser do you use?")
    bob.enter_hub(path)
    reply(bob.page, "Never mind, it was my ad blocker.")

    dora.page.get_by_role("button", name="Send").click()
    stopped = dora.page.get_by_role("alert").filter(has_text="Not sent yet")
    expect(stopped).to_contain_text("Never mind, it was my ad blocker.")
    dora.page.get_by_label("Your message").fill("Glad to hear it!")
    dora.page.get_by_role("button", name="Send anyway").click()
    expect(bob.page.get_by_text("Glad to hear it!")).to_be_visible()
    expect(bob.page.get_by_text("Which browser do you use?")).to_have_count(0)


def test_a_note_is_never_held_back(
    arrive: Arrive, doras_cookies: object, write_as_bob: WriteTicket
) -> None:
    subject = "Notes may cross"
    write_as_bob(subject)
    dora, goran = deaf(arrive, doras_cookies, subject), goran_at(arrive, subject)
    goran.answer("Looked at the log, nothing there.", "Internal note")
    dora.answer("I look at the log now.", "Internal note")
    expect(dora.page.get_by_role("alert")).to_have_count(0)
    expect(goran.page.get_by_text("I look at the log now.")).to_be_visible()


def test_a_draft_that_is_still_being_kept_does_not_hold_the_answer_up(
    dora: Agent, write_as_bob: WriteTicket
) -> None:
    subject = "The slow draft"
    write_as_bob(subject)
    dora.open_ticket(subject)
    held: list[Route] = []
    intercept(dora.page, "**/draft", lambda route: held.append(route))
    with dora.page.expect_request("**/draft"):
        dora.page.get_by_label("Your message").fill("Quicker than its draft")
    with dora.page.expect_event("requestfailed", lambda it: it.url.endswith("/draft")):
        dora.answer("Quicker than its draft")
    assert len(held) == 1
    expect(dora.page.get_by_label("Your message")).to_have_value("")
