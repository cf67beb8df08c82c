"""Is the desk drawn for who has it open?"""

from django.test import Client

from handrail.engines.conversations import actions as conversations
from handrail.people.models import Agent, Member
from tests.browsing import client_for
from tests.chats import live_chat_of, said, waiting_chat_of
from tests.making import viewer_of, words


def read(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_open_chat_is_marked_in_the_rail(dora: Agent, alice: Member, bob: Member) -> None:
    chat = live_chat_of(alice, dora)
    live_chat_of(bob, dora)
    rows = read(client_for(dora), f"/console/chat/rows?open={chat.conversation.public_id}")
    assert rows.count('aria-current="true"') == 1
    current = rows.partition('aria-current="true"')[0]
    assert current.rindex("chat-row") < current.rindex(chat.conversation.public_id)


def test_a_note_is_read_at_the_desk_alone(dora: Agent, alice: Member) -> None:
    chat = live_chat_of(alice, dora)
    conversations.add_note(viewer_of(dora), chat.conversation, words("For us alone."))
    said(dora, chat, "For you.")
    address = f"{chat.conversation.public_id}/lines"
    assert "For us alone." in read(client_for(dora), f"/console/chat/{address}")
    members = read(client_for(alice), f"/help/chat/{address}")
    assert "For you." in members
    assert "For us alone." not in members


def test_what_waits_can_be_accepted_and_not_ended_by_a_slip(dora: Agent, alice: Member) -> None:
    chat = waiting_chat_of(alice)
    head = read(client_for(dora), f"/console/chat/{chat.conversation.public_id}/head")
    assert "Waiting for an agent" in head
    assert 'data-act="take"' in head


def test_nobody_waits_is_said_in_words(dora: Agent) -> None:
    page = read(client_for(dora), "/console/chat/")
    assert "Nobody waits." in page
    assert "You are away" in page
