"""What becomes of an answer to a ticket that was closed long ago? A ticket of its own."""

from datetime import timedelta

from django.utils import timezone

from handrail.engines.activity import actions as activity
from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations.actions import Draft
from handrail.engines.conversations.models import Conversation, Link, LinkKind, Message
from handrail.mediums.tickets import letters
from handrail.mediums.tickets.actions import history, sla
from handrail.mediums.tickets.actions.policy import current_policy
from handrail.mediums.tickets.models import Ticket
from handrail.mediums.tickets.states import KIND, Status
from handrail.people.viewer import SYSTEM, Viewer


def is_past_reopening(conversation: Conversation) -> bool:
    """Whether it has been closed for so long that members begin anew."""
    if conversation.closed_at is None:
        return False
    days = current_policy().follow_up_after_days
    return days is not None and conversation.closed_at <= timezone.now() - timedelta(days=days)


def open_follow_up(viewer: Viewer, ticket: Ticket, earlier: Conversation, draft: Draft) -> Message:
    """Opens a ticket of the same type and access, for the same agent, with this answer.

    Sent twice with one `client_id`, it is one ticket. `earlier` is locked.
    """
    viewer.require("tickets.open")
    conversation, is_new = conversations.open_conversation(
        viewer,
        kind=KIND,
        subject=earlier.subject,
        status=Status.OPEN,
        is_shared=earlier.is_shared,
        draft=draft,
        category=ticket.issue_type_id,
        draft_key=earlier.public_id,
    )
    first = Message.objects.select_related("conversation").filter(conversation=conversation)
    if is_new:
        made = Ticket.objects.create(conversation=conversation, issue_type_id=ticket.issue_type_id)
        Link.objects.create(conversation=conversation, other=earlier, kind=LinkKind.FOLLOW_UP)
        conversations.add_event(viewer, conversation, "follow_up", number=earlier.number)
        if earlier.assignee and earlier.assignee.is_active:
            conversations.assign(conversation, earlier.assignee)
            history.assigned(SYSTEM, conversation, earlier.assignee)
            letters.tell_assignee(conversation, earlier.assignee)
        sla.begin(made, conversation)
        activity.record(
            viewer,
            "tickets.opened",
            conversation.ref,
            account=conversation.account,
            is_shared=conversation.is_shared,
            follows=earlier.public_id,
        )
        letters.confirm(made)
    return first.oldest_first()[0]
