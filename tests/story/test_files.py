"""Can people attach what they have, and does none of it get lost, or seen by others?"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from playwright.sync_api import Dialog, FrameLocator, Page, Route, expect

from tests.browser import intercept, no_serious_axe_findings_in_any_look
from tests.stack import Stack
from tests.story.people import Agent, Member
from tests.story.putting_files import drop, paste
from tests.story.writing import FORM, attach, begin_anew, fill_in, reply, screenshot, submit

Place = FrameLocator | Page


def file(name: str, content: bytes = b"what I saw") -> Any:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


class Held:
    """A network on which what is sent up waits until the story lets it go."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.routes: list[Route] = []
        intercept(page, "**/tickets/files/", lambda route: self.routes.append(route))

    def wait_for(self, count: int) -> None:
        for _ in range(150):
            if len(self.routes) >= count:
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"{len(self.routes)} uploads began, not {count}.")

    def let_go(self, *numbers: int) -> None:
        for number in numbers or range(len(self.routes)):
            self.routes[number].continue_()

    def end(self) -> None:
        self.page.unroute("**/tickets/files/")


def removable(place: Place, name: str) -> Any:
    return place.get_by_role("button", name=f"Remove {name}")


def attached(place: Place, names: Sequence[str]) -> None:
    """The open ticket shows exactly these files."""
    expect(place.locator(".thread .file-name")).to_have_count(len(names))
    for name in names:
        expect(place.get_by_role("link", name=name)).to_be_visible()


def test_many_files_come_at_once_and_each_is_told_by_itself(alice: Member) -> None:
    """Dropped, pasted and chosen; one is refused, one is taken back, and the rest arrives."""
    alice.enter_hub(FORM)
    begin_anew(alice.page)
    page = alice.page
    fill_in(page, "Everything that I have")
    held = Held(page)
    drop(page, "one.txt", "two.txt", "three.txt", "four.txt", "run.exe")
    assert page.locator("form:has(file-upload)").get_attribute("data-was-marked") == "flex"
    held.wait_for(3)
    page.wait_for_timeout(300)
    assert len(held.routes) == 3, "three at a time, so that the page stays usable"
    expect(page.get_by_text("0 of 5 files uploaded")).to_be_visible()
    expect(page.get_by_role("progressbar", name="two.txt")).to_be_visible()
    no_serious_axe_findings_in_any_look(page)
    page.get_by_role("button", name="Cancel two.txt").click()
    held.wait_for(4)
    held.let_go(0, 2, 3)
    held.wait_for(5)
    held.let_go(4)
    expect(page.get_by_role("alert")).to_contain_text("We can't take “run.exe”")
    held.end()
    assert not paste(page), "a screenshot is no text"
    expect(removable(page, "Screenshot 20")).to_be_visible()
    attach(page, screenshot("chosen.png"))
    no_serious_axe_findings_in_any_look(page)
    submit(page)
    names = ["one.txt", "three.txt", "four.txt", "Screenshot 20", "chosen.png"]
    attached(page, names)


def test_a_message_waits_for_its_files(alice: Member) -> None:
    alice.enter_hub(FORM)
    begin_anew(alice.page)
    page = alice.page
    fill_in(page, "Pressed too early")
    held = Held(page)
    page.locator("input[type=file]").set_input_files([file("late.txt"), file("later.txt")])
    held.wait_for(2)
    page.get_by_role("button", name="Create", exact=True).click()
    expect(page.get_by_text("Your message goes out with the last of them.")).to_be_visible()
    held.let_go(0)
    expect(removable(page, "late.txt")).to_be_visible()
    expect(page.get_by_role("heading", name="Create a ticket")).to_be_visible()
    held.let_go(1)
    expect(page.get_by_text("We have your ticket")).to_be_visible()
    attached(page, ["late.txt", "later.txt"])


def test_a_message_does_not_go_without_a_file_that_was_refused_meanwhile(alice: Member) -> None:
    alice.enter_hub(FORM)
    begin_anew(alice.page)
    page = alice.page
    fill_in(page, "One of them is none")
    held = Held(page)
    page.locator("input[type=file]").set_input_files([file("a.txt"), file("lie.png")])
    held.wait_for(2)
    page.get_by_role("button", name="Create", exact=True).click()
    held.let_go()
    expect(page.get_by_text("Nothing is sent yet: a file was not taken.")).to_be_visible()
    submit(page)
    attached(page, ["a.txt"])


