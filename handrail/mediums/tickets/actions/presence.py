"""Which agents have a ticket open, and who of them is writing? Known for a minute at a time.

Open pages say so every 20 seconds; nobody is told but when something changed.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from handrail.engines.conversations import topics
from handrail.engines.conversations.models import Presence
from handrail.mediums.tickets.models import Ticket
from handrail.people.viewer import Viewer

HERE_FOR = timedelta(minutes=1)


def be_here(viewer: Viewer, ticket: Ticket, *, is_writing: bool) -> None:
    """This agent looks at the ticket now, or writes on it."""
    viewer.require("conversations.work")
    agent, now = viewer.require_agent(), timezone.now()
    with transaction.atomic():
        before = Presence.objects.filter(
            conversation_id=ticket.pk, agent=agent, seen_at__gt=now - HERE_FOR
        ).first()
        Presence.objects.update_or_create(
            conversation_id=ticket.pk,
            agent=agent,
            defaults={"seen_at": now, "is_writing": is_writing},
        )
        # Where this agent was before; so there are never more rows than pages that are open.
        Presence.objects.filter(agent=agent, seen_at__lte=now - HERE_FOR).delete()
        if before is None or before.is_writing != is_writing:
            topics.presence_changed(ticket.conversation)


def leave(viewer: Viewer, ticket: Ticket) -> None:
    """This agent closed the page; another page of theirs says so again soon."""
    viewer.require("conversations.work")
    with transaction.atomic():
        here = Presence.objects.filter(conversation_id=ticket.pk, agent=viewer.require_agent())
        if here.delete()[0]:
            topics.presence_changed(ticket.conversation)
