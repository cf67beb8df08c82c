"""What comes of what an agent presses?"""

import pytest
from django.test import Client

from handrail.engines.conversations.models import Message, MessageKind
from handrail.mediums.chat.models import Chat
from handrail.mediums.chat.states import Status
from handrail.people.actions import create_agent
from handrail.people.models import Agent, Member, Team
from tests.browsing import client_for
from tests.chats import assistant_is, live_chat_of, waiting_chat_of


@pytest.fixture
def finn(installation: None) -> Agent:
    return create_agent(email="finn@handrail.example", name="Finn", password="a long word or two")


def post(browser: Client, chat: Chat, act: str, **given: str) -> str:
    path = f"/console/chat/{chat.conversation.public_id}/{act}"
    answer = browser.post(path, given, headers={"HX-Request": "true"})
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode() + str(answer.headers)


def now(chat: Chat) -> tuple[str, str]:
    fresh = Chat.objects.select_related("conversation__assignee").get(pk=chat.pk).conversation
    return fresh.status, fresh.assignee.name if fresh.assignee else ""


def test_accepting_leads_to_the_talk(dora: Agent, alice: Member) -> None:
    chat = waiting_chat_of(alice)
    assert f"/console/chat/{chat.conversation.public_id}/" in post(client_for(dora), chat, "accept")
    assert now(chat) == (Status.LIVE, "Dora")


def test_who_accepts_second_reads_who_was_first(dora: Agent, finn: Agent, alice: Member) -> None:
    chat = waiting_chat_of(alice)
    post(client_for(finn), chat, "accept")
    assert "Finn accepted this chat first." in post(client_for(dora), chat, "accept")
    head = post(client_for(dora), chat, "accept", here="on")
    assert "Finn accepted this chat first." in head
    assert "With Finn" in head
    assert now(chat) == (Status.LIVE, "Finn")


def test_a_transfer_goes_to_an_agent_with_a_note(dora: Agent, finn: Agent, alice: Member) -> None:
    chat = live_chat_of(alice, dora)
    post(client_for(dora), chat, "transfer", to=f"agent:{finn.public_id}", note="Knows invoices.")
    assert now(chat) == (Status.LIVE, "Finn")
    assert Message.objects.filter(kind=MessageKind.NOTE, body="Knows invoices.").exists()


def test_a_transfer_goes_to_a_team_or_back_to_the_queue(dora: Agent, alice: Member) -> None:
    team = Team.objects.create(name="Billing")
    chat = live_chat_of(alice, dora)
    post(client_for(dora), chat, "transfer", to=f"team:{team.public_id}")
    assert now(chat) == (Status.WAITING, "")
    post(client_for(dora), chat, "accept", here="on")
    post(client_for(dora), chat, "transfer", to="")
    assert now(chat) == (Status.WAITING, "")


@pytest.mark.parametrize("to", ["agent:nobody", "team:AAAAAAAAAAAAAAAAAAAAAA", "x", "agent:\0"])
def test_a_transfer_to_nobody_we_know_is_none(dora: Agent, alice: Member, to: str) -> None:
    chat = live_chat_of(alice, dora)
    path = f"/console/chat/{chat.conversation.public_id}/transfer"
    assert client_for(dora).post(path, {"to": to}).status_code == 404
    assert now(chat) == (Status.LIVE, "Dora")


def test_the_assistant_takes_it_back_where_it_is_on(dora: Agent, alice: Member) -> None:
    assistant_is(True)
    chat = live_chat_of(alice, dora)
    assert "With the assistant" in post(client_for(dora), chat, "give-back")
    assert now(chat) == (Status.ASSISTANT, "")


def test_where_the_assistant_is_off_nothing_is_given_back(dora: Agent, alice: Member) -> None:
    assistant_is(False)
    chat = live_chat_of(alice, dora)
    assert "The assistant is off for this account." in post(client_for(dora), chat, "give-back")
    assert now(chat) == (Status.LIVE, "Dora")


def test_what_has_ended_ends_once(dora: Agent, alice: Member) -> None:
    chat = live_chat_of(alice, dora)
    assert "Ended" in post(client_for(dora), chat, "end")
    assert "cannot be done" in post(client_for(dora), chat, "end")


def test_it_becomes_a_ticket_with_all_that_was_said(dora: Agent, alice: Member) -> None:
    chat = live_chat_of(alice, dora, "The report is empty.")
    assert "/console/tickets/" in post(client_for(dora), chat, "ticket", subject="Empty report")
    chat.refresh_from_db()
    assert chat.ticket is not None
    assert chat.ticket.subject == "Empty report"
    assert "The report is empty." in chat.ticket.messages.order_by("pk")[0].body
    path = f"/console/chat/{chat.conversation.public_id}/head"
    head = client_for(dora).get(path).content.decode()
    assert f"/console/tickets/{chat.ticket.public_id}/" in head
