"""Who finds which medium in the Help menu? By the audience of its row."""

from typing import TYPE_CHECKING

from django.db import models

from handrail.people.viewer import Viewer

if TYPE_CHECKING:
    from handrail.hub.models import MediumOffer


class MediumOfferQuerySet(models.QuerySet["MediumOffer"]):
    def visible_to(self, viewer: Viewer) -> "MediumOfferQuerySet":
        if viewer.system:
            return self
        return self.filter(is_on=True, audience_id__in=viewer.audience_ids)
