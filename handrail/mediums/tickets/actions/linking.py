"""Which tickets belong together, because an agent says so?

A link shows nothing: whoever follows it is asked by the one rule. Members see it where both
tickets are theirs; it is on record for agents alone.
"""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from handrail.engines.activity import actions as activity
from handrail.engines.conversations.models import Conversation, Link, LinkKind
from handrail.mediums.tickets.actions import history
from handrail.mediums.tickets.actions.merging import locked_in_order
from handrail.mediums.tickets.actions.refusals import NotNow
from handrail.mediums.tickets.models import Ticket
from handrail.people.viewer import Viewer

MOST_LINKS = 50


def link(viewer: Viewer, ticket: Ticket, to: Ticket) -> None:
    """From now on each leads to the other. Twice is once."""
    viewer.require("conversations.work")
    if ticket.pk == to.pk:
        raise NotNow(_("A ticket cannot be linked to itself."))
    with transaction.atomic():
        rows = locked_in_order(ticket.pk, to.pk)
        one, other = rows[ticket.pk], rows[to.pk]
        if _between(one, other).exists():
            return
        if Link.objects.filter(Q(conversation=one) | Q(other=one)).count() >= MOST_LINKS:
            raise NotNow(_("A ticket has room for 50 links."))
        Link.objects.create(conversation=one, other=other, kind=LinkKind.RELATED)
        _tell(viewer, "linked", one, other)


def unlink(viewer: Viewer, ticket: Ticket, other: Ticket) -> None:
    """Takes back a link that was made by hand; what came of an act stays."""
    viewer.require("conversations.work")
    with transaction.atomic():
        rows = locked_in_order(ticket.pk, other.pk)
        one, second = rows[ticket.pk], rows[other.pk]
        if _between(one, second).filter(kind=LinkKind.RELATED).delete()[0]:
            _tell(viewer, "unlinked", one, second)


def _between(one: Conversation, other: Conversation) -> QuerySet[Link]:
    return Link.objects.filter(Q(conversation=one, other=other) | Q(conversation=other, other=one))


def _tell(viewer: Viewer, event: str, one: Conversation, other: Conversation) -> None:
    for this, that in ((one, other), (other, one)):
        history.linked(viewer, this, that, event)
        activity.record(
            viewer, f"tickets.{event}", this.ref, account=this.account, other=that.public_id
        )
