"""Which pages hear of which change, and who may follow?"""

from collections.abc import Callable

import pytest

from handrail.engines.conversations import actions, topics
from handrail.engines.conversations.models import Conversation, Priority
from handrail.engines.live import push
from handrail.engines.live.topics import Topic, may_follow
from handrail.people.actions import create_agent
from handrail.people.models import Agent, Member
from handrail.people.viewer import Viewer, viewer_for_nobody
from tests.making import ticket_of, viewer_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The topics that were told, once the act is over."""
    told: set[str] = set()
    monkeypatch.setattr(push, "changed", lambda topic: told.add(str(topic)))
    return told


def everyone(conversation: Conversation) -> set[str]:
    """What everybody's pages of a private conversation follow."""
    assert conversation.creator
    return {
        f"conversation:{conversation.public_id}",
        f"conversations-of-member:{conversation.creator.public_id}",
        *agents(conversation),
    }


def agents(conversation: Conversation) -> set[str]:
    return {f"desk-conversation:{conversation.public_id}", "queue:"}


def shared(conversation: Conversation) -> set[str]:
    assert conversation.account
    return {f"conversations-of-account:{conversation.account.public_id}"}


def test_a_new_ticket_is_heard_by_its_creator_and_the_queue(alice: Member, heard: set[str]) -> None:
    conversation = ticket_of(alice).conversation
    assert heard == everyone(conversation)


def test_a_shared_one_by_the_account_too(alice: Member, heard: set[str]) -> None:
    conversation = ticket_of(alice, is_shared=True).conversation
    assert heard == everyone(conversation) | shared(conversation)


Act = Callable[[Conversation, Viewer], object]


@pytest.mark.parametrize(
    "act",
    [
        lambda talk, desk: actions.add_note(desk, talk, words()),
        lambda talk, desk: actions.assign(talk, desk.agent),
        lambda talk, desk: actions.set_priority(talk, Priority.HIGH),
    ],
)
def test_what_agents_do_among_themselves_does_not_stir_members_pages(
    alice: Member, dora: Agent, heard: set[str], act: Act
) -> None:
    conversation = ticket_of(alice, is_shared=True).conversation
    heard.clear()
    act(conversation, viewer_of(dora))
    assert heard == agents(conversation)


@pytest.mark.parametrize(
    "act",
    [
        lambda talk, desk: actions.say(desk, talk, words()),
        lambda talk, desk: actions.add_event(desk, talk, "shared"),
        lambda talk, desk: actions.set_status(talk, "closed", is_closed=True),
    ],
)
def test_what_both_sides_see_is_heard_by_both(
    alice: Member, dora: Agent, heard: set[str], act: Act
) -> None:
    conversation = ticket_of(alice, is_shared=True).conversation
    heard.clear()
    act(conversation, viewer_of(dora))
    assert heard == everyone(conversation) | shared(conversation)


@pytest.mark.parametrize("is_shared", [True, False])
def test_a_change_of_access_is_heard_by_those_who_lose_sight_too(
    alice: Member, heard: set[str], is_shared: bool
) -> None:
    conversation = ticket_of(alice, is_shared=not is_shared).conversation
    heard.clear()
    actions.share(conversation, is_shared)
    assert heard == everyone(conversation) | shared(conversation)


def test_who_may_follow_what(alice: Member, bob: Member, carol: Member, dora: Agent) -> None:
    editor = create_agent(email="eva@handrail.example", name="Eva", role="editor")
    open_one = ticket_of(alice, is_shared=True).conversation.public_id
    private = ticket_of(alice).conversation.public_id
    viewers = [viewer_of(who) for who in (alice, bob, carol, dora, editor)]
    viewers.append(viewer_for_nobody())
    followers = {
        Topic(topics.THREAD, open_one): [1, 1, 0, 1, 0, 0],
        Topic(topics.THREAD, private): [1, 0, 0, 1, 0, 0],
        Topic(topics.THREAD, "A" * 22): [0, 0, 0, 0, 0, 0],
        Topic(topics.DESK_THREAD, private): [0, 0, 0, 1, 0, 0],
        Topic(topics.QUEUE): [0, 0, 0, 1, 0, 0],
        Topic(topics.OWN, alice.public_id): [1, 0, 0, 0, 0, 0],
        Topic(topics.SHARED, alice.account.public_id): [1, 1, 0, 0, 0, 0],
    }
    for topic, expected in followers.items():
        assert [int(may_follow(viewer, topic)) for viewer in viewers] == expected, str(topic)


def test_a_list_follows_ones_own_and_the_accounts(alice: Member, dora: Agent) -> None:
    assert [str(topic) for topic in topics.list_topics(viewer_of(alice))] == [
        f"conversations-of-member:{alice.public_id}",
        f"conversations-of-account:{alice.account.public_id}",
    ]
    assert topics.list_topics(viewer_of(dora)) == []
