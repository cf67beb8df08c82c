"""Was this answer written for the thread as it is now?

Agents alone are asked: a member's word is never held back. Notes are not either, since nobody is
misled by one that comes a moment late.
"""

from django.utils.translation import gettext as _

from handrail.engines.conversations.actions import Draft
from handrail.engines.conversations.models import Conversation, Message
from handrail.mediums.tickets.actions import history
from handrail.mediums.tickets.actions.refusals import Stale
from handrail.people.viewer import Viewer


def require_seen(viewer: Viewer, conversation: Conversation, draft: Draft, seen: str) -> None:
    """Raises Stale where others did something after the message `seen` (empty: does not ask).

    Call it with the conversation locked: of two answers at once, the second has missed the first.
    """
    if viewer.agent is None or not seen:
        return
    thread = Message.objects.visible_to(viewer).filter(conversation=conversation)
    if draft.client_id and thread.filter(client_id=draft.client_id).exists():
        return  # sent already, and now a second time
    last = thread.filter(public_id=seen).first()
    missed = (
        thread.filter(pk__gt=last.pk if last else 0)
        .exclude(agent_id=viewer.agent.pk)
        .exclude(event__in=history.QUIET)
    )
    found = list(missed.select_related("member__person", "agent").oldest_first())
    if found:
        raise Stale(_("Something new came while you wrote. Read it, then send."), found)
