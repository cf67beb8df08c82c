"""How do postcards plug in?"""

from django.urls import reverse

from handrail.hub.medium import DeskItem, Medium
from handrail.hub.registry import register
from handrail.people.viewer import Viewer


@register
class PostcardsMedium(Medium):
    name = "postcards"
    label = "Postcards"
    blurb = "Write us a card."
    icon = "mail"

    def desk_item(self, viewer: Viewer) -> DeskItem | None:
        return DeskItem(self.name, self.label, self.icon, reverse("postcards-desk:index"))
