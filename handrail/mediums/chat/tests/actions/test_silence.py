"""Does a chat become a ticket, end, and go by itself, and is nothing that was said lost?"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage

from handrail.engines.activity.models import Activity
from handrail.engines.ai.models import Question
from handrail.engines.conversations.models import Attachment, Conversation, Message
from handrail.engines.notify.models import OutgoingMail
from handrail.engines.search.models import ArchiveEntry
from handrail.mediums.chat import actions, tasks
from handrail.mediums.chat.actions import silence
from handrail.mediums.chat.assistant import answering
from handrail.mediums.chat.models import Chat, Policy, Reason
from handrail.mediums.chat.states import Status
from handrail.people.models import Agent, Member
from handrail.people.viewer import SYSTEM, NotEntitled, Viewer
from tests.chats import answered, chat_of, here, live_chat_of, said, waiting_chat_of
from tests.making import upload, viewer_of
from tests.racing import at_once

pytestmark = pytest.mark.django_db

Traveller = Any


@pytest.fixture(autouse=True)
def clock() -> Iterator[Traveller]:
    with time_machine.travel(datetime(2026, 11, 27, 12, 0, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def now(chat: Chat) -> Chat:
    return Chat.objects.select_related("conversation", "ticket").get(pk=chat.pk)


# --- Left ---------------------------------------------------------------------------------------


def test_who_waits_and_leaves_has_a_ticket_after_the_owners_minutes(
    alice: Member, clock: Traveller
) -> None:
    chat = waiting_chat_of(alice, "Please call me")
    actions.member_left(viewer_of(alice), chat)
    clock.shift(timedelta(minutes=9))
    tasks.go_round.call()
    assert now(chat).conversation.status == Status.WAITING
    clock.shift(timedelta(minutes=2))
    tasks.go_round.call()
    chat = now(chat)
    assert chat.conversation.status == Status.ENDED
    assert chat.ticket
    assert chat.ticket.creator == alice
    events = chat.conversation.messages.filter(kind="event").order_by("pk")
    assert [event.event for event in events] == ["asked_for_person", "left", "made_ticket"]
    assert "Please call me" in chat.ticket.messages.get(kind="reply").body
    [mail] = OutgoingMail.objects.filter(to_address=alice.email)
    assert "You left the chat before one of us could answer" in mail.text
    tasks.go_round.call()
    assert Conversation.objects.filter(kind="tickets").count() == 1


def test_who_is_still_there_goes_on_waiting(alice: Member, clock: Traveller) -> None:
    chat = waiting_chat_of(alice)
    for _ in range(80):
        clock.shift(timedelta(minutes=1))
        actions.member_is_here(viewer_of(alice), chat)
    tasks.go_round.call()
    assert now(chat).conversation.status == Status.WAITING


def test_where_there_can_be_no_ticket_it_ends_and_agents_find_it(
    alice: Member, dora: Agent, clock: Traveller
) -> None:
    chat = waiting_chat_of(alice)
    alice.account.plan.entitlements.filter(key="tickets.open").delete()
    clock.shift(timedelta(minutes=11))
    tasks.go_round.call()
    assert (now(chat).conversation.status, now(chat).ticket) == (Status.ENDED, None)
    assert Message.objects.visible_to(viewer_of(dora)).filter(conversation=chat.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_and_the_member_at_once_make_one_ticket_or_none(
    alice: Member, clock: Traveller
) -> None:
    chat = waiting_chat_of(alice)
    clock.shift(timedelta(minutes=11))
    at_once(
        [
            partial(actions.ticket_the_left, SYSTEM),
            partial(actions.ticket_the_left, SYSTEM),
            partial(actions.member_is_here, viewer_of(alice), chat),
        ]
    )
    tickets = Conversation.objects.filter(kind="tickets").count()
    assert tickets == (1 if now(chat).conversation.status == Status.ENDED else 0)
    assert Message.objects.filter(event="left").count() == tickets


# --- Idle ---------------------------------------------------------------------------------------


def test_where_nobody_says_anything_it_ends(
    alice: Member, bob: Member, dora: Agent, clock: Traveller
) -> None:
    assisted, live = chat_of(alice), live_chat_of(bob, dora)
    answered(assisted)
    said(dora, live)
    clock.shift(timedelta(minutes=59))
    tasks.go_round.call()
    assert now(live).conversation.status == Status.LIVE
    clock.shift(timedelta(minutes=2))
    tasks.go_round.call()
    for chat in (assisted, live):
        assert now(chat).conversation.status == Status.ENDED
        [event] = chat.conversation.messages.filter(event="ended")
        assert event.detail == {"why": "idle"}
    assert not Conversation.objects.filter(kind="tickets").exists()


def test_what_nobody_answered_is_not_ended_but_a_ticket(
    alice: Member, dora: Agent, clock: Traveller
) -> None:
    here(dora)
    chat = live_chat_of(alice, dora)
    said(alice, chat, "Are you there?")
    for _ in range(61):
        clock.shift(timedelta(minutes=1))
        actions.be_here(viewer_of(dora))
    tasks.go_round.call()
    assert now(chat).ticket
    [mail] = OutgoingMail.objects.filter(to_address=alice.email)
    assert "Nobody answered what you wrote last" in mail.text


@pytest.mark.parametrize(
    ("words", "becomes_a_ticket"),
    [("Can you look at invoice 123?", True), ("Thank you so much!", False), ("ok", False)],
)
def test_what_its_agent_read_and_never_answered_is_a_ticket_too(
    words: str, becomes_a_ticket: bool, alice: Member, dora: Agent, clock: Traveller
) -> None:
    chat = live_chat_of(alice, dora)
    last = said(alice, chat, words)
    actions.see(viewer_of(dora), chat, last.pk)
    clock.shift(timedelta(minutes=61))
    tasks.go_round.call()
    assert now(chat).conversation.status == Status.ENDED
    assert bool(now(chat).ticket) is becomes_a_ticket


def test_what_the_assistant_never_answered_goes_to_a_person(
    alice: Member, clock: Traveller
) -> None:
    chat = chat_of(alice, "Where are my clicks?")
    clock.shift(timedelta(minutes=61))
    actions.end_the_idle(SYSTEM)
    chat = now(chat)
    assert (chat.conversation.status, chat.reason) == (Status.WAITING, Reason.FAILURE)
    tasks.go_round.call()
    assert now(chat).ticket  # for nobody heard of her since


def test_where_one_cannot_be_put_away_the_others_are(
    alice: Member, bob: Member, clock: Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, other = chat_of(alice, "Hello"), chat_of(bob, "Hello")
    end = actions.end

    def stumbles(viewer: Viewer, chat: Chat, **more: Any) -> Chat:
        if chat.pk == broken.pk:
            raise RuntimeError("whatever it is")
        return end(viewer, chat, **more)

    monkeypatch.setattr(silence, "end", stumbles)
    clock.shift(timedelta(minutes=61))
    tasks.go_round.call()
    assert now(broken).conversation.status == Status.ASSISTANT
    assert now(other).conversation.status == Status.ENDED


def test_agents_and_members_do_not_call_the_clock(alice: Member) -> None:
    for act in (actions.ticket_the_left, actions.end_the_idle, actions.remove_the_old):
        with pytest.raises(NotEntitled):
            act(viewer_of(alice))


# --- Kept, and removed --------------------------------------------------------------------------


def ended_chat(alice: Member) -> Chat:
    chat = chat_of(alice, "A secret word: xylophone")
    said(alice, chat, "See", attachment_ids=[upload(alice).public_id])
    return actions.end(viewer_of(alice), chat)


def test_chats_are_kept_unless_the_owner_says_for_how_long(alice: Member, clock: Traveller) -> None:
    ended_chat(alice)
    clock.shift(timedelta(days=4000))
    tasks.remove_the_old.call()
    assert Chat.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_after_the_owners_days_it_goes_with_its_files_and_its_words(
    alice: Member, clock: Traveller
) -> None:
    Policy.objects.update(keep_days=30)
    chat = ended_chat(alice)
    [file] = Attachment.objects.all()
    name = str(file.file)
    assert default_storage.exists(name)
    clock.shift(timedelta(days=29))
    tasks.remove_the_old.call()
    assert Chat.objects.filter(pk=chat.pk).exists()
    clock.shift(timedelta(days=2))
    alive = chat_of(alice)
    tasks.remove_the_old.call()
    assert list(Chat.objects.all()) == [alive]
    assert not Message.objects.filter(body__contains="xylophone").exists()
    assert not ArchiveEntry.objects.filter(words__contains="xylophone").exists()
    assert not default_storage.exists(name)
    [activity] = Activity.objects.filter(verb="chat.removed")
    assert activity.public_id == chat.conversation.public_id


def test_what_the_assistant_was_asked_in_it_goes_with_it(
    alice: Member, bob: Member, installation: None, clock: Traveller
) -> None:
    Policy.objects.update(keep_days=30)
    chat, other = chat_of(alice, "How long is a payout?"), chat_of(bob, "Where are my clicks?")
    for one in (chat, other):
        answering.answer_owed(one.pk)
    assert Question.objects.count() == 2
    actions.end(viewer_of(alice), chat)
    clock.shift(timedelta(days=31))
    tasks.remove_the_old.call()
    assert [question.member for question in Question.objects.all()] == [bob]


def test_one_whose_ticket_is_open_stays(alice: Member, clock: Traveller) -> None:
    Policy.objects.update(keep_days=30)
    chat = chat_of(alice)
    ref = actions.make_ticket(viewer_of(alice), chat)
    clock.shift(timedelta(days=31))
    tasks.remove_the_old.call()
    assert Chat.objects.filter(pk=chat.pk).exists()
    ticket = Conversation.objects.get(public_id=ref.public_id)
    Conversation.objects.filter(pk=ticket.pk).update(status="closed", closed_at=datetime.now(UTC))
    tasks.remove_the_old.call()
    assert not Chat.objects.filter(pk=chat.pk).exists()
    assert Conversation.objects.filter(pk=ticket.pk).exists()
