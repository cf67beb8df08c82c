"""Are the demo's chats over, told in order, and answered as they say?"""

import pytest

from handrail.config import demo
from handrail.engines.conversations.models import Message, MessageKind
from handrail.mediums.chat import actions
from handrail.mediums.chat.models import Chat
from handrail.mediums.chat.states import Status
from handrail.people.models import Member
from handrail.people.viewer import SYSTEM, viewer_for_member


@pytest.fixture
def chats(db: None) -> list[Chat]:
    demo.load()
    return list(Chat.objects.visible_to(SYSTEM).select_related("conversation"))


@pytest.mark.once
def test_all_are_over_and_nobody_waits_for_anything(chats: list[Chat]) -> None:
    assert len(chats) == 7
    assert {chat.conversation.status for chat in chats} == {Status.ENDED}
    assert not any(chat.waiting_since or chat.is_unread_for_us or chat.asked for chat in chats)


@pytest.mark.once
def test_they_are_told_in_order_and_the_waits_are_those_of_the_content(chats: list[Chat]) -> None:
    for chat in chats:
        said = Message.objects.visible_to(SYSTEM).filter(conversation=chat.conversation)
        times = list(said.order_by("pk").values_list("created_at", flat=True))
        assert times == sorted(times)
    waits = sorted(chat.waited_seconds for chat in chats if chat.waited_seconds is not None)
    assert waits == [95, 120, 180, 240, 360]


@pytest.mark.once
def test_the_assistant_answers_the_first_question_of_whoever_has_it(chats: list[Chat]) -> None:
    for chat in chats:
        creator = chat.conversation.creator
        assert creator is not None
        answers = Message.objects.visible_to(viewer_for_member(creator)).filter(
            conversation=chat.conversation, kind=MessageKind.REPLY, member=None, agent=None
        )
        is_on = actions.assistant_state(creator.account).is_on
        assert answers.exists() == is_on


@pytest.mark.once
def test_alice_has_not_talked_to_the_assistant_yet(chats: list[Chat]) -> None:
    alice = Member.objects.get(person__subject="alice", account__external_id="acme")
    viewer = viewer_for_member(alice)
    assert not actions.has_accepted(viewer)
    assert not Chat.objects.visible_to(viewer).exists()
