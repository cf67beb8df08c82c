"""Does the rule say the same of many at once as of each alone?"""

from collections.abc import Callable
from typing import Any

import pytest

from handrail.engines.conversations import access, topics
from handrail.engines.conversations.models import Conversation
from handrail.engines.live.topics import Topic, followers_among, may_follow
from handrail.people.actions import create_agent
from handrail.people.models import Agent, Member
from handrail.people.viewer import Viewer, viewer_for_nobody
from tests.making import ticket_of, viewer_of

pytestmark = pytest.mark.django_db


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
