"""Is nothing that was said lost when a chat becomes a ticket, and does each lead to the other?"""

from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from handrail.engines.activity.models import Activity
from handrail.engines.activity.ref import Ref
from handrail.engines.conversations.actions import add_event
from handrail.engines.conversations.models import Attachment, Conversation, Link, MessageKind
from handrail.engines.notify.models import Notice, OutgoingMail
from handrail.mediums.chat import actions
from handrail.mediums.chat.actions import NotNow
from handrail.mediums.chat.actions.life import sayable
from handrail.mediums.chat.actions.tickets import WENT_ON
from handrail.mediums.chat.models import Chat
from handrail.mediums.chat.states import Status
from handrail.people.models import Agent, Member, Person
from handrail.people.viewer import SYSTEM, NotSignedIn, viewer_for_nobody
from tests.browsing import client_for
from tests.chats import agent_called, answered, chat_of, live_chat_of, said, waiting_chat_of
from tests.making import upload, viewer_of, words
from tests.racing import at_once

pytestmark = pytest.mark.django_db


def ticket_at(ref: Ref) -> Conversation:
    return Conversation.objects.get(kind="tickets", public_id=ref.public_id)


def body_of(ticket: Conversation) -> str:
    return ticket.messages.get(kind=MessageKind.REPLY).body


def content_of(file: Attachment) -> bytes:
    with file.file.open("rb") as opened:
        return bytes(opened.read())


def test_the_ticket_is_the_members_and_holds_the_whole_talk(alice: Member, dora: Agent) -> None:
    chat = chat_of(alice, "Where are my clicks?")
    answered(chat, "Look at the report's filter.")
    said(alice, chat, "That is not it.")
    ref = actions.make_ticket(viewer_of(alice), chat)
    ticket = ticket_at(ref)
    assert (ticket.creator, ticket.subject) == (alice, "Where are my clicks?")
    body = body_of(ticket)
    order = [
        body.index(part)
        for part in ("Alice", "Where are my clicks?", "Assistant", "filter.", "That is not it.")
    ]
    assert order == sorted(order)
    chat = Chat.objects.select_related("conversation").get(pk=chat.pk)
    assert (chat.conversation.status, chat.ticket) == (Status.ENDED, ticket)
    [link] = Link.objects.all()
    assert (link.conversation, link.other) == (ticket, chat.conversation)
    [event] = chat.conversation.messages.filter(event="made_ticket")
    assert event.detail == {"number": ticket.number}
    opened = Activity.objects.get(verb="tickets.opened")
    assert (opened.member, opened.public_id) == (alice, ticket.public_id)
    assert opened.detail["source"] == str(chat.conversation.ref)


def test_of_what_happened_it_says_who_came_and_no_more(alice: Member, dora: Agent) -> None:
    chat = live_chat_of(alice, dora)
    edna = agent_called("Edna")
    actions.transfer(viewer_of(dora), chat, agent=edna)
    body = body_of(ticket_at(actions.make_ticket(viewer_of(alice), chat)))
    happened = [line.split(" · ")[1] for line in body.splitlines() if line.startswith("* ")]
    assert happened == ["Dora joined the chat", "Dora gave the chat to Edna"]


def test_that_it_waited_is_no_news_in_it_and_that_its_member_left_is(carol: Member) -> None:
    chat = chat_of(carol)
    add_event(SYSTEM, chat.conversation, "accepted")
    add_event(SYSTEM, chat.conversation, "left")
    body = body_of(ticket_at(actions.make_ticket(SYSTEM, chat, why="left")))
    happened = [line.split(" · ")[1] for line in body.splitlines() if line.startswith("* ")]
    assert happened == ["The member left before one of us was there"]


def test_notes_and_what_was_taken_back_stay_out_of_it(alice: Member, dora: Agent) -> None:
    chat = live_chat_of(alice, dora)
    actions.add_note(viewer_of(dora), chat, words("They are upset."))
    secret = said(alice, chat, "hunter2")
    actions.remove(viewer_of(alice), chat, secret)
    body = body_of(ticket_at(actions.make_ticket(viewer_of(dora), chat)))
    assert "upset" not in body
    assert "hunter2" not in body
    assert "(removed)" in body


def test_files_come_along(alice: Member, dora: Agent) -> None:
    chat = live_chat_of(alice, dora)
    said(alice, chat, "Here", attachment_ids=[upload(alice, "clicks.txt", b"0").public_id])
    said(dora, chat, "And here", attachment_ids=[upload(dora, "how.txt", b"so").public_id])
    ticket = ticket_at(actions.make_ticket(viewer_of(dora), chat))
    files = Attachment.objects.filter(message__conversation=ticket)
    assert {(file.name, content_of(file)) for file in files} == {
        ("clicks.txt", b"0"),
        ("how.txt", b"so"),
    }


def test_a_talk_that_is_too_long_is_attached_whole(alice: Member) -> None:
    chat = chat_of(alice, "first words")
    for n in range(3):
        said(alice, chat, f"{n} " + "long " * 9_000)
    said(alice, chat, "last words")
    ticket = ticket_at(actions.make_ticket(viewer_of(alice), chat))
    assert "last words" in body_of(ticket)
    assert "first words" not in body_of(ticket)
    [file] = Attachment.objects.filter(message__conversation=ticket)
    content = content_of(file).decode()
    assert content.index("first words") < content.index("2 long") < content.index("last words")
    assert content.count("long ") >= 27_000 - 3


