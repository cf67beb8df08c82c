"""How do days pass in a story? What happened is moved back in time, and the clock's tasks run."""

from tests.stack import Stack

AGE = """
from datetime import timedelta
from django.db.models import F
from handrail.engines.conversations.models import Conversation, Message
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.models import Ticket
from handrail.mediums.tickets.tasks import CLOCK
from handrail.people.viewer import SYSTEM

ago = timedelta(days={days})
rows = Conversation.objects.filter(subject={subject!r})
tickets = Ticket.objects.visible_to(SYSTEM).filter(conversation__in=rows)
for times, names in (
    (rows, ("created_at", "last_message_at", "closed_at")),
    (tickets, ("reminded_at",)),
    (Message.objects.filter(conversation__in=rows), ("created_at",)),
):
    for name in names:
        times.exclude(**{{name: None}}).update(**{{name: F(name) - ago}})
actions.remind_silent(CLOCK)
actions.close_silent(CLOCK)
"""

DUE = """
from datetime import timedelta
from django.utils import timezone
from handrail.engines.conversations.models import Conversation
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.models import Ticket
from handrail.mediums.tickets.tasks import CLOCK
from handrail.people.viewer import SYSTEM

at = timezone.now() + timedelta(minutes={minutes})
rows = Conversation.objects.filter(subject={subject!r})
tickets = Ticket.objects.visible_to(SYSTEM).filter(conversation__in=rows)
tickets.update(first_reply_due_at=at)
rows.update(due_at=at)
actions.warn(CLOCK)
"""


def days_pass(stack: Stack, subject: str, days: int) -> None:
    """So many days are over for the tickets of this subject; then the clock does what is due."""
    stack.run(AGE.format(subject=subject, days=days))


def first_reply_is_due_in(stack: Stack, subject: str, minutes: int) -> None:
    """The time has come nearly so far, or, with less than nothing, further; the clock warns.

    Business hours are the reason why a story does not wait for it: it is told on Sundays too.
    """
    stack.run(DUE.format(subject=subject, minutes=minutes))
