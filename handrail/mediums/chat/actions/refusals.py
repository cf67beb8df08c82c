"""What do actions say when they cannot be done?"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from handrail.engines.conversations.models import Conversation
from handrail.mediums.chat.states import Act, Status, Transition, Who, rule_for
from handrail.people.models import Agent
from handrail.people.viewer import Viewer

WORK = "conversations.work"
OPEN = "chat.open"


class NotNow(ValidationError):
    """The chat's status does not allow this any more; the text says so in plain words."""


class Taken(NotNow):
    """Another agent accepted it first; `by` is who."""

    def __init__(self, by: Agent) -> None:
        super().__init__(_("%(name)s accepted this chat first.") % {"name": by.name})
        self.by = by


def side(viewer: Viewer) -> Who:
    """Members need their plan's entitlement, agents their role's; the system needs none."""
    if viewer.is_system:
        return Who.SYSTEM
    if viewer.agent:
        viewer.require(WORK)
        return Who.AGENT
    viewer.require(OPEN)
    viewer.require_member()
    return Who.MEMBER


def rule_now(viewer: Viewer, act: Act, conversation: Conversation) -> Transition:
    """The row of the table for this viewer in this locked chat; raises NotNow where there is none.

    Whoever may not see it is asked here once more: a page may have been open since yesterday.
    """
    require_seen_by(viewer, conversation)
    rule = rule_for(side(viewer), act, conversation.status)
    if rule is None:
        raise NotNow(
            _("This chat is “%(status)s” now, so that cannot be done.")
            % {"status": Status(conversation.status).label}
        )
    return rule


def require_seen_by(viewer: Viewer, conversation: Conversation) -> None:
    """Of members, a chat is its creator's alone."""
    if viewer.member and conversation.creator_id != viewer.member.pk:
        raise PermissionDenied
