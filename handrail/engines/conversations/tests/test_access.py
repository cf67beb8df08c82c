"""Who may see which conversation, message and file?"""

from collections.abc import Callable
from typing import Any

import pytest

from handrail.engines.conversations import access, topics
from handrail.engines.conversations.access import visible_conversations
from handrail.engines.conversations.models import Attachment, Conversation, Message
from handrail.engines.live.topics import Topic, followers_among, may_follow
from handrail.people.actions import create_agent
from handrail.people.models import Agent, Member
from handrail.people.viewer import SYSTEM, Viewer, viewer_for_nobody
from tests.making import note, reply, ticket_of, upload, viewer_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(installation: None) -> Agent:
    return create_agent(email="eva@handrail.example", name="Eva", role="editor")


@pytest.fixture
def rows(alice: Member, bob: Member, carol: Member, dora: Agent) -> None:
    """A shared and a private conversation of Alice's, each with a file and a note with a file."""
    ticket_of(carol, "Globex's", message=words("of Globex"))
    for subject, is_shared in [("shared", True), ("private", False)]:
        sent = upload(alice, f"{subject}.txt").public_id
        first = words(f"of {subject}", attachment_ids=[sent])
        ticket = ticket_of(alice, subject, is_shared=is_shared, message=first)
        note(dora, ticket, f"note on {subject}")
        reply(dora, ticket, f"answer on {subject}")
    upload(alice, "unsent.txt")
    upload(dora, "unsent of Dora.txt")


def seen(viewer: Viewer) -> tuple[set[str], set[str], set[str]]:
    """Subjects, words and names of files that this viewer finds."""
    return (
        {row.subject for row in Conversation.objects.visible_to(viewer)},
        {row.body for row in Message.objects.visible_to(viewer) if row.body},
        {row.name for row in Attachment.objects.visible_to(viewer)},
    )


def test_a_member_sees_what_is_theirs_and_what_is_shared(
    rows: None, alice: Member, bob: Member, carol: Member
) -> None:
    assert seen(viewer_of(alice)) == (
        {"shared", "private"},
        {"of shared", "of private", "answer on shared", "answer on private"},
        {"shared.txt", "private.txt", "unsent.txt"},
    )
    assert seen(viewer_of(bob)) == (
        {"shared"},
        {"of shared", "answer on shared"},
        {"shared.txt"},
    )
    assert seen(viewer_of(carol)) == ({"Globex's"}, {"of Globex"}, set())


def test_an_agent_who_works_conversations_sees_all_but_others_uploads(
    rows: None, dora: Agent
) -> None:
    subjects, bodies, names = seen(viewer_of(dora))
    assert subjects == {"shared", "private", "Globex's"}
    assert {"note on shared", "note on private"} <= bodies
    assert names == {"shared.txt", "private.txt", "unsent of Dora.txt"}


def test_an_agent_who_does_not_and_a_visitor_see_nothing(rows: None, editor: Agent) -> None:
    for viewer in (viewer_of(editor), viewer_for_nobody()):
        assert seen(viewer) == (set(), set(), set())


def test_the_system_sees_all(rows: None) -> None:
    subjects, _, names = seen(SYSTEM)
    assert len(subjects) == 3
    assert {"unsent.txt", "unsent of Dora.txt"} <= names


def test_uploads_are_their_owners_until_they_are_sent(
    rows: None, alice: Member, dora: Agent
) -> None:
    mine = Attachment.objects.unsent_by(viewer_of(alice))
    assert [row.name for row in mine] == ["unsent.txt"]
    assert [row.name for row in Attachment.objects.unsent_by(viewer_of(dora))] == [
        "unsent of Dora.txt"
    ]
    assert not Attachment.objects.unsent_by(viewer_for_nobody()).exists()
    assert not Attachment.objects.unsent_by(SYSTEM).exists()


def test_listed_anywhere_means_readable(
    rows: None, alice: Member, bob: Member, carol: Member, dora: Agent, editor: Agent
) -> None:
    """Messages and files have no rule of their own but their conversation's."""
    for viewer in [viewer_of(who) for who in (alice, bob, carol, dora, editor)]:
        readable = set(visible_conversations(viewer).values_list("pk", flat=True))
        messages = Message.objects.visible_to(viewer)
        assert {row.conversation_id for row in messages} == readable
        sent = Attachment.objects.visible_to(viewer).exclude(message=None)
        assert {row.message.conversation_id for row in sent if row.message} <= readable


@pytest.fixture
def viewers(
    alice: Member, bob: Member, carol: Member, dora: Agent
) -> dict[tuple[str, ...], Viewer]:
    editor = create_agent(email="eva@handrail.example", name="Eva", role="editor")
    everybody: dict[tuple[str, ...], Viewer] = {
        (who.name,): viewer_of(who) for who in (alice, bob, carol, dora, editor)
    }
    return everybody | {("nobody",): viewer_for_nobody()}


@pytest.mark.parametrize("is_shared", [True, False])
@pytest.mark.parametrize("kind", [topics.THREAD, topics.DESK_THREAD, topics.PRESENCE])
def test_each_hears_what_they_may_follow(
    alice: Member, carol: Member, viewers: dict[tuple[str, ...], Viewer], kind: str, is_shared: bool
) -> None:
    for creator in (alice, carol):
        conversation = ticket_of(creator, is_shared=is_shared).conversation
        topic = Topic(kind, conversation.public_id)
        expected = {key for key, viewer in viewers.items() if may_follow(viewer, topic)}
        assert expected
        assert followers_among(viewers, topic) == expected
    assert not followers_among(viewers, Topic(kind, "A" * 22))


def test_many_are_asked_in_two_queries(
    alice: Member,
    viewers: dict[tuple[str, ...], Viewer],
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    conversation = ticket_of(alice).conversation
    access.who_may_see(viewers, conversation.public_id)
    del viewers["Eva",]  # another role is asked for by itself
    with django_assert_num_queries(2):
        access.who_may_see(viewers, conversation.public_id)
    Conversation.objects.filter(pk=conversation.pk).update(is_shared=True)
    assert ("Bob",) in access.who_may_see(viewers, conversation.public_id)
