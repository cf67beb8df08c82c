"""Does the member of an ended chat say how it went, and take it along?"""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from handrail.engines.activity.models import Activity
from handrail.engines.conversations.models import Message, Rating, Score
from handrail.engines.notify.models import Notice, OutgoingMail
from handrail.mediums.chat import actions
from handrail.mediums.chat.actions import NotNow
from handrail.people.models import Agent, Member
from handrail.people.viewer import NotEntitled
from tests.chats import chat_of, live_chat_of, said
from tests.making import viewer_of, words

pytestmark = pytest.mark.django_db


def test_after_the_end_the_member_rates_it_and_its_agent_hears_of_it(
    alice: Member, bob: Member, dora: Agent
) -> None:
    chat = live_chat_of(alice, dora)
    with pytest.raises(NotNow):
        actions.rate(viewer_of(alice), chat, Score.GOOD)
    actions.end(viewer_of(dora), chat)
    actions.rate(viewer_of(alice), chat, Score.OK, " Took\0 long. ")
    actions.rate(viewer_of(alice), chat, Score.GOOD, "Thanks!")
    rating = Rating.objects.get()
    assert (rating.score, rating.comment) == (Score.GOOD, "Thanks!")
    assert Notice.objects.filter(agent=dora, title__startswith="Alice rated").count() == 1
    assert not Message.objects.visible_to(viewer_of(alice)).filter(event="rated").exists()
    with pytest.raises(PermissionDenied):
        actions.rate(viewer_of(bob), chat, Score.BAD)
    with pytest.raises(NotEntitled):
        actions.rate(viewer_of(dora), chat, Score.GOOD)


def test_said_again_it_is_the_same_line_and_said_the_same_it_is_no_news(
    alice: Member, dora: Agent
) -> None:
    chat = live_chat_of(alice, dora)
    actions.end(viewer_of(dora), chat)
    for score in (Score.BAD, Score.BAD, Score.GOOD, Score.GOOD):
        actions.rate(viewer_of(alice), chat, score, "Took long.")
    [event] = Message.objects.filter(conversation=chat.pk, event="rated")
    assert event.detail["to"] == Score.GOOD
    assert Activity.objects.filter(verb="chat.rated").count() == 2
    actions.rate(viewer_of(alice), chat, Score.GOOD, "Took very long.")
    assert Rating.objects.get().comment == "Took very long."


def test_the_transcript_goes_to_the_members_own_address(alice: Member, dora: Agent) -> None:
    with time_machine.travel(datetime(2026, 11, 27, 12, 0, tzinfo=UTC), tick=False):
        chat = live_chat_of(alice, dora, "Where are my clicks?")
        said(dora, chat, "In the <b>filter</b>.")
        actions.add_note(viewer_of(dora), chat, words("They are upset."))
        actions.mail_transcript(viewer_of(alice), chat)
    [mail] = OutgoingMail.objects.filter(kind="chat.transcript")
    assert mail.to_address == alice.email
    assert "Where are my clicks?" in mail.text
    assert "In the <b>filter</b>." in mail.text
    assert "&lt;b&gt;filter" in mail.html
    assert "upset" not in mail.text + mail.html
    assert "1 p.m. CET" in mail.text


def test_no_transcript_goes_where_the_address_is_not_proved(alice: Member) -> None:
    chat = chat_of(alice)
    alice.person.email_verified = False
    with pytest.raises(NotNow):
        actions.mail_transcript(viewer_of(alice), chat)
    assert not OutgoingMail.objects.filter(kind="chat.transcript").exists()


def test_a_day_has_a_limit_of_transcripts(alice: Member) -> None:
    chat = chat_of(alice)
    for _ in range(20):
        actions.mail_transcript(viewer_of(alice), chat)
    with pytest.raises(NotNow):
        actions.mail_transcript(viewer_of(alice), chat)
    assert OutgoingMail.objects.filter(kind="chat.transcript").count() == 20


def test_nobody_mails_themselves_the_chat_of_another(
    alice: Member, bob: Member, carol: Member, dora: Agent
) -> None:
    chat = chat_of(alice)
    for member in (bob, carol):
        with pytest.raises(PermissionDenied):
            actions.mail_transcript(viewer_of(member), chat)
    with pytest.raises(NotEntitled):
        actions.mail_transcript(viewer_of(dora), chat)
    assert not OutgoingMail.objects.exists()
