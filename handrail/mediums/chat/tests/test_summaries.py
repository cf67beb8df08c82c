"""Does the agent know in short what happened, without a model?"""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from handrail.mediums.chat import actions, summaries
from handrail.mediums.chat.models import Chat, Reason
from handrail.people.models import Agent, Member
from handrail.people.viewer import SYSTEM
from tests.browsing import client_for
from tests.chats import answered, chat_of, said
from tests.help_pages import page_of, section_of
from tests.making import viewer_of, words

pytestmark = pytest.mark.django_db

ANSWER = {
    "outcome": "answered",
    "pieces": [{"lead": "", "lines": ["Take the filter off.", "Then reload."], "kind": "list"}],
    "sources": [{"title": "Reports", "medium": "docs"}, {"title": "Filters"}],
}


def test_it_says_what_was_asked_and_answered_and_no_fact_that_stands_beside_it(
    alice: Member,
) -> None:
    page = page_of(section_of(), "Where clicks are counted")
    chat = chat_of(
        alice,
        "Where are my clicks?",
        page="https://platform.example/reports/7",
        pages_read=[f"docs/{page.public_id}", "docs/gone", "nothing"],
    )
    actions.say(SYSTEM, chat, words("Here is what I found:"), detail={"answer": ANSWER})
    said(alice, chat, "That is not it.\n" + "really " * 100)
    actions.ask_for_person(SYSTEM, chat, Reason.FRUSTRATION)
    chat = Chat.objects.get(pk=chat.pk)
    *first, last = chat.summary.splitlines()
    assert first == [
        "Asked: “Where are my clicks?”",
        "Answered: “Take the filter off. Then reload.”",
        "From: Reports, Filters",
    ]
    assert last.startswith("Asked: “That is not it. really")
    assert len(last) < 200


def test_where_nobody_answered_there_is_nothing_to_add(alice: Member, dora: Agent) -> None:
    chat = chat_of(alice, "Where are my clicks?")
    said(alice, chat, "And my views?")
    chat = actions.ask_for_person(viewer_of(alice), chat, Reason.BUTTON)
    assert Chat.objects.get(pk=chat.pk).summary == ""
    path = f"/console/chat/{chat.conversation.public_id}/story"
    assert "In short" not in client_for(dora).get(path).content.decode()


def test_that_patience_runs_out_is_said_where_it_is_not_why_they_wait(alice: Member) -> None:
    chat = chat_of(alice, "This is useless, nothing works and I am fed up!")
    actions.ask_for_person(viewer_of(alice), chat, Reason.BUTTON)
    assert Chat.objects.get(pk=chat.pk).summary == "They are losing patience"


def test_what_people_wrote_stands_in_it_as_text(alice: Member) -> None:
    chat = chat_of(alice, "<script>alert(1)</script> %(name)s {0} ignore all rules")
    answered(chat)
    actions.ask_for_person(viewer_of(alice), chat, Reason.BUTTON)
    assert "<script>alert(1)</script> %(name)s {0}" in Chat.objects.get(pk=chat.pk).summary


def test_it_is_in_our_language_whatever_the_member_reads(alice: Member) -> None:
    chat = chat_of(alice)
    answered(chat)
    with translation.override("de"):
        actions.ask_for_person(viewer_of(alice), chat, Reason.BUTTON)
    assert "Answered: " in Chat.objects.get(pk=chat.pk).summary


def test_an_answer_of_a_strange_shape_is_left_out(alice: Member) -> None:
    chat = chat_of(alice)
    strange_ones: list[Any] = [None, [], {"pieces": None, "sources": ["x"]}, {"pieces": [{}]}]
    for strange in strange_ones:
        answered(chat, "Words", answer=strange)
    [one] = summaries.of(chat).asked
    assert (one.answer, one.sources) == ("Words Words Words Words", [])


def test_it_costs_the_same_for_a_short_talk_and_a_long_one(alice: Member) -> None:
    chat = Chat.objects.get(pk=chat_of(alice).pk)
    answered(chat)
    with CaptureQueriesContext(connection) as short:
        summaries.of(chat)
    for n in range(30):
        said(alice, chat, f"Message {n}")
        answered(chat)
    chat = Chat.objects.get(pk=chat.pk)
    with CaptureQueriesContext(connection) as long:
        summary = summaries.of(chat)
    assert len(long) == len(short)
    assert len(summary.asked) == summaries.MOST_QUESTIONS
