"""Can members submit tickets, and does nothing that they wrote get lost?"""

import re

import pytest
from playwright.sync_api import expect

from tests.mailbox import text_of
from tests.making import picture
from tests.stack import Stack
from tests.story.people import Member
from tests.story.writing import FORM, attach, begin_anew, fill_in, screenshot, share, submit


def test_tickets_is_the_place_to_submit_a_request_and_to_find_those_of_ones_account(
    alice: Member,
) -> None:
    panel = alice.open_tickets()
    expect(panel.get_by_role("link", name="INV-20431 charges five films")).to_be_visible()
    panel.get_by_role("link", name="Create ticket").click()
    expect(panel.get_by_role("heading", name="Create a ticket")).to_be_visible()
    panel.get_by_role("link", name="Back", exact=True).click()
    expect(panel.get_by_role("heading", name="Tickets", exact=True)).to_be_visible()


def test_an_address_opens_the_form_and_may_fill_it_in(alice: Member) -> None:
    alice.enter_hub("/help/tickets/?createTicket=true&subject=Upgrade%20to%20Enterprise")
    expect(alice.page.get_by_label("Subject")).to_have_value("Upgrade to Enterprise")
    expect(alice.page.get_by_role("switch", name="Ticket access")).not_to_be_checked()


def test_the_form_asks_in_the_order_that_people_know(alice: Member) -> None:
    alice.enter_hub(FORM)
    page = alice.page
    begin_anew(page)
    share(page)
    asked = [
        page.get_by_label("Subject"),
        page.get_by_label("Issue type"),
        page.get_by_role("switch", name="Ticket access"),
        page.get_by_label("Email addresses"),
        page.get_by_label("Description"),
        page.get_by_text("Attachments", exact=True),
        page.get_by_role("button", name="Create", exact=True),
    ]
    tops = []
    for question in asked:
        box = question.bounding_box()
        assert box
        tops.append(box["y"])
    assert tops == sorted(tops)


def test_each_kind_of_account_chooses_from_issue_types_of_its_own(
    alice: Member, carol: Member
) -> None:
    alice.enter_hub(FORM)
    carol.enter_hub(FORM)
    types = alice.page.get_by_label("Issue type")
    types.select_option("Optimize")
    expect(alice.page.get_by_text("A suggestion or an automatic rule")).to_be_visible()
    assert types.locator("option").count() == 1 + 14
    others = carol.page.get_by_label("Issue type")
    others.select_option("Finding and Messaging Brands")
    assert others.locator("option").count() == 1 + 8
    assert "Optimize" not in others.inner_text()


def test_a_subject_takes_140_characters_and_counts_them(alice: Member) -> None:
    alice.enter_hub(FORM)
    alice.page.get_by_label("Subject").fill("S" * 139 + "!?")
    expect(alice.page.get_by_label("Subject")).to_have_value("S" * 139 + "!")
    expect(alice.page.get_by_text("140/140")).to_be_visible()


def test_what_is_wrong_is_said_and_nothing_that_was_typed_or_attached_is_lost(
    alice: Member,
) -> None:
    alice.enter_hub(FORM)
    page = alice.page
    words = "First line.\nSecond line: שלום 🌻 <b>&amp;"
    fill_in(page, "Half of the ads are gone", words=words)
    share(page, ["finance@acme.example", "nobody"])
    attach(page, screenshot())
    page.get_by_role("button", name="Create", exact=True).click()
    expect(page.get_by_text("“nobody” is not an email address.")).to_be_visible()
    expect(page.get_by_label("Subject")).to_have_value("Half of the ads are gone")
    expect(page.get_by_label("Description")).to_have_value(words)
    expect(page.get_by_role("switch", name="Ticket access")).to_be_checked()
    page.get_by_role("button", name="Remove nobody").click()
    submit(page)
    expect(page.get_by_text("Second line: שלום 🌻 <b>&amp;")).to_be_visible()
    expect(page.get_by_role("link", name="screenshot.png")).to_be_visible()


def test_an_empty_form_says_what_is_missing(alice: Member) -> None:
    alice.enter_hub(FORM)
    begin_anew(alice.page)
    alice.page.get_by_role("button", name="Create", exact=True).click()
    for words in ("Sum up your issue", "Choose what your issue is about", "Describe what happens"):
        expect(alice.page.get_by_text(words)).to_be_visible()


