"""Does the assistant do what a member says yes to, and go on where they left off?"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import intercept, no_serious_axe_findings_in_any_look
from tests.story.chatting import begin, composer, end, line, lines, say
from tests.story.people import Member

UNKNOWN = "Which zebra sleeps in the violin?"


@pytest.fixture
def page(bob: Member) -> Iterator[Page]:
    """A chat in which the assistant has no answer; it is over at the end of the story."""
    begin(bob, UNKNOWN)
    expect(line(bob.page, "I do not know")).to_be_visible()
    yield bob.page
    end(bob.page)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).last.click()


def test_a_ticket_is_opened_after_a_yes_and_what_it_says_can_be_changed(page: Page) -> None:
    press(page, "Open a ticket")
    form = line(page, "Shall I open this ticket for you?")
    expect(form.get_by_label("Subject")).to_have_value(UNKNOWN)
    form.get_by_label("Subject").fill("")
    press(page, "Yes, do it")
    expect(form.get_by_text("Fill this in.")).to_be_visible()
    form.get_by_label("Subject").fill("A zebra in a violin")
    press(page, "Yes, do it")
    expect(form.get_by_text(re.compile("Your ticket #[0-9]+ is open"))).to_be_visible()
    expect(form.get_by_role("button", name="Yes, do it")).to_have_count(0)
    form.get_by_role("link", name="A zebra in a violin").click()
    expect(page.get_by_role("heading", name="A zebra in a violin")).to_be_visible()
    page.go_back()


def test_a_no_opens_nothing(page: Page) -> None:
    press(page, "Open a ticket")
    form = line(page, "Shall I open this ticket for you?")
    form.get_by_role("button", name="No", exact=True).click()
    expect(form.get_by_text("Not done")).to_be_visible()
    expect(form.get_by_label("Subject")).to_have_count(0)


def test_a_yes_that_is_typed_does_what_the_form_says(page: Page) -> None:
    press(page, "Open a ticket")
    form = line(page, "Shall I open this ticket for you?")
    held: list[Route] = []
    intercept(page, "**/proposals/*", lambda route: held.append(route), times=1)
    form.get_by_label("Subject").fill("A zebra that is typed")
    composer(page).fill("yes please")
    composer(page).press("Enter")
    for _moment in range(300):
        if held:
            break
        page.wait_for_timeout(50)
    expect(line(page, "yes please")).to_have_count(0)  # not before what it means is kept
    held[0].continue_()
    opened = re.compile("Your ticket #[0-9]+ is open")
    expect(lines(page).last).to_contain_text(opened)
    expect(form).to_contain_text(opened)
    expect(form.get_by_role("button", name="Yes, do it")).to_have_count(0)
    lines(page).last.get_by_role("link", name="A zebra that is typed").click()
    expect(page.get_by_role("heading", name="A zebra that is typed")).to_be_visible()
    page.go_back()


def test_a_no_that_is_typed_opens_nothing(page: Page) -> None:
    press(page, "Open a ticket")
    form = line(page, "Shall I open this ticket for you?")
    expect(form).to_be_visible()
    say(page, "Nein, danke")
    expect(lines(page).last).to_contain_text("All right, I leave it.")
    expect(form.get_by_text("Not done")).to_be_visible()


def test_a_form_that_is_answered_in_one_tab_is_so_in_the_other(page: Page) -> None:
    press(page, "Open a ticket")
    expect(line(page, "Shall I open this ticket for you?")).to_be_visible()
    other_tab = page.context.new_page()
    other_tab.goto(page.url)
    press(other_tab, "Yes, do it")
    for tab in (other_tab, page):
        form = line(tab, "Shall I open this ticket for you?")
        expect(form).to_contain_text(re.compile("Your ticket #[0-9]+ is open"))
        expect(form.get_by_role("button", name="No", exact=True)).to_have_count(0)
    other_tab.close()


def test_tickets_are_told_at_once_and_lead_to_themselves(page: Page) -> None:
    press(page, "How are my tickets?")
    told = lines(page).last
    expect(told).to_contain_text(re.compile("your ticket|no open tickets"))


def test_the_button_for_a_person_stays_where_it_is_while_an_answer_comes(page: Page) -> None:
    before = height_of_button(page)
    for words in ("How do I add a colleague to our account?", "Thanks a lot!"):
        said = page.locator(".message.assistant").count()
        say(page, words)
        assert height_of_button(page) == pytest.approx(before, abs=1)
        expect(page.locator(".message.assistant")).to_have_count(said + 1)
        assert height_of_button(page) == pytest.approx(before, abs=1)


def height_of_button(page: Page) -> float:
    place = page.get_by_role("button", name="Talk to a person").bounding_box()
    assert place
    return place["y"]


def test_a_friendly_word_is_answered_with_one(page: Page) -> None:
    say(page, "Thanks a lot!")
    expect(line(page, "You are welcome.")).to_be_visible()


def test_the_form_shuts_nobody_out(page: Page) -> None:
    press(page, "Open a ticket")
    expect(line(page, "Shall I open this ticket for you?")).to_be_visible()
    no_serious_axe_findings_in_any_look(page)
