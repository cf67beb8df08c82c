"""Who of the demo has not answered for days? The clock's acts, each moved to when it was due."""

from datetime import timedelta

from django.utils import timezone

from handrail.config.demo.tickets import move_back
from handrail.engines.conversations.models import Conversation
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.access import TicketQuerySet
from handrail.mediums.tickets.models import Ticket
from handrail.mediums.tickets.states import KIND
from handrail.people.viewer import system_viewer

CLOCK = system_viewer("clock")


def fall_silent() -> None:
    """Reminds and closes as the owner's policy says, as if the clock had run all the while."""
    policy = actions.current_policy()
    started = timezone.now()
    if days := policy.remind_after_days:
        actions.remind_silent(CLOCK)
        for ticket in _tickets().filter(reminded_at__gte=started):
            due = ticket.conversation.last_message_at + timedelta(days=days)
            _tickets().filter(pk=ticket.pk).update(reminded_at=due)
            move_back(ticket.conversation, due)
    if days := policy.close_after_days:
        actions.close_silent(CLOCK)
        for closed in Conversation.objects.of_kind(KIND).filter(closed_at__gte=started):
            move_back(closed, closed.last_message_at + timedelta(days=days))


def _tickets() -> TicketQuerySet:
    return Ticket.objects.visible_to(CLOCK).select_related("conversation")
