"""May an agent's words go to whoever wrote this ticket?"""

from django.utils.translation import gettext as _

from handrail.engines.conversations.actions import Draft
from handrail.mediums.tickets.actions.refusals import NotNow
from handrail.mediums.tickets.models import SignInRequest, Ticket
from handrail.people.viewer import Viewer


def require_answerable(viewer: Viewer, ticket: Ticket, draft: Draft) -> None:
    """Nothing that agents write is mailed to an address that nobody has proved, and no files to
    somebody who has no page to get them from. Members' tickets cost no query."""
    if viewer.agent is None or ticket.conversation.creator_id is not None:
        return
    if not SignInRequest.objects.filter(ticket=ticket).exclude(proved_at=None).exists():
        raise NotNow(
            _("Whoever wrote this has not proved their address. Send them a proof link first.")
        )
    if draft.attachment_ids:
        raise NotNow(_("They are answered by mail, which takes no files. Say it in words."))
