"""Does everybody see what is theirs, all of it, and nothing else?"""

from playwright.sync_api import expect

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
    page.get_by_label("Status").select_option("Open")
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
    page.get_by_label("Status").select_option("Closed")
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
