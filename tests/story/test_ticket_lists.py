"""Does everybody see what is theirs, all of it, and nothing else?"""

import re

from playwright.sync_api import APIResponse, Route, expect

from tests.browser import intercept
from tests.story.people import Agent, Member
from tests.story.writing import FORM, attach, fill_in, reply, screenshot, share, submit

LIST = "/help/tickets/"


def create(member: Member, subject: str, *, shared: bool = False) -> str:
    """Submits a ticket on a full page; returns the path of its page."""
    member.enter_hub(FORM)
    fill_in(member.page, subject)
    if shared:
        share(member.page)
    submit(member.page)
    return member.page.url.partition("?")[0].removeprefix(member.stack.hub.url)


def test_all_filters_work_together_and_stay_in_the_address(alice: Member, bob: Member) -> None:
    create(bob, "Filter me: Bob shares this", shared=True)
    create(alice, "Filter me: Alice wrote this")
    page = alice.page
    bobs = page.get_by_role("link", name="Filter me: Bob shares this")
    alices = page.get_by_role("link", name="Filter me: Alice wrote this")
    page.goto(alice.stack.hub.url + LIST)
    expect(bobs).to_be_visible()
    expect(alices).to_be_visible()

    page.get_by_label("Created by").select_option("Me")
    expect(bobs).to_be_hidden()
    expect(alices).to_be_visible()
    page.get_by_label("Status").select_option("open")
    expect(page.get_by_role("link", name="INV-20431 charges five films")).to_be_hidden()
    page.get_by_label("View").select_option("Read")
    expect(page).to_have_url(alice.stack.hub.url + LIST + "?status=open&creator=me&view=read")
    expect(alices).to_be_visible()

    page.reload()
    expect(page.get_by_label("Status")).to_have_value("open")
    expect(page.get_by_label("Created by")).to_have_value("me")
    expect(page.get_by_label("View")).to_have_value("read")
    expect(alices).to_be_visible()
    expect(bobs).to_be_hidden()

    alices.click()
    page.get_by_role("heading", name="Filter me: Alice wrote this").wait_for()
    page.go_back()
    expect(page.get_by_label("Created by")).to_have_value("me")
    page.get_by_label("Status").select_option("closed")
    expect(alices).to_be_hidden()
    page.get_by_label("View").select_option("Unread")
    expect(page.get_by_text("No ticket matches")).to_be_visible()
    page.get_by_role("link", name="Show all tickets").click()
    expect(bobs).to_be_visible()


def test_a_private_ticket_is_its_creators_alone(alice: Member, bob: Member) -> None:
    path = create(bob, "Only Bob may read this")
    alice.enter_hub(LIST)
    expect(alice.page.get_by_role("link", name="INV-20431 charges five films")).to_be_visible()
    expect(alice.page.get_by_role("link", name="Only Bob may read this")).to_have_count(0)
    alice.visit(path)
    expect(alice.page.get_by_role("heading", name="There is nothing here")).to_be_visible()


def test_a_shared_ticket_is_everybodys_in_the_account_and_can_be_taken_back(
    alice: Member, bob: Member
) -> None:
    path = create(alice, "All of Acme may read this", shared=True)
    bob.enter_hub(path)
    reply(bob.page, "It happens to me as well.")
    expect(alice.page.get_by_text("It happens to me as well.")).to_be_visible()
    alice.page.get_by_text("Details", exact=True).click()
    alice.page.get_by_role("switch", name="Everyone in the account").uncheck()
    expect(alice.page.get_by_text("Alice Bergmann made the ticket private")).to_be_visible()
    bob.page.reload()
    expect(bob.page.get_by_role("heading", name="There is nothing here")).to_be_visible()


def test_a_shared_ticket_is_read_once_one_of_the_account_has_seen_it(
    alice: Member, bob: Member, dora: Agent
) -> None:
    subject = "Read by one, read by all"
    path = create(alice, subject, shared=True)
    alice.visit(f"{LIST}?view=unread")
    waiting = alice.page.get_by_role("link", name=subject)
    expect(waiting).to_have_count(0)
    dora.open_ticket(subject)
    dora.answer("Which browser is it?")
    expect(waiting).to_be_visible()
    bob.enter_hub(path)
    expect(bob.page.get_by_text("Which browser is it?")).to_be_visible()
    expect(waiting).to_have_count(0)
    alice.visit(f"{LIST}?view=read")
    expect(alice.page.get_by_role("link", name=subject)).to_be_visible()


def test_carol_finds_nothing_of_acmes_anywhere(alice: Member, carol: Member) -> None:
    alice.enter_hub(FORM)
    fill_in(alice.page, "Acme's own affair")
    share(alice.page)
    attach(alice.page, screenshot("acme.png"))
    submit(alice.page)
    ticket = alice.page.url.partition("?")[0]
    file = alice.page.get_by_role("link", name="acme.png").get_attribute("href")
    assert file

    carol.enter_hub(LIST)
    rows = carol.page.get_by_role("region", name="Tickets")
    expect(rows.get_by_role("link", name="PO-6098 arrived $36.20 short")).to_be_visible()
    expect(rows.get_by_role("link", name="Acme's own affair")).to_have_count(0)
    for address in (ticket, f"{ticket}messages", alice.stack.hub.url + file):
        answer = carol.context.request.get(address)
        assert answer.status == 404
        assert "affair" not in answer.text()
    carol.visit("/help/")
    expect(carol.page.get_by_role("main")).not_to_contain_text("Acme's own affair")