def test_a_double_click_makes_one_ticket(alice: Member, stack: Stack) -> None:
    subject = "The payout page counts my money twice"
    alice.enter_hub(FORM)
    fill_in(alice.page, subject)
    alice.page.get_by_role("button", name="Create", exact=True).dblclick()
    expect(alice.page.get_by_text("We have your ticket")).to_be_visible()
    alice.page.get_by_role("link", name="Back", exact=True).click()
    expect(alice.page.get_by_role("link", name=subject)).to_have_count(1)
    stack.mailbox.wait_for("alice@acme.example", subject)
    assert len(stack.mailbox.letters_to("alice@acme.example", subject)) == 1


def test_addresses_are_offered_once_access_is_on_and_are_told_little(
    alice: Member, stack: Stack
) -> None:
    alice.enter_hub(FORM)
    page = alice.page
    fill_in(page, "Invoices for the whole year", words="Our bank asks for them.")
    expect(page.get_by_label("Email addresses")).to_be_hidden()
    share(page, ["books@acme.example", "tax@counsel.example"])
    number = submit(page)
    for address in ("books@acme.example", "tax@counsel.example"):
        letter = stack.mailbox.wait_for(address, "Invoices for the whole year")
        text = text_of(letter)
        assert number in text
        assert page.url.partition("?")[0] in text
        assert "Our bank asks" not in text
    # What they were told grants nothing: the link leads to a door.
    page.context.clear_cookies()
    page.goto(page.url.partition("?")[0])
    expect(page.get_by_role("heading", name="Please sign in")).to_be_visible()
    expect(page.get_by_text("Our bank asks")).to_have_count(0)


def test_a_screenshot_from_the_clipboard_is_attached(alice: Member) -> None:
    alice.context.grant_permissions(["clipboard-read", "clipboard-write"])
    alice.look_at("/")
    alice.page.evaluate(
        """async (bytes) => {
            const picture = new Blob([new Uint8Array(bytes)], { type: "image/png" });
            await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
        }""",
        list(picture()),
    )
    panel = alice.open_tickets()
    panel.get_by_role("link", name="Create ticket").click()
    fill_in(panel, "A picture says more")
    panel.get_by_label("Description").press("Control+V")
    expect(panel.get_by_role("button", name=re.compile(r"^Remove .*\.png"))).to_be_visible()
    submit(panel)
    expect(panel.get_by_role("link", name=re.compile(r"\.png"))).to_be_visible()


@pytest.mark.parametrize(
    ("name", "content"), [("lie.png", b"<script>alert(1)</script>"), ("empty.txt", b"")]
)
def test_a_file_that_is_not_what_it_claims_is_refused_in_words(
    alice: Member, name: str, content: bytes
) -> None:
    alice.enter_hub(FORM)
    begin_anew(alice.page)
    file = {"name": name, "mimeType": "image/png", "buffer": content}
    alice.page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    expect(alice.page.get_by_role("alert")).to_contain_text(name)
    expect(alice.page.get_by_role("button", name=f"Remove {name}")).to_have_count(0)


def test_a_ticket_is_made_with_the_keyboard_alone(alice: Member) -> None:
    press, write = alice.page.keyboard.press, alice.page.keyboard.type
    alice.help_button.focus()
    press("Enter")
    alice.panel.get_by_role("heading", name="how can we help").wait_for()
    _tab_to(alice, "Tickets")
    press("Enter")
    alice.panel.get_by_role("link", name="Create ticket").wait_for()
    _tab_to(alice, "Create ticket")
    press("Enter")
    begin_anew(alice.panel)
    _tab_to(alice, "Subject")
    write("Typed, never clicked")
    press("Tab")
    write("Optim")
    _tab_to(alice, "Description")
    write("All of it by keys.")
    _tab_to(alice, "Create")
    press("Enter")
    expect(alice.panel.get_by_text("We have your ticket")).to_be_visible()


def _tab_to(member: Member, label: str) -> None:
    """Presses Tab until the focus is on what is called so; not for ever."""
    named = """() => {
        const { activeElement: it } = document;
        return [it.ariaLabel, it.labels?.[0]?.innerText, it.innerText].filter(Boolean).join("|");
    }"""
    for _ in range(25):
        member.page.keyboard.press("Tab")
        if re.search(rf"(^|\|)\s*{label}\b", member.frame.evaluate(named)):
            return
    raise AssertionError(f"Tab never comes to “{label}”.")
