"""Is an answer stopped where the thread went on, and only there?"""

from collections.abc import Callable
from functools import partial
from uuid import uuid4

import pytest
from django.test import Client

from handrail.engines.conversations.models import Message
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.models import Ticket
from handrail.mediums.tickets.states import Act
from handrail.people.actions import create_agent
from handrail.people.models import Agent, Member
from tests.making import note, reply, ticket_of, viewer_of, words
from tests.racing import at_once

pytestmark = pytest.mark.django_db

Browse = Callable[..., Client]


@pytest.fixture
def finn(installation: None) -> Agent:
    return create_agent(email="finn@handrail.example", name="Finn")


def last(ticket: Ticket) -> str:
    return Message.objects.filter(conversation_id=ticket.pk).latest("pk").public_id


def send(browser: Client, ticket: Ticket, seen: str, **changes: str) -> tuple[int, str]:
    data = {"body": "My whole answer", "act": "ask", "seen": seen, "client_id": str(uuid4())}
    address = f"/console/tickets/{ticket.conversation.public_id}/reply"
    answer = browser.post(address, {**data, **changes})
    return answer.status_code, answer.content.decode()


def says(member: Member, finn: Agent, ticket: Ticket, what: str) -> None:
    if what == "reply":
        reply(member, ticket, "Never mind!")
    elif what == "note":
        note(finn, ticket, "Never mind!")
    else:
        actions.move(viewer_of(finn), ticket, Act.START)


@pytest.mark.parametrize(
    ("what", "shown"),
    [("reply", "Never mind!"), ("note", "Never mind!"), ("status", "Finn started work")],
)
def test_an_answer_to_an_old_thread_is_stopped_and_shown_what_is_new(
    alice: Member, dora: Agent, finn: Agent, browse: Browse, what: str, shown: str
) -> None:
    ticket = ticket_of(alice)
    seen = last(ticket)
    says(alice, finn, ticket, what)
    status, page = send(browse(dora), ticket, seen)
    assert status == 422
    assert shown in page
    assert "My whole answer" in page
    assert "Send anyway" in page
    assert f'name="seen" value="{last(ticket)}"' in page
    assert not Message.objects.filter(body="My whole answer").exists()


def test_what_was_shown_can_be_sent_anyway_and_what_came_after_stops_again(
    alice: Member, dora: Agent, browse: Browse
) -> None:
    ticket, browser = ticket_of(alice), browse(dora)
    old = last(ticket)
    reply(alice, ticket, "One more thing")
    shown = last(ticket)
    assert send(browser, ticket, old)[0] == 422
    reply(alice, ticket, "And another")
    assert send(browser, ticket, shown)[0] == 422
    assert send(browser, ticket, last(ticket))[0] == 200


def test_ones_own_words_stop_nobody(alice: Member, dora: Agent, browse: Browse) -> None:
    ticket = ticket_of(alice)
    seen = last(ticket)
    reply(dora, ticket, act=Act.ASK)
    note(dora, ticket)
    assert send(browse(dora), ticket, seen)[0] == 200


def test_a_note_is_not_stopped(alice: Member, dora: Agent, browse: Browse) -> None:
    ticket = ticket_of(alice)
    seen = last(ticket)
    reply(alice, ticket)
    assert send(browse(dora), ticket, seen, act="note")[0] == 200


def test_an_id_of_another_thread_is_as_good_as_having_seen_nothing(
    alice: Member, carol: Member, dora: Agent, browse: Browse
) -> None:
    ticket, other = ticket_of(alice), ticket_of(carol)
    assert send(browse(dora), ticket, last(other))[0] == 422


def test_what_was_sent_already_is_not_stopped_the_second_time(alice: Member, dora: Agent) -> None:
    ticket, draft = ticket_of(alice), words("Once.")
    seen = last(ticket)
    first = actions.reply(viewer_of(dora), ticket, draft, seen=seen)
    reply(alice, ticket)
    assert actions.reply(viewer_of(dora), ticket, draft, seen=seen) == first


def test_a_member_is_never_stopped(alice: Member, dora: Agent, browse: Browse) -> None:
    ticket = ticket_of(alice)
    seen = last(ticket)
    reply(dora, ticket)
    address = f"/help/tickets/{ticket.conversation.public_id}/reply"
    assert browse(alice).post(address, {"body": "Yes", "seen": seen}).status_code == 200


def test_the_page_names_the_last_message_that_it_shows(
    alice: Member, dora: Agent, browse: Browse
) -> None:
    ticket = ticket_of(alice)
    note(dora, ticket)
    page = browse(dora).get(f"/console/tickets/{ticket.conversation.public_id}/").content.decode()
    assert f'name="seen" value="{last(ticket)}"' in page


@pytest.mark.django_db(transaction=True)
def test_of_two_agents_who_answer_at_once_one_is_stopped(
    alice: Member, dora: Agent, finn: Agent
) -> None:
    ticket = ticket_of(alice)
    seen = last(ticket)
    answers = [
        partial(actions.reply, viewer_of(agent), ticket, words(agent.name), act=Act.ASK, seen=seen)
        for agent in (dora, finn)
    ]
    outcomes = at_once(answers)
    (sent,) = [one for one in outcomes if isinstance(one, Message)]
    (stopped,) = [one for one in outcomes if isinstance(one, actions.Stale)]
    assert sent in stopped.missed
    assert Message.objects.filter(body__in=["Dora", "Finn"]).count() == 1
