"""Who may see what happened? Agents who may read the audit log, and nobody else."""

from typing import TYPE_CHECKING

from django.db import models

from handrail.people.viewer import Viewer

if TYPE_CHECKING:
    from handrail.engines.activity.models import Activity


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, viewer: Viewer) -> "ActivityQuerySet":
        if viewer.system or viewer.may("activity.read"):
            return self
        return self.none()
