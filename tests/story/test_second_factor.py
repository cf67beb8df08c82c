"""Does a new installation ask its agents for more than a password, and let nobody in without it?"""

import base64
import hmac
import struct
import time
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import expect

from tests.browser import no_serious_axe_findings
from tests.servers import fresh_database
from tests.stack import Stack, running_hub
from tests.story.conftest import Arrive
from tests.story.people import Agent

SECRET_WORDS = "seven quiet herons at dawn"
STEP_SECONDS = 30


class Secured(NamedTuple):
    """An owner with a second step, and what opens it."""

    email: str
    secret: str
    recovery_code: str


@pytest.fixture(scope="module")
def new_hub(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Stack]:
    """A hub right after its installation: no platform, no agent."""
    folder = tmp_path_factory.mktemp("new-hub")
    with fresh_database(folder, request) as database_url, running_hub(folder, database_url) as hub:
        yield hub


@pytest.fixture
def owner(new_hub: Stack, request: pytest.FixtureRequest) -> str:
    """The address of an owner of this story's own, who has a password and nothing else."""
    email = f"{request.node.name.replace('_', '-')[:60]}@installation.example"
    new_hub.handrail("createadmin", email, "--name", "Olga Owner", typed=SECRET_WORDS)
    return email


def six_digits(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238, with the defaults of RFC 4226)."""
    if (left := STEP_SECONDS - time.time() % STEP_SECONDS) < 5:
        time.sleep(left)  # so that they are still right when they arrive
    counter = struct.pack(">Q", int(time.time()) // STEP_SECONDS)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def set_up(olga: Agent, email: str) -> Secured:
    """The way from the first sign-in to the recovery codes, with a look at each page."""
    page = olga.page
    olga.sign_in(email, SECRET_WORDS)
    expect(page.get_by_role("heading", name="Is it still you?")).to_be_visible()
    no_serious_axe_findings(page)
    page.get_by_label("Password").fill(SECRET_WORDS)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", name="Set up two-step sign-in")).to_be_visible()
    no_serious_axe_findings(page)
    page.get_by_text("The camera does not work?").click()
    secret = page.locator("code").inner_text()
    page.get_by_label("code").fill(six_digits(secret))
    page.get_by_role("button", name="Switch on").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    no_serious_axe_findings(page)
    return Secured(email, secret, page.locator(".codes li").first.inner_text())


def enter(agent: Agent, owner: Secured, code: str) -> None:
    """Signs in with the password and this code."""
    agent.sign_in(owner.email, SECRET_WORDS)
    agent.page.get_by_label("code").fill(code)
    agent.page.get_by_role("button", name="Sign in", exact=True).click()


def test_an_agent_without_a_second_step_sets_one_up_before_anything_else(
    new_hub: Stack, owner: str, arrive: Arrive
) -> None:
    olga: Agent = arrive(Agent, new_hub)
    olga.sign_in(owner, SECRET_WORDS)
    expect(olga.page.get_by_role("heading", name="Is it still you?")).to_be_visible()
    for address in ("/console/tickets/", "/console/settings/platforms/", "/console/profile/"):
        olga.visit(address)
        expect(olga.page.get_by_role("heading", name="Is it still you?")).to_be_visible()
    olga.page.get_by_label("Password").fill(SECRET_WORDS)
    olga.page.get_by_role("button", name="Confirm").click()
    olga.page.get_by_label("code").fill("12345x")
    olga.page.get_by_role("button", name="Switch on").click()
    expect(olga.page.locator("[aria-invalid=true]")).to_be_visible()


def test_from_then_on_it_is_asked_for_and_its_digits_work_once(
    new_hub: Stack, owner: str, arrive: Arrive
) -> None:
    olga: Agent = arrive(Agent, new_hub)
    secured = set_up(olga, owner)
    olga.page.get_by_role("link", name="I have kept them").click()
    # A new installation has no platform yet: the owner is shown where one is added.
    expect(olga.page.get_by_text("No platform yet")).to_be_visible()
    no_serious_axe_findings(olga.page)

    elsewhere: Agent = arrive(Agent, new_hub)
    elsewhere.sign_in(owner, SECRET_WORDS)
    expect(elsewhere.page.get_by_role("heading", name="One more step")).to_be_visible()
    no_serious_axe_findings(elsewhere.page)
    elsewhere.visit("/console/settings/platforms/")
    expect(elsewhere.page.get_by_text("No platform yet")).to_have_count(0)
    digits = six_digits(secured.secret)
    enter(arrived := arrive(Agent, new_hub), secured, digits)
    expect(arrived.page.get_by_text("No platform yet")).to_be_visible()
    enter(over_the_shoulder := arrive(Agent, new_hub), secured, digits)
    expect(over_the_shoulder.page.locator("[aria-invalid=true]")).to_be_visible()


def test_a_recovery_code_helps_once_when_the_phone_is_lost(
    new_hub: Stack, owner: str, arrive: Arrive
) -> None:
    olga: Agent = arrive(Agent, new_hub)
    secured = set_up(olga, owner)
    enter(arrived := arrive(Agent, new_hub), secured, secured.recovery_code)
    expect(arrived.page.get_by_text("No platform yet")).to_be_visible()
    enter(again := arrive(Agent, new_hub), secured, secured.recovery_code)
    expect(again.page.locator("[aria-invalid=true]")).to_be_visible()

    olga.visit("/console/two-factor/")
    expect(olga.page.get_by_text("You have 9 codes left")).to_be_visible()
    no_serious_axe_findings(olga.page)
    for address in ("totp/deactivate/", "recovery-codes/generate/"):
        olga.visit(f"/console/two-factor/{address}")
        no_serious_axe_findings(olga.page)
