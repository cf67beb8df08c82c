"""Do people get their tickets as files, whole, and does nobody else get them?"""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.story.people import Agent, Member

WriteTicket = Callable[..., str]
WORDS = "Line one.\nZeile zwei: größer als 5 €.\nوهذا سطر بالعربية."  # noqa: RUF001


def download(page: Page, button: Locator) -> tuple[str, bytes]:
    """Presses it, and returns the name and the content of the file that comes."""
    with page.expect_download() as coming:
        button.click()
    return coming.value.suggested_filename, Path(coming.value.path()).read_bytes()


def test_bob_takes_her_ticket_along_as_pdf_and_text_without_our_notes(
    bob: Member, dora: Agent, write_as_bob: WriteTicket
) -> None:
    subject = "To be filed on paper"
    path = write_as_bob(subject, words=WORDS)
    dora.open_ticket(subject)
    dora.answer("She is about to leave us.", "Internal note")
    dora.answer("Here is what the law says.", "Reply, and keep working")

    bob.enter_hub(path)
    page = bob.page
    number = page.get_by_text(re.compile(r"^#\d+$")).inner_text()[1:]
    page.get_by_text("Details", exact=True).click()
    page.get_by_text("Download", exact=True).click()
    name, content = download(page, page.get_by_role("button", name="Text"))
    text = content.decode()
    assert name == f"ticket-{number}.txt"
    for told in (subject, "größer als 5 €", "وهذا سطر بالعربية", "Here is what the law says."):
        assert told in text
    assert "about to leave" not in text

    name, content = download(page, page.get_by_role("button", name="PDF"))
    assert name == f"ticket-{number}.pdf"
    assert content.startswith(b"%PDF-")
    assert len(content) > 2_000


def test_an_agent_chooses_whether_the_notes_go_along(
    dora: Agent, write_as_bob: WriteTicket
) -> None:
    subject = "With notes or without"
    write_as_bob(subject)
    dora.open_ticket(subject)
    dora.answer("Ask finance first.", "Internal note")
    page = dora.page
    page.get_by_text("Download", exact=True).click()
    _name, without = download(page, page.get_by_role("button", name="Text"))
    assert "Ask finance first." not in without.decode()
    page.get_by_role("switch", name="With internal notes").check()
    _name, whole = download(page, page.get_by_role("button", name="Text"))
    assert "Ask finance first." in whole.decode()


def test_the_queue_leaves_as_a_table_under_its_filters(
    dora: Agent, write_as_bob: WriteTicket
) -> None:
    urgent, other = "=SUM(of all that is urgent)", "Not so urgent, in the table"
    for subject in (urgent, other):
        write_as_bob(subject)
    dora.open_ticket(urgent)
    with dora.page.expect_response("**/priority"):
        dora.page.get_by_label("Priority").select_option("Urgent")
    dora.visit("/console/tickets/?priority=40")
    link = dora.page.get_by_role("link", name="Download as a table")
    name, content = download(dora.page, link)
    assert re.fullmatch(r"tickets-\d{4}-\d\d-\d\d\.csv", name)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0][:4] == ["Number", "Subject", "Status", "Priority"]
    assert f"'{urgent}" in [row[1] for row in rows]  # no spreadsheet reckons with it
    assert other not in [row[1] for row in rows]
    assert {row[3] for row in rows[1:]} == {"Urgent"}

    # What is chosen on the page goes along too, without a reload.
    dora.page.locator("#queue-filters [name=priority]").select_option("Normal")
    expect(dora.page.get_by_role("link", name=other)).to_be_visible()
    _name, content = download(dora.page, link)
    assert other in content.decode()
    assert urgent not in content.decode()


def test_carol_gets_no_file_of_acmes_and_members_get_no_table(
    carol: Member, bob: Member, write_as_bob: WriteTicket
) -> None:
    path = write_as_bob("Acme's own papers", shared=True)
    hub = carol.stack.hub.url
    bob.enter_hub(path)
    carol.enter_hub("/help/tickets/")
    for file in ("ticket.pdf", "ticket.txt"):
        assert bob.context.request.get(f"{hub}{path}{file}").status == 200
        answer = carol.context.request.get(f"{hub}{path}{file}")
        assert answer.status == 404
        assert "papers" not in answer.text()
    console = path.replace("/help/", "/console/")
    for address in (f"{console}ticket.pdf", "/console/tickets/tickets.csv"):
        answer = carol.context.request.get(hub + address)
        assert "Sign in to the console" in answer.text()
        assert "papers" not in answer.text()
