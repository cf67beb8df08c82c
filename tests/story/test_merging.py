"""Do two tickets about one thing become one, for those who ask and for those who answer?"""

import re

from playwright.sync_api import Page, expect

from tests.browser import no_serious_axe_findings_in_any_look
from tests.story.people import Agent, Member
from tests.story.writing import FORM, fill_in, submit


def write(alice: Member, subject: str, words: str) -> str:
    """Submits a ticket; returns the address of its page."""
    alice.enter_hub(FORM)
    fill_in(alice.page, subject, words=words)
    submit(alice.page)
    return re.sub(r"\?.*", "", alice.page.url)


def thread(page: Page) -> str:
    return page.get_by_role("list", name="Messages").inner_text()


def choose(dora: Agent, entry: str) -> None:
    dora.page.set_viewport_size({"width": 1280, "height": 500})
    dora.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    dora.page.get_by_role("button", name="More", exact=True).click()
    listed = dora.page.get_by_role("button", name=entry)
    expect(listed).to_be_in_viewport(ratio=1)  # wherever the page is scrolled to
    listed.click()


def test_dora_merges_two_tickets_and_alices_late_reply_arrives(alice: Member, dora: Agent) -> None:
    one, two = "The May invoice is missing", "Where is my invoice for May?"
    first = write(alice, one, "It is not in the list." + "\nNor here." * 40)
    write(alice, two, "I asked before, but here is the number: 4711.")
    other = alice.context.new_page()  # the page of the first stays open
    other.goto(first)
    other.get_by_label("Write a reply").fill("Never mind the list, send it by mail.")

    dora.open_ticket(one)
    choose(dora, "Merge…")
    dialog = dora.page.get_by_role("dialog", name="Merge into another ticket")
    dialog.get_by_label("Search by number or words").fill("4711")
    expect(dialog.get_by_role("radio")).to_have_count(1)
    row = dialog.locator("label", has_text=two)
    row.get_by_role("radio").check()
    expect(dialog.get_by_text("I asked before")).to_be_visible()
    dialog.get_by_role("button", name="Merge").click()
    expect(dora.page.get_by_role("heading", name=two)).to_be_visible()
    words = thread(dora.page)
    assert words.index("It is not in the list.") < words.index("I asked before")
    assert "Dora Novak merged #" in words

    expect(alice.page.get_by_text("It is not in the list.")).to_be_visible()  # by itself
    expect(other.get_by_text("Merged into #")).to_be_visible()
    other.get_by_role("button", name="Reply", exact=True).click()
    expect(other.get_by_text("Your reply is here")).to_be_visible()
    expect(other.get_by_role("heading", name=two)).to_be_visible()
    messages = dora.page.get_by_role("list", name="Messages")
    expect(messages.get_by_text("Never mind the list")).to_be_visible()


def test_what_does_not_belong_there_is_split_off_again(alice: Member, dora: Agent) -> None:
    subject = "The June invoice is missing"
    write(alice, subject, "It is not in the list.")
    alice.page.get_by_label("Write a reply").fill("By the way, how do I add a colleague?")
    alice.page.get_by_role("button", name="Reply", exact=True).click()
    expect(alice.page.get_by_role("listitem").get_by_text("By the way")).to_be_visible()

    dora.open_ticket(subject)
    choose(dora, "Split…")
    dialog = dora.page.get_by_role("dialog", name="Split into a new ticket")
    dialog.get_by_label("Subject of the new ticket").fill("How to add a colleague")
    dialog.get_by_role("button", name="Split").click()
    expect(dialog.get_by_text("Choose the messages")).to_be_visible()
    line = dialog.get_by_role("listitem").filter(has_text="By the way")
    line.get_by_role("button", name="Choose this and all after it").click()
    expect(line.get_by_role("checkbox")).to_be_checked()
    dialog.get_by_role("button", name="Split").click()

    expect(dora.page.get_by_role("heading", name="How to add a colleague")).to_be_visible()
    expect(dora.page.get_by_text("Split from")).to_be_visible()
    gone = alice.page.get_by_role("listitem").get_by_text("By the way")
    expect(gone).to_have_count(0)  # by itself
    alice.page.get_by_role("link", name="How to add a colleague").click()
    expect(alice.page.get_by_text("By the way, how do I add a colleague?")).to_be_visible()


def test_the_dialogs_shut_nobody_out(alice: Member, dora: Agent) -> None:
    write(alice, "The July invoice is missing", "It is not in the list.")
    write(alice, "The August invoice is missing", "It is not in the list, either.")
    dora.open_ticket("The August invoice is missing")
    for entry, inside in (
        ("Merge…", "This ticket ends"),
        ("Split…", "From here"),
        ("Link…", "Each"),
    ):
        choose(dora, entry)
        expect(dora.page.locator("dialog[open]").get_by_text(inside).first).to_be_visible()
        no_serious_axe_findings_in_any_look(dora.page)
        dora.page.keyboard.press("Escape")
