"""What becomes of words in a talk that goes on live: said once, changed, taken back, seen?"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from handrail.engines.conversations import actions, archive, lines, topics
from handrail.engines.conversations.models import (
    Attachment,
    Conversation,
    Message,
    MessageVersion,
    ReadMark,
)
from handrail.engines.live import push
from handrail.engines.live.topics import Topic
from handrail.engines.search.words import Clause
from handrail.people.models import Agent, Member
from handrail.people.viewer import SYSTEM
from tests.making import upload, viewer_of, words

pytestmark = pytest.mark.django_db

KIND = "talking"


@pytest.fixture(autouse=True)
def _kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(topics, "_talks", {KIND})


@pytest.fixture
def talk(alice: Member) -> Conversation:
    conversation, _is_new = actions.open_conversation(
        viewer_of(alice), kind=KIND, subject="Clicks", status="live", is_shared=False, draft=words()
    )
    return conversation


@pytest.fixture
def told(
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """What pages were told, topic by topic, as soon as it is committed."""
    heard: list[tuple[str, dict[str, Any]]] = []

    def told(topic: Topic, content: Any) -> None:
        heard.append((str(topic), content() if callable(content) else content))

    monkeypatch.setattr(push, "told_then", told)
    monkeypatch.setattr(push, "told", told)
    yield heard


def say(who: Member | Agent, talk: Conversation, body: str = "And more.", **more: Any) -> Message:
    return actions.say(viewer_of(who), talk, words(body, **more))[0]


# --- Saying -------------------------------------------------------------------------------------


def test_what_is_said_comes_as_a_line(
    talk: Conversation, alice: Member, dora: Agent, told: list[Any]
) -> None:
    message = say(dora, talk, "Look **here**.")
    topic, content = told[-1]
    line = content["line"]
    assert topic == f"conversation:{talk.public_id}"
    assert content["type"] == "line"
    assert (line["id"], line["n"], line["side"]) == (message.public_id, message.pk, "agent")
    assert line["who"] == {"id": dora.public_id, "name": "Dora"}
    assert "<strong>here</strong>" in line["html"]
    assert line["text"] == "Look **here**."
    assert not (line["edited"] or line["removed"] or line["rich"])


def test_it_is_kept_as_any_message_is(talk: Conversation, dora: Agent) -> None:
    said = say(dora, talk, "Look here.")
    kept = Message.objects.get(pk=said.pk)
    for field in Message._meta.concrete_fields:
        assert getattr(kept, field.attname) == getattr(said, field.attname), field.attname
    fresh = Conversation.objects.get(pk=talk.pk)
    assert fresh.is_unread
    assert fresh.last_message_at == kept.created_at
    found = archive.find(viewer_of(dora), KIND, [Clause(("here",))])
    assert found == [talk.pk]


def test_what_is_sent_twice_is_said_once(talk: Conversation, alice: Member) -> None:
    draft = words("Twice.", client_id=uuid4())
    first, is_new = actions.say_live(viewer_of(alice), talk, draft)
    second, is_new_again = actions.say_live(viewer_of(alice), talk, draft)
    assert (is_new, is_new_again) == (True, False)
    assert first == second


def test_the_assistant_says_what_it_says_with_its_sources(
    talk: Conversation, told: list[Any]
) -> None:
    actions.say_live(SYSTEM, talk, words("Plain."), detail={"author": "", "assistant": True})
    assert (told[-1][1]["line"]["side"], told[-1][1]["line"]["rich"]) == ("assistant", False)
    detail = {"author": "", "assistant": True, "answer": {"text": "Quoted."}}
    actions.say_live(SYSTEM, talk, words("Quoted."), detail=detail)
    assert told[-1][1]["line"]["rich"]
    assert told[-1][1]["line"]["html"] == ""


def test_files_come_with_their_line(talk: Conversation, alice: Member, told: list[Any]) -> None:
    file = upload(alice)
    say(alice, talk, attachment_ids=[file.public_id])
    (given,) = told[-1][1]["line"]["files"]
    assert given["id"] == file.public_id
    assert given["name"] == "notes.txt"


def test_a_note_and_what_agents_do_go_by_their_own_topic(
    talk: Conversation, dora: Agent, told: list[Any]
) -> None:
    actions.add_note(viewer_of(dora), talk, words("For us."))
    actions.add_event_for_agents(viewer_of(dora), talk, "assigned")
    assert {topic for topic, _content in told} == {f"desk-conversation:{talk.public_id}"}


# --- Changing -----------------------------------------------------------------------------------


def test_an_edit_leaves_a_trace(
    talk: Conversation, alice: Member, dora: Agent, told: list[Any]
) -> None:
    message = say(alice, talk, "Teh clicks.")
    actions.edit(viewer_of(alice), talk, message, "The clicks.")
    line = told[-1][1]["line"]
    assert (line["id"], line["text"], line["edited"]) == (message.public_id, "The clicks.", True)
    (before,) = MessageVersion.objects.visible_to(viewer_of(dora))
    assert before.body == "Teh clicks."
    assert MessageVersion.objects.visible_to(viewer_of(alice)).exists()
    assert not archive.find(viewer_of(dora), KIND, [Clause(("teh",))])


def test_the_same_words_again_are_no_edit(talk: Conversation, alice: Member) -> None:
    message = say(alice, talk, "The same.")
    actions.edit(viewer_of(alice), talk, message, "The same. ")
    assert Message.objects.get(pk=message.pk).edited_at is None
    assert not MessageVersion.objects.exists()


def test_what_is_taken_back_is_not_shown_any_more(
    talk: Conversation, alice: Member, dora: Agent, told: list[Any]
) -> None:
    file = upload(alice)
    message = say(alice, talk, "My password is tulip.", attachment_ids=[file.public_id])
    actions.remove(viewer_of(alice), talk, message)
    line = told[-1][1]["line"]
    assert (line["removed"], line["text"], line["html"], line["files"]) == (True, "", "", [])
    assert "tulip" not in str(lines.after(viewer_of(dora), talk, 0))
    assert not archive.find(viewer_of(dora), KIND, [Clause(("tulip",))])
    for viewer in (viewer_of(alice), viewer_of(dora)):
        assert not Attachment.objects.visible_to(viewer).filter(pk=file.pk).exists()
        assert MessageVersion.objects.visible_to(viewer).get().body == "My password is tulip."
    actions.remove(viewer_of(alice), talk, message)
    assert MessageVersion.objects.count() == 1


def test_old_words_are_for_agents_and_whoever_wrote_them(
    talk: Conversation, alice: Member, bob: Member, carol: Member, dora: Agent
) -> None:
    Conversation.objects.filter(pk=talk.pk).update(is_shared=True)
    actions.edit(viewer_of(alice), talk, say(alice, talk, "Before."), "After.")
    readers = [viewer_of(who) for who in (alice, bob, carol, dora)]
    counts = [MessageVersion.objects.visible_to(viewer).count() for viewer in readers]
    assert counts == [1, 0, 0, 1]


def test_nobody_changes_what_another_said(
    talk: Conversation, alice: Member, bob: Member, carol: Member, dora: Agent
) -> None:
    theirs = say(alice, talk)
    ours = say(dora, talk)
    event = actions.add_event(viewer_of(alice), talk, "ended")
    tries = [(who, theirs) for who in (bob, carol, dora)] + [(alice, ours), (alice, event)]
    for who, message in tries:
        with pytest.raises(PermissionDenied):
            actions.edit(viewer_of(who), talk, message, "Forged.")
        with pytest.raises(PermissionDenied):
            actions.remove(viewer_of(who), talk, message)
    assert not MessageVersion.objects.exists()


def test_after_a_quarter_of_an_hour_it_stays(talk: Conversation, alice: Member) -> None:
    message = say(alice, talk)
    assert actions.may_change(viewer_of(alice), message)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert not actions.may_change(viewer_of(alice), message)
        with pytest.raises(ValidationError):
            actions.edit(viewer_of(alice), talk, message, "Later.")
        with pytest.raises(ValidationError):
            actions.remove(viewer_of(alice), talk, message)


@pytest.mark.parametrize("body", ["", "  \n", "\0", "x" * 50_001])
def test_an_edit_needs_words(talk: Conversation, alice: Member, body: str) -> None:
    message = say(alice, talk)
    with pytest.raises(ValidationError):
        actions.edit(viewer_of(alice), talk, message, body)


def test_what_was_removed_is_not_edited(talk: Conversation, alice: Member) -> None:
    message = say(alice, talk)
    actions.remove(viewer_of(alice), talk, message)
    with pytest.raises(ValidationError):
        actions.edit(viewer_of(alice), talk, message, "Back again.")


def test_lists_hear_of_what_they_show_changed_or_taken_back_and_not_of_notes(
    talk: Conversation, alice: Member, dora: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(push, "changed", lambda topic: heard.append(str(topic)))
    monkeypatch.setattr(push, "told_then", lambda topic, content: None)
    message, (note, _is_new) = say(alice, talk), actions.add_note(viewer_of(dora), talk, words())
    lists = {str(Topic(topics.QUEUE)), str(Topic(topics.OWN, alice.public_id))}
    heard.clear()
    actions.edit(viewer_of(alice), talk, message, "Other words.")
    assert set(heard) == lists
    heard.clear()
    actions.edit(viewer_of(alice), talk, message, "Other words.")
    assert heard == []
    actions.remove(viewer_of(alice), talk, message)
    assert set(heard) == lists
    heard.clear()
    actions.edit(viewer_of(dora), talk, note, "Other words of ours.")
    actions.remove(viewer_of(dora), talk, note)
    assert heard == []


# --- Seeing -------------------------------------------------------------------------------------


def test_what_was_seen_only_moves_on(
    talk: Conversation,
    alice: Member,
    dora: Agent,
    told: list[Any],
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    first, second = say(dora, talk), say(dora, talk)
    assert actions.see(viewer_of(alice), talk, first.pk) == first.pk
    assert actions.see(viewer_of(alice), talk, second.pk + 1000) == second.pk
    told.clear()
    with django_assert_num_queries(1):
        assert actions.see(viewer_of(alice), talk, first.pk) == second.pk
    assert told == []
    assert ReadMark.objects.get().upto == second.pk


def test_both_sides_are_told_and_notes_are_not_counted(
    talk: Conversation, dora: Agent, told: list[Any]
) -> None:
    last = Message.objects.get(conversation=talk)
    actions.assign(talk, dora)
    told.clear()
    note, _is_new = actions.add_note(viewer_of(dora), talk, words("For us."))
    actions.see(viewer_of(dora), talk, note.pk)
    who = {"id": dora.public_id, "name": "Dora"}
    assert told[-1] == (
        f"conversation:{talk.public_id}",
        {"type": "seen", "who": who, "n": last.pk},
    )


def test_of_an_agent_who_only_looks_nobody_is_told(
    talk: Conversation, alice: Member, dora: Agent, told: list[Any]
) -> None:
    last = Message.objects.get(conversation=talk)
    assert actions.see(viewer_of(dora), talk, last.pk) == last.pk
    assert [content for _topic, content in told if content["type"] == "seen"] == []
    actions.see(viewer_of(alice), talk, last.pk)
    assert told[-1][1]["who"]["id"] == alice.public_id


def test_seeing_the_last_line_is_reading(talk: Conversation, alice: Member, dora: Agent) -> None:
    say(dora, talk)
    fresh = Conversation.objects.get(pk=talk.pk)
    assert fresh.is_unread
    actions.see(viewer_of(alice), fresh, 2**60)
    assert not Conversation.objects.get(pk=talk.pk).is_unread


def test_nobody_sees_for_somebody_else(talk: Conversation, carol: Member) -> None:
    assert actions.see(viewer_of(carol), talk, 2**60) == 0
    assert actions.see(SYSTEM, talk, 2**60) == 0
    assert not ReadMark.objects.exists()


# --- Catching up --------------------------------------------------------------------------------


def test_what_came_after_a_line_comes_in_its_order_some_at_a_time(
    talk: Conversation, alice: Member, dora: Agent
) -> None:
    said = [say(dora if n % 2 else alice, talk, str(n)).pk for n in range(7)]
    actions.add_note(viewer_of(dora), talk, words("For us."))
    got: list[int] = []
    n, more = said[0], True
    while more:
        found, more = lines.after(viewer_of(alice), talk, n, 2)
        got += [line["n"] for line in found]
        n = got[-1]
    assert got == said[1:]


def test_notes_are_caught_up_with_by_agents_alone(
    talk: Conversation, alice: Member, carol: Member, dora: Agent
) -> None:
    note, _is_new = actions.add_note(viewer_of(dora), talk, words("For us."))
    assert [one["id"] for one in lines.after(viewer_of(dora), talk, 0, notes=True)[0]] == [
        note.public_id
    ]
    assert lines.after(viewer_of(alice), talk, 0, notes=True) == ([], False)
    assert lines.after(viewer_of(carol), talk, 0) == ([], False)


def test_catching_up_costs_the_same_for_one_line_and_many(
    talk: Conversation, alice: Member, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for count in (1, 20):
        for _ in range(count):
            say(alice, talk, attachment_ids=[upload(alice).public_id])
        with django_assert_num_queries(2):
            lines.after(viewer_of(alice), talk, 0)
