"""What is an agent suggested, and whose pages is it from?"""

import pytest

from handrail.engines.ai.models import Question
from handrail.engines.conversations.models import Message
from handrail.mediums.chat.assistant.suggesting import suggest_for_agent
from handrail.people.models import Agent, Member
from handrail.people.viewer import NotEntitled
from tests.chats import chat_of, live_chat_of, said
from tests.help_pages import page_of, section_of
from tests.making import viewer_of

pytestmark = pytest.mark.django_db

PAYOUTS = "How long does a payout take?"


@pytest.fixture(autouse=True)
def _pages(installation: None) -> None:
    section = section_of("Money")
    page_of(section, "Payouts", "How long a payout takes: five days.")
    page_of(section, "Agents", "How long a refund takes: nine days.", audience="agents")


def text_of(agent: Agent, member: Member, text: str) -> str:
    reply = suggest_for_agent(viewer_of(agent), live_chat_of(member, agent, text))
    assert reply
    return " ".join(line for piece in reply.answer.pieces for line in piece.lines)


def test_an_answer_with_sources_is_suggested_and_nothing_is_sent(
    alice: Member, dora: Agent
) -> None:
    chat = live_chat_of(alice, dora, PAYOUTS)
    before = Message.objects.count()
    reply = suggest_for_agent(viewer_of(dora), chat)
    assert reply
    assert "five days" in reply.answer.pieces[0].lines[0]
    assert reply.sources[0].place.url.startswith("/help/docs/")
    assert Message.objects.count() == before
    assert not Question.objects.exists()


def test_it_is_from_what_the_member_may_read(alice: Member, dora: Agent) -> None:
    assert "nine" not in text_of(dora, alice, "How long does a refund take?")


def test_it_answers_what_they_said_last(alice: Member, dora: Agent) -> None:
    chat = live_chat_of(alice, dora, "Which zebra sleeps in the violin?")
    said(dora, chat, "Let me look.")
    said(alice, chat, PAYOUTS)
    said(dora, chat, "One moment.")
    said(alice, chat, "Thanks")
    reply = suggest_for_agent(viewer_of(dora), chat)
    assert reply
    assert reply.question == PAYOUTS


def test_where_nothing_was_asked_nothing_is_suggested(alice: Member, dora: Agent) -> None:
    assert suggest_for_agent(viewer_of(dora), live_chat_of(alice, dora, "Hello")) is None


def test_only_agents_who_work_chats_are_suggested_anything(alice: Member) -> None:
    with pytest.raises(NotEntitled):
        suggest_for_agent(viewer_of(alice), chat_of(alice, PAYOUTS))
