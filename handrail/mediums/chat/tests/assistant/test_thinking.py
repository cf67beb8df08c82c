"""How does a model's answer come: seen while it is written, whole at the end?"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from handrail.engines.ai import making
from handrail.engines.ai.models import CallOutcome, ModelCall, Question
from handrail.engines.conversations.models import Message
from handrail.engines.live import push
from handrail.engines.live.topics import Topic
from handrail.mediums.chat import actions
from handrail.mediums.chat.assistant import answering
from handrail.mediums.chat.assistant.showing import ShownLine, shown_lines
from handrail.mediums.chat.models import Chat
from handrail.people.models import Member
from tests.chats import chat_of
from tests.help_pages import page_of, section_of
from tests.making import viewer_of
from tests.model_endpoint import Endpoint, chosen_model

pytestmark = pytest.mark.django_db

PAYOUTS = "How long does a payout take?"


@pytest.fixture
def here(installation: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    monkeypatch.setattr(making, "IS_BEHIND", False)
    body = "How long a payout takes: five days. A payout is sent every Monday."
    page_of(section_of("Money"), "Payouts", body)
    with chosen_model(settings, ai_account_tokens=10**9) as running:
        yield running


def line_of(member: Member) -> ShownLine:
    chat = Chat.objects.select_related("conversation").get()
    messages = list(Message.objects.filter(conversation_id=chat.pk))
    return list(shown_lines(viewer_of(member), chat, messages).values())[-1]


def test_each_sentence_is_seen_as_soon_as_it_is_checked(
    here: Endpoint, alice: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[bool, list[str]]] = []

    def look(topic: Topic) -> None:
        line = line_of(alice)
        if line.is_coming and str(topic).startswith("conversation:"):
            seen.append((bool(line.answer), [piece.text for piece in line.coming]))

    chat = chat_of(alice, PAYOUTS)
    monkeypatch.setattr(push, "changed", look)
    here.says("A payout takes five days [1]. ", "A payout is sent every Monday [1].")
    answering.answer_owed(chat.pk)
    assert seen[-1] == (True, ["A payout takes five days.", "A payout is sent every Monday."])
    assert (True, ["A payout takes five days."]) in seen
    whole = line_of(alice)
    assert not whole.is_coming
    assert whole.answer
    assert whole.answer.pieces[0].is_quoted is False
    question = Question.objects.get()
    assert (question.engine, question.outcome) == ("small", "answered")
    call = ModelCall.objects.get()
    assert (call.outcome, call.question, call.account) == (
        CallOutcome.ANSWERED,
        question,
        alice.account,
    )


def test_a_member_who_stops_it_keeps_the_quoted_answer(
    here: Endpoint, alice: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []

    def look(topic: Topic) -> None:
        line = line_of(alice)
        if line.coming and not seen:
            seen.append([piece.text for piece in line.coming])
            chat = Chat.objects.select_related("conversation").get()
            message = Message.objects.filter(conversation_id=chat.pk).order_by("-pk")[0]
            actions.stop(viewer_of(alice), chat, message)
            assert not line_of(alice).is_coming, "it is over at once"

    chat = chat_of(alice, PAYOUTS)
    monkeypatch.setattr(push, "changed", look)
    here.says("A payout takes five days [1]. ", "A payout is sent every Monday [1].")
    answering.answer_owed(chat.pk)
    assert seen == [["A payout takes five days."]]
    line = line_of(alice)
    assert not line.is_coming
    assert line.answer
    assert line.answer.pieces[0].is_quoted
    assert Question.objects.get().engine == "built-in"
    message = Message.objects.filter(conversation_id=chat.pk).order_by("-pk")[0]
    actions.stop(viewer_of(alice), chat, message)  # too late, which changes nothing
    assert line_of(alice) == line


@pytest.mark.parametrize("other", ["bob", "carol"])
def test_nobody_stops_what_another_asked(
    here: Endpoint,
    alice: Member,
    other: str,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(making, "begin", lambda question, work: True)
    chat = chat_of(alice, PAYOUTS)
    answering.answer_owed(chat.pk)
    message = Message.objects.filter(conversation_id=chat.pk).order_by("-pk")[0]
    with pytest.raises(PermissionDenied):
        actions.stop(viewer_of(request.getfixturevalue(other)), chat, message)
    message.refresh_from_db()
    assert message.detail["is_coming"]


def test_where_too_many_are_at_it_the_quoted_answer_is_the_last_word(
    here: Endpoint, alice: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "begin", lambda question, work: False)
    answering.answer_owed(chat_of(alice, PAYOUTS).pk)
    line = line_of(alice)
    assert not line.is_coming
    assert line.answer
    assert here.asked == []


def test_a_process_that_dies_while_a_model_writes_leaves_the_quoted_answer(
    here: Endpoint, alice: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if its thread had never come to anything: the row and the cache are as they are then."""
    monkeypatch.setattr(making, "begin", lambda question, work: True)
    answering.answer_owed(chat_of(alice, PAYOUTS).pk)
    line = line_of(alice)
    assert not line.is_coming
    assert line.answer
    assert "five days" in line.answer.pieces[0].text
    assert answering.forgotten() == []
