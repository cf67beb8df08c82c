"""What changed on a ticket that members never hear of? Written into the thread, for agents alone.

Call these in the transaction of the change, with the conversation locked.
"""

from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations.models import Conversation
from handrail.people.models import Agent, Team
from handrail.people.viewer import Viewer

QUIET = ("tagged", "untagged", "linked", "unlinked", "reminded")
"""What changes nothing about the answer that somebody is writing: it is not stopped for these."""


def assigned(viewer: Viewer, conversation: Conversation, agent: Agent | None) -> None:
    """Names stand as they were: what happened does not change with a name."""
    _add(viewer, conversation, "assigned", to=agent.name if agent else "")


def teamed(viewer: Viewer, conversation: Conversation, team: Team | None) -> None:
    _add(viewer, conversation, "teamed", to=team.name if team else "")


def prioritised(viewer: Viewer, conversation: Conversation, priority: int) -> None:
    _add(viewer, conversation, "prioritised", to=int(priority))


def tagged(viewer: Viewer, conversation: Conversation, tag: str) -> None:
    _add(viewer, conversation, "tagged", to=tag)


def untagged(viewer: Viewer, conversation: Conversation, tag: str) -> None:
    _add(viewer, conversation, "untagged", to=tag)


def rated(viewer: Viewer, conversation: Conversation, score: int) -> None:
    """The member's own word, kept as ours: members read their rating below the thread."""
    conversations.add_event_for_agents(
        viewer, conversation, "rated", to=int(score), who=viewer.name
    )


def reminded(viewer: Viewer, conversation: Conversation) -> None:
    conversations.add_event_for_agents(viewer, conversation, "reminded")


def linked(viewer: Viewer, conversation: Conversation, other: Conversation, event: str) -> None:
    """`event`: linked or unlinked. The number alone: the other's subject is its readers'."""
    conversations.add_event_for_agents(viewer, conversation, event, number=other.number)


def _add(viewer: Viewer, conversation: Conversation, event: str, to: str | int) -> None:
    conversations.add_event_for_agents(viewer, conversation, event, to=to)
