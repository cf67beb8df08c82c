"""Can one change and take back one's own words, for a while, and does a trace stay?"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from handrail.engines.activity.models import Activity
from handrail.engines.conversations import archive, live_acts, topics
from handrail.engines.conversations.models import Conversation, Message, MessageVersion, ReadMark
from handrail.engines.search.words import Clause
from handrail.mediums.chat import actions
from handrail.mediums.chat.actions import NotNow
from handrail.mediums.chat.models import Chat
from handrail.mediums.chat.states import KIND
from handrail.people.models import Agent, Member
from handrail.people.viewer import NotSignedIn, viewer_for_nobody
from tests.chats import answered, chat_of, live_chat_of, said
from tests.making import viewer_of, words

pytestmark = pytest.mark.django_db

Traveller = Any


@pytest.fixture(autouse=True)
def clock() -> Iterator[Traveller]:
    with time_machine.travel(datetime(2026, 11, 27, 12, 0, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def test_ones_own_words_change_and_what_stood_there_is_kept(alice: Member, dora: Agent) -> None:
    chat = live_chat_of(alice, dora)
    message = said(alice, chat, "Teh report")
    changed = actions.edit(viewer_of(alice), chat, message, " The report ")
    assert (changed.body, changed.edited_at is not None) == ("The report", True)
    [version] = MessageVersion.objects.visible_to(viewer_of(dora))
    assert (version.body, version.member) == ("Teh report", alice)
    actions.edit(viewer_of(alice), chat, changed, "The report")
    assert Activity.objects.filter(verb="chat.edited").count() == 1


def test_taken_back_its_place_stays(alice: Member, dora: Agent) -> None:
    chat = live_chat_of(alice, dora)
    message = said(dora, chat, "Oops")
    for _ in range(2):
        message = actions.remove(viewer_of(dora), chat, message)
    assert (message.body, message.removed_at is not None) == ("", True)
    assert Activity.objects.filter(verb="chat.took_back").count() == 1
    with pytest.raises(ValidationError):
        actions.edit(viewer_of(dora), chat, message, "Back again")


def test_a_chat_is_not_called_by_words_that_were_changed_or_taken_back(
    alice: Member, dora: Agent
) -> None:
    chat = chat_of(alice, "My password is tulip")
    first, second = chat.conversation.messages.get(), said(alice, chat, "Where are my clicks?")
    viewer, found = viewer_of(alice), [Clause(("tulip",))]
    assert archive.find(viewer_of(dora), KIND, found)
    actions.edit(viewer, chat, first, "My password is tulip!")
    assert name_of(chat) == "My password is tulip!"
    actions.edit(viewer, chat, second, "And where are my clicks?")
    assert name_of(chat) == "My password is tulip!"
    actions.remove(viewer, chat, first)
    assert name_of(chat) == "And where are my clicks?"
    assert not archive.find(viewer_of(dora), KIND, found)
    actions.remove(viewer, chat, second)
    assert name_of(chat) == "Chat"


def test_who_may_not_change_the_words_does_not_rename_the_chat(
    alice: Member, bob: Member, dora: Agent, clock: Traveller
) -> None:
    chat = live_chat_of(alice, dora, "Where are my clicks?")
    first = Message.objects.filter(conversation=chat.pk, member=alice).earliest("pk")
    for who in (bob, dora):
        with pytest.raises(PermissionDenied):
            actions.edit(viewer_of(who), chat, first, "Forged")
    clock.shift(timedelta(minutes=16))
    with pytest.raises(ValidationError):
        actions.remove(viewer_of(alice), chat, first)
    assert name_of(chat) == "Where are my clicks?"


def name_of(chat: Chat) -> str:
    return Conversation.objects.get(pk=chat.pk).subject


def test_after_15_minutes_it_stays_as_it_is(alice: Member, clock: Traveller) -> None:
    chat = chat_of(alice)
    message = said(alice, chat)
    clock.shift(timedelta(minutes=16))
    with pytest.raises(ValidationError):
        actions.edit(viewer_of(alice), chat, message, "New")
    with pytest.raises(ValidationError):
        actions.remove(viewer_of(alice), chat, message)
    message.refresh_from_db()
    assert message.body == "And more."


def test_after_the_end_words_can_be_taken_back_and_not_changed(alice: Member) -> None:
    chat = chat_of(alice)
    message = said(alice, chat, "My password is hunter2")
    chat = actions.end(viewer_of(alice), chat)
    with pytest.raises(NotNow):
        actions.edit(viewer_of(alice), chat, message, "New")
    assert actions.remove(viewer_of(alice), chat, message).body == ""


def test_nobody_touches_the_words_of_another(
    alice: Member, bob: Member, carol: Member, dora: Agent
) -> None:
    chat = live_chat_of(alice, dora)
    hers, ours = said(alice, chat), said(dora, chat)
    for who, message in ((bob, hers), (carol, hers), (dora, hers), (alice, ours)):
        with pytest.raises(PermissionDenied):
            actions.edit(viewer_of(who), chat, message, "Not mine")
        with pytest.raises(PermissionDenied):
            actions.remove(viewer_of(who), chat, message)
    with pytest.raises(NotSignedIn):
        actions.remove(viewer_for_nobody(), chat, hers)
    actions.give_back(viewer_of(dora), chat)
    its = answered(chat)
    for one in (alice, dora):
        with pytest.raises(PermissionDenied):
            actions.edit(viewer_of(one), chat, its, "Not mine")
    assert not MessageVersion.objects.exists()


def test_seen_only_ever_moves_on_and_its_agent_has_read_it_then(
    alice: Member, bob: Member, dora: Agent
) -> None:
    chat = live_chat_of(alice, dora)
    first, second = said(alice, chat, "One"), said(alice, chat, "Two")
    assert actions.see(viewer_of(dora), chat, first.pk) == first.pk
    assert Chat.objects.get(pk=chat.pk).is_unread_for_us
    assert actions.see(viewer_of(dora), chat, second.pk) == second.pk
    assert not Chat.objects.get(pk=chat.pk).is_unread_for_us
    assert actions.see(viewer_of(dora), chat, first.pk) == second.pk
    said(dora, chat)
    chat.conversation.refresh_from_db()
    assert chat.conversation.is_unread
    actions.see(viewer_of(alice), chat, 2**40)
    chat.conversation.refresh_from_db()
    assert not chat.conversation.is_unread
    with pytest.raises(PermissionDenied):
        actions.see(viewer_of(bob), chat, 2**40)
    assert ReadMark.objects.count() == 2


def test_by_a_socket_it_is_the_same_action(alice: Member, bob: Member, dora: Agent) -> None:
    chat = live_chat_of(alice, dora)
    assert topics.is_talk(chat.conversation)
    talk = live_acts._kinds["chat"]
    message, is_new = talk.say(viewer_of(alice), chat.conversation, words("By socket"))
    assert (message.body, is_new) == ("By socket", True)
    note, _new = talk.note(viewer_of(dora), chat.conversation, words("For us"))
    assert note.kind == "note"
    assert talk.edit(viewer_of(alice), chat.conversation, message, "Changed").body == "Changed"
    assert talk.see(viewer_of(dora), chat.conversation, message.pk) == message.pk
    assert talk.remove(viewer_of(alice), chat.conversation, message).removed_at
    with pytest.raises(PermissionDenied):
        talk.say(viewer_of(bob), chat.conversation, words(client_id=uuid4()))
