"""What can an agent do on the pages of tickets?"""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from handrail.engines.conversations.models import Conversation, Message, MessageKind, Priority
from handrail.engines.notify.models import Notice
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.console.filters import VIEWS
from handrail.mediums.tickets.models import Ticket
from handrail.mediums.tickets.states import Act, Status
from handrail.people.actions import create_agent, deactivate_agent
from handrail.people.models import Agent, Member
from tests.making import reply, ticket_of, viewer_of

pytestmark = pytest.mark.django_db

Browse = Callable[..., Client]


def address(ticket: Ticket, act: str = "") -> str:
    return f"/console/tickets/{ticket.conversation.public_id}/{act}"


def now(ticket: Ticket) -> Conversation:
    return Conversation.objects.get(pk=ticket.pk)


def test_the_queue_shows_what_an_agent_chooses_by(
    carol: Member, dora: Agent, browse: Browse
) -> None:
    ticket = ticket_of(carol, "Where is my money?")
    actions.set_priority(viewer_of(dora), ticket, Priority.URGENT)
    page = browse(dora).get("/console/tickets/").content.decode()
    for words in ("Where is my money?", "Globex", "Carol", "Urgent", "Nobody", "Question"):
        assert words in page
    assert f"#{ticket.conversation.number}" in page


@pytest.mark.parametrize("view", VIEWS)
def test_an_empty_view_says_what_that_means(dora: Agent, browse: Browse, view: str) -> None:
    page = browse(dora).get(f"/console/tickets/?view={view}").content.decode()
    assert 'class="empty' in page
    assert f'?view={view}" aria-current="page"' in page


def test_the_ticket_shows_who_asks_and_from_where(
    carol: Member, dora: Agent, browse: Browse
) -> None:
    page = browse(dora).get(address(ticket_of(carol))).content.decode()
    for words in ("Carol", "carol@globex.example", "Globex", "Partner", "Free", "America/New_York"):
        assert words in page


def test_opening_a_page_reads_nothing_and_seeing_it_does(
    alice: Member, dora: Agent, browse: Browse
) -> None:
    ticket = ticket_of(alice)
    actions.assign(viewer_of(dora), ticket, dora)
    reply(alice, ticket)
    browser = browse(dora)
    browser.get(address(ticket))
    assert Notice.objects.get().is_unread
    assert browser.post(address(ticket, "seen")).status_code == 204
    assert not Notice.objects.get().is_unread


def test_an_agent_seeing_it_does_not_read_it_for_the_member(
    alice: Member, dora: Agent, browse: Browse
) -> None:
    ticket = ticket_of(alice)
    reply(dora, ticket)
    browse(dora).post(address(ticket, "seen"))
    assert now(ticket).is_unread
    assert Notice.objects.visible_to(viewer_of(alice)).unread().exists()


def test_a_message_is_what_the_agent_says_that_it_is(
    alice: Member, dora: Agent, browse: Browse
) -> None:
    ticket, browser = ticket_of(alice), browse(dora)
    for act, status in [
        ("reply", Status.IN_PROGRESS),
        ("note", Status.IN_PROGRESS),
        ("ask", Status.AWAITING),
        ("offer", Status.SOLUTION),
    ]:
        sent = {"body": f"This is {act}.", "act": act, "client_id": str(uuid4())}
        answer = browser.post(address(ticket, "reply"), sent)
        assert answer.status_code == 200
        assert answer["HX-Trigger"] == '{"thread-changed": {}}'
        assert now(ticket).status == status
    assert Message.objects.get(body="This is note.").kind == MessageKind.NOTE


def test_a_message_with_errors_comes_back_with_its_words(
    alice: Member, dora: Agent, browse: Browse
) -> None:
    ticket, browser = ticket_of(alice), browse(dora)
    answer = browser.post(address(ticket, "reply"), {"body": "All of my words", "act": "x"})
    assert answer.status_code == 422
    assert "Choose what this message is." in answer.content.decode()
    assert "All of my words" in answer.content.decode()
    answer = browser.post(address(ticket, "reply"), {"body": "", "act": "note"})
    assert "Write something first." in answer.content.decode()


def test_an_answer_to_a_ticket_that_was_closed_meanwhile_comes_back(
    alice: Member, dora: Agent, browse: Browse
) -> None:
    ticket = ticket_of(alice)
    actions.move(viewer_of(alice), ticket, Act.CLOSE)
    sent = {"body": "All of my words", "act": "offer"}
    answer = browse(dora).post(address(ticket, "reply"), sent)
    assert answer.status_code == 422
    assert "This ticket is “Closed” now" in answer.content.decode()
    assert "All of my words" in answer.content.decode()


def test_a_move_that_came_too_late_is_said_in_the_head(
    alice: Member, dora: Agent, browse: Browse
) -> None:
    ticket = ticket_of(alice)
    browser = browse(dora)
    assert "Closed" in browser.post(address(ticket, "move"), {"act": "close"}).content.decode()
    answer = browser.post(address(ticket, "move"), {"act": "start"})
    assert answer.status_code == 200
    assert "This ticket is “Closed” now" in answer.content.decode()


@pytest.mark.parametrize("act", ["", "offer", "ask", "reply", "delete", "note", "\0"])
def test_a_bare_move_is_one_that_needs_no_words(
    alice: Member, dora: Agent, browse: Browse, act: str
) -> None:
    ticket = ticket_of(alice)
    assert browse(dora).post(address(ticket, "move"), {"act": act}).status_code == 404
    assert now(ticket).status == Status.OPEN


def test_only_who_can_answer_can_have_a_ticket(alice: Member, dora: Agent, browse: Browse) -> None:
    ticket, browser = ticket_of(alice), browse(dora)
    editor = create_agent(email="eva@handrail.example", name="Eva", role="editor")
    gone = create_agent(email="finn@handrail.example", name="Finn")
    deactivate_agent(gone)
    page = browser.get(address(ticket)).content.decode()
    assert editor.public_id not in page
    assert gone.public_id not in page
    for given in (editor.public_id, gone.public_id, "A" * 22, "1", "\0", alice.public_id):
        assert browser.post(address(ticket, "assign"), {"agent": given}).status_code == 404
    assert browser.post(address(ticket, "assign"), {"agent": dora.public_id}).status_code == 200
    assert now(ticket).assignee == dora
    browser.post(address(ticket, "assign"), {"agent": ""})
    assert now(ticket).assignee is None


@pytest.mark.parametrize("priority", ["", "0", "25", "x", "\0"])
def test_a_priority_that_there_is_not_is_not_set(
    alice: Member, dora: Agent, browse: Browse, priority: str
) -> None:
    ticket, browser = ticket_of(alice), browse(dora)
    assert browser.post(address(ticket, "priority"), {"priority": priority}).status_code == 404
    assert browser.post(address(ticket, "priority"), {"priority": "30"}).status_code == 200
    assert now(ticket).priority == Priority.HIGH


def test_a_page_catches_up_with_new_lines_and_the_head(
    alice: Member, dora: Agent, browse: Browse
) -> None:
    ticket = ticket_of(alice)
    last = reply(alice, ticket, "One.")
    reply(alice, ticket, "Two.")
    shown = browse(dora).get(address(ticket, f"messages?after={last.public_id}")).content.decode()
    assert "Two." in shown
    assert "One." not in shown
    assert 'hx-swap-oob="morph"' in shown