def test_the_status_says_whose_turn_it_is_from_the_first_word_to_the_last(
    alice: Member, dora: Agent
) -> None:
    subject = "Five words for one ticket"
    create(alice, subject)
    head = alice.page.get_by_role("region", name="Ticket")
    expect(head.get_by_text("Open", exact=True)).to_be_visible()
    dora.open_ticket(subject)
    dora.page.get_by_role("button", name="Start work").click()
    expect(head.get_by_text("In Progress", exact=True)).to_be_visible()
    dora.answer("Since when?")
    expect(head.get_by_text("Awaiting your response", exact=True)).to_be_visible()
    reply(alice.page, "Since noon.")
    expect(head.get_by_text("In Progress", exact=True)).to_be_visible()
    # An answer to what she has not seen yet would be stopped, as it should.
    dora.page.get_by_role("list", name="Messages").get_by_text("Since noon.").wait_for()
    dora.answer("Reload the page, please.", "Offer a solution")
    expect(head.get_by_text("Solution Offered", exact=True)).to_be_visible()
    alice.page.get_by_role("button", name="No, it did not help").click()
    expect(head.get_by_text("In Progress", exact=True)).to_be_visible()
    alice.page.get_by_text("Details", exact=True).click()
    alice.page.get_by_role("button", name="Close ticket").click()
    expect(head.get_by_text("Closed", exact=True)).to_be_visible()
    alice.page.get_by_role("button", name="Reopen").click()
    expect(head.get_by_text("Open", exact=True)).to_be_visible()


def test_a_note_of_the_agents_never_reaches_the_member(alice: Member, dora: Agent) -> None:
    subject = "What do they say of me?"
    create(alice, subject)
    dora.open_ticket(subject)
    dora.answer("The account is about to cancel.", "Internal note")
    dora.answer("We are looking at it.", "Reply, and keep working")
    expect(alice.page.get_by_text("We are looking at it.")).to_be_visible()
    alice.page.reload()
    expect(alice.page.get_by_text("We are looking at it.")).to_be_visible()
    expect(alice.page.get_by_text("about to cancel")).to_have_count(0)


def test_the_search_bar_finds_by_keyword_number_and_phrase(alice: Member, bob: Member) -> None:
    path = create(alice, "The pelican invoice came twice", shared=True)
    create(alice, "Nothing of the kind")
    create(bob, "A pelican of Bob's own")
    bob.enter_hub(path)
    number = bob.page.get_by_text(re.compile(r"^#\d+$")).inner_text()
    reply(bob.page, "Grüße from the rookery, so late again.")

    page = alice.page
    alice.visit(LIST)
    rows = page.get_by_role("region", name="Tickets")
    wanted = rows.get_by_role("link", name="The pelican invoice came twice")
    for text in ("pelican", "PELI", "grusse", number, number[1:], '"late again"'):
        page.get_by_label("Search").fill(text)
        expect(rows.get_by_role("listitem")).to_have_count(1)
        expect(wanted).to_be_visible()
    expect(rows.locator("mark")).to_have_text("late again")
    page.get_by_label("Search").fill('"again late"')
    expect(page.get_by_text("No ticket matches")).to_be_visible()

    page.get_by_label("Search").fill("pelican")
    expect(wanted).to_be_visible()
    page.get_by_label("Created by").select_option("Me")
    expect(page).to_have_url(re.compile(r"q=pelican&creator=me|creator=me&q=pelican"))
    page.reload()
    expect(page.get_by_label("Search")).to_have_value("pelican")
    expect(wanted).to_be_visible()


def test_news_that_come_while_the_list_is_asked_for_are_asked_for_after_it(
    alice: Member, dora: Agent
) -> None:
    """The answer that is under way was drawn before them."""
    old = "Can the CSV export hold the campaign's number too"
    alice.enter_hub(LIST)
    page = alice.page
    path = page.get_by_role("link", name=old).get_attribute("href") or ""
    page.wait_for_load_state("networkidle")
    held: list[tuple[Route, APIResponse]] = []
    intercept(page, "**/tickets/rows*", lambda route: held.append((route, route.fetch())), times=1)
    with page.expect_request("**/tickets/rows*"):
        page.evaluate("document.querySelector('#tickets').dispatchEvent(new Event('live-changed'))")
    dora.visit(f"/console/tickets/{path.removeprefix(LIST)}")
    dora.answer("This came meanwhile.", "Reply, and keep working")
    page.wait_for_timeout(1500)  # the list has been told of it
    route, response = held[0]
    route.fulfill(response=response)
    first = page.get_by_role("region", name="Tickets").get_by_role("link").first
    expect(first).to_contain_text(old)


def test_news_come_into_the_list_without_moving_it_under_the_reader(
    alice: Member, dora: Agent
) -> None:
    """The row in the middle of the screen stays there while an older one comes to the top."""
    old = "INV-20431 charges five films"
    alice.page.set_viewport_size({"width": 1280, "height": 500})
    alice.enter_hub(LIST)
    page = alice.page
    path = page.get_by_role("link", name=old).get_attribute("href") or ""
    ticket = path.removeprefix(LIST)
    page.wait_for_load_state("networkidle")
    page.evaluate("scrollTo(0, 300)")
    first_in_sight = page.evaluate("""() => {
        const rows = [...document.querySelectorAll("#tickets li[id]")];
        const row = rows.find((one) => one.getBoundingClientRect().bottom > 0);
        row.isTheSame = true;
        return [row.id, Math.round(row.getBoundingClientRect().top)];
    }""")
    dora.visit(f"/console/tickets/{ticket}")
    dora.answer("One more thing.", "Reply, and keep working")
    expect(page.get_by_role("region", name="Tickets").get_by_role("link").first).to_contain_text(
        old
    )
    now = page.evaluate(
        """(id) => {
            const row = document.getElementById(id);
            return [Math.round(row.getBoundingClientRect().top), row.isTheSame];
        }""",
        first_in_sight[0],
    )
    assert now == [first_in_sight[1], True]
