"""What a member can do on the pages of tickets."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from handrail.engines.conversations.models import Conversation, Message
from handrail.engines.notify.models import Notice
from handrail.engines.tasks.worker import Worker
from handrail.mediums.tickets.models import IssueType
from handrail.mediums.tickets.states import Status
from handrail.people.models import Agent, Host, Member, PlanEntitlement
from tests.making import reply as answer
from tests.making import ticket_of, upload, viewer_of, words

pytestmark = pytest.mark.django_db


def form(**changes: Any) -> dict[str, Any]:
    return {
        "subject": "The spring campaign shows no clicks",
        "issue_type": IssueType.objects.all()[0].public_id,
        "body": "Since Monday the report is empty.",
        "client_id": str(uuid4()),
        **changes,
    }


def submit(browser: Client, **changes: Any) -> Conversation:
    answer = browser.post("/help/tickets/new", form(**changes))
    assert answer.status_code == 200, answer.content.decode()
    return Conversation.objects.get(public_id=answer["HX-Redirect"].split("/")[-2])


def test_a_ticket_lives_from_its_first_line_to_the_accepted_solution(
    alice: Member, dora: Agent, browse: Callable[..., Client]
) -> None:
    member, agent = browse(alice), browse(dora)
    ticket = submit(member)
    assert ticket.status == Status.OPEN

    queue = agent.get("/console/tickets/").content.decode()
    assert "The spring campaign shows no clicks" in queue

    answer = agent.post(
        f"/console/tickets/{ticket.public_id}/reply",
        {"body": "Turn on tracking in the settings.", "act": "offer", "client_id": str(uuid4())},
    )
    assert answer.status_code == 200, answer.content.decode()
    ticket.refresh_from_db()
    assert (ticket.status, ticket.is_unread) == (Status.SOLUTION, True)

    Worker().run_ready()
    subjects = [letter.subject for letter in mail.outbox]
    assert f"[#{ticket.number}] New reply: {ticket.subject}" in subjects

    page = member.get(f"/help/tickets/{ticket.public_id}/").content.decode()
    assert "Turn on tracking in the settings." in page
    assert "Did this solve it?" in page

    answer = member.post(f"/help/tickets/{ticket.public_id}/move", {"act": "accept"})
    assert answer.status_code == 200
    ticket.refresh_from_db()
    assert ticket.status == Status.CLOSED


def test_what_was_sent_twice_is_one_ticket(alice: Member, browse: Callable[..., Client]) -> None:
    browser, sent = browse(alice), form()
    first = browser.post("/help/tickets/new", sent)
    second = browser.post("/help/tickets/new", sent)
    assert first["HX-Redirect"] == second["HX-Redirect"]
    assert Conversation.objects.count() == Message.objects.count() == 1


def test_a_form_with_errors_comes_back_with_what_was_typed(
    alice: Member, browse: Callable[..., Client]
) -> None:
    browser = browse(alice)
    picture = SimpleUploadedFile("notes.txt", b"what I saw", content_type="text/plain")
    item = browser.post("/help/tickets/files/", {"files": picture}).content.decode()
    [upload] = re.findall(r'name="attachments" value="([\w-]+)"', item)
    answer = browser.post(
        "/help/tickets/new", form(subject="", body="All of my words", attachments=[upload])
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Sum up your issue in a few words." in page
    assert "All of my words" in page
    assert upload in page


# --- The form -----------------------------------------------------------------------------------


def test_an_address_opens_the_form_and_fills_it_in(
    alice: Member, browse: Callable[..., Client]
) -> None:
    chosen = IssueType.objects.all()[1]
    query = {
        "createTicket": "true",
        "subject": "No “clicks” & <no> sales",
        "body": "Since Monday.",
        "issue_type": chosen.public_id,
        "is_shared": "on",
        "added_addresses": "victim@else.example",
    }
    page = browse(alice).get("/help/tickets/", query)
    form = page.context["form"]
    assert form["subject"].value() == "No “clicks” & <no> sales"
    assert form["issue_type"].value() == chosen.public_id
    assert not form["is_shared"].value(), "who sees it is the member's choice alone"
    assert "victim@else.example" not in page.content.decode()
    assert not Conversation.objects.exists()


def test_whose_plan_has_no_tickets_is_told_so(alice: Member, browse: Callable[..., Client]) -> None:
    given, browser = form(), browse(alice)
    PlanEntitlement.objects.filter(key="tickets.open").delete()
    assert browser.post("/help/tickets/new", given).status_code == 403
    assert browser.get("/help/tickets/?createTicket=true").status_code == 403
    assert browser.get("/help/tickets/").status_code == 200
    assert not Conversation.objects.exists()


def test_a_new_ticket_is_greeted_once(alice: Member, browse: Callable[..., Client]) -> None:
    browser = browse(alice)
    page = f"/help/tickets/{ticket_of(alice).conversation.public_id}/"
    assert "We have your ticket" in browser.get(page + "?new=1").content.decode()
    assert "We have your ticket" not in browser.get(page).content.decode()


# --- The ticket's page --------------------------------------------------------------------------


def test_seeing_a_ticket_reads_it_for_the_account(
    alice: Member, bob: Member, dora: Agent, browse: Callable[..., Client]
) -> None:
    ticket = ticket_of(alice, is_shared=True)
    answer(dora, ticket)
    page = f"/help/tickets/{ticket.conversation.public_id}/"
    browse(bob).get(page)
    ticket.conversation.refresh_from_db()
    assert ticket.conversation.is_unread, "a page that was fetched is not a page that was seen"
    browse(bob).post(page + "seen")
    ticket.conversation.refresh_from_db()
    assert not ticket.conversation.is_unread
    unread = Notice.objects.visible_to(viewer_of(alice)).unread()
    assert unread.exists(), "Alice's own notice is hers to read"
    browse(alice).post(page + "seen")
    assert not unread.exists()


def test_only_the_creator_finds_the_switch_of_ticket_access(
    alice: Member, bob: Member, browse: Callable[..., Client]
) -> None:
    ticket = ticket_of(alice, is_shared=True)
    page = f"/help/tickets/{ticket.conversation.public_id}/"
    assert 'name="is_shared"' in browse(alice).get(page).content.decode()
    assert 'name="is_shared"' not in browse(bob).get(page).content.decode()
    refusal = browse(bob).post(page + "share", {}).content.decode()
    assert "Only the person who submitted the ticket" in refusal
    ticket.conversation.refresh_from_db()
    assert ticket.conversation.is_shared


def test_a_reply_with_errors_comes_back_with_its_words_and_files(
    alice: Member, browse: Callable[..., Client]
) -> None:
    ticket, kept = ticket_of(alice), upload(alice)
    path = f"/help/tickets/{ticket.conversation.public_id}/reply"
    given = {"body": "", "attachments": [kept.public_id]}
    shown = browse(alice).post(path, given)
    assert shown.status_code == 422
    assert "Write something first." in shown.content.decode()
    assert kept.public_id in shown.content.decode()


def test_a_move_that_came_too_late_says_what_is_now(
    alice: Member, dora: Agent, browse: Callable[..., Client]
) -> None:
    ticket = ticket_of(alice)
    path = f"/help/tickets/{ticket.conversation.public_id}/move"
    shown = browse(alice).post(path, {"act": "accept"})
    assert shown.status_code == 200
    assert "This ticket is “Open” now" in shown.content.decode()
    for act in ("", "reply", "offer", "start\0", "delete"):
        assert browse(alice).post(path, {"act": act}).status_code == 404


def test_markup_in_words_is_shown_as_words(alice: Member, browse: Callable[..., Client]) -> None:
    ticket = ticket_of(alice, "<i>Hello</i>", message=words("<script>go()</script>"))
    page = browse(alice).get(f"/help/tickets/{ticket.conversation.public_id}/").content.decode()
    assert "<script>go()" not in page
    assert "&lt;script&gt;go()" in page
    assert "<i>Hello" not in page


def test_a_page_in_the_viewers_zone(
    alice: Member, host: Host, claims_of: Callable[..., dict[str, Any]], browse: Any
) -> None:
    with time_machine.travel("2026-03-01T12:00:00+00:00", tick=False):
        ticket = ticket_of(alice)
        page = browse(alice).get(f"/help/tickets/{ticket.conversation.public_id}/")
    assert "1 p.m. (CET)" in page.content.decode()


# --- The list -----------------------------------------------------------------------------------


def test_filters_stand_in_the_address(alice: Member, browse: Callable[..., Client]) -> None:
    browser = browse(alice)
    shown = browser.get("/help/tickets/rows", {"status": "open", "creator": "", "evil": "x"})
    assert shown["HX-Replace-Url"] == "/help/tickets/?status=open"
    assert browser.get("/help/tickets/rows")["HX-Replace-Url"] == "/help/tickets/"
    page = browser.get("/help/tickets/?status=open&view=unread").content.decode()
    assert '<option value="open" selected>' in page
    assert '<option value="unread" selected>' in page


def test_an_empty_list_says_what_to_do(alice: Member, browse: Callable[..., Client]) -> None:
    browser = browse(alice)
    assert "Create your first ticket" in browser.get("/help/tickets/").content.decode()
    ticket_of(alice)
    nothing = browser.get("/help/tickets/?status=closed").content.decode()
    assert "No ticket matches" in nothing
    assert "Show all tickets" in nothing
