"""Do the addresses of a talk serve its own people, both sides, and nobody else?"""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from handrail.engines.conversations.models import Message
from handrail.mediums.chat import actions
from handrail.mediums.chat.models import Chat
from handrail.people.models import Agent, Member
from tests.browsing import client_for
from tests.chats import assistant_is, chat_of, live_chat_of, said
from tests.making import viewer_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def chat(alice: Member, dora: Agent) -> Chat:
    return live_chat_of(alice, dora)


def at(chat: Chat, path: str, side: str = "help") -> str:
    return f"/{side}/chat/{chat.conversation.public_id}/{path}"


def test_what_is_new_comes_in_order(alice: Member, dora: Agent, chat: Chat) -> None:
    first = said(alice, chat, "One")
    said(dora, chat, "Two")
    said(dora, chat, "Three")
    html = client_for(alice).get(at(chat, f"lines?after={first.pk}")).content.decode()
    assert "One" not in html
    assert html.index("Two") < html.index("Three")


@pytest.mark.parametrize("after", ["", "-1", "x", "9" * 30, "\u0663", "1e3"])
def test_nonsense_after_is_the_beginning_or_the_end(alice: Member, chat: Chat, after: str) -> None:
    answer = client_for(alice).get(at(chat, "lines"), {"after": after})
    assert answer.status_code == 200


def test_a_form_says_it_once(alice: Member, chat: Chat) -> None:
    sent = {"body": "By form.", "client_id": str(uuid4())}
    browser = client_for(alice)
    assert [browser.post(at(chat, "say"), sent).status_code for _ in range(2)] == [200, 200]
    assert Message.objects.filter(body="By form.").count() == 1


def test_an_agent_says_and_notes_by_the_same_form(
    dora: Agent, alice: Member, chat: Chat, browse: Callable[..., Client]
) -> None:
    browser = browse(dora)
    browser.post(at(chat, "say", "console"), {"body": "To you."})
    browser.post(at(chat, "say", "console"), {"body": "To us.", "act": "note"})
    html = client_for(alice).get(at(chat, "lines")).content.decode()
    assert "To you." in html
    assert "To us." not in html


def test_a_member_cannot_note(alice: Member, chat: Chat) -> None:
    client_for(alice).post(at(chat, "say"), {"body": "Hidden?", "act": "note"})
    assert Message.objects.get(body="Hidden?").kind == "reply"


def test_nothing_is_no_message(alice: Member, chat: Chat) -> None:
    answer = client_for(alice).post(at(chat, "say"), {"body": "  "})
    assert answer.status_code == 422
    assert answer.content.decode() == "Write something first."


def test_who_says_too_much_at_once_is_slowed(alice: Member, chat: Chat) -> None:
    browser = client_for(alice)
    answers = [browser.post(at(chat, "say"), {"body": f"{n}"}) for n in range(61)]
    assert [one.status_code for one in answers[:60]] == [200] * 60
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) >= 1


def test_in_an_ended_chat_nothing_is_said(alice: Member, chat: Chat) -> None:
    actions.end(viewer_of(alice), chat)
    answer = client_for(alice).post(at(chat, "say"), {"body": "Once more"})
    assert answer.status_code == 422
    assert "Ended" in answer.content.decode()


@pytest.mark.parametrize(
    "path", ["lines", "lines?before=1", "lines/{line}/", "lines/{line}/before"]
)
def test_carol_finds_nothing_of_it(
    alice: Member, carol: Member, bob: Member, chat: Chat, path: str
) -> None:
    line = said(alice, chat, "Mine").public_id
    address = at(chat, path.format(line=line))
    assert client_for(alice).get(address).status_code == 200
    for stranger in (carol, bob):
        assert client_for(stranger).get(address).status_code == 404


def test_a_line_of_another_chat_is_not_at_this_one(
    alice: Member, carol: Member, chat: Chat
) -> None:
    assistant_is(False, "partner")
    other = chat_of(carol, "Of Globex")
    line = other.conversation.messages.first()
    assert line
    assert client_for(alice).get(at(chat, f"lines/{line.public_id}/")).status_code == 404


def test_a_note_has_no_address_for_members(alice: Member, dora: Agent, chat: Chat) -> None:
    note, _ = actions.add_note(viewer_of(dora), chat, words("For us."))
    for path in (f"lines/{note.public_id}/", f"lines/{note.public_id}/before"):
        assert client_for(alice).get(at(chat, path)).status_code == 404
