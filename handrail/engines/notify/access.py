"""Who may see which notice and which mail? Notices belong to one person, the ledger to us."""

from typing import TYPE_CHECKING

from django.db import models

from handrail.people.viewer import Viewer

if TYPE_CHECKING:
    from handrail.engines.notify.models import Notice, OutgoingMail


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, viewer: Viewer) -> "NoticeQuerySet":
        if viewer.system:
            return self
        if viewer.member:
            return self.filter(member_id=viewer.member.pk)
        if viewer.agent:
            return self.filter(agent_id=viewer.agent.pk)
        return self.none()

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)

    def newest_first(self) -> "NoticeQuerySet":
        return self.order_by("-pk")


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def visible_to(self, viewer: Viewer) -> "OutgoingMailQuerySet":
        if viewer.system or viewer.may("activity.read"):
            return self
        return self.none()
