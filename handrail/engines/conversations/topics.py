"""Which open pages hear of a change in a conversation?

A page that shows it, the lists of those who may see it, and the agents' queue. Nobody hears of a
private conversation through a topic of the account.
"""

from collections.abc import Mapping

from handrail.engines.conversations.access import WORK, who_may_see
from handrail.engines.conversations.models import Conversation
from handrail.engines.live import push, topics
from handrail.engines.live.doors import Key
from handrail.engines.live.topics import Topic
from handrail.people.viewer import Viewer

THREAD = "conversation"
DESK_THREAD = "desk-conversation"
OWN = "conversations-of-member"
SHARED = "conversations-of-account"
QUEUE = "queue"
PRESENCE = "desk-presence"

PAUSE_OF_LISTS = 0.5
"""Seconds between two times that a list is told to look. Where much is said, each word would have
every open list ask for itself anew."""


def register() -> None:
    """Makes the topics known to the sockets, each with its rule."""
    topics.register(THREAD, _may_see, among=who_may_see)
    for kind in (DESK_THREAD, PRESENCE):
        topics.register(
            kind,
            lambda viewer, key: _works(viewer) and _may_see(viewer, key),
            among=lambda viewers, key: who_may_see(_workers(viewers), key),
        )
    topics.register(OWN, _is_own, pause=PAUSE_OF_LISTS)
    topics.register(SHARED, _is_of_account, pause=PAUSE_OF_LISTS)
    topics.register(QUEUE, lambda viewer, key: _works(viewer), pause=PAUSE_OF_LISTS)


def changed(conversation: Conversation) -> None:
    """Something that both sides may see changed."""
    push.changed(Topic(THREAD, conversation.public_id))
    if conversation.creator:
        push.changed(Topic(OWN, conversation.creator.public_id))
    if conversation.is_shared and conversation.account:
        push.changed(Topic(SHARED, conversation.account.public_id))
    changed_for_agents(conversation)


def changed_for_agents(conversation: Conversation) -> None:
    """Something that only agents may see changed: members' pages do not even stir."""
    push.changed(Topic(DESK_THREAD, conversation.public_id))
    push.changed(Topic(QUEUE))


def presence_changed(conversation: Conversation) -> None:
    """An agent came, went, or began to write: for the agents who have it open, and no list."""
    push.changed(Topic(PRESENCE, conversation.public_id))


def list_topics(viewer: Viewer) -> list[Topic]:
    """What a member's list follows."""
    if viewer.member is None:
        return []
    return [
        Topic(OWN, viewer.member.public_id),
        Topic(SHARED, viewer.member.account.public_id),
    ]


def _is_own(viewer: Viewer, key: str) -> bool:
    return bool(viewer.member and viewer.member.public_id == key)


def _is_of_account(viewer: Viewer, key: str) -> bool:
    return bool(viewer.member and viewer.member.account.public_id == key)


def _workers(viewers: Mapping[Key, Viewer]) -> dict[Key, Viewer]:
    return {key: viewer for key, viewer in viewers.items() if _works(viewer)}


def _works(viewer: Viewer) -> bool:
    return viewer.agent is not None and viewer.may(WORK)


def _may_see(viewer: Viewer, public_id: str) -> bool:
    return Conversation.objects.visible_to(viewer).filter(public_id=public_id).exists()
