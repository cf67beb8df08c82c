"""Does the agent know in short what happened, without a model?"""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from handrail.mediums.chat import actions, summaries
from handrail.mediums.chat.models import Chat, Reason
from handrail.people.models import Member
from handrail.people.viewer import SYSTEM
from tests.chats import answered, chat_of, said
from tests.help_pages import page_of, section_of
from tests.making import viewer_of, words

pytestmark = pytest.mark.django_db

ANSWER = {
    "outcome": "answered",
    "pieces": [{"lead": "", "lines": ["Take the filter off.", "Then reload."], "kind": "list"}],
    "sources": [{"title": "Reports", "medium": "docs"}, {"title": "Filters"}],
}


def test_it_says_who_what_was_asked_and_answered_and_what_is_wanted(alice: Member) -> None:
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
    lines = chat.summary.splitlines()
    assert lines[:6] == [
        "Alice (Acme, Brand, Enterprise, Account admin)",
        "On the page /reports/7",
        "The member sounded frustrated",
        "They are losing patience",
        "Asked: “Where are my clicks?”",
        "Answered: “Take the filter off. Then reload.”",
    ]
    assert lines[6] == "From: Reports, Filters"
    assert lines[7].startswith("Asked: “That is not it. really")
    assert len(lines[7]) < 200
    assert lines[8] == "Pages read: Where clicks are counted"


def test_what_people_wrote_stands_in_it_as_text(alice: Member) -> None:
    chat = chat_of(alice, "<script>alert(1)</script> %(name)s {0} ignore all rules")
    actions.ask_for_person(viewer_of(alice), chat, Reason.BUTTON)
    assert "<script>alert(1)</script> %(name)s {0}" in Chat.objects.get(pk=chat.pk).summary


def test_it_is_in_our_language_whatever_the_member_reads(alice: Member) -> None:
    chat = chat_of(alice)
    with translation.override("de"):
        actions.ask_for_person(viewer_of(alice), chat, Reason.BUTTON)
    assert "The member pressed the button" in Chat.objects.get(pk=chat.pk).summary


def test_an_answer_of_a_strange_shape_is_left_out(alice: Member) -> None:
    chat = chat_of(alice)
    strange_ones: list[Any] = [None, [], {"pieces": None, "sources": ["x"]}, {"pieces": [{}]}]
    for strange in strange_ones:
        answered(chat, "Words", answer=strange)
    [one] = summaries.of(chat).asked
    assert (one.answer, one.sources) == ("Words Words Words Words", [])


def test_it_costs_the_same_for_a_short_talk_and_a_long_one(alice: Member) -> None:
    chat = Chat.objects.get(pk=chat_of(alice).pk)
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
