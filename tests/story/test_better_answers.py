"""Does the better answer of the search box come in without taking anything from under a finger?"""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import intercept
from tests.stack import Stack
from tests.story.conftest import Arrive
from tests.story.people import Somebody
from tests.story.searching import NUMBATS, field, findings, heading, look_for, option

REFINED = re.compile(r"/help/search\?.*refine=on")


@pytest.fixture
def visitor(arrive: Arrive, centre: None) -> Somebody:
    """Somebody without a session, who likes no motion."""
    person: Somebody = arrive(Somebody, reduced_motion="reduce")
    return person


@pytest.fixture(scope="module")
def centre(stack: Stack) -> None:
    stack.publish(NUMBATS, "Count numbats")


class Held:
    """The better answers to a page's questions, kept back until the story lets one through. They
    are asked for once the first answer is shown."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.routes: dict[str, Route] = {}
        intercept(page, REFINED, self.keep)

    def keep(self, route: Route) -> None:
        self.routes[parse_qs(urlsplit(route.request.url).query)["q"][0]] = route

    def wait(self, words: str) -> None:
        while words not in self.routes:
            self.page.wait_for_timeout(50)

    def release(self, words: str, change: Callable[[str], str]) -> None:
        """What is shown, changed, is the answer; and a moment for the page to look at it."""
        self.wait(words)
        shown = self.page.locator(".picker-results").inner_html()
        better = change(shown.replace('aria-selected="true"', 'aria-selected="false"'))
        with self.page.expect_response(REFINED) as waiting:
            self.routes.pop(words).fulfill(content_type="text/html; charset=utf-8", body=better)
        waiting.value.finished()
        self.page.wait_for_timeout(200)


OPTION = re.compile(r'<div role="option"(?![^>]*id="found-ask").*?</div>', re.DOTALL)


def turned_round(html: str) -> str:
    found = OPTION.findall(html)
    turned = iter(reversed(found))
    return OPTION.sub(lambda _match: next(turned), html)


def longer(html: str) -> str:
    found = OPTION.findall(html)
    more = found[-1].replace('data-url="', 'data-url="/more').replace("</bdi>", " again</bdi>", 1)
    return html.replace(found[-1], found[-1] + more.replace('id="', 'id="more-'))


@pytest.fixture
def held(visitor: Somebody) -> Held:
    """Numbats were found by words; the better answer is on its way."""
    visitor.visit("/docs/")
    held = Held(visitor.page)
    look_for(visitor.page, "numbat")
    held.wait("numbat")
    expect(findings(visitor.page)).to_have_count(2)
    return held


def test_a_better_answer_takes_the_place_of_the_first(held: Held) -> None:
    options = findings(held.page)
    before = options.all_inner_texts()
    held.page.mouse.move(2, 2)
    held.release("numbat", turned_round)
    expect(options).to_have_text(before[::-1], use_inner_text=True)
    expect(options.first).to_have_attribute("aria-selected", "false")


def test_it_does_not_move_what_is_under_the_pointer(held: Held) -> None:
    options = findings(held.page)
    before = options.all_inner_texts()
    options.first.hover()
    held.release("numbat", turned_round)
    expect(options).to_have_text(before, use_inner_text=True)
    expect(options.first).to_have_attribute("aria-selected", "true")


def test_a_press_that_began_before_it_came_is_not_lost(held: Held) -> None:
    page, options = held.page, findings(held.page)
    before = options.all_inner_texts()
    options.first.hover()
    page.mouse.down()
    held.release("numbat", longer)
    expect(options).to_have_text(before, use_inner_text=True)
    page.mouse.up()
    heading(page, re.compile("umbat"))


def test_a_press_that_ends_elsewhere_lets_it_in(held: Held) -> None:
    page, options = held.page, findings(held.page)
    options.first.hover()
    page.mouse.down()
    held.release("numbat", longer)
    page.mouse.move(2, 2)
    page.mouse.up()
    expect(options).to_have_count(3)
    expect(field(page)).to_be_focused()


def test_a_press_is_not_lost_to_the_answer_for_the_last_letter(visitor: Somebody) -> None:
    visitor.visit("/docs/")
    page = visitor.page
    look_for(page, "numba")
    expect(option(page, "Ask: numba")).to_be_visible()
    first = findings(page).first
    first.hover()
    name = first.get_attribute("data-url") or "-"
    page.mouse.down()
    with page.expect_response(re.compile(r"/help/search\?.*q=numbat")):
        page.keyboard.type("t")
    page.wait_for_timeout(200)
    page.mouse.up()
    expect(page).to_have_url(re.compile(f"{re.escape(name)}$"))


def test_it_does_not_move_what_the_arrows_chose_but_may_grow(held: Held) -> None:
    options = findings(held.page)
    before = options.all_inner_texts()
    field(held.page).press("ArrowDown")
    held.release("numbat", turned_round)
    expect(options).to_have_text(before, use_inner_text=True)
    field(held.page).press_sequentially("s")
    field(held.page).press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    held.release("numbats", longer)
    expect(options).to_have_count(3)
    expect(options.first).to_have_attribute("aria-selected", "true")


def test_what_comes_too_late_or_not_at_all_changes_nothing(held: Held) -> None:
    field(held.page).fill("zxqvkj")
    nothing = held.page.get_by_text("Nothing found for “zxqvkj”")
    expect(nothing).to_be_visible()
    held.wait("zxqvkj")
    for route in held.routes.values():
        route.abort()
    held.page.wait_for_timeout(200)
    expect(nothing).to_be_visible()
    field(held.page).press("Escape")
    expect(field(held.page)).to_be_hidden()


def test_without_a_connection_the_box_says_so_and_enter_tries_again(visitor: Somebody) -> None:
    visitor.visit("/docs/")
    page = visitor.page
    page.keyboard.press("Control+k")
    expect(page.get_by_text("Words, a “phrase” or a whole question.")).to_be_visible()
    visitor.context.set_offline(True)
    field(page).fill("numbat")
    expect(page.get_by_text("No answer came.").first).to_be_visible()
    visitor.context.set_offline(False)
    page.keyboard.press("Enter")
    expect(option(page, "Count numbats")).to_be_visible()
    visitor.forgive("htmx:sendError")
