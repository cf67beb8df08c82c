"""Do members begin, find and leave their chats, and is every refusal in words?"""

from typing import Any
from uuid import uuid4

import pytest

from handrail.engines.conversations.models import Conversation, Rating
from handrail.mediums.chat import actions
from handrail.mediums.chat.models import AssistantSwitch, Chat
from handrail.mediums.chat.states import KIND, Status
from handrail.people.models import Agent, Member
from tests.browsing import client_for
from tests.chats import assistant_is, chat_of
from tests.help_pages import draft_of, page_of, section_of
from tests.making import viewer_of

pytestmark = pytest.mark.django_db

BEGIN = "/help/chat/begin"


def status_of(member: Member) -> str:
    return Conversation.objects.get(kind=KIND, creator=member).status


def test_nothing_is_begun_before_the_notice_is_read(alice: Member) -> None:
    assistant_is(True)
    answer = client_for(alice).post(BEGIN, {"body": "Where are my clicks?"})
    assert answer.status_code == 422
    assert "Where are my clicks?" in answer.content.decode()
    assert not Conversation.objects.filter(kind=KIND).exists()


def test_who_read_it_is_answered_by_the_assistant_and_asked_no_more(alice: Member) -> None:
    assistant_is(True)
    client_for(alice).post(BEGIN, {"body": "Where?", "has_read": "on"})
    assert actions.has_accepted(viewer_of(alice))
    assert status_of(alice) == Status.ASSISTANT


def test_who_wants_a_person_need_not_accept_a_machine(alice: Member) -> None:
    assistant_is(True)
    client_for(alice).post(BEGIN, {"body": "Where?", "to": "person"})
    assert not actions.has_accepted(viewer_of(alice))
    assert status_of(alice) == Status.WAITING


def test_where_the_assistant_is_off_there_is_no_notice(alice: Member) -> None:
    assistant_is(False)
    assert "has_read" not in client_for(alice).get("/help/chat/").content.decode()
    client_for(alice).post(BEGIN, {"body": "Where?"})
    assert status_of(alice) == Status.WAITING


def test_a_double_click_begins_one_chat(alice: Member) -> None:
    sent = {"body": "Where?", "has_read": "on", "client_id": str(uuid4())}
    browser = client_for(alice)
    places = {browser.post(BEGIN, sent)["HX-Redirect"] for _ in range(2)}
    assert len(places) == 1
    assert Conversation.objects.get(kind=KIND).messages.filter(body="Where?").count() == 1


def test_a_chat_that_goes_on_is_opened_by_itself(alice: Member) -> None:
    chat = chat_of(alice)
    answer = client_for(alice).get("/help/chat/")
    assert answer["Location"] == f"/help/chat/{chat.conversation.public_id}/"
    assert client_for(alice).get("/help/chat/?all=1").status_code == 200


def test_what_cannot_be_done_is_said_in_a_toast(alice: Member) -> None:
    chat = chat_of(alice)
    address = f"/help/chat/{chat.conversation.public_id}/end"
    browser = client_for(alice)
    assert "chat-changed" in browser.post(address)["HX-Trigger"]
    again = browser.post(address)
    assert again.status_code == 204
    assert "handrail:toast" in again["HX-Trigger"]


def test_an_ended_chat_is_rated_by_its_member(alice: Member) -> None:
    chat = actions.end(viewer_of(alice), chat_of(alice))
    address = f"/help/chat/{chat.conversation.public_id}/rating"
    assert client_for(alice).post(address, {"score": "7"}).status_code == 422
    assert client_for(alice).post(address, {"score": "3", "comment": "Quick"}).status_code == 200
    assert Rating.objects.get(conversation=chat.conversation).comment == "Quick"


def test_who_rates_again_and_again_is_slowed_and_told(alice: Member) -> None:
    chat = actions.end(viewer_of(alice), chat_of(alice))
    address, browser = f"/help/chat/{chat.conversation.public_id}/rating", client_for(alice)
    answers = [browser.post(address, {"score": str(1 + n % 3)}) for n in range(21)]
    assert [one.status_code for one in answers] == [200] * 20 + [429]
    assert "Try again in a moment" in answers[-1].content.decode()


def test_only_an_admin_of_the_account_switches_its_assistant(
    alice: Member, bob: Member, carol: Member
) -> None:
    address = "/help/chat/assistant"
    assert client_for(bob).post(address, {"is_on": "on"}).status_code == 403
    assert not AssistantSwitch.objects.exists()
    client_for(alice).post(address, {"why": "We want people."})
    switch = AssistantSwitch.objects.get()
    assert (switch.account, switch.is_on, switch.changed_by) == (alice.account, False, alice)
    assert "We want people." not in client_for(carol).get(address).content.decode()
    assert alice.name in client_for(bob).get(address).content.decode()


def test_the_agent_hears_which_help_pages_were_open_as_far_as_the_member_may_read_them(
    alice: Member, dora: Agent, settings: Any
) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    assistant_is(False)
    brands = section_of("Brands")
    open_page, hidden = page_of(brands, "Sign in"), draft_of(brands, "Not yet")
    told = [f"docs/{open_page.public_id}", f"docs/{hidden.public_id}", "docs/x", "nonsense"]
    client_for(alice).post(BEGIN, {"body": "Where?", "pages_read": told})
    [chat] = Chat.objects.all()
    assert chat.pages_read == [f"docs/{open_page.public_id}"]
    assert "Sign in" in story_of(chat, dora)
    later = page_of(brands, "Passwords")
    address = f"/help/chat/{chat.conversation.public_id}/here"
    client_for(alice).post(address, {"pages_read": [told[0], f"docs/{later.public_id}"]})
    chat.refresh_from_db()
    assert chat.pages_read == [f"docs/{open_page.public_id}", f"docs/{later.public_id}"]
    assert "Passwords" in story_of(chat, dora)


def story_of(chat: Chat, agent: Agent) -> str:
    address = f"/console/chat/{chat.conversation.public_id}/story"
    return client_for(agent).get(address).content.decode()
