"""Are chats before an agent in the order in which they press?"""

from datetime import timedelta

from django.utils import timezone

from handrail.hub import desk
from handrail.mediums.chat.console.rail import calls, in_a_line, rail
from handrail.mediums.chat.models import Chat
from handrail.people.models import Agent, Member
from tests.browsing import client_for
from tests.chats import answered, assistant_is, chat_of, live_chat_of, said, waiting_chat_of
from tests.making import viewer_of


def waits_since(chat: Chat, minutes: int) -> Chat:
    since = timezone.now() - timedelta(minutes=minutes)
    Chat.objects.filter(pk=chat.pk).update(waiting_since=since)
    return chat


def test_who_waits_longest_stands_first(dora: Agent, alice: Member, bob: Member) -> None:
    later, sooner = waits_since(waiting_chat_of(alice), 3), waits_since(waiting_chat_of(bob), 9)
    assert [row.chat.pk for row in rail(viewer_of(dora)).waiting] == [sooner.pk, later.pk]


def test_unread_ones_stand_first_among_ones_own(dora: Agent, alice: Member, bob: Member) -> None:
    read, unread = live_chat_of(alice, dora), live_chat_of(bob, dora)
    said(dora, read)
    said(dora, unread)
    said(bob, unread, "Are you there?")
    shown = rail(viewer_of(dora))
    assert [row.chat.pk for row in shown.mine] == [unread.pk, read.pk]
    assert shown.mine[0].words == "Are you there?"
    assert shown.unread == 1


def test_what_another_agent_is_in_is_not_ones_own(
    dora: Agent, bob: Member, installation: None
) -> None:
    from handrail.people.actions import create_agent

    other = create_agent(email="finn@handrail.example", name="Finn", password="a long word or two")
    live_chat_of(bob, other)
    shown = rail(viewer_of(dora))
    assert not (shown.mine or shown.waiting or shown.assisted)


def test_what_the_assistant_answers_can_be_read_along(dora: Agent, alice: Member) -> None:
    assistant_is(True)
    chat = chat_of(alice)
    answered(chat, "Under Reports.")
    [row] = rail(viewer_of(dora)).assisted
    assert (row.chat.pk, row.words) == (chat.pk, "Under Reports.")


def test_the_one_queue_begins_with_what_is_live(dora: Agent, alice: Member, bob: Member) -> None:
    own, waiting = live_chat_of(alice, dora), waiting_chat_of(bob, "My clicks are gone")
    rows = desk.pressing(viewer_of(dora))
    assert [row.ref for row in rows] == [own.conversation.ref, waiting.conversation.ref]
    assert [bool(row.act_url) for row in rows] == [False, True]
    page = client_for(dora).get("/console/tickets/").content.decode()
    assert "My clicks are gone" in page.partition('id="queue"')[0]


def test_an_editor_sees_none_of_it(alice: Member, installation: None) -> None:
    from handrail.people.actions import create_agent
    from handrail.people.models import AgentRole

    editor = create_agent(
        email="eva@handrail.example", name="Eva", role=AgentRole.EDITOR, password="a long word"
    )
    waiting_chat_of(alice)
    assert desk.pressing(viewer_of(editor)) == []


def test_what_called_before_has_the_same_key(dora: Agent, alice: Member, bob: Member) -> None:
    chat = live_chat_of(alice, dora)
    said(alice, chat, "Hello?")
    waiting_chat_of(bob)
    before = calls(viewer_of(dora))
    assert [call.kind for call in before] == ["waiting", "words"]
    assert calls(viewer_of(dora)) == before
    said(alice, chat, "Anybody?")
    assert calls(viewer_of(dora))[1].key != before[1].key
    said(dora, chat)
    assert [call.kind for call in calls(viewer_of(dora))] == ["waiting"]


def test_words_are_shown_as_they_are_read() -> None:
    assert in_a_line("# Hello\n\n- **one** [moment](https://example.org)\n\n1 < 2") == (
        "Hello one moment 1 < 2"
    )