def test_a_file_that_arrives_takes_no_button_from_under_the_finger(alice: Member) -> None:
    """Its row is lower than that of a file on its way, so what stands beneath it moves."""
    alice.enter_hub(FORM)
    begin_anew(alice.page)
    page = alice.page
    fill_in(page, "Pressed just then")
    held = Held(page)
    page.locator("input[type=file]").set_input_files([file("first.txt"), file("second.txt")])
    held.wait_for(2)
    page.get_by_role("button", name="Create", exact=True).hover()
    page.mouse.down()
    with page.expect_response("**/tickets/files/"):
        held.let_go(0)
    with page.expect_response("**/tickets/files/"):
        held.let_go(1)
    page.wait_for_timeout(200)
    page.mouse.up()
    expect(page.get_by_text("We have your ticket")).to_be_visible()
    attached(page, ["first.txt", "second.txt"])


def test_what_a_broken_connection_stopped_is_not_lost(alice: Member) -> None:
    alice.enter_hub(FORM)
    begin_anew(alice.page)
    page = alice.page
    fill_in(page, "On a train")
    held = Held(page)
    page.locator("input[type=file]").set_input_files([file("tunnel.txt"), file("field.txt")])
    held.wait_for(2)
    held.routes[0].abort()
    held.let_go(1)
    expect(page.get_by_role("alert")).to_contain_text("tunnel.txt was not uploaded: no connection.")
    held.end()
    page.get_by_role("button", name="Create", exact=True).click()
    expect(page.get_by_text("Nothing is sent yet: tunnel.txt has not arrived")).to_be_visible()
    again = page.get_by_role("button", name="Try again: tunnel.txt")
    expect(again).to_be_focused()
    no_serious_axe_findings_in_any_look(page)
    page.keyboard.press("Enter")
    expect(removable(page, "tunnel.txt")).to_be_visible()
    submit(page)
    attached(page, ["tunnel.txt", "field.txt"])


def test_files_go_on_by_themselves_when_the_connection_is_back(alice: Member) -> None:
    alice.enter_hub(FORM)
    begin_anew(alice.page)
    page = alice.page
    alice.context.set_offline(True)
    page.locator("input[type=file]").set_input_files([file("tunnel.txt")])
    expect(page.get_by_role("alert")).to_contain_text("no connection")
    alice.context.set_offline(False)
    expect(removable(page, "tunnel.txt")).to_be_visible()


def test_a_session_that_ended_meanwhile_is_renewed_in_the_panel(
    alice: Member, stack: Stack
) -> None:
    panel = alice.open_tickets()
    panel.get_by_role("link", name="Create ticket").click()
    fill_in(panel, "After lunch")
    stack.run("from handrail.people.models import HelpSession as S; S.objects.all().delete()")
    panel.locator("input[type=file]").set_input_files([file("lunch.txt"), file("coffee.txt")])
    expect(removable(panel, "lunch.txt")).to_be_visible()
    expect(removable(panel, "coffee.txt")).to_be_visible()
    submit(panel)
    attached(panel, ["lunch.txt", "coffee.txt"])


def test_more_than_a_message_carries_is_told_before_it_is_sent(alice: Member) -> None:
    alice.enter_hub(FORM)
    begin_anew(alice.page)
    page = alice.page
    names = [f"{number:02d}.txt" for number in range(12)]
    page.locator("input[type=file]").set_input_files([file(name) for name in names])
    expect(page.get_by_role("alert")).to_contain_text(
        "Not added, since a message carries 10 files at most: 10.txt, 11.txt"
    )
    for name in names[:10]:
        expect(removable(page, name)).to_be_visible()
    removable(page, "05.txt").click()
    expect(removable(page, "05.txt")).to_have_count(0)
    attach(page, file("10.txt"))


def test_a_file_that_is_too_large_is_not_even_sent(alice: Member) -> None:
    alice.enter_hub(FORM)
    begin_anew(alice.page)
    held = Held(alice.page)
    large = "() => new File([new Uint8Array(26 * 1024 * 1024)], 'film.mp4')"
    alice.page.locator("file-upload").evaluate(f"(upload) => upload.add([({large})()])")
    expect(alice.page.get_by_role("alert")).to_contain_text("film.mp4 is larger than 25 MB.")
    assert held.routes == []


