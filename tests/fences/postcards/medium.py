"""How do postcards plug in?"""

from collections.abc import Iterable, Sequence

from django.urls import reverse

from handrail.engines.activity.ref import Ref
from handrail.hub.medium import DeskItem, Medium, Suggestion
from handrail.hub.registry import register
from handrail.hub.tools import Tool
from handrail.people.viewer import Viewer
from tests.fences.postcards import ai

FROM_THE_SEA, FROM_NOBODY = "sea-------------------", "nobody----------------"


@register
class PostcardsMedium(Medium):
    name = "postcards"
    label = "Postcards"
    blurb = "Write us a card."
    icon = "mail"

    def desk_item(self, viewer: Viewer) -> DeskItem | None:
        return DeskItem(self.name, self.label, self.icon, reverse("postcards-desk:index"))

    def suggest(self, viewer: Viewer, words: str) -> list[Suggestion]:
        """Both cards to whoever speaks of one, though nobody may read the second."""
        if "card" not in words:
            return []
        return [
            Suggestion(Ref(self.name, FROM_THE_SEA), "A card from the sea", "Wish you were here."),
            Suggestion(Ref(self.name, FROM_NOBODY), "A card from nobody"),
        ]

    def tools(self, viewer: Viewer) -> Sequence[Tool]:
        return ai.TOOLS

    def readable(self, viewer: Viewer, public_ids: Iterable[str]) -> set[str]:
        return {FROM_THE_SEA} & set(public_ids) if viewer.member else set()

    def url_of(self, viewer: Viewer, public_id: str) -> str:
        return f"{reverse('postcards:index')}#{public_id}"
