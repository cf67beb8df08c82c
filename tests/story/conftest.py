"""What does a story start with? A running installation, and the cast at their browsers.

The installation is shared by the stories of a worker: each story has subjects of its own, and
puts back what it changed for everybody.
"""

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, StorageState

from tests.browser import Watched, chromium
from tests.servers import fresh_database
from tests.stack import Stack, running_stack
from tests.story.people import Agent, Member, Somebody
from tests.story.writing import FORM, WORDS, fill_in, share, submit
from tools import machine

Person = TypeVar("Person", bound=Somebody)
Arrive = Callable[..., Any]

OPENED = pytest.StashKey[list[Watched]]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed story leaves a picture of every open page, and says where."""
    report = yield
    if report.when == "call" and report.failed and isinstance(item, pytest.Function):
        folder = Path(str(item.funcargs["tmp_path"]))
        opened = item.stash.get(OPENED, [])
        pictures = [
            str(picture)
            for number, watched in enumerate(opened, start=1)
            for picture in watched.keep_pictures(folder, f"person-{number}")
        ]
        report.sections.append(("What they saw", "\n".join(pictures)))
    return report


@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """For one file only: while Playwright runs, Django's models refuse to work in this thread."""
    is_whole = request.node.get_closest_marker("whole_browser") is not None
    with chromium(is_whole=is_whole) as found:
        if found is None:
            assert not machine.is_ci(), "CI must have a Chromium."
            pytest.skip("Chromium is not on this machine.")
        yield found


@pytest.fixture(scope="module")
def stack(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Stack]:
    """The installation of a file's stories, with the demo's data: what other files wrote would push
    what the demo told off the first page of a list."""
    folder = tmp_path_factory.mktemp("stack")
    with fresh_database(folder, request) as database_url:
        with running_stack(folder, database_url) as running:
            yield running


@pytest.fixture
def arrive(
    request: pytest.FixtureRequest, stack: Stack, browser: Browser
) -> Iterator[Callable[..., Any]]:
    """Lets a person arrive with a fresh browser: `arrive(Member, locale="de")`.

    After the story nothing may have gone wrong in any of their pages.
    """
    people: list[Somebody] = []
    request.node.stash[OPENED] = people

    def arrived(kind: type[Person], where: Stack = stack, **options: Any) -> Person:
        person = kind(where, browser, **options)
        people.append(person)
        return person

    yield arrived
    for person in people:
        for page in person.context.pages:  # who still holds an answer is told of no closed page
            page.unroute_all(behavior="ignoreErrors")
        person.context.close()
    assert [trouble for person in people for trouble in person.troubles] == []


@pytest.fixture
def write_ticket(arrive: Arrive) -> Callable[..., str]:
    """Alice submits a ticket of this subject, where the story is about what comes of it; returns
    the path of its page."""
    return _writing(arrive, "alice.acme")


@pytest.fixture
def write_as_bob(arrive: Arrive) -> Callable[..., str]:
    """Bob submits it, for himself alone: Alice's list, in which stories look for what the demo
    told, stays short."""
    return _writing(arrive, "bob.acme")


@pytest.fixture
def alice(arrive: Arrive) -> Member:
    """Account admin of Acme, on the platform's dashboard, which is where the demo begins."""
    return _at_the_dashboard(arrive(Member), "alice.acme")


@pytest.fixture
def bob(arrive: Arrive) -> Member:
    """Alice's colleague at Acme."""
    return _at_the_dashboard(arrive(Member), "bob.acme")


@pytest.fixture
def carol(arrive: Arrive) -> Member:
    """Account admin of Globex, a partner, whom nothing of Acme's concerns."""
    return _at_the_dashboard(arrive(Member), "carol.globex")


@pytest.fixture
def dora(arrive: Arrive, doras_cookies: StorageState) -> Agent:
    """A support agent, in front of the console's queue."""
    agent: Agent = arrive(Agent, storage_state=doras_cookies)
    agent.visit("/console/tickets/")
    return agent


@pytest.fixture(scope="module")
def doras_cookies(stack: Stack, browser: Browser) -> StorageState:
    """Dora signs in once: a password is slow to check, as it should be."""
    dora = Agent(stack, browser)
    dora.sign_in()
    dora.page.wait_for_url("**/console/tickets/")
    state = dora.context.storage_state()
    dora.context.close()
    return state


def _writing(arrive: Arrive, visit: str) -> Callable[..., str]:
    writer = None

    def written(subject: str, *, shared: bool = False, words: str = WORDS) -> str:
        nonlocal writer
        writer = writer or _at_the_dashboard(arrive(Member), visit)
        writer.enter_hub(FORM)
        fill_in(writer.page, subject, words=words)
        if shared:
            share(writer.page)
        submit(writer.page)
        path = urlsplit(writer.page.url).path
        writer.look_at("/")  # else they would see each answer at once
        return path

    return written


def _at_the_dashboard(member: Member, visit: str) -> Member:
    member.be(visit)
    member.look_at("/")
    return member
