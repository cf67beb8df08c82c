"""Is what a dead process left answered by the worker, once?"""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from handrail.engines.conversations.models import Message
from handrail.engines.tasks.define import periodic_tasks
from handrail.mediums.chat.assistant import answering, working
from handrail.mediums.chat.assistant.clock import answer_the_forgotten
from handrail.people.models import Member
from tests.chats import chat_of

pytestmark = pytest.mark.django_db


def test_the_worker_answers_what_nobody_did_and_once(alice: Member) -> None:
    chat_of(alice, "Hello")
    with time_machine.travel(timezone.now() + timedelta(seconds=20)):
        for _time in range(2):
            answer_the_forgotten.call()
    assert Message.objects.filter(kind="reply").count() == 2


def test_where_one_answer_fails_the_others_are_given(
    alice: Member, bob: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, other = chat_of(alice, "Hello"), chat_of(bob, "Hello")

    def stumbles(chat: int) -> None:
        if chat == broken.pk:
            raise RuntimeError("whatever it is")
        answering.answer_owed(chat)

    monkeypatch.setattr(working.ANSWERS, "worker", stumbles)
    with time_machine.travel(timezone.now() + timedelta(seconds=20)):
        answer_the_forgotten.call()
    assert broken.conversation.messages.filter(kind="reply").count() == 1
    assert other.conversation.messages.filter(kind="reply").count() == 2


def test_it_runs_as_often_as_anything_by_the_clock_may() -> None:
    [period] = [one.period for one in periodic_tasks() if "answer_the_forgotten" in one.name]
    assert period == timedelta(minutes=1)
