"""What do agents see of several mediums at once? One queue, a member's open things, canned replies.

Mediums contribute by `Medium.desk_rows`, `near` and `canned`, and never know of each other.
"""

from handrail.engines.conversations.models import Conversation
from handrail.hub.medium import CannedText, DeskRow, Near
from handrail.hub.registry import mediums
from handrail.people.models import Member
from handrail.people.viewer import Viewer


def pressing(viewer: Viewer) -> list[DeskRow]:
    """What is live and waits for this agent, above what can wait. The mediums' queries."""
    viewer.require_agent()
    return [row for medium in mediums() for row in medium.desk_rows(viewer)]


def near(viewer: Viewer, member: Member) -> list[Near]:
    """What a member has open with us, the newest first. A query a medium."""
    viewer.require_agent()
    found = [one for medium in mediums() for one in medium.near(viewer, member)]
    return sorted(found, key=lambda one: one.at, reverse=True)


def canned(viewer: Viewer, conversation: Conversation, text: str) -> list[CannedText]:
    """What an agent can put into a message in this conversation, by these words."""
    viewer.require_agent()
    return [one for medium in mediums() for one in medium.canned(viewer, conversation, text)]
