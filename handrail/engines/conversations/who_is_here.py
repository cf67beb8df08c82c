"""Of whom are the pages of a talk told that they have it open?

Of who began it and, while it goes on, of the agent who is with them. That others of us read it is
no business of its member's.
"""

from collections.abc import Collection

from handrail.engines.conversations.models import Conversation
from handrail.engines.conversations.topics import THREAD, is_talk, talk_kinds, who
from handrail.engines.live import push
from handrail.engines.live.doors import person_of
from handrail.engines.live.topics import Topic, Who
from handrail.people.viewer import SYSTEM, Viewer


def people(public_ids: Collection[str]) -> dict[str, dict[str, Who]]:
    """Those of each of these conversations, by the person. One query."""
    found = Conversation.objects.visible_to(SYSTEM).filter(kind__in=talk_kinds())
    found = found.select_related("creator__person", "assignee")
    return {one.public_id: _of(one) for one in found.filter(public_id__in=public_ids)}


def changed(conversation: Conversation) -> None:
    """It is told of somebody else now: of another agent, or of none, since it has ended."""
    if is_talk(conversation):
        push.who_is_here(Topic(THREAD, conversation.public_id))


def _of(conversation: Conversation) -> dict[str, Who]:
    agent = None if conversation.closed_at else conversation.assignee
    both = Viewer(member=conversation.creator), Viewer(agent=agent)
    return {person_of(one): who(one) for one in both if not one.is_nobody}
