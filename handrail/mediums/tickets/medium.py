"""How do tickets plug in?"""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from handrail.engines.conversations import archive
from handrail.engines.conversations.access import WORK, ConversationQuerySet, visible_conversations
from handrail.engines.conversations.models import Conversation
from handrail.hub.medium import (
    CannedText,
    Command,
    DeskItem,
    Findings,
    Handoff,
    Lock,
    Medium,
    Near,
    SettingsPart,
    Waiting,
)
from handrail.hub.registry import register
from handrail.hub.tools import Tool
from handrail.mediums.tickets import ai, finding, handoffs
from handrail.mediums.tickets.actions import KIND, MANAGE
from handrail.mediums.tickets.console import canned, palette
from handrail.mediums.tickets.fields import words_of
from handrail.mediums.tickets.states import EXPLANATIONS, WAITING_ON_MEMBER, WAITING_ON_US, Status
from handrail.people.models import Member
from handrail.people.viewer import Viewer

MOST_COUNTED = 1000
"""Counts stop here: the queue shows "1,000+" instead of counting a million rows."""

MOST_NEAR = 5
"""Open tickets of a member that an agent sees beside something else of theirs."""

archive.tell_more(KIND, words_of)


@register
class TicketsMedium(Medium):
    name = KIND
    label = _("Tickets")
    blurb = _("Write to our support team and follow what comes of it.")
    icon = "ticket"
    entitlement = "tickets.open"
    search_place = 90

    def badge(self, viewer: Viewer) -> int:
        tickets = visible_conversations(viewer).of_kind(KIND).filter(is_unread=True)
        return tickets[:MOST_COUNTED].count() if viewer.member else 0

    def lock(self, viewer: Viewer) -> Lock | None:
        if viewer.may("tickets.open"):
            return None
        return Lock(str(_("Your plan does not include tickets.")))

    def waiting(self, viewer: Viewer) -> list[Waiting]:
        if viewer.member is None:
            return []
        tickets = self._alive(viewer).filter(status__in=WAITING_ON_MEMBER)
        return [
            Waiting(
                title=ticket.subject,
                reason=str(EXPLANATIONS[Status(ticket.status)]),
                icon=self.icon,
                url=self.url_of(viewer, ticket.public_id),
            )
            for ticket in tickets.newest_first()[:3]
        ]

    def desk_item(self, viewer: Viewer) -> DeskItem | None:
        if not viewer.may(WORK):
            return None
        url = reverse("tickets-desk:index")
        return DeskItem(name=self.name, label=str(self.label), icon=self.icon, url=url)

    def desk_waiting(self, viewer: Viewer) -> ConversationQuerySet | None:
        return self._alive(viewer).filter(status__in=WAITING_ON_US)[:MOST_COUNTED]

    def near(self, viewer: Viewer, member: Member) -> list[Near]:
        if not viewer.may(WORK):
            return []
        theirs = self._alive(viewer).filter(creator=member).select_related("account")
        return [
            Near(
                ref=ticket.ref,
                title=ticket.subject,
                hint=f"#{ticket.number} · {Status(ticket.status).label}",
                url=self.url_of(viewer, ticket.public_id),
                at=ticket.last_message_at,
            )
            for ticket in theirs.newest_first()[:MOST_NEAR]
        ]

    def canned(self, viewer: Viewer, conversation: Conversation, text: str) -> list[CannedText]:
        return canned.texts(viewer, conversation, text) if viewer.may(WORK) else []

    def settings_parts(self, viewer: Viewer) -> list[SettingsPart]:
        if not viewer.may(MANAGE):
            return _canned_part(viewer)
        pages = (
            ("issue-types", _("Issue types")),
            ("teams", _("Teams")),
            ("policy", _("Ticket rules")),
            ("hours", _("Business hours")),
            ("targets", _("Promises")),
            ("sign-in-answers", _("Sign-in help")),
            ("suggested", _("Suggested pages")),
        )
        return [
            SettingsPart(f"tickets-{name}", str(label), reverse(f"tickets-desk:{name}"))
            for name, label in pages
        ] + _canned_part(viewer)

    def palette(self, viewer: Viewer, text: str) -> list[Command]:
        return palette.search(viewer, text)

    def palette_acts(self, viewer: Viewer, public_id: str, text: str) -> list[Command]:
        return palette.acts(viewer, public_id, text)

    def palette_seen(self, viewer: Viewer, public_ids: list[str]) -> list[Command]:
        return palette.seen(viewer, public_ids)

    def sign_in_help_url(self) -> str:
        return reverse("tickets-public:sign-in-help")

    def _alive(self, viewer: Viewer) -> ConversationQuerySet:
        return visible_conversations(viewer).of_kind(KIND).alive()

    def search(self, viewer: Viewer, text: str, *, limit: int, refine: bool) -> Findings | None:
        return finding.search(viewer, text, limit)

    def readable(self, viewer: Viewer, public_ids: Iterable[str]) -> set[str]:
        tickets = visible_conversations(viewer).of_kind(KIND).filter(public_id__in=list(public_ids))
        return set(tickets.values_list("public_id", flat=True))

    def url_of(self, viewer: Viewer, public_id: str) -> str:
        side = "tickets-desk" if viewer.agent else "tickets"
        return reverse(f"{side}:detail", args=[public_id])

    def tools(self, viewer: Viewer) -> Sequence[Tool]:
        return ai.tools(viewer)

    def accept(self, viewer: Viewer, draft: Handoff) -> str:
        return handoffs.form_url(draft)


def _canned_part(viewer: Viewer) -> list[SettingsPart]:
    """Every agent who answers has canned replies."""
    url = reverse("tickets-desk:canned")
    part = SettingsPart("tickets-canned", str(_("Canned replies")), url)
    return [part] if viewer.may(WORK) else []
