"""Does a chat's file say what its page says to this reader, and nothing that could be more?"""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from handrail.mediums.chat import actions
from handrail.mediums.chat.exports.transcript import as_text
from handrail.mediums.chat.models import Chat
from handrail.people.models import Agent, Member
from tests.chats import answered, chat_of, live_chat_of, said
from tests.making import upload, viewer_of, words

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


def whole(chat: Chat) -> Chat:
    return Chat.objects.select_related("conversation").get(pk=chat.pk)


def test_it_is_all_that_was_said_and_done_in_order_and_in_the_readers_zone(
    alice: Member, dora: Agent
) -> None:
    with time_machine.travel(NOON, tick=False):
        chat = live_chat_of(alice, dora, "Where are my\r\nclicks?\x1b[31m")
        said(dora, chat, "Here", attachment_ids=[upload(dora, "how.txt", b"so").public_id])
        actions.add_note(viewer_of(dora), chat, words("They are upset."))
        changed = said(alice, chat, "Thnaks")
        actions.edit(viewer_of(alice), chat, changed, "Thanks")
        gone = said(alice, chat, "hunter2")
        actions.remove(viewer_of(alice), chat, gone)
        actions.give_back(viewer_of(dora), chat)
        answered(chat, "I am back.")
        with timezone.override(alice.zone):
            text = as_text(viewer_of(alice), whole(chat))
    number = chat.conversation.number
    at = "Nov. 27, 2026, 1 p.m. CET"
    assert text == (
        f"#{number} Where are my clicks?[31m\nStatus: With the assistant\nBegun: {at}\n\n"
        f"Alice · {at}\nWhere are my\nclicks?[31m\n\n"
        f"* {at} · Alice asked for a person\n\n"
        f"* {at} · Dora joined the chat\n\n"
        f"Dora · {at}\nHere\n[how.txt]\n\n"
        f"Alice · {at} · edited\nThanks\n\n"
        f"Alice · {at}\n(removed)\n\n"
        f"* {at} · Dora gave the chat back to the assistant\n\n"
        f"Assistant · {at}\nI am back.\n\n"
        f"As of {at}\n"
    )


def test_notes_are_for_agents_who_want_them(alice: Member, dora: Agent) -> None:
    chat = live_chat_of(alice, dora)
    actions.add_note(viewer_of(dora), chat, words("They are upset."))
    chat = whole(chat)
    assert "upset" not in as_text(viewer_of(alice), chat, with_notes=True)
    assert "upset" not in as_text(viewer_of(dora), chat)
    text = as_text(viewer_of(dora), chat, with_notes=True)
    assert "Internal note" in text
    assert "upset" in text


def test_it_costs_the_same_for_a_short_talk_and_a_long_one(alice: Member) -> None:
    chat = whole(chat_of(alice))
    answered(chat)
    with CaptureQueriesContext(connection) as short:
        as_text(viewer_of(alice), chat)
    for n in range(20):
        said(alice, chat, f"Message {n}", attachment_ids=[upload(alice).public_id])
        answered(chat)
    with CaptureQueriesContext(connection) as long:
        as_text(viewer_of(alice), chat)
    assert len(long) == len(short)
