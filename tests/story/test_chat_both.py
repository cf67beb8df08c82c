"""Do both sides talk as one, whoever comes first, leaves, or loses the server?"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import intercept
from tests.servers import fresh_database
from tests.stack import Stack, running_stack
from tests.story.conftest import Arrive
from tests.story.desk_chats import (
    EMIL,
    NOBODY_CHATS,
    accept,
    ask_for_person,
    messages,
    said,
    say,
)
from tests.story.people import Agent, Member


@pytest.fixture(autouse=True)
def _nobody_chats(stack: Stack) -> None:
    stack.run(NOBODY_CHATS)


@pytest.fixture
def emil(arrive: Callable[..., Agent], stack: Stack) -> Agent:
    """Another agent, at the desk."""
    stack.run(EMIL)
    emil = arrive(Agent)
    emil.sign_in("emil@larkspan.example")
    emil.page.wait_for_url("**/console/**")
    emil.visit("/console/chat/")
    return emil


def write(page: Page, words: str) -> None:
    """Says it, whether it arrives or not."""
    page.get_by_label("Your message").fill(words)
    page.get_by_label("Your message").press("Enter")


def test_both_read_the_same_in_the_same_order(alice: Member, dora: Agent) -> None:
    ask_for_person(alice, "One.")
    accept(dora, "Alice Bergmann")
    for count in range(4):
        write(alice.page, f"Alice {count}")
        write(dora.page, f"Dora {count}")
    for page in (alice.page, dora.page):
        expect(messages(page).locator("[data-words]")).to_have_count(9)
        expect(messages(page).locator(".sending")).to_have_count(0)
    assert said(alice.page) == said(dora.page)
    dora.page.reload()
    expect(messages(dora.page).locator("[data-words]")).to_have_count(9)
    assert said(alice.page) == said(dora.page)


def test_two_agents_accept_and_one_sees_who_was_first(
    alice: Member, dora: Agent, emil: Agent
) -> None:
    """Emil's press is under way while Dora's arrives."""
    ask_for_person(alice, "Whoever comes first.")
    held: list[Route] = []
    intercept(emil.page, "**/accept", lambda route: held.append(route), times=1)
    emil.page.get_by_role("button", name="Accept Alice Bergmann").click()
    accept(dora, "Alice Bergmann")
    held[0].continue_()
    expect(emil.page.get_by_text("Dora Novak accepted this chat first.")).to_be_visible()
    expect(emil.page.get_by_text("Nobody waits.")).to_be_visible()
    expect(messages(alice.page).get_by_text("joined the chat")).to_have_count(1)


def test_an_agent_whose_session_ends_says_and_hears_nothing_more(
    alice: Member, emil: Agent, arrive: Callable[..., Agent], stack: Stack
) -> None:
    ask_for_person(alice, "Something private.")
    accept(emil, "Alice Bergmann")
    say(emil.page, "Before the end.")
    hanna = arrive(Agent)
    hanna.sign_in("hanna@larkspan.example")
    hanna.page.wait_for_url("**/console/**")
    hanna.visit("/console/settings/agents/")
    hanna.page.get_by_role("link", name="Emil Eder").click()
    hanna.page.get_by_role("button", name="Shut out").click()
    expect(hanna.page.get_by_role("button", name="Let in again")).to_be_visible()
    write(emil.page, "After the end.")
    say(alice.page, "Nobody else should read this.")
    expect(messages(emil.page).get_by_text("Nobody else should read this.")).to_have_count(0)
    assert said(alice.page)[-1] == "Nobody else should read this."
    assert "After the end." not in alice.page.content()
    emil.troubles.clear()  # a browser complains of a 401, as it should
    hanna.page.get_by_role("button", name="Let in again").click()
    expect(hanna.page.get_by_role("button", name="Shut out")).to_be_visible()


def test_a_server_that_stops_while_both_write_loses_and_doubles_nothing(
    alice: Member, dora: Agent, stack: Stack
) -> None:
    ask_for_person(alice, "Before the night.")
    accept(dora, "Alice Bergmann")
    say(alice.page, "It gets late.")
    stack.hub.stop()
    write(alice.page, "Alice in the dark.")
    write(dora.page, "Dora in the dark.")
    write(alice.page, "Alice once more.")
    write(dora.page, "Dora once more.")
    stack.hub.start()
    for page in (alice.page, dora.page):
        expect(messages(page).locator("[data-words]")).to_have_count(6, timeout=60_000)
        expect(messages(page).locator(".sending, .failed")).to_have_count(0)
    assert said(alice.page) == said(dora.page)
    dora.page.reload()
    alice.page.reload()
    for page in (alice.page, dora.page):
        expect(messages(page).locator("[data-words]")).to_have_count(6)
    words = said(alice.page)
    assert words == said(dora.page)
    assert words.index("Alice in the dark.") < words.index("Alice once more.")
    assert words.index("Dora in the dark.") < words.index("Dora once more.")
    for person in (alice, dora):
        person.troubles.clear()  # a browser without a server complains, as it should


@pytest.fixture
def two_processes(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest, redis_url: str
) -> Iterator[Stack]:
    """An installation whose hub is two processes, which hear of each other by Redis."""
    folder = tmp_path_factory.mktemp("two")
    serve = ("--processes", "2")
    with fresh_database(folder, request) as database_url:
        with running_stack(folder, database_url, serve, REDIS_URL=redis_url) as running:
            yield running


def test_pages_at_different_processes_talk_to_each_other(
    two_processes: Stack, arrive: Arrive
) -> None:
    alice: Member = arrive(Member, two_processes)
    alice.be("alice.acme")
    ask_for_person(alice, "Across processes.")
    agents = []
    for email in ("dora@larkspan.example", "goran@larkspan.example"):
        agent: Agent = arrive(Agent, two_processes)
        agent.sign_in(email)
        agent.page.wait_for_url("**/console/**")
        agents.append(agent)
    dora, goran = agents
    accept(dora, "Alice Bergmann")
    goran.page.goto(dora.page.url)
    for count in range(3):
        say(alice.page, f"Alice {count}")
        say(dora.page, f"Dora {count}")
    for page in (alice.page, dora.page, goran.page):
        expect(messages(page).locator("[data-words]")).to_have_count(7)
    assert said(alice.page) == said(dora.page) == said(goran.page)


def test_whoever_comes_sees_which_help_pages_the_member_had_open(
    alice: Member, dora: Agent
) -> None:
    alice.enter_hub("/help/docs/brand/tracking/missing-orders")
    title = alice.page.get_by_role("main").get_by_role("heading", level=1).inner_text()
    ask_for_person(alice, "I have read it, and it does not work.")
    accept(dora, "Alice Bergmann")
    read = dora.page.locator("section").filter(has_text="Pages they read")
    expect(read.get_by_role("link", name=title)).to_be_visible()
