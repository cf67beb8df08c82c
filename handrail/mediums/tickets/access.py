"""Who may see which ticket? Whoever may see its conversation; and whose issue types are whose."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from handrail.engines.conversations.access import WORK, in_visible_conversation
from handrail.people.viewer import Viewer

if TYPE_CHECKING:
    from handrail.mediums.tickets.models import (
        BulkChange,
        CannedReply,
        IssueType,
        IssueTypeField,
        SavedView,
        Ticket,
    )


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


class IssueTypeFieldQuerySet(models.QuerySet["IssueTypeField"]):
    def visible_to(self, viewer: Viewer) -> "IssueTypeFieldQuerySet":
        """Those of the types that this viewer may see."""
        from handrail.mediums.tickets.models import IssueType  # that module imports this one

        return self.filter(issue_type__in=IssueType.objects.visible_to(viewer))

    def offered(self) -> "IssueTypeFieldQuerySet":
        return self.filter(retired_at=None).order_by("position", "pk")


class CannedReplyQuerySet(models.QuerySet["CannedReply"]):
    def visible_to(self, viewer: Viewer) -> "CannedReplyQuerySet":
        """Agents who answer: everybody's and their own. The system: all."""
        return self if viewer.is_system else self.filter(_shared_or_own(viewer))

    def offered(self) -> "CannedReplyQuerySet":
        return self.filter(retired_at=None)

    def most_used_first(self) -> "CannedReplyQuerySet":
        return self.order_by("-used", "title", "pk")


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, viewer: Viewer) -> "SavedViewQuerySet":
        """Agents who answer: everybody's and their own."""
        return self.filter(_shared_or_own(viewer))


class BulkChangeQuerySet(models.QuerySet["BulkChange"]):
    def visible_to(self, viewer: Viewer) -> "BulkChangeQuerySet":
        """One's own alone: nobody undoes what another did."""
        if viewer.agent and viewer.may(WORK):
            return self.filter(agent_id=viewer.agent.pk)
        return self.none()


def _shared_or_own(viewer: Viewer) -> Q:
    if viewer.agent and viewer.may(WORK):
        return Q(owner=None) | Q(owner_id=viewer.agent.pk)
    return Q(pk__in=[])
