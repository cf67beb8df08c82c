"""How does chat plug in?"""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.engines.conversations.access import visible_conversations
from handrail.hub.medium import Lock, Medium
from handrail.mediums.chat.states import KIND
from handrail.people.viewer import Viewer

MOST_COUNTED = 1000


class ChatMedium(Medium):
    name = KIND
    label = gettext_lazy("Chat")
    blurb = gettext_lazy("Ask now: our assistant or one of us answers while you wait.")
    icon = "message-circle"
    entitlement = "chat.open"
    search_place = 80

    def badge(self, viewer: Viewer) -> int:
        chats = visible_conversations(viewer).of_kind(KIND).filter(is_unread=True)
        return chats[:MOST_COUNTED].count() if viewer.member else 0

    def lock(self, viewer: Viewer) -> Lock | None:
        if viewer.may("chat.open"):
            return None
        return Lock(_("Your plan does not include chat."))

    def readable(self, viewer: Viewer, public_ids: Iterable[str]) -> set[str]:
        chats = visible_conversations(viewer).of_kind(KIND).filter(public_id__in=list(public_ids))
        return set(chats.values_list("public_id", flat=True))

    def url_of(self, viewer: Viewer, public_id: str) -> str:
        side = "chat-desk" if viewer.agent else "chat"
        return reverse(f"{side}:detail", args=[public_id])
