"""How does chat plug in?"""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.engines.conversations.access import WORK, ConversationQuerySet, visible_conversations
from handrail.hub.medium import Command, DeskItem, DeskRow, Findings, Lock, Medium, SettingsPart
from handrail.hub.registry import register
from handrail.mediums.chat import actions, finding
from handrail.mediums.chat.console import palette, rail
from handrail.mediums.chat.states import KIND, Status
from handrail.people.viewer import Viewer

MOST_COUNTED = 1000


@register
class ChatMedium(Medium):
    name = KIND
    label = gettext_lazy("Chat")
    blurb = gettext_lazy("Ask now: our assistant or one of us answers while you wait.")
    icon = "message-circle"
    entitlement = "chat.open"
    search_place = 80
    desk_scripts = ("chat/here.js",)

    def badge(self, viewer: Viewer) -> int:
        chats = visible_conversations(viewer).of_kind(KIND).filter(is_unread=True)
        return chats[:MOST_COUNTED].count() if viewer.member else 0

    def lock(self, viewer: Viewer) -> Lock | None:
        if viewer.may("chat.open"):
            return None
        return Lock(_("Your plan does not include chat."))

    def desk_item(self, viewer: Viewer) -> DeskItem | None:
        if not viewer.may(WORK):
            return None
        url = reverse("chat-desk:index")
        return DeskItem(name=self.name, label=str(self.label), icon=self.icon, url=url)

    def desk_waiting(self, viewer: Viewer) -> ConversationQuerySet | None:
        chats = visible_conversations(viewer).of_kind(KIND)
        return chats.filter(status=Status.WAITING)[:MOST_COUNTED]

    def desk_rows(self, viewer: Viewer) -> Sequence[DeskRow]:
        return rail.desk_rows(viewer)

    def settings_parts(self, viewer: Viewer) -> list[SettingsPart]:
        if not viewer.may("settings.manage"):
            return []
        pages = (("policy", _("Chat rules")), ("assistant", _("Chat assistant")))
        return [
            SettingsPart(f"chat-{name}", label, reverse(f"chat-desk:{name}"))
            for name, label in pages
        ]

    def account_parts(self, viewer: Viewer) -> list[SettingsPart]:
        if not actions.may_switch(viewer):
            return []
        return [SettingsPart("chat-assistant", _("Assistant in chats"), reverse("chat:assistant"))]

    def palette(self, viewer: Viewer, text: str) -> list[Command]:
        return palette.search(viewer, text)

    def palette_acts(self, viewer: Viewer, public_id: str, text: str) -> list[Command]:
        return palette.acts(viewer, public_id)

    def palette_seen(self, viewer: Viewer, public_ids: list[str]) -> list[Command]:
        return palette.seen(viewer, public_ids)

    def search(self, viewer: Viewer, text: str, *, limit: int, refine: bool) -> Findings | None:
        return finding.search(viewer, text, limit)

    def readable(self, viewer: Viewer, public_ids: Iterable[str]) -> set[str]:
        chats = visible_conversations(viewer).of_kind(KIND).filter(public_id__in=list(public_ids))
        return set(chats.values_list("public_id", flat=True))

    def url_of(self, viewer: Viewer, public_id: str) -> str:
        side = "chat-desk" if viewer.agent else "chat"
        return reverse(f"{side}:detail", args=[public_id])
