"""Is a chat begun once, said in by those whose it is, and over when it has ended?"""

from functools import partial
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from handrail.engines.activity.models import Activity
from handrail.engines.conversations.actions import MESSAGE_LENGTH, Draft
from handrail.engines.conversations.models import Conversation, Message
from handrail.mediums.chat import actions
from handrail.mediums.chat.actions import NotNow, member_said
from handrail.mediums.chat.assistant import answering, working
from handrail.mediums.chat.models import Chat, Reason
from handrail.mediums.chat.states import Status
from handrail.people.models import Agent, Member
from handrail.people.viewer import SYSTEM, NotEntitled, NotSignedIn, viewer_for_nobody
from tests.chats import answered, assistant_is, chat_of, live_chat_of, said
from tests.making import viewer_of, words
from tests.racing import at_once

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    return list(
        Activity.objects.filter(medium="chat").order_by("pk").values_list("verb", flat=True)
    )


# --- Beginning ----------------------------------------------------------------------------------


def test_a_chat_begins_with_its_first_message_and_is_its_creators_alone(alice: Member) -> None:
    chat = chat_of(
        alice,
        "My spring campaign shows no clicks",
        page="https://platform.example/reports/7?token=secret#x",
        pages_read=["docs/a", "docs/b", "docs/a"],
    )
    conversation = chat.conversation
    assert (conversation.kind, conversation.status) == ("chat", Status.ASSISTANT)
    assert (conversation.creator, conversation.is_shared) == (alice, False)
    assert conversation.subject == "My spring campaign shows no clicks"
    assert (chat.page, chat.pages_read) == ("/reports/7", ["docs/a", "docs/b"])
    assert chat.language == "en"
    assert chat.member_seen_at and chat.waiting_since is None
    assert [message.body for message in conversation.messages.all()] == [
        "My spring campaign shows no clicks"
    ]
    assert verbs() == ["chat.begun"]


def test_where_the_assistant_is_off_a_chat_waits_for_an_agent_at_once(carol: Member) -> None:
    chat = chat_of(carol)
    assert chat.conversation.status == Status.WAITING
    assert (chat.reason, chat.waiting_since is not None) == (Reason.OFF, True)
    assert verbs() == ["chat.begun", "chat.asked_for_person"]


def test_a_second_chat_goes_on_in_the_one_that_is_alive(alice: Member, bob: Member) -> None:
    first = chat_of(alice, "One")
    assert chat_of(alice, "Two") == first != chat_of(bob, "Three")
    assert [message.body for message in first.conversation.messages.order_by("pk")] == [
        "One",
        "Two",
    ]
    actions.end(viewer_of(alice), first)
    assert chat_of(alice, "Four") != first


def test_what_is_sent_twice_is_begun_once_also_after_it_has_ended(alice: Member) -> None:
    draft = words("Hello")
    chat = chat_of(alice, draft=draft)
    assert chat_of(alice, draft=draft) == chat
    actions.end(viewer_of(alice), chat)
    assert chat_of(alice, draft=draft) == chat
    assert Message.objects.filter(kind="reply").count() == 1


def test_whoever_may_not_chat_begins_none(dora: Agent, alice: Member) -> None:
    alice.account.plan.entitlements.filter(key="chat.open").delete()
    for viewer in (viewer_of(dora), viewer_of(alice)):
        with pytest.raises(NotEntitled):
            actions.begin(viewer, words())
    with pytest.raises(NotSignedIn):
        actions.begin(viewer_for_nobody(), words())
    assert not Conversation.objects.exists()


@pytest.mark.parametrize("body", ["", "  \n", "\0", "x" * (MESSAGE_LENGTH + 1)])
def test_nothing_and_too_much_cannot_be_said(alice: Member, body: str) -> None:
    with pytest.raises(ValidationError):
        actions.begin(viewer_of(alice), Draft(body))
    chat = chat_of(alice)
    with pytest.raises(ValidationError):
        actions.say(viewer_of(alice), chat, Draft(body))
    assert chat.conversation.messages.count() == 1


def test_a_long_first_message_gives_a_short_subject(alice: Member) -> None:
    subject = chat_of(alice, "word " * 100).conversation.subject
    assert len(subject) <= 140
    assert subject.endswith("word…")


@pytest.mark.django_db(transaction=True)
def test_two_pages_that_begin_at_once_begin_one_chat(alice: Member) -> None:
    drafts = [words(f"{n}") for n in range(4)]
    chats = at_once([partial(chat_of, alice, draft=draft) for draft in drafts])
    assert {type(chat) for chat in chats} == {Chat}
    assert len({chat.pk for chat in chats}) == 1
    assert Message.objects.filter(kind="reply").count() == 4


# --- Saying -------------------------------------------------------------------------------------


def test_both_sides_and_the_assistant_speak_in_order(alice: Member, dora: Agent) -> None:
    chat = chat_of(alice, "One")
    answered(chat, "Two", answer={"found": 1})
    actions.ask_for_person(viewer_of(alice), chat, Reason.WISH)
    actions.accept(viewer_of(dora), chat)
    said(dora, chat, "Three")
    said(alice, chat, "Four")
    messages = list(chat.conversation.messages.filter(kind="reply").order_by("pk"))
    assert [message.body for message in messages] == ["One", "Two", "Three", "Four"]
    assert messages[1].detail == {"author": "", "assistant": True, "answer": {"found": 1}}
    assert (messages[1].member, messages[1].agent) == (None, None)


