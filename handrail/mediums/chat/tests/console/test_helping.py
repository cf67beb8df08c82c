"""Does what helps an agent write stay theirs to send?"""

from handrail.engines.conversations.models import Message
from handrail.people.models import Agent, Member
from tests.browsing import client_for
from tests.chats import live_chat_of, said
from tests.help_pages import page_of, section_of


def test_canned_replies_are_filled_in_for_the_chat(dora: Agent, alice: Member) -> None:
    given = {"title": "Hello", "body": "Hello {member.first_name}, {ticket.number}"}
    client_for(dora).post("/console/tickets/settings/canned/new", given)
    chat = live_chat_of(alice, dora)
    path = f"/console/chat/{chat.conversation.public_id}/canned?q=hello"
    assert "Hello Alice, {ticket.number}" in client_for(dora).get(path).content.decode()


def test_an_answer_is_suggested_with_its_sources_and_never_sent(dora: Agent, alice: Member) -> None:
    section = section_of("Brands")
    page_of(section, "Cancel a plan", "To cancel your plan, open Billing and press Cancel plan.")
    chat = live_chat_of(alice, dora, "Hello")
    said(alice, chat, "How do I cancel my plan?")
    before = Message.objects.count()
    path = f"/console/chat/{chat.conversation.public_id}/suggest"
    page = client_for(dora).post(path).content.decode()
    assert "open Billing and press Cancel plan" in page
    assert "Cancel a plan" in page
    assert Message.objects.count() == before


def test_what_no_page_answers_is_said_so(dora: Agent, alice: Member) -> None:
    chat = live_chat_of(alice, dora, "Zzyzx quux?")
    path = f"/console/chat/{chat.conversation.public_id}/suggest"
    assert "do not answer" in client_for(dora).post(path).content.decode()


def test_carol_is_not_told_what_pages_of_acme_say(dora: Agent, carol: Member) -> None:
    page_of(section_of("Brands"), "Secret", "To fly, use the rocket.", audience="brand")
    chat = live_chat_of(carol, dora, "How do I fly with the rocket?")
    path = f"/console/chat/{chat.conversation.public_id}/suggest"
    assert "use the rocket" not in client_for(dora).post(path).content.decode()


def test_canned_replies_that_a_chat_cannot_fill_in_come_last(dora: Agent, alice: Member) -> None:
    for title, body in (("Number", "On {ticket.number}."), ("Subject", "On {ticket.subject}.")):
        given = {"title": title, "body": body}
        client_for(dora).post("/console/tickets/settings/canned/new", given)
    chat = live_chat_of(alice, dora, "No clicks")
    path = f"/console/chat/{chat.conversation.public_id}/canned"
    page = client_for(dora).get(path).content.decode()
    assert "On No clicks." in page
    assert page.index("Subject") < page.index("Number") < page.index("Fill in what is in braces")