def test_the_whole_talk_comes_along_before_any_of_its_files(alice: Member, settings: Any) -> None:
    settings.MOST_FILES = 2
    chat = chat_of(alice, "first words " + "long " * 9_000)
    for n in range(3):
        draft = {"attachment_ids": [upload(alice).public_id]}
        said(alice, chat, f"{n} " + "long " * 3_000, **draft)
    ticket = ticket_at(actions.make_ticket(viewer_of(alice), chat))
    names = Attachment.objects.filter(message__conversation=ticket).values_list("name", flat=True)
    assert f"chat-{chat.conversation.number}-1.txt" in names
    assert len(names) == 2


def test_one_message_that_fills_a_ticket_alone_is_attached_too(alice: Member) -> None:
    chat = chat_of(alice, "x" * 50_000)
    ticket = ticket_at(actions.make_ticket(viewer_of(alice), chat, subject="Too long"))
    assert ticket.subject == "Too long"
    [file] = Attachment.objects.filter(message__conversation=ticket)
    assert b"x" * 50_000 in content_of(file)


def test_pressed_twice_it_is_one_ticket(alice: Member, dora: Agent) -> None:
    chat = live_chat_of(alice, dora)
    refs = [actions.make_ticket(viewer_of(who), chat) for who in (alice, dora, alice)]
    assert len(set(refs)) == 1
    assert Conversation.objects.filter(kind="tickets").count() == 1


@pytest.mark.django_db(transaction=True)
def test_pressed_by_both_at_once_it_is_one_ticket(alice: Member, dora: Agent) -> None:
    chat = live_chat_of(alice, dora)
    refs = at_once(
        [partial(actions.make_ticket, viewer_of(who), chat) for who in (alice, dora, alice, dora)]
    )
    assert len(set(refs)) == 1
    assert Conversation.objects.filter(kind="tickets").count() == 1
    assert Conversation.objects.get(pk=chat.pk).status == Status.ENDED


def test_one_mail_tells_the_member_and_says_why_where_they_did_not_press_themselves(
    alice: Member, bob: Member, dora: Agent
) -> None:
    actions.make_ticket(viewer_of(alice), live_chat_of(alice, dora))
    [mail] = OutgoingMail.objects.filter(to_address=alice.email)
    assert mail.kind == "tickets.opened"
    assert "in the chat" not in mail.text
    assert not Notice.objects.filter(member=alice).exists()
    Person.objects.filter(pk=bob.person_id).update(locale="de")
    ref = actions.make_ticket(viewer_of(dora), live_chat_of(bob, dora))
    [mail] = OutgoingMail.objects.filter(to_address=bob.email)
    number = ticket_at(ref).number
    assert f"#{number}" in mail.subject
    with translation.override("de"):
        why = str(WENT_ON)
        notice = _("Your chat became ticket #%(number)s: %(subject)s")
    assert why in mail.text
    assert escape(why) in mail.html
    [told] = Notice.objects.filter(member=bob)
    assert told.title == notice % {"number": number, "subject": ticket_at(ref).subject}


def test_the_agent_who_was_with_the_member_goes_on_with_the_ticket(
    alice: Member, bob: Member, dora: Agent
) -> None:
    theirs = ticket_at(actions.make_ticket(viewer_of(dora), live_chat_of(alice, dora)))
    assert theirs.assignee == dora
    emil = agent_called("Emil")
    others = ticket_at(actions.make_ticket(viewer_of(emil), live_chat_of(bob, dora)))
    assert others.assignee is None


def test_nobody_makes_tickets_of_chats_that_are_not_theirs(
    alice: Member, bob: Member, carol: Member
) -> None:
    chat = chat_of(alice)
    for member in (bob, carol):
        with pytest.raises(PermissionDenied):
            actions.make_ticket(viewer_of(member), chat)
    with pytest.raises(NotSignedIn):
        actions.make_ticket(viewer_for_nobody(), chat)
    actions.make_ticket(viewer_of(alice), chat)
    with pytest.raises(PermissionDenied):
        actions.make_ticket(viewer_of(bob), chat)


def test_where_tickets_are_not_open_the_chat_stays_as_it_is(alice: Member, dora: Agent) -> None:
    chat = live_chat_of(alice, dora)
    alice.account.plan.entitlements.filter(key="tickets.open").delete()
    with pytest.raises(NotNow):
        actions.make_ticket(viewer_of(dora), chat)
    assert Conversation.objects.get(pk=chat.pk).status == Status.LIVE
    assert not Link.objects.exists()


def test_where_the_member_is_gone_the_chat_stays_as_it_is(alice: Member, dora: Agent) -> None:
    from handrail.people.actions import end_membership

    chat = waiting_chat_of(alice)
    end_membership(alice)
    with pytest.raises(NotNow):
        actions.make_ticket(SYSTEM, chat)
    assert Conversation.objects.get(pk=chat.pk).status == Status.WAITING


def test_a_colleague_who_may_see_the_ticket_does_not_see_the_chat(
    alice: Member, bob: Member, settings: Any
) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    chat = chat_of(alice, "Where are my clicks?")
    ticket = ticket_at(actions.make_ticket(viewer_of(alice), chat))
    Conversation.objects.filter(pk=ticket.pk).update(is_shared=True)
    number = f"#{chat.conversation.number}"
    address = f"/help/tickets/{ticket.public_id}/"
    assert number in client_for(alice).get(address).content.decode()
    page = client_for(bob).get(address)
    assert page.status_code == 200
    assert number not in page.content.decode()


def test_a_draft_is_checked_before_anything_is_locked() -> None:
    assert sayable(words(" a\0b ")).body == "ab"
