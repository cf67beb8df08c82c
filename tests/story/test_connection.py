"""Does an open page catch up with what it missed, once, whatever happened to its connection?"""

from collections.abc import Callable

import pytest
from playwright.sync_api import WebSocketRoute, expect

from tests.story.people import Agent, Member
from tests.story.writing import FORM, fill_in, reply, submit

BEFORE, MISSED, LATER = "Said before.", "Said meanwhile.", "Said at last."


@pytest.fixture
def open_ticket(alice: Member, dora: Agent) -> Callable[[str], None]:
    """A ticket of this subject, which Alice and Dora both have open, with one answer."""

    def opened(subject: str) -> None:
        alice.enter_hub(FORM)
        fill_in(alice.page, subject)
        submit(alice.page)
        dora.open_ticket(subject)
        dora.answer(BEFORE, "Reply, and keep working")
        expect(alice.page.get_by_text(BEFORE)).to_be_visible()

    return opened


def _said(member: Member) -> list[str]:
    """What the agent said, in the order of the page."""
    return member.page.locator("#thread .message.agent .prose").all_inner_texts()


def test_a_page_that_was_offline_catches_up_without_doubles(
    alice: Member, dora: Agent, open_ticket: Callable[[str], None]
) -> None:
    open_ticket("A train in a tunnel")
    alice.context.set_offline(True)
    expect(alice.page.get_by_text("You are offline.")).to_be_visible()
    dora.answer(MISSED, "Reply, and keep working")
    alice.page.get_by_label("Write a reply").fill("Typed in the tunnel.")
    alice.context.set_offline(False)
    expect(alice.page.get_by_text("You are connected again.")).to_be_visible()
    expect(alice.page.get_by_text(MISSED)).to_be_visible()
    expect(alice.page.get_by_label("Write a reply")).to_have_value("Typed in the tunnel.")
    dora.answer(LATER, "Reply, and keep working")
    expect(alice.page.get_by_text(LATER)).to_be_visible()
    assert _said(alice) == [BEFORE, MISSED, LATER]
    alice.troubles.clear()  # a browser without a network complains, as it should


def test_nothing_moves_under_the_pointer_as_the_connection_comes_and_goes(
    alice: Member, dora: Agent, open_ticket: Callable[[str], None]
) -> None:
    open_ticket("A bridge over the tracks")
    dora.visit("/console/tickets/")
    for person, seen in (
        (alice, alice.page.get_by_text(BEFORE)),
        (dora, dora.page.get_by_role("region", name="Queue")),
    ):
        place = seen.bounding_box()
        person.context.set_offline(True)
        expect(person.page.get_by_text("You are offline.")).to_be_in_viewport()
        assert seen.bounding_box() == place
        person.context.set_offline(False)
        expect(person.page.get_by_text("You are connected again.")).to_be_in_viewport()
        assert seen.bounding_box() == place
        person.troubles.clear()


def test_pages_come_back_by_themselves_when_the_server_was_started_anew(
    alice: Member, dora: Agent, open_ticket: Callable[[str], None]
) -> None:
    open_ticket("A server at night")
    alice.page.get_by_label("Write a reply").fill("Typed while it was away.")
    alice.stack.hub.stop()
    expect(alice.page.get_by_text("The connection was lost.")).to_be_visible()
    alice.stack.hub.start()
    dora.answer(MISSED, "Reply, and keep working")
    expect(alice.page.get_by_text(MISSED)).to_be_visible()
    reply(alice.page, "Typed while it was away.")
    expect(dora.page.get_by_text("Typed while it was away.")).to_be_visible()
    assert _said(alice) == [BEFORE, MISSED]
    for person in (alice, dora):
        person.troubles.clear()  # their sockets could not connect


def test_what_is_sent_while_the_server_is_away_is_not_lost(
    alice: Member, dora: Agent, open_ticket: Callable[[str], None]
) -> None:
    open_ticket("A word into the void")
    alice.stack.hub.stop()
    alice.page.get_by_label("Write a reply").fill("Does anybody hear me?")
    alice.page.get_by_role("button", name="Reply", exact=True).click()
    alice.stack.hub.start()
    expect(alice.page.get_by_label("Write a reply")).to_have_value("Does anybody hear me?")
    reply(alice.page, "Does anybody hear me?")
    expect(alice.page.locator("#thread .message.mine")).to_have_count(2)
    for person in (alice, dora):
        person.troubles.clear()


def test_what_is_said_between_a_pages_coming_and_its_connection_is_not_missed(
    alice: Member, dora: Agent, open_ticket: Callable[[str], None]
) -> None:
    open_ticket("A word in the gap")
    held: list[tuple[WebSocketRoute, str | bytes]] = []
    alice.page.route_web_socket(
        "**/help/live", lambda ws: ws.on_message(lambda words: held.append((ws, words)))
    )
    alice.page.reload()
    expect(alice.page.get_by_text(BEFORE)).to_be_visible()
    dora.answer(MISSED, "Reply, and keep working")
    assert _said(alice) == [BEFORE]
    socket, words = held[0]
    socket.connect_to_server().send(words)
    expect(alice.page.get_by_text(MISSED)).to_be_visible()


def test_news_that_changes_nothing_leaves_everything_in_place(
    alice: Member, dora: Agent, open_ticket: Callable[[str], None]
) -> None:
    open_ticket("Under a finger")
    alice.visit("/help/tickets/")
    for page, place, question in (
        (alice.page, "#tickets", "**/rows?*"),
        (dora.page, "#ticket-head", "**/messages?*"),
    ):
        page.wait_for_load_state("networkidle")
        page.evaluate("(place) => { document.querySelector(place).isTheSame = true; }", place)
        with page.expect_response(question):
            page.evaluate("""() => document.querySelector("[data-live-topics]")
                .dispatchEvent(new CustomEvent("live-changed"))""")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("(place) => document.querySelector(place).isTheSame", place)


def test_news_come_in_around_the_field_in_use(
    alice: Member, dora: Agent, open_ticket: Callable[[str], None]
) -> None:
    open_ticket("Around the field")
    dora.page.get_by_text("Download").click()
    tag = dora.page.get_by_label("Tags")
    tag.press_sequentially("blue hron")
    for _ in range(3):
        tag.press("ArrowLeft")
    reply(alice.page, "And one more thing.")
    expect(dora.page.get_by_text("And one more thing.")).to_be_visible()
    dora.page.keyboard.type("e")
    expect(tag).to_have_value("blue heron")
    expect(tag).to_be_focused()
    expect(dora.page.get_by_role("button", name="PDF")).to_be_visible()
