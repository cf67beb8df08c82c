"""Where is a ticket that was merged into another?"""

from django.utils.translation import gettext as _

from handrail.engines.conversations.models import Conversation
from handrail.mediums.tickets.actions.refusals import NotNow
from handrail.mediums.tickets.models import Ticket
from handrail.people.viewer import Viewer


def place_of(viewer: Viewer, conversation: Conversation) -> Ticket | None:
    """The ticket that holds its words now; None where this viewer may not see that one."""
    return (
        Ticket.objects.visible_to(viewer)
        .select_related("conversation")
        .filter(pk=conversation.merged_into_id)
        .first()
    )


def require_whole(viewer: Viewer, conversation: Conversation) -> None:
    """Raises NotNow where it was merged: nothing goes on there any more."""
    if conversation.merged_into_id is None:
        return
    place = place_of(viewer, conversation)
    if place is None:
        raise NotNow(_("This ticket was merged into another one that you cannot see."))
    raise NotNow(
        _("This ticket was merged into #%(number)s. Go on there.")
        % {"number": place.conversation.number}
    )
