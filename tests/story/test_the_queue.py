"""Can agents sort what waits: change many at once, take it back, keep a view, share the work?"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import press_in_menu
from tests.story.conftest import Arrive
from tests.story.people import Agent

WriteTicket = Callable[..., str]


def row_of(agent: Agent, subject: str) -> Locator:
    return agent.page.get_by_role("row").filter(has_text=subject)


def tick(agent: Agent, *subjects: str) -> Locator:
    """Ticks these rows; returns the bar of what can be done with them."""
    for subject in subjects:
        row_of(agent, subject).get_by_role("checkbox").check()
    bar = agent.page.get_by_role("form", name="Selected tickets")
    expect(bar.get_by_role("status")).to_have_text(f"{len(subjects)} selected")
    return bar


def filters(agent: Agent) -> Locator:
    return agent.page.get_by_role("search", name="Filters")


def choice(agent: Agent, name: str) -> Locator:
    """One of the filters that are chosen from a list."""
    return filters(agent).locator("label").filter(has_text=re.compile(f"^{name}")).locator("select")


def views(agent: Agent) -> Locator:
    return agent.page.get_by_role("navigation", name="Views")


def save_view(agent: Agent, name: str, *, for_everybody: bool = False) -> None:
    agent.page.get_by_role("button", name="Save view").click()
    dialog = agent.page.get_by_role("dialog", name="Views")
    form = dialog.locator("form").filter(has_text="Save these filters")
    form.get_by_label("Name").fill(name)
    if for_everybody:
        form.get_by_role("switch", name="For everybody").check()
    dialog.get_by_role("button", name="Save these filters").click()
    expect(views(agent).get_by_role("link", name=name)).to_be_visible()


@pytest.fixture
def hanna(arrive: Arrive) -> Iterator[Agent]:
    """The owner."""
    hanna: Agent = arrive(Agent)
    hanna.sign_in("hanna@larkspan.example")
    hanna.page.get_by_role("region", name="Queue").wait_for()
    yield hanna


def test_many_are_changed_at_once_and_it_is_taken_back(
    dora: Agent, write_as_bob: WriteTicket
) -> None:
    first, second, third = (f"Bulk {number} of three" for number in ("one", "two", "three"))
    for subject in (first, second, third):
        write_as_bob(subject)
    bar = tick(dora, first, second)
    bar.get_by_role("button", name="Priority").click()
    press_in_menu(dora.page.get_by_role("button", name="Urgent", exact=True))
    for subject in (first, second):
        expect(row_of(dora, subject)).to_contain_text("Urgent")
    expect(row_of(dora, third)).not_to_contain_text("Urgent")

    said = dora.page.get_by_role("status").filter(has_text="2 tickets changed")
    expect(said).to_be_visible()
    dora.page.get_by_role("button", name="Undo").click()
    expect(dora.page.get_by_text("2 tickets are as before")).to_be_visible()
    for subject in (first, second, third):
        expect(row_of(dora, subject)).not_to_contain_text("Urgent")


def test_a_press_on_a_row_is_not_lost_to_news_that_come_meanwhile(
    dora: Agent, write_as_bob: WriteTicket
) -> None:
    pressed, news = "Pressed while another came", "Came while another was pressed"
    write_as_bob(pressed)
    row_of(dora, pressed).get_by_role("link", name=pressed).hover()
    dora.page.mouse.down()
    with dora.page.expect_response(re.compile("/console/tickets/rows")) as came:
        write_as_bob(news)
    came.value.finished()
    dora.page.wait_for_timeout(200)
    expect(row_of(dora, news)).to_have_count(0)
    dora.page.mouse.up()
    expect(dora.page.get_by_role("heading", name=pressed)).to_be_visible()


def test_news_come_in_when_a_press_on_a_row_is_over(dora: Agent, write_as_bob: WriteTicket) -> None:
    pressed, news = "Pressed, and let go elsewhere", "Came in when it was let go"
    write_as_bob(pressed)
    row_of(dora, pressed).get_by_role("link", name=pressed).hover()
    dora.page.mouse.down()
    with dora.page.expect_response(re.compile("/console/tickets/rows")):
        write_as_bob(news)
    dora.page.mouse.move(2, 2)
    dora.page.mouse.up()
    expect(row_of(dora, news)).to_be_visible()


def test_what_cannot_be_done_is_said_for_each_and_the_rest_is_done(
    dora: Agent, write_as_bob: WriteTicket
) -> None:
    done, alive = "Closed already, and chosen", "Alive, and chosen"
    for subject in (done, alive):
        write_as_bob(subject)
    dora.open_ticket(done)
    dora.page.get_by_role("button", name="Close", exact=True).click()
    expect(dora.page.get_by_role("button", name="Reopen")).to_be_visible()
    dora.visit("/console/tickets/?view=all")
    tick(dora, done, alive).get_by_role("button", name="Close", exact=True).click()
    refused = dora.page.get_by_role("alert").filter(has_text="This could not be done with:")
    expect(refused.get_by_role("link", name=done)).to_be_visible()
    expect(refused.get_by_role("link", name=alive)).to_have_count(0)
    expect(row_of(dora, alive)).to_contain_text("Closed")
    expect(dora.page.get_by_text("1 ticket changed")).to_be_visible()


def test_shift_ticks_all_between_and_a_tag_is_put_on_them(
    dora: Agent, write_as_bob: WriteTicket
) -> None:
    subjects = [f"In a range, number {number}" for number in range(1, 5)]
    for subject in subjects:
        write_as_bob(subject)
    row_of(dora, subjects[3]).get_by_role("checkbox").click()
    row_of(dora, subjects[0]).get_by_role("checkbox").click(modifiers=["Shift"])
    bar = dora.page.get_by_role("form", name="Selected tickets")
    expect(bar.get_by_role("status")).to_have_text("4 selected")
    bar.get_by_role("button", name="Tag").click()
    dialog = dora.page.get_by_role("dialog", name="Tag the selected tickets")
    dialog.get_by_label("Tag").fill("Spring  SALE")
    dialog.get_by_role("button", name="Add the tag").click()
    expect(dora.page.get_by_text("4 tickets changed")).to_be_visible()
    filters(dora).get_by_role("textbox", name="Tag").fill("spring sale")
    filters(dora).get_by_role("textbox", name="Tag").press("Enter")
    rows = dora.page.locator("#queue tbody tr[id^=ticket-]")
    expect(rows).to_have_count(4)
    expect(dora.page).to_have_url(re.compile(r"[?&]tag=spring"))


def test_a_view_of_ones_own_is_ones_own_and_one_for_everybody_is_everybodys(
    dora: Agent, hanna: Agent, write_as_bob: WriteTicket
) -> None:
    subject = "Kept in a view"
    write_as_bob(subject)
    tick(dora, subject).get_by_role("button", name="Tag").click()
    dialog = dora.page.get_by_role("dialog", name="Tag the selected tickets")
    dialog.get_by_label("Tag").fill("kept")
    dialog.get_by_role("button", name="Add the tag").click()
    expect(dora.page.get_by_text("1 ticket changed")).to_be_visible()

    dora.visit("/console/tickets/?view=all&tag=kept")
    save_view(dora, "Kept by Dora")
    hanna.visit("/console/tickets/?view=all&tag=kept&sort=newest")
    save_view(hanna, "Kept by the house", for_everybody=True)
    expect(views(hanna).get_by_role("link", name="Kept by Dora")).to_have_count(0)

    dora.visit("/console/tickets/")
    views(dora).get_by_role("link", name="Kept by the house").click()
    expect(row_of(dora, subject)).to_be_visible()
    expect(dora.page.locator("#queue tbody tr[id^=ticket-]")).to_have_count(1)
    expect(choice(dora, "Order")).to_have_value("newest")

    # Dora may delete what is hers; what is everybody's is the owner's to delete.
    dora.page.get_by_role("button", name="Save view").click()
    dialog = dora.page.get_by_role("dialog", name="Views")
    expect(dialog.locator("input[name=name][value='Kept by the house']")).to_have_count(0)
    mine = dialog.get_by_role("listitem").filter(
        has=dora.page.locator("input[value='Kept by Dora']")
    )
    mine.get_by_role("button", name="Delete").click()
    expect(views(dora).get_by_role("link", name="Kept by Dora")).to_have_count(0)
    hanna.page.get_by_role("button", name="Save view").click()
    own = hanna.page.get_by_role("dialog", name="Views").get_by_role("listitem")
    own = own.filter(has=hanna.page.locator("input[value='Kept by the house']"))
    own.get_by_role("button", name="Delete").click()
    expect(views(hanna).get_by_role("link", name="Kept by the house")).to_have_count(0)


def test_a_team_gets_a_ticket_and_one_of_them_takes_it(
    dora: Agent, hanna: Agent, arrive: Arrive, write_as_bob: WriteTicket
) -> None:
    subject = "For whoever knows contracts"
    write_as_bob(subject)
    hanna.visit("/console/tickets/settings/teams/")
    hanna.page.get_by_role("link", name="Make a team").click()
    hanna.page.get_by_label("Name").fill("Contract readers")
    hanna.page.get_by_role("radio", name="By hand: somebody takes it").check()
    hanna.page.get_by_role("checkbox", name="Goran Ilić").check()
    hanna.page.get_by_role("button", name="Save").click()
    expect(hanna.page.get_by_text("The team is made.")).to_be_visible()

    dora.open_ticket(subject)
    with dora.page.expect_response("**/team"):
        dora.page.get_by_label("Team").select_option("Contract readers")
    goran: Agent = arrive(Agent)
    goran.sign_in("goran@larkspan.example")
    goran.page.get_by_role("region", name="Queue").wait_for()
    choice(goran, "Team").select_option("My teams")
    expect(row_of(goran, subject)).to_contain_text("Contract readers")
    row_of(goran, subject).get_by_role("link").click()
    goran.page.get_by_role("button", name="Take it").click()
    expect(goran.page.get_by_role("button", name="Take it")).to_have_count(0)
    dora.visit("/console/tickets/?team=mine")
    expect(row_of(dora, subject)).to_have_count(0)
    dora.visit("/console/tickets/")
    expect(row_of(dora, subject)).to_contain_text("Goran Ilić")


def test_filters_stay_in_the_address_through_reload_and_back(
    dora: Agent, write_as_bob: WriteTicket
) -> None:
    subject = "Filtered, opened, and found again"
    write_as_bob(subject)
    page = dora.page
    choice(dora, "Assignee").select_option("Nobody")
    choice(dora, "Priority").select_option("Normal")
    choice(dora, "Order").select_option("Newest")
    expect(page).to_have_url(re.compile(r"assignee=nobody.*priority=20.*sort=newest"))
    expect(row_of(dora, subject)).to_be_visible()
    page.reload()
    expect(choice(dora, "Assignee")).to_have_value("nobody")
    expect(choice(dora, "Priority")).to_have_value("20")
    row_of(dora, subject).get_by_role("link").click()
    page.get_by_role("heading", name=subject).wait_for()
    page.go_back()
    expect(choice(dora, "Order")).to_have_value("newest")
    expect(row_of(dora, subject)).to_be_visible()
    choice(dora, "Priority").select_option("Urgent")
    expect(row_of(dora, subject)).to_have_count(0)


def test_more_is_shown_until_there_is_no_more_and_nothing_twice(dora: Agent) -> None:
    dora.visit("/console/tickets/?view=all&sort=newest")
    rows = dora.page.locator("#queue tbody tr[id^=ticket-]")
    more = dora.page.get_by_role("link", name="Show more")
    shown = 0
    while more.count():
        expect(rows).not_to_have_count(shown)
        shown = rows.count()
        more.click()
        expect(rows).not_to_have_count(shown)
    ids = rows.evaluate_all("rows => rows.map((row) => row.id)")
    assert len(ids) == len(set(ids)) >= 60
    numbers = rows.evaluate_all(r"rows => rows.map((row) => +/#(\d+)/.exec(row.innerText)[1])")
    assert numbers == sorted(numbers, reverse=True)


def test_news_leave_the_pages_that_were_loaded_and_the_rows_that_are_ticked(
    dora: Agent, write_as_bob: WriteTicket
) -> None:
    dora.visit("/console/tickets/?view=all&sort=newest")
    rows = dora.page.locator("#queue tbody tr[id^=ticket-]")
    dora.page.get_by_role("link", name="Show more").click()
    expect(rows).to_have_count(50)
    rows.nth(40).get_by_role("checkbox").check()
    subject = "News while one reads on"
    write_as_bob(subject)
    expect(row_of(dora, subject)).to_be_visible()
    expect(rows).to_have_count(51)
    expect(rows.nth(41).get_by_role("checkbox")).to_be_checked()
    expect(dora.page.get_by_role("link", name="Show more")).to_be_visible()
