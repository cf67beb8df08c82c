"""What does the assistant answer, to whom, how often?"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from handrail.engines.ai.models import Question, Surface
from handrail.engines.conversations.models import Message
from handrail.hub import asking
from handrail.mediums.chat import actions
from handrail.mediums.chat.assistant import answering
from handrail.mediums.chat.assistant.deciding import Decision
from handrail.mediums.chat.models import Chat, Policy, Reason
from handrail.mediums.chat.states import Status
from handrail.people.models import Agent, Member
from tests.chats import assistant_is, chat_of, live_chat_of, said
from tests.help_pages import page_of, section_of
from tests.making import upload, viewer_of, words
from tests.racing import at_once

pytestmark = pytest.mark.django_db

PAYOUTS = "How long does a payout take?"
UNKNOWN = "Which zebra sleeps in the violin?"
SECRET = "How long a partner payout takes: nine days."


@pytest.fixture(autouse=True)
def _pages(installation: None) -> None:
    section = section_of("Money")
    page_of(section, "Payouts", "How long a payout takes: five days.")
    page_of(section, "Exports", "An export is kept for 30 days.")


def answered(chat: Chat) -> Chat:
    """The chat after the assistant had its turn."""
    answering.answer_owed(chat.pk)
    return Chat.objects.select_related("conversation").get(pk=chat.pk)


def lines(chat: Chat) -> list[Message]:
    """What the assistant said."""
    own = Message.objects.filter(conversation_id=chat.pk, member=None, agent=None, kind="reply")
    return list(own.order_by("pk"))


def last(chat: Chat) -> Message:
    return lines(chat)[-1]


def quoted(message: Message) -> str:
    pieces = message.detail["answer"]["pieces"]
    return " ".join(line for piece in pieces for line in piece["lines"])


def test_a_question_is_answered_from_the_pages_with_its_sources(alice: Member) -> None:
    chat = answered(chat_of(alice, PAYOUTS))
    message = last(chat)
    assert message.body == "This is what our help pages say."
    assert "five days" in quoted(message)
    assert [one["title"] for one in message.detail["answer"]["sources"]] == ["Payouts"]
    assert message.detail["assistant"] is True
    assert chat.asked is None
    assert chat.failures == 0
    question = Question.objects.get()
    assert (question.surface, question.member, question.text) == (Surface.CHAT, alice, PAYOUTS)
    assert message.detail["question"] == question.public_id
    [source] = message.detail["answer"]["sources"]
    assert chat.pages_read == [f"docs/{source['thing_id']}"]


def test_whoever_names_a_tool_is_offered_that_and_no_page(alice: Member) -> None:
    page_of(section_of("Tickets"), "Open a ticket", "Open a ticket under Help.")
    chat = answered(chat_of(alice, "Open a ticket, please."))
    message = last(chat)
    assert message.body == "I can do this for you: Open a ticket."
    assert message.detail["offers"] == ["tickets.open"]
    assert "answer" not in message.detail
    assert chat.failures == 0
    assert not Question.objects.exists()
    actions.say(viewer_of(alice), chat, words("How do I open a ticket?"))
    assert "under Help" in quoted(last(answered(chat)))


def test_it_is_said_once_however_often_it_is_worked_out(alice: Member) -> None:
    chat = chat_of(alice, PAYOUTS)
    for _time in range(3):
        answered(chat)
    assert len(lines(chat)) == 1
    assert Question.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_processes_that_work_it_out_at_once_say_it_once(alice: Member) -> None:
    chat = chat_of(alice, PAYOUTS)
    done = at_once([partial(answering.answer_owed, chat.pk) for _ in range(3)])
    assert done == [None] * 3
    assert len(lines(chat)) == 1
    assert Question.objects.count() == 1


def test_what_a_dead_process_left_is_found_after_seconds_and_for_an_hour(alice: Member) -> None:
    chat = chat_of(alice, PAYOUTS)
    assert answering.forgotten() == []
    with time_machine.travel(timezone.now() + timedelta(seconds=15)):
        assert answering.forgotten() == [chat.pk]
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert answering.forgotten() == []
    answered(chat)
    with time_machine.travel(timezone.now() + timedelta(seconds=15)):
        assert answering.forgotten() == []


def test_messages_in_a_row_are_answered_together(alice: Member) -> None:
    chat = chat_of(alice, "Hello")
    said(alice, chat, PAYOUTS)
    answered(chat)
    assert "five days" in quoted(last(chat))
    assert len(lines(chat)) == 1


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Hi!", "Hello Alice! What can I help you with?"),
        ("good morning team", "Hello Alice! What can I help you with?"),
        ("Thanks a lot", "You are welcome. Is there anything else that I can help with?"),
        ("danke schön", "You are welcome. Is there anything else that I can help with?"),
        ("ok thank you, bye", "Goodbye! Write again whenever you need us."),
    ],
)
def test_what_is_only_polite_gets_a_friendly_word_and_no_search(
    alice: Member, text: str, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "ask", lambda *args, **more: pytest.fail("searched"))
    message = last(answered(chat_of(alice, text)))
    assert (message.body, set(message.detail)) == (answer, {"author", "assistant"})
    assert not Question.objects.exists()


def test_what_the_pages_do_not_say_is_said_plainly_with_ways_on(alice: Member) -> None:
    chat = answered(chat_of(alice, UNKNOWN))
    message = last(chat)
    assert message.body.startswith("I do not know")
    assert message.detail["person"] is True
    assert message.detail["offers"] == ["tickets.open", "tickets.status"]
    assert (chat.failures, chat.conversation.status) == (1, Status.ASSISTANT)


def test_after_some_failures_in_a_row_it_hands_over(alice: Member) -> None:
    Policy.objects.update(failures_until_person=2)
    chat = answered(chat_of(alice, UNKNOWN))
    said(alice, chat, "And which walrus paints the harbour?")
    chat = answered(chat)
    assert (chat.conversation.status, chat.reason) == (Status.WAITING, "failure")
    assert last(chat).body.startswith("I have no answer to this either")


def test_an_answer_between_begins_the_count_anew(alice: Member) -> None:
    chat = answered(chat_of(alice, UNKNOWN))
    for text in (PAYOUTS, UNKNOWN):
        said(alice, chat, text)
        chat = answered(chat)
    assert (chat.failures, chat.conversation.status) == (1, Status.ASSISTANT)


def test_who_asks_for_a_person_is_handed_over(alice: Member) -> None:
    chat = answered(chat_of(alice, "Can I talk to a human please?"))
    assert (chat.conversation.status, chat.reason) == (Status.WAITING, "wish")
    assert last(chat).body.startswith("I am getting somebody for you.")
    assert not Question.objects.exists()


def test_who_loses_patience_is_answered_and_offered_a_person(alice: Member) -> None:
    chat = chat_of(alice, PAYOUTS)
    answered(chat)
    said(alice, chat, "This is useless, you are not helping at all!")
    chat = answered(chat)
    assert chat.conversation.status in (Status.ASSISTANT, Status.WAITING)
    if chat.conversation.status == Status.ASSISTANT:
        assert last(chat).detail["person"] is True


def test_a_short_message_is_asked_with_what_was_asked_before(alice: Member) -> None:
    section = section_of("Terms")
    page_of(section, "Fees", "How high the fee is: for brands 3, for partners 5 percent.")
    chat = answered(chat_of(alice, "How high is the fee for brands?"))
    said(alice, chat, "And for partners?")
    answered(chat)
    assert last(chat).detail["asked"] == "How high is the fee for brands? And for partners?"
    assert "5 percent" in quoted(last(chat))
    threads = set(Question.objects.values_list("thread", flat=True))
    assert len(threads) == 1


def test_it_reads_as_the_member(alice: Member, carol: Member) -> None:
    """Carol is with a partner, Alice with a brand."""
    assistant_is(True, "partner")
    page_of(section_of("Partners"), "Partner payouts", SECRET, audience="partner")
    text = "How long does a partner payout take?"
    assert "nine days" in quoted(last(answered(chat_of(carol, text))))
    told = last(answered(chat_of(alice, text)))
    assert "nine" not in str(told.detail)
    assert "nine" not in told.body


def test_files_alone_and_what_is_far_too_long_are_not_looked_up(alice: Member) -> None:
    file = upload(alice)
    chat = answered(chat_of(alice, draft=words("", attachment_ids=[file.public_id])))
    assert last(chat).body.startswith("I cannot look into files.")
    said(alice, chat, "word " * 600)
    assert last(answered(chat)).body.startswith("That is more than I can look up")
    assert last(chat).detail["person"] is True


def test_whatever_goes_wrong_there_is_an_answer(
    alice: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumbles(*_args: Any, **_more: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(asking, "ask", stumbles)
    message = last(answered(chat_of(alice, PAYOUTS)))
    assert message.body.startswith("Something went wrong")
    assert message.detail["person"] is True


@pytest.mark.parametrize(
    "act",
    [
        lambda alice, chat: actions.ask_for_person(viewer_of(alice), chat, Reason.BUTTON),
        lambda alice, chat: actions.end(viewer_of(alice), chat),
    ],
    ids=["asked for a person", "ended"],
)
def test_who_does_not_wait_for_the_assistant_any_more_hears_nothing(
    alice: Member, act: Callable[[Member, Chat], Any]
) -> None:
    chat = chat_of(alice, PAYOUTS)
    act(alice, chat)
    assert lines(answered(chat)) == []
    assert Chat.objects.get().asked is None


def test_what_was_taken_back_is_not_answered_and_what_stays_is(alice: Member) -> None:
    chat = chat_of(alice, PAYOUTS)
    second = said(alice, chat, "Oh, and something silly")
    actions.remove(viewer_of(alice), chat, second)
    assert "five days" in quoted(last(answered(chat)))
    third = said(alice, chat, "Nonsense")
    actions.remove(viewer_of(alice), chat, third)
    assert len(lines(answered(chat))) == 1
    assert Chat.objects.get().asked is None


def test_with_an_agent_it_says_nothing(alice: Member, dora: Agent) -> None:
    chat = live_chat_of(alice, dora, PAYOUTS)
    said(alice, chat, PAYOUTS)
    assert lines(answered(chat)) == []


def test_who_is_not_a_member_any_more_is_not_answered(alice: Member) -> None:
    chat = chat_of(alice, PAYOUTS)
    Member.objects.update(ended_at=timezone.now())
    assert lines(answered(chat)) == []


def test_in_the_language_that_they_write(alice: Member) -> None:
    chat = answered(chat_of(alice, "Welches Zebra schläft in der Geige?"))
    assert chat.language == "de"


def test_members_cannot_speak_for_the_assistant(alice: Member) -> None:
    chat = chat_of(alice, PAYOUTS)
    assert chat.pk
    asked = Message.objects.get()
    with pytest.raises(PermissionDenied):
        actions.answer(viewer_of(alice), viewer_of(alice), asked, Decision("Free money."))
    with pytest.raises(PermissionDenied):
        actions.improve(viewer_of(alice), asked, None)