def test_words_with_a_picture_of_themselves_are_pasted_as_words(alice: Member) -> None:
    """As spreadsheets copy them."""
    alice.enter_hub(FORM)
    begin_anew(alice.page)
    assert paste(alice.page, words="Q3\t1200"), "the browser may put them in"
    alice.page.wait_for_timeout(300)
    expect(alice.page.locator("[data-list] li")).to_have_count(0)


def test_what_misses_the_form_does_not_take_the_page_away(alice: Member) -> None:
    alice.enter_hub(FORM)
    begin_anew(alice.page)
    is_let_through = alice.page.evaluate(
        """() => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File(["x"], "x.txt"));
            const options = { bubbles: true, cancelable: true, dataTransfer };
            return document.querySelector("h1").dispatchEvent(new DragEvent("drop", options));
        }"""
    )
    assert not is_let_through
    expect(alice.page.locator("[data-list] li")).to_have_count(0)


def test_who_leaves_while_a_file_is_on_its_way_is_asked(alice: Member) -> None:
    alice.enter_hub(FORM)
    begin_anew(alice.page)
    held = Held(alice.page)
    alice.page.locator("input[type=file]").set_input_files([file("late.txt")])
    held.wait_for(1)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    alice.page.on("dialog", stay)
    alice.page.get_by_label("Subject").fill("A page is asked about only once it is used")
    elsewhere = alice.context.new_page()
    alice.page.close(run_before_unload=True)
    for _ in range(50):
        if not asked:
            elsewhere.wait_for_timeout(100)
    assert asked == ["beforeunload"]


def test_pictures_open_large_and_lead_from_one_to_the_next(alice: Member) -> None:
    alice.enter_hub(FORM)
    begin_anew(alice.page)
    page = alice.page
    fill_in(page, "Two banners")
    attach(page, screenshot("first.png"))
    submit(page)
    attach(page, screenshot("second.png"))
    reply(page, "And this one.")
    before = page.locator(".picture img").first.bounding_box()
    page.get_by_role("button", name="first.png").press("Enter")
    large = page.get_by_role("dialog", name="first.png")
    expect(large.get_by_role("img", name="first.png")).to_be_visible()
    no_serious_axe_findings_in_any_look(page)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("dialog", name="second.png")).to_be_visible()
    expect(page.get_by_role("button", name="Next picture")).to_be_hidden()
    page.get_by_role("button", name="Full size").press("Enter")
    expect(page.get_by_role("button", name="Full size")).to_have_attribute("aria-pressed", "true")
    with page.expect_download() as saved:
        page.get_by_role("dialog").get_by_role("link", name="Download").click()
    assert saved.value.suggested_filename == "second.png"
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="first.png")).to_be_focused()
    assert before, "a picture has its place before it is there"
    assert (round(before["width"]), round(before["height"])) == (190, 128)


def test_what_an_agent_attaches_to_a_note_never_reaches_the_member(
    write_ticket: Callable[..., str], dora: Agent, alice: Member
) -> None:
    path = write_ticket("Something is odd with our payouts")
    dora.open_ticket("Something is odd with our payouts")
    desk = dora.page
    attach(desk, screenshot("their-ledger.png"), file("their-log.txt"))
    dora.answer("Look at line 4.", meaning="Internal note")
    attached(desk, ["their-ledger.png", "their-log.txt"])
    addresses = [
        link.get_attribute("href") or ""
        for link in desk.locator(".message.note a[href*='/files/']").all()
    ]
    assert len(addresses) == 2
    alice.enter_hub(path)
    expect(alice.page.get_by_text("Something is odd").first).to_be_visible()
    expect(alice.page.locator(".thread .file-name")).to_have_count(0)
    for address in addresses:
        for side in (address, address.replace("/console/", "/help/")):
            for way in (side, f"{side}preview"):
                url = alice.stack.hub.url + way
                answer = alice.context.request.get(url, max_redirects=0)
                assert answer.status in (302, 404), way
                assert not re.search("ledger|log", answer.text())
