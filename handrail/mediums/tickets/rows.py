"""How does a ticket look in a list?

Everything is put into words here, once a page where it is the same for many rows: a template that
asks for it row by row costs three times as much as the list's queries.
"""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from handrail.base.templatetags.components import moment
from handrail.engines.conversations.models import Conversation
from handrail.engines.search.excerpts import Part, marked
from handrail.mediums.tickets.lists import Found, Page, excerpts
from handrail.mediums.tickets.states import Status
from handrail.people.viewer import Viewer

_PLACE = "AAAAAAAAAAAAAAAAAAAAAA"
"""Stands for a public id where an address is made once for all rows."""


@dataclass(frozen=True)
class Row:
    """A ticket as a list shows it, ready for the template."""

    public_id: str
    href: str
    subject: str
    number: str
    meta: str
    """Who wrote it, and whether the account sees it."""
    is_unread: bool
    badge: SafeString
    time: SafeString
    marked_subject: list[Part]
    """The subject with what was searched for; empty outside of a search."""
    excerpt: list[Part]


def rows_of(viewer: Viewer, page: Page, search: Found | None) -> list[Row]:
    """One query where something was searched for, else none."""
    address = reverse("tickets:detail", args=[_PLACE])
    badges = {status: badge(status) for status in {row.status for row in page.rows}}
    found = excerpts(viewer, page, search) if search else {}
    return [
        Row(
            public_id=ticket.public_id,
            href=address.replace(_PLACE, ticket.public_id),
            subject=ticket.subject,
            number=f"#{ticket.number}",
            meta=_meta(viewer, ticket),
            is_unread=ticket.is_unread,
            badge=badges[ticket.status],
            time=moment(ticket.last_message_at),
            marked_subject=marked(ticket.subject, search.question) if search else [],
            excerpt=found.get(ticket.pk, []),
        )
        for ticket in page.rows
    ]


def badge(status: str) -> SafeString:
    """The status as a pill."""
    context = {"status": status, "label": Status(status).label}
    return render_to_string("base/components/status.html", context)


def _meta(viewer: Viewer, ticket: Conversation) -> str:
    creator = ticket.creator
    is_mine = viewer.member is not None and ticket.creator_id == viewer.member.pk
    who = _("You") if is_mine else creator.name if creator else ""
    return " · ".join([who, _("Shared")]) if ticket.is_shared else who
