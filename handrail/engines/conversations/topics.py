"""Which open pages hear of a change in a conversation?

A page that shows it, the lists of those who may see it, and the agents' queue. Nobody hears of a
private conversation through a topic of the account.
"""

from collections.abc import Mapping
from typing import Any

from handrail.engines.conversations.access import WORK, who_may_see
from handrail.engines.conversations.models import Conversation, Message, MessageKind
from handrail.engines.live import push, topics
from handrail.engines.live.doors import Key
from handrail.engines.live.topics import Topic, Who
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

_talks: set[str] = set()


def register() -> None:
    """Makes the topics known to the sockets, each with its rule."""
    from handrail.engines.conversations import who_is_here  # which asks what topics know

    topics.register(THREAD, _may_see, among=who_may_see, people=who_is_here.people)
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


def talks(kind: str) -> None:
    """Conversations of this kind go on live: what is said in them comes to pages as lines."""
    _talks.add(kind)


def talk_kinds() -> set[str]:
    return _talks


def is_talk(conversation: Conversation) -> bool:
    return conversation.kind in _talks


def line(conversation: Conversation, message: Message, *, files: bool = True) -> None:
    """A message is new, or reads otherwise: it comes to open pages itself, once it is committed.

    It is put into words then, as it is by the end of the action. What agents alone may read goes to
    the topic that agents alone may follow. `files` says whether it may have some.
    """
    kind = DESK_THREAD if message.kind == MessageKind.NOTE else THREAD
    topic = Topic(kind, conversation.public_id)

    def content() -> dict[str, Any]:
        from handrail.engines.conversations import lines  # which asks for more than topics know

        return {"type": "line", "line": lines.as_json(message, None if files else ())}

    push.told_then(topic, content)


def lists_changed(conversation: Conversation) -> None:
    """What lists show of it is another."""
    push.changed(Topic(QUEUE))
    if conversation.creator:
        push.changed(Topic(OWN, conversation.creator.public_id))
    if conversation.is_shared and conversation.account:
        push.changed(Topic(SHARED, conversation.account.public_id))


def seen(conversation: Conversation, viewer: Viewer, n: int) -> None:
    """Somebody has read on; both sides' pages show it."""
    told = {"type": "seen", "who": who(viewer), "n": n}
    push.told(Topic(THREAD, conversation.public_id), told)


def who(viewer: Viewer) -> Who:
    """How somebody is named in what pages are told."""
    somebody = viewer.member or viewer.agent
    return {"id": somebody.public_id if somebody else "", "name": viewer.name}


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