def test_what_we_say_is_news_for_the_member_and_what_they_say_for_us(
    alice: Member, dora: Agent
) -> None:
    chat = chat_of(alice)
    answered(chat)
    chat.conversation.refresh_from_db()
    assert chat.conversation.is_unread
    chat = live_chat_of(alice, dora)
    said(dora, chat)
    chat.refresh_from_db()
    assert not chat.is_unread_for_us
    said(alice, chat)
    chat.refresh_from_db()
    assert chat.is_unread_for_us
    assert not chat.conversation.is_unread


def test_what_is_sent_twice_is_said_once_also_after_the_end(alice: Member) -> None:
    chat, draft = chat_of(alice), words("Once")
    first, is_new = actions.say(viewer_of(alice), chat, draft)
    assert is_new
    assert actions.say(viewer_of(alice), chat, draft) == (first, False)
    actions.end(viewer_of(alice), chat)
    assert actions.say(viewer_of(alice), chat, draft) == (first, False)
    with pytest.raises(NotNow):
        actions.say(viewer_of(alice), chat, words("Late"))


def test_nobody_speaks_in_anothers_chat(
    alice: Member, bob: Member, carol: Member, dora: Agent
) -> None:
    chat = chat_of(alice)
    for member in (bob, carol):
        for act in (actions.say, actions.add_note):
            with pytest.raises(PermissionDenied):
                act(viewer_of(member), chat, words())
        with pytest.raises(PermissionDenied):
            actions.end(viewer_of(member), chat)
        with pytest.raises(PermissionDenied):
            actions.ask_for_person(viewer_of(member), chat, Reason.BUTTON)
    with pytest.raises(NotSignedIn):
        actions.say(viewer_for_nobody(), chat, words())
    with pytest.raises(NotNow):  # nobody accepted it
        actions.say(viewer_of(dora), chat, words())
    assert chat.conversation.messages.count() == 1


def test_a_note_is_for_agents_alone_and_moves_nothing(alice: Member, dora: Agent) -> None:
    chat = live_chat_of(alice, dora)
    before = Conversation.objects.get(pk=chat.pk).last_message_at
    note, _is_new = actions.add_note(viewer_of(dora), chat, words("They are upset."))
    assert not Message.objects.visible_to(viewer_of(alice)).filter(pk=note.pk).exists()
    assert Message.objects.visible_to(viewer_of(dora)).filter(pk=note.pk).exists()
    assert Conversation.objects.get(pk=chat.pk).last_message_at == before


def test_the_assistant_hears_members_where_it_answers_and_nowhere_else(
    alice: Member, carol: Member, dora: Agent
) -> None:
    heard: list[str] = []

    def listen(sender: object, message: Message, **more: object) -> None:
        heard.append(message.body)

    member_said.connect(listen)
    try:
        chat = chat_of(alice, "One")
        answered(chat)
        said(alice, chat, "Two")
        actions.ask_for_person(viewer_of(alice), chat, Reason.BUTTON)
        said(alice, chat, "Three")
        chat_of(carol, "Four")
    finally:
        member_said.disconnect(listen)
    assert heard == ["One", "Two"]


def test_switched_off_while_they_talk_the_next_word_goes_to_a_person(alice: Member) -> None:
    chat = chat_of(alice)
    actions.switch_assistant(viewer_of(alice), False)
    said(alice, chat)
    chat = Chat.objects.get(pk=chat.pk)
    assert (chat.conversation.status, chat.reason) == (Status.WAITING, Reason.OFF)


@pytest.mark.django_db(transaction=True)
def test_the_same_message_from_two_tabs_at_once_is_said_once(alice: Member) -> None:
    chat, draft = chat_of(alice), words("Once", client_id=uuid4())
    done = at_once([lambda: actions.say(viewer_of(alice), chat, draft)] * 4)
    assert sorted(is_new for _message, is_new in done) == [False, False, False, True]
    assert len({message.pk for message, _is_new in done}) == 1


# --- Ending -------------------------------------------------------------------------------------


def test_an_ended_chat_is_closed_and_stands_in_no_queue(alice: Member, carol: Member) -> None:
    assistant_is(True)
    chat = actions.end(viewer_of(carol), chat_of(carol))
    assert (chat.conversation.status, chat.waiting_since) == (Status.ENDED, None)
    assert chat.conversation.closed_at
    assert [m.event for m in chat.conversation.messages.filter(kind="event")][-1:] == ["ended"]
    with pytest.raises(NotNow):
        actions.end(SYSTEM, chat)
    assert verbs()[-1] == "chat.ended"


def test_what_a_page_sends_again_is_said_once_also_where_its_chat_has_ended(alice: Member) -> None:
    chat = chat_of(alice)
    draft = words("And this", client_id=uuid4())
    assert actions.begin(viewer_of(alice), draft) == chat
    actions.end(viewer_of(alice), chat)
    assert actions.begin(viewer_of(alice), draft) == chat
    assert Message.objects.filter(body="And this").count() == 1


def test_what_is_for_a_person_is_answered_by_no_machine(alice: Member) -> None:
    chat = chat_of(alice, "How do I sign in?", for_person=True)
    assert (chat.conversation.status, chat.reason) == (Status.WAITING, Reason.BUTTON)
    answering.answer_owed(chat.pk)
    assert [message.body for message in chat.conversation.messages.filter(kind="reply")] == [
        "How do I sign in?"
    ]
    gone_on = chat_of(alice, "Hello?", for_person=True)
    assert (gone_on, gone_on.conversation.status) == (chat, Status.WAITING)


@pytest.mark.django_db(transaction=True)
def test_no_machine_is_faster_than_the_person_that_they_chose(
    alice: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "wake", lambda chat, *_line: answering.answer_owed(chat))
    chat = chat_of(alice, "Hello", for_person=True)
    assert not chat.conversation.messages.filter(detail__assistant=True).exists()
