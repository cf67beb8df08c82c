"""Do the agents' pages of chats shut nobody out, and is what a supervisor sees true?"""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser import DESKTOP, PHONE
from tests.browser import no_serious_axe_findings_in_any_look as look_closely
from tests.stack import Stack
from tests.story.desk_chats import NOBODY_CHATS, accept, ask_for_person, say
from tests.story.people import Agent, Member


@pytest.fixture(autouse=True)
def _nobody_chats(stack: Stack) -> None:
    stack.run(NOBODY_CHATS)


@pytest.fixture
def hanna(arrive: Callable[..., Agent]) -> Agent:
    """An administrator, who sees all of the console, and likes no motion."""
    hanna: Agent = arrive(Agent, reduced_motion="reduce")
    hanna.sign_in("hanna@larkspan.example")
    hanna.page.wait_for_url("**/console/tickets/")
    return hanna


def test_the_desk_and_an_open_chat(hanna: Agent, alice: Member, bob: Member) -> None:
    hanna.visit("/console/chat/")
    look_closely(hanna.page)
    ask_for_person(bob, "I wait.")
    ask_for_person(alice, "Hello, " + "a very long word: " + "Donaudampfschiff" * 20)
    accept(hanna, "Alice Bergmann")
    say(hanna.page, "Read https://example.org first.")
    hanna.page.get_by_role("radio", name="Internal note").check()
    say(hanna.page, "For us.")
    look_closely(hanna.page)
    hanna.page.set_viewport_size({"width": 1280, "height": 900})
    hanna.page.get_by_role("button", name="Transfer").click()
    look_closely(hanna.page)
    hanna.page.keyboard.press("Escape")
    hanna.page.set_viewport_size({"width": 1280, "height": 900})
    hanna.page.get_by_role("button", name="Away").click()
    look_closely(hanna.page)
    hanna.visit("/console/tickets/")
    expect(hanna.page.get_by_role("region", name="Live now")).to_be_visible()
    look_closely(hanna.page)


def test_what_opens_beside_a_chat(hanna: Agent, alice: Member) -> None:
    chat = ask_for_person(alice, "How do I add a colleague to our account?")
    hanna.visit(f"/console/chat/{chat}/")
    expect(hanna.page.get_by_placeholder("A note for your colleagues")).to_be_visible()
    look_closely(hanna.page)
    hanna.page.set_viewport_size(DESKTOP)
    hanna.page.get_by_role("button", name="Accept", exact=True).click()
    hanna.page.get_by_role("button", name="Suggest an answer").click()
    expect(hanna.page.get_by_role("status", name="Suggested answer")).to_be_visible()
    look_closely(hanna.page)
    hanna.page.set_viewport_size(DESKTOP)
    hanna.page.get_by_role("button", name="Canned reply").click()
    expect(hanna.page.get_by_role("option").first).to_be_visible()
    look_closely(hanna.page)
    hanna.page.keyboard.press("Escape")
    hanna.visit("/console/chat/overview/")
    expect(hanna.page.get_by_role("link", name="Alice Bergmann")).to_be_visible()
    look_closely(hanna.page)
    hanna.visit(f"/console/chat/{chat}/")
    hanna.page.set_viewport_size(DESKTOP)
    hanna.page.get_by_role("button", name="End", exact=True).click()
    expect(hanna.page.get_by_text("This chat has ended. What was said stays here.")).to_be_visible()
    look_closely(hanna.page)


def test_the_tab_of_an_open_page_is_in_view_on_a_phone(hanna: Agent) -> None:
    hanna.page.set_viewport_size(PHONE)
    for path, tab in (
        ("chat/settings/assistant/", "Chat assistant"),
        ("settings/agents/", "Agents"),
    ):
        hanna.visit(f"/console/{path}")
        tabs = hanna.page.get_by_role("navigation", name="Settings")
        expect(tabs.get_by_role("link", name=tab, exact=True)).to_be_in_viewport(ratio=1)
        navigation = hanna.page.get_by_role("navigation", name="Console")
        expect(navigation.locator("[aria-current]")).to_have_count(1)


def test_overview_past_chats_and_settings(hanna: Agent) -> None:
    for path in ("overview/", "past/", "past/?q=nothing", "settings/rules/", "settings/assistant/"):
        hanna.visit(f"/console/chat/{path}")
        look_closely(hanna.page)


def test_nothing_is_wider_than_a_phone(hanna: Agent, alice: Member) -> None:
    ask_for_person(alice, "Donaudampfschiff" * 20)
    accept(hanna, "Alice Bergmann")
    hanna.page.set_viewport_size({"width": 390, "height": 844})
    address = hanna.page.url
    for path in ("/console/chat/", "/console/chat/overview/", "/console/chat/past/", address):
        hanna.page.goto(path if path == address else hanna.stack.hub.url + path)
        width = hanna.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, f"{path}: {width}"
    expect(hanna.page.get_by_role("button", name="Send", exact=True)).to_be_in_viewport()
    hanna.page.get_by_role("button", name="More", exact=True).click()
    hanna.page.get_by_role("link", name="About the member").click()
    story = hanna.page.get_by_role("complementary", name="About the member")
    expect(story.get_by_role("heading", name="Alice Bergmann")).to_be_in_viewport()


def test_a_supervisor_sees_who_waits_and_who_talks_by_itself(
    hanna: Agent, dora: Agent, alice: Member
) -> None:
    hanna.visit("/console/chat/overview/")
    expect(hanna.page.get_by_text("Nobody waits.")).to_be_visible()
    ask_for_person(alice, "How long does it take?")
    waits = hanna.page.get_by_role("link", name="Alice Bergmann")
    expect(waits).to_be_visible()
    dora.visit(hanna.page.url.removeprefix(hanna.stack.hub.url))
    dora.page.get_by_role("button", name="Accept Alice Bergmann").click()
    expect(dora.page.get_by_text("With you")).to_be_visible()
    expect(hanna.page.get_by_text("Nobody waits.")).to_be_visible()
    expect(hanna.page.get_by_role("listitem").filter(has_text="Dora Novak")).to_be_visible()
    say(alice.page, "Does she see this, too?")
    expect(hanna.page.get_by_text("Does she see this, too?")).to_be_visible()
    waits.click()
    expect(hanna.page.get_by_text("With Dora Novak")).to_be_visible()
    hanna.visit("/console/chat/overview/")
    agents = hanna.page.get_by_role("region", name="Agents")
    expect(agents.get_by_role("row").filter(has_text="Dora Novak")).to_contain_text("1")


def test_the_owners_rules_are_kept(hanna: Agent) -> None:
    hanna.visit("/console/chat/settings/rules/")
    field = hanna.page.get_by_label("Minutes of silence after which a chat ends")
    field.fill("2")
    hanna.page.get_by_role("button", name="Save").click()
    expect(hanna.page.get_by_text("greater than or equal to 5")).to_be_visible()
    field.fill("61")
    hanna.page.get_by_role("button", name="Save").click()
    expect(hanna.page.get_by_text("Saved.")).to_be_visible()
    expect(field).to_have_value("61")
