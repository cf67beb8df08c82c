"""Who may see which chat? Whoever may see its conversation; what is one person's is theirs."""

from typing import TYPE_CHECKING

from django.db import models

from handrail.engines.conversations.access import WORK, in_visible_conversation
from handrail.people.viewer import Viewer

if TYPE_CHECKING:
    from handrail.mediums.chat.models import (
        AssistantDefault,
        AssistantSwitch,
        Availability,
        Chat,
        NoticeAccepted,
        Policy,
        Proposal,
    )


class ChatQuerySet(models.QuerySet["Chat"]):
    def visible_to(self, viewer: Viewer) -> "ChatQuerySet":
        return self.filter(in_visible_conversation(viewer))


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, viewer: Viewer) -> "ProposalQuerySet":
        return self.filter(in_visible_conversation(viewer))


class AvailabilityQuerySet(models.QuerySet["Availability"]):
    def visible_to(self, viewer: Viewer) -> "AvailabilityQuerySet":
        """Agents who work conversations see who is there."""
        if viewer.is_system or (viewer.agent and viewer.may(WORK)):
            return self
        return self.none()


class AssistantSwitchQuerySet(models.QuerySet["AssistantSwitch"]):
    def visible_to(self, viewer: Viewer) -> "AssistantSwitchQuerySet":
        """Agents who answer: every account's. Members: their own account's."""
        if viewer.is_system or (viewer.agent and viewer.may(WORK)):
            return self
        return self.filter(account=viewer.account) if viewer.account else self.none()


class AssistantDefaultQuerySet(models.QuerySet["AssistantDefault"]):
    def visible_to(self, viewer: Viewer) -> "AssistantDefaultQuerySet":
        """They are the same for all of a kind, and no secret."""
        return self.none() if viewer.is_nobody else self


class NoticeAcceptedQuerySet(models.QuerySet["NoticeAccepted"]):
    def visible_to(self, viewer: Viewer) -> "NoticeAcceptedQuerySet":
        if viewer.is_system:
            return self
        return self.filter(member=viewer.member) if viewer.member else self.none()


class PolicyQuerySet(models.QuerySet["Policy"]):
    def visible_to(self, viewer: Viewer) -> "PolicyQuerySet":
        return self.none() if viewer.is_nobody else self
