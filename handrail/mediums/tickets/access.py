"""Who may see which ticket? Whoever may see its conversation; and whose issue types are whose."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from handrail.engines.conversations.access import in_visible_conversation
from handrail.people.viewer import Viewer

if TYPE_CHECKING:
    from handrail.mediums.tickets.models import IssueType, Ticket


class TicketQuerySet(models.QuerySet["Ticket"]):
    def visible_to(self, viewer: Viewer) -> "TicketQuerySet":
        return self.filter(in_visible_conversation(viewer))


class IssueTypeQuerySet(models.QuerySet["IssueType"]):
    def visible_to(self, viewer: Viewer) -> "IssueTypeQuerySet":
        """Members: those for their account's kind. Agents and the system: all."""
        if viewer.agent or viewer.is_system:
            return self
        if viewer.account:
            return self.filter(Q(account_kind=viewer.account.kind) | Q(account_kind=""))
        return self.none()

    def offered(self) -> "IssueTypeQuerySet":
        """Those that a new ticket can have, in the owner's order."""
        return self.filter(retired_at=None).order_by("position", "pk")
