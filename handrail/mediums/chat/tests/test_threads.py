"""Does everybody read of a chat what is for them, in order, and with its trace?"""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from handrail.engines.conversations.models import Message
from handrail.mediums.chat import actions, threads
from handrail.mediums.chat.models import Reason
from handrail.mediums.chat.threads.lines import PAGE
from handrail.people.models import Agent, Member
from tests.chats import agent_called, answered, assistant_is, chat_of, live_chat_of, said
from tests.making import upload, viewer_of, words

pytestmark = pytest.mark.django_db


def test_lines_say_who_said_what(alice: Member, dora: Agent) -> None:
    chat = live_chat_of(alice, dora, "Where are my clicks?")
    said(dora, chat, "Let me look.")
    mine, _asked, _joined, theirs = threads.newest(viewer_of(alice), chat).lines
    assert (mine.side, mine.is_mine, mine.text) == ("member", True, "Where are my clicks?")
    assert (theirs.side, theirs.is_mine, theirs.who.name) == ("agent", False, dora.name)
    assert theirs.html == "<p>Let me look.</p>"


def test_the_assistant_is_called_so(alice: Member) -> None:
    assistant_is(True)
    chat = chat_of(alice)
    answered(chat, "Look at the filter.")
    line = threads.newest(viewer_of(alice), chat).lines[-1]
    assert (line.side, line.who.id, line.who.name) == ("assistant", "", "Assistant")


def test_members_never_read_notes(alice: Member, dora: Agent) -> None:
    chat = live_chat_of(alice, dora)
    note, _ = actions.add_note(viewer_of(dora), chat, words("For us alone."))
    assert note.public_id not in {one.id for one in threads.newest(viewer_of(alice), chat).lines}
    assert threads.one(viewer_of(alice), chat, note.public_id) is None
    shown = threads.one(viewer_of(dora), chat, note.public_id)
    assert shown
    assert shown.kind == "note"


def test_events_are_told_to_their_own_author_as_theirs(alice: Member, dora: Agent) -> None:
    assistant_is(True)
    chat = chat_of(alice)
    actions.ask_for_person(viewer_of(alice), chat, Reason.BUTTON)
    assert threads.newest(viewer_of(alice), chat).lines[-1].text == "You asked for a person"
    assert threads.newest(viewer_of(dora), chat).lines[-1].text.endswith("asked for a person")


def test_a_page_begins_with_the_last_lines_and_leads_to_what_came_before(
    alice: Member, dora: Agent
) -> None:
    chat = live_chat_of(alice, dora)
    for number in range(PAGE):
        said(alice, chat, f"Line {number}")
    last = threads.newest(viewer_of(alice), chat)
    assert len(last.lines) == PAGE
    assert last.before == last.lines[0].n
    earlier = threads.newest(viewer_of(alice), chat, last.before)
    assert earlier.before is None
    assert [one.n for one in earlier.lines] == sorted(int(one.n) for one in earlier.lines)
    assert int(earlier.lines[-1].n) < int(last.lines[0].n)


def test_news_are_what_came_after_a_line(alice: Member, dora: Agent) -> None:
    chat = live_chat_of(alice, dora)
    first = said(alice, chat, "First")
    second = said(dora, chat, "Second")
    assert [one.id for one in threads.news(viewer_of(alice), chat, first.pk)] == [second.public_id]


def test_files_stand_at_their_lines_with_the_readers_own_addresses(
    alice: Member, dora: Agent
) -> None:
    chat = live_chat_of(alice, dora)
    sent = upload(alice, "report.txt")
    said(alice, chat, "Here", attachment_ids=[sent.public_id])
    (mine,) = threads.newest(viewer_of(alice), chat).lines[-1].files
    (theirs,) = threads.newest(viewer_of(dora), chat).lines[-1].files
    assert mine.name == theirs.name == "report.txt"
    assert mine.url.startswith("/help/chat/files/")
    assert theirs.url.startswith("/console/chat/files/")


def test_members_hear_of_the_agent_who_is_with_them_alone_how_far_they_read(
    alice: Member, dora: Agent
) -> None:
    chat = live_chat_of(alice, dora)
    last, other = said(alice, chat), viewer_of(agent_called("Edna"))
    actions.see(other, chat, last.pk)
    assert threads.page_context(viewer_of(alice), chat)["seen_upto"] == 0
    actions.see(viewer_of(dora), chat, last.pk)
    assert threads.page_context(viewer_of(alice), chat)["seen_upto"] == last.pk


def test_where_nobody_is_with_them_nobody_has_seen_it(alice: Member, dora: Agent) -> None:
    chat = chat_of(alice)
    last = said(alice, chat)
    for who in (alice, dora):
        actions.see(viewer_of(who), chat, last.pk)
    assert threads.page_context(viewer_of(alice), chat)["seen_upto"] == 0


def test_a_line_brings_what_pages_compare_it_by(alice: Member, dora: Agent) -> None:
    chat = live_chat_of(alice, dora, 'Say "<b>" & more')
    changed, gone = said(alice, chat, "Teh"), said(dora, chat, "Oops")
    actions.edit(viewer_of(alice), chat, changed, 'The "<b>"\n& all')
    actions.remove(viewer_of(dora), chat, gone)
    shown = threads.newest(viewer_of(alice), chat).lines
    drawn = [render_to_string("conversations/_line.html", {"line": line}) for line in shown]
    found = [re.search('data-state="([^"]*)"', line) for line in drawn]
    states = [unescape(one[1]) for one in found if one]
    assert states == ['The "<b>"\n& all', "removed"]


def test_only_ones_own_words_can_be_changed_and_not_for_long(alice: Member, dora: Agent) -> None:
    chat = live_chat_of(alice, dora)
    mine, theirs = said(alice, chat, "Mine"), said(dora, chat, "Theirs")

    def may_change(message: Message) -> bool:
        line = threads.one(viewer_of(alice), chat, message.public_id)
        return bool(line and line.may_change)

    assert may_change(mine)
    assert not may_change(theirs)
    Message.objects.filter(pk=mine.pk).update(created_at=timezone.now() - timedelta(minutes=16))
    assert not may_change(mine)
