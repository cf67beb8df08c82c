"""Who gets a chat as a file?"""

import pytest

from handrail.mediums.chat import actions
from handrail.people.models import Agent, AgentRole, Member
from tests.browsing import client_for
from tests.chats import agent_called, live_chat_of
from tests.making import viewer_of, words

pytestmark = pytest.mark.django_db


def test_a_member_takes_their_own_along_and_nobody_elses(
    alice: Member, bob: Member, carol: Member, dora: Agent
) -> None:
    chat = live_chat_of(alice, dora)
    actions.add_note(viewer_of(dora), chat, words("They are upset."))
    address = f"/help/chat/{chat.conversation.public_id}/chat.txt"
    answer = client_for(alice).get(address + "?notes=on")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    number = chat.conversation.number
    assert answer["Content-Disposition"] == f'attachment; filename="chat-{number}.txt"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"Where are my clicks?" in answer.content
    assert b"upset" not in answer.content
    for member in (bob, carol):
        assert client_for(member).get(address).status_code == 404
    assert client_for(None).get(address).status_code == 401


def test_an_agent_who_answers_takes_it_along(
    alice: Member, dora: Agent, browse: type[object]
) -> None:
    chat = live_chat_of(alice, dora)
    actions.add_note(viewer_of(dora), chat, words("They are upset."))
    address = f"/console/chat/{chat.conversation.public_id}/chat.txt"
    assert b"upset" not in client_for(dora).get(address).content
    assert b"upset" in client_for(dora).get(address + "?notes=on").content
    edith = agent_called("Edith", AgentRole.EDITOR)
    assert client_for(edith).get(address).status_code == 403
