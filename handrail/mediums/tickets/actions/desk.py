"""What can agents do with a ticket beside answering it?"""

from django.db import transaction

from handrail.engines.activity import actions as activity
from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations.models import Priority
from handrail.mediums.tickets import letters
from handrail.mediums.tickets.actions import history, sla
from handrail.mediums.tickets.models import Ticket
from handrail.people.models import Agent
from handrail.people.viewer import Viewer


def assign(viewer: Viewer, ticket: Ticket, agent: Agent | None) -> Ticket:
    """Gives the ticket to an agent, or back to the queue."""
    viewer.require("conversations.work")
    with transaction.atomic():
        conversation = conversations.locked(ticket.conversation)
        if conversation.assignee != agent:
            history.assigned(viewer, conversation, agent)
        conversations.assign(conversation, agent)
        activity.record(
            viewer,
            "tickets.assigned",
            conversation.ref,
            account=conversation.account,
            to=agent.public_id if agent else None,
        )
        if agent and viewer.agent and agent.pk != viewer.agent.pk:
            letters.tell_assignee(conversation, agent)
    ticket.conversation = conversation
    return ticket


def set_priority(viewer: Viewer, ticket: Ticket, priority: Priority) -> Ticket:
    viewer.require("conversations.work")
    with transaction.atomic():
        conversation = conversations.locked(ticket.conversation)
        if conversation.priority != priority:
            history.prioritised(viewer, conversation, priority)
        conversations.set_priority(conversation, priority)
        sla.reckon_anew(ticket, conversation)
        activity.record(
            viewer,
            "tickets.prioritised",
            conversation.ref,
            account=conversation.account,
            priority=int(priority),
        )
    ticket.conversation = conversation
    return ticket
