"""Is a model's answer read while it is written, and left alone once somebody stops it?"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import no_serious_axe_findings_in_any_look
from tests.model_endpoint import Endpoint, Send, endpoint, event
from tests.servers import fresh_database
from tests.stack import Stack, running_stack
from tests.story.chatting import begin, end, line, say
from tests.story.conftest import Arrive
from tests.story.people import Member
from tests.story.searching import NUMBATS


@dataclass
class Writer:
    """A model that writes a sentence, and the next one when the story lets it."""

    here: Endpoint
    go_on: threading.Event = field(default_factory=threading.Event)

    def write(self, send: Send) -> None:
        feeds, sleeps = map(self.here.number_of, ("Give it termites", "sleeps at night"))
        send(event({"content": f"Give it termites [{feeds}]. "}))
        send(event({"content": "A numbat sleeps"}))
        self.go_on.wait(60)
        send(event({"content": f" at night [{sleeps}]."}))
        send(event({}, finish="stop"))
        send(b"data: [DONE]\n\n")


@pytest.fixture(scope="module")
def model() -> Iterator[Endpoint]:
    with endpoint() as here:
        yield here


@pytest.fixture(scope="module")
def thinking(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest, model: Endpoint
) -> Iterator[Stack]:
    """An installation whose operator has a model."""
    folder: Path = tmp_path_factory.mktemp("thinking")
    with fresh_database(folder, request) as database_url:
        with running_stack(folder, database_url, AI_URL=model.url, AI_MODEL="small") as running:
            running.publish(NUMBATS, "Count numbats")
            yield running


@pytest.fixture
def bob(arrive: Arrive, thinking: Stack) -> Member:
    member: Member = arrive(Member, thinking)
    member.be("bob.acme")
    return member


@pytest.fixture
def writer(model: Endpoint) -> Iterator[Writer]:
    writing = Writer(model)
    model.plays(writing.write)
    yield writing
    writing.go_on.set()


def test_an_answer_is_seen_as_it_is_written(bob: Member, writer: Writer) -> None:
    page = bob.page
    begin(bob, "How do I feed a numbat?")
    answer = line(page, "A better answer is on its way")
    expect(answer).to_contain_text("Give it termites.")
    no_serious_axe_findings_in_any_look(page)
    writer.go_on.set()
    expect(page.get_by_text("A better answer is on its way")).to_have_count(0)
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    end(page)


def test_who_stops_it_keeps_what_the_pages_say(bob: Member, writer: Writer) -> None:
    page = bob.page
    begin(bob, "How do I feed a numbat?")
    expect(line(page, "A better answer is on its way")).to_contain_text("Give it termites.")
    second = bob.context.new_page()
    second.goto(page.url)
    stop = page.get_by_role("button", name="Stop")
    expect(stop).to_be_visible()
    stop.click()
    for tab in (page, second):
        expect(tab.get_by_text("A better answer is on its way")).to_have_count(0)
        expect(line(tab, "From the help pages").locator("blockquote").first).to_be_visible()
    quoted = line(page, "From the help pages").locator(".chat-answer").inner_text()
    writer.go_on.set()
    say(page, "Thanks a lot!")
    expect(line(page, "You are welcome.")).to_be_visible()
    page.reload()
    expect(line(page, "From the help pages").locator(".chat-answer")).to_have_text(
        quoted, use_inner_text=True
    )
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    end(page)
