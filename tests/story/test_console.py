"""Can agents find what waits for them, work on it together, and keep strangers out?"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.mailbox import text_of
from tests.servers import fresh_database
from tests.stack import Stack, running_stack
from tests.story.conftest import Arrive
from tests.story.people import Agent, Member
from tests.story.writing import reply

WriteTicket = Callable[..., str]


def row_of(agent: Agent, subject: str) -> Locator:
    return agent.page.get_by_role("row").filter(has_text=subject)


def view(agent: Agent, name: str) -> None:
    """Goes to a view of the queue."""
    agent.page.get_by_role("navigation", name="Views").get_by_role("link", name=name).click()
    current = agent.page.get_by_role("navigation", name="Views").locator("[aria-current]")
    expect(current).to_have_text(re.compile(rf"^{name}( [\d,]+\+?)?$"))  # and how many it holds


def test_a_ticket_comes_into_the_queue_and_leaves_it_by_itself(
    dora: Agent, arrive: Arrive, doras_cookies: object, write_ticket: WriteTicket
) -> None:
    subject = "In and out of the queue"
    other: Agent = arrive(Agent, storage_state=doras_cookies)
    write_ticket(subject)
    expect(row_of(dora, subject)).to_contain_text("Open")
    other.open_ticket(subject)
    other.answer("Could you say more?")
    expect(row_of(dora, subject)).to_have_count(0)
    view(dora, "All")
    expect(row_of(dora, subject)).to_contain_text("Awaiting your response")


def test_an_agent_takes_a_ticket_and_says_how_urgent_it_is(
    dora: Agent, write_ticket: WriteTicket
) -> None:
    subject = "Whose is this?"
    write_ticket(subject)
    view(dora, "Unassigned")
    row_of(dora, subject).get_by_role("link").click()
    dora.page.get_by_role("button", name="Take it").click()
    expect(dora.page.get_by_label("Assignee")).to_have_value(re.compile(r"\S"))
    expect(dora.page.get_by_text("Dora Novak took this")).to_be_visible()  # the news of it, too
    with dora.page.expect_response("**/priority"):
        dora.page.get_by_label("Priority").select_option("Urgent")
    dora.page.get_by_role("link", name="Back to the queue").click()
    view(dora, "Mine")
    expect(row_of(dora, subject)).to_contain_text("Urgent")
    view(dora, "Unassigned")
    expect(row_of(dora, subject)).to_have_count(0)


def test_an_agent_is_told_when_the_member_answers(
    alice: Member, dora: Agent, write_ticket: WriteTicket
) -> None:
    subject = "Waiting for an answer"
    path = write_ticket(subject)
    dora.open_ticket(subject)
    dora.answer("Is it fine now?", "Offer a solution")
    dora.visit("/console/tickets/")
    alice.enter_hub(path)
    reply(alice.page, "Not yet.")
    dora.visit("/console/notices/")
    notice = dora.page.get_by_role("link", name=f"Alice Bergmann replied: {subject}")
    expect(notice).to_be_visible()
    notice.click()
    expect(dora.page.get_by_text("Not yet.")).to_be_visible()


def test_ctrl_and_enter_send_and_an_empty_message_stays(
    dora: Agent, write_ticket: WriteTicket
) -> None:
    subject = "Quick fingers"
    write_ticket(subject)
    dora.open_ticket(subject)
    message = dora.page.get_by_label("Your message")
    message.press("Control+Enter")
    expect(dora.page.get_by_text("Write something first.")).to_be_visible()
    message.fill("Done without a mouse.")
    message.press("Control+Enter")
    thread = dora.page.get_by_role("list", name="Messages")
    expect(thread.get_by_text("Done without a mouse.")).to_be_visible()
    expect(message).to_have_value("")


def test_who_is_not_signed_in_comes_back_to_what_they_wanted(arrive: Arrive) -> None:
    dora: Agent = arrive(Agent)
    dora.visit("/console/tickets/?view=closed")
    dora.page.get_by_label("Password").fill("something else")
    dora.page.get_by_role("button", name="Sign in").click()
    expect(dora.page.get_by_role("alert")).to_be_visible()
    dora.page.get_by_label("Password").fill("handrail-demo-only")
    dora.page.get_by_role("button", name="Sign in").click()
    expect(dora.page).to_have_url(re.compile(r"/console/tickets/\?view=closed$"))
    dora.page.get_by_role("button", name="Menu of Dora Novak").click()
    dora.page.get_by_role("link", name="Sign out").click()
    dora.page.get_by_role("button", name="Sign out").click()
    dora.visit("/console/tickets/")
    expect(dora.page.get_by_role("heading", name="Sign in to the console")).to_be_visible()


def test_the_owner_adds_an_agent_who_chooses_a_password_and_can_be_shut_out(
    arrive: Arrive, stack: Stack
) -> None:
    hanna: Agent = arrive(Agent)
    hanna.sign_in("hanna@larkspan.example")
    hanna.page.get_by_role("link", name="Settings").click()
    hanna.page.get_by_role("link", name="Add an agent").click()
    hanna.page.get_by_label("Name").fill("Igor Newcomer")
    hanna.page.get_by_label("Email").fill("igor@larkspan.example")
    hanna.page.get_by_role("button", name="Add an agent").click()
    expect(hanna.page.get_by_text("Igor Newcomer was sent a link.")).to_be_visible()

    letter = stack.mailbox.wait_for("igor@larkspan.example", "")
    link = re.search(rf"{re.escape(stack.hub.url)}/console/\S+", text_of(letter))
    assert link
    igor: Agent = arrive(Agent)
    igor.page.goto(link.group())
    for field in igor.page.locator("input[type=password]").all():
        field.fill("a long walk by the river")
    igor.page.get_by_role("button", name="Save password").click()
    igor.page.get_by_role("link", name="Sign in").click()
    igor.sign_in("igor@larkspan.example", "a long walk by the river")
    expect(igor.page.get_by_role("region", name="Queue")).to_be_visible()

    hanna.page.get_by_role("link", name="Igor Newcomer").click()
    hanna.page.get_by_role("button", name="Shut out").click()
    expect(hanna.page.get_by_text("This agent cannot sign in.")).to_be_visible()
    igor.page.reload()
    expect(igor.page.get_by_role("heading", name="Sign in to the console")).to_be_visible()


def test_the_owner_adds_a_platform_and_sees_its_secret_once(arrive: Arrive) -> None:
    hanna: Agent = arrive(Agent)
    hanna.sign_in("hanna@larkspan.example")
    hanna.visit("/console/settings/platforms/")
    hanna.page.get_by_role("link", name="Add a platform").click()
    hanna.page.get_by_label("Name").fill("Second Platform")
    hanna.page.get_by_label("Origins").fill("https://app.second.example/path")
    hanna.page.get_by_label("Issuer").fill("https://app.second.example")
    hanna.page.get_by_role("button", name="Add a platform").click()
    expect(hanna.page.get_by_text("is not an origin such as")).to_be_visible()
    hanna.page.get_by_label("Origins").fill("https://app.second.example")
    hanna.page.get_by_role("button", name="Add a platform").click()
    expect(hanna.page.get_by_text("/help/v1.js")).to_be_visible()
    hanna.page.get_by_role("button", name="Make a secret").click()
    expect(hanna.page.get_by_text("Keep this secret now")).to_be_visible()
    hanna.page.get_by_role("link", name="Back to the platforms").click()
    hanna.page.get_by_role("link", name="Second Platform").click()
    expect(hanna.page.get_by_text("HS256")).to_be_visible()
    expect(hanna.page.get_by_text("Keep this secret now")).to_have_count(0)
    hanna.page.get_by_role("button", name="Switch off").click()
    expect(hanna.page.get_by_text("This platform is switched off")).to_be_visible()


def test_dora_has_no_say_in_the_settings(dora: Agent) -> None:
    expect(dora.page.get_by_role("link", name="Settings")).to_have_count(0)
    dora.visit("/console/settings/agents/")
    expect(dora.page.get_by_role("heading", name="This is not open to you")).to_be_visible()


@pytest.fixture
def two_processes(
    tmp_path: Path, request: pytest.FixtureRequest, redis_url: str
) -> Iterator[Stack]:
    """An installation whose hub is two processes, which hear of each other by Redis."""
    with fresh_database(tmp_path, request) as database_url:
        serve = ("--processes", "2")
        with running_stack(tmp_path, database_url, serve, REDIS_URL=redis_url) as stack:
            yield stack


def test_pages_of_different_processes_hear_of_each_other(
    two_processes: Stack, arrive: Arrive
) -> None:
    alice: Member = arrive(Member, two_processes)
    alice.look_at("/")
    panel = alice.open_tickets()
    panel.get_by_role("link", name="INV-20431 charges five films").click()
    panel.get_by_label("Write a reply").wait_for()
    dora: Agent = arrive(Agent, two_processes)
    dora.sign_in()
    dora.open_ticket("INV-20431 charges five films")
    tabs = [dora.page]
    for _ in range(5):  # enough that hardly ever all of them are connected to one process
        tab = dora.context.new_page()
        tab.goto(dora.page.url)
        tab.get_by_role("list", name="Messages").wait_for()
        tabs.append(tab)
    reply(panel, "Six of you should see this.")
    for tab in tabs:
        expect(tab.get_by_text("Six of you should see this.")).to_be_visible()
    dora.answer("And you this.", "Reply, and keep working")
    expect(panel.get_by_text("And you this.")).to_be_visible()
