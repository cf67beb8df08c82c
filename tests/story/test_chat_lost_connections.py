"""Is what was said in a chat there once, whatever the connection does?"""

import re

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser import intercept
from tests.story.chatting import accept, arrived, ask_for_person, begin, composer, end, line, say
from tests.story.people import Agent, Member

LIVE = re.compile(r"/(help|console)/live$")
FIRST = "All my links are dead"


@pytest.fixture
def talking(alice: Member, dora: Agent) -> str:
    """Alice and Dora are in a chat, which both have open; where it is."""
    path = begin(alice, FIRST)
    ask_for_person(alice.page)
    accept(dora, path)
    return path


def test_what_is_said_offline_goes_out_once_it_can(
    alice: Member, dora: Agent, talking: str
) -> None:
    page = alice.page
    say(page, "Before the tunnel")
    arrived(page, FIRST, "Before the tunnel")
    alice.context.set_offline(True)
    say(page, "In the tunnel, one")
    say(page, "In the tunnel, two")
    alice.context.set_offline(False)
    arrived(page, FIRST, "Before the tunnel", "In the tunnel, one", "In the tunnel, two")
    expect(dora.page.locator(".message.member [data-words]")).to_have_text(
        [FIRST, "Before the tunnel", "In the tunnel, one", "In the tunnel, two"]
    )
    end(page)
    alice.troubles.clear()  # a browser without a network complains, as it should


def test_what_others_say_meanwhile_is_caught_up_with_once(
    alice: Member, dora: Agent, talking: str
) -> None:
    page = alice.page
    alice.context.set_offline(True)
    say(dora.page, "Said meanwhile")
    alice.context.set_offline(False)
    expect(line(page, "Said meanwhile")).to_have_count(1)
    say(dora.page, "Said afterwards")
    expect(page.locator(".message.agent [data-words]")).to_have_text(
        ["Said meanwhile", "Said afterwards"]
    )
    end(page)
    alice.troubles.clear()


def test_a_server_that_comes_again_has_all_of_it_once(
    alice: Member, dora: Agent, talking: str
) -> None:
    page = alice.page
    say(page, "Before the night")
    arrived(page, FIRST, "Before the night")
    alice.stack.hub.stop()
    say(page, "While you were away")
    alice.stack.hub.start()
    arrived(page, FIRST, "Before the night", "While you were away")
    expect(line(dora.page, "While you were away")).to_have_count(1)
    end(page)
    alice.troubles.clear()
    dora.troubles.clear()


def test_an_answer_that_was_lost_writes_nothing_twice(
    alice: Member, dora: Agent, talking: str
) -> None:
    """The server took it, and its word did not come back: it is sent again, with the same id."""
    page = alice.page
    deaf: list[WebSocketRoute] = []

    def through(route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        if deaf:
            return
        deaf.append(route)
        server.on_message(lambda message: None if '"said"' in str(message) else route.send(message))

    page.route_web_socket(LIVE, through)
    page.reload()
    expect(line(page, FIRST)).to_be_visible()
    say(page, "Is this there once?")
    deaf[0].close()
    arrived(page, FIRST, "Is this there once?")
    page.reload()
    arrived(page, FIRST, "Is this there once?")
    end(page)


def test_a_reload_keeps_what_was_typed_and_what_was_not_sent(alice: Member, talking: str) -> None:
    page = alice.page
    sockets: list[WebSocketRoute] = []
    held = [True]

    def through(route: WebSocketRoute) -> None:
        sockets.append(route)
        server = route.connect_to_server()
        route.on_message(
            lambda message: None if held[0] and '"say"' in str(message) else server.send(message)
        )

    page.route_web_socket(LIVE, through)
    page.reload()
    expect(line(page, FIRST)).to_be_visible()
    say(page, "Kept over a reload")
    composer(page).fill("Half a sent")
    page.reload()
    expect(line(page, "Kept over a reload")).to_have_count(1)
    expect(composer(page)).to_have_value("Half a sent")
    held[0] = False
    sockets[-1].close()
    arrived(page, FIRST, "Kept over a reload")
    composer(page).fill("")
    end(page)


def test_two_tabs_show_the_same(alice: Member, talking: str) -> None:
    first, second = alice.page, alice.context.new_page()
    second.goto(first.url)
    for page, words in ((first, "From the first"), (second, "From the second")):
        say(page, words)
    for page in (first, second):
        arrived(page, FIRST, "From the first", "From the second")
    end(first)
    expect(second.get_by_text("This chat has ended.")).to_be_visible()


def _edit(page: Page, words: str, new: str) -> None:
    mine = line(page, words)
    mine.hover()
    mine.get_by_role("button", name="Edit").click()
    composer(page).fill(new)
    composer(page).press("Enter")
    expect(line(page, new)).to_have_count(1)


def test_what_was_changed_before_a_page_could_listen_is_changed_there_too(
    alice: Member, dora: Agent, talking: str
) -> None:
    """It was drawn before, and had never been connected when it was told."""
    page = alice.page
    say(dora.page, "At one o'clock")
    expect(line(page, "At one o'clock")).to_have_count(1)
    closed = [True]
    page.route_web_socket(
        LIVE, lambda route: route.close() if closed[0] else route.connect_to_server()
    )
    page.reload()
    expect(line(page, "At one o'clock")).to_have_count(1)
    _edit(dora.page, "At one o'clock", "At two o'clock")
    closed[0] = False
    expect(line(page, "At two o'clock")).to_have_count(1)
    expect(line(page, "At one o'clock")).to_have_count(0)
    end(page)
    alice.troubles.clear()  # a browser complains of a socket that is closed to it


def test_a_line_that_could_not_be_fetched_is_fetched_again(
    alice: Member, dora: Agent, talking: str
) -> None:
    page = alice.page
    say(dora.page, "At three o'clock")
    expect(line(page, "At three o'clock")).to_have_count(1)
    intercept(page, re.compile(r"/lines/[\w-]{20,}/$"), lambda route: route.abort(), times=1)
    _edit(dora.page, "At three o'clock", "At four o'clock")
    expect(line(page, "At four o'clock")).to_have_count(1)
    end(page)
    alice.troubles.clear()  # a browser complains of what did not come


def _without_socket(page: Page) -> None:
    page.route_web_socket(LIVE, lambda route: route.close())


def test_without_a_socket_it_goes_by_forms(alice: Member, dora: Agent, talking: str) -> None:
    page = alice.page
    _without_socket(page)
    page.reload()
    say(page, "Through a wall")
    arrived(page, FIRST, "Through a wall")
    expect(line(dora.page, "Through a wall")).to_be_visible()
    say(dora.page, "I hear you")
    expect(line(page, "I hear you")).to_be_visible()
    end(page)
