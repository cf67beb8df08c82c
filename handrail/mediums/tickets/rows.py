"""How does a ticket look in a list?

Rows are drawn here and not by a template: 25 of them cost as much as all the rest of the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from handrail.base.templatetags.components import moments
from handrail.engines.search.excerpts import Part, marked
from handrail.mediums.tickets.lists import Found, Listed, Page, excerpts
from handrail.mediums.tickets.states import Status
from handrail.people.viewer import Viewer

_PLACE = "AAAAAAAAAAAAAAAAAAAAAA"
"""Stands for a public id where an address is made once for all rows."""

_ROW = (
    '<li id="ticket-{id}"><div class="row{tone}"><span></span>'
    '<a class="row-link row-title" href="%s">{new}<bdi>{subject}</bdi></a>'
    '<div class="row-meta">{badge}<span class="number">{number}</span><span>{meta}</span></div>'
    '<div class="row-end">{time}</div>{excerpt}</div></li>'
)
_NOTHING, _UNREAD = format_html("{}", ""), format_html(" {}", "unread")


@dataclass(frozen=True)
class Row:
    """A ticket as a list shows it, ready to be drawn."""

    public_id: str
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


def rows_of(viewer: Viewer, page: Page[Listed], search: Found | None) -> list[Row]:
    """One query where something was searched for, else none."""
    badges = {status: badge(status) for status in {row.status for row in page.rows}}
    found = excerpts(viewer, page, search) if search else {}
    times = moments(ticket.last_message_at for ticket in page.rows)
    you, shared = _("You"), _("Shared")
    own = viewer.member.pk if viewer.member else None
    return [
        Row(
            public_id=ticket.public_id,
            subject=ticket.subject,
            number=f"#{ticket.number}",
            meta=_meta(ticket, you if ticket.creator_id == own else ticket.creator_name, shared),
            is_unread=ticket.is_unread,
            badge=badges[ticket.status],
            time=time,
            marked_subject=marked(ticket.subject, search.question) if search else [],
            excerpt=found.get(ticket.pk, []),
        )
        for ticket, time in zip(page.rows, times, strict=True)
    ]


def drawn(rows: Sequence[Row]) -> SafeString:
    """The rows as a list's items; empty where there are none."""
    row_html = _ROW % reverse("tickets:detail", args=[_PLACE]).replace(_PLACE, "{id}")
    new = format_html('<span class="visually-hidden">{} </span>', _("New:"))
    return format_html_join("", row_html, (_facts(row, new) for row in rows))


def badge(status: str) -> SafeString:
    """The status as a pill."""
    return _badge(status, get_language())


@lru_cache(maxsize=256)
def _badge(status: str, language: str | None) -> SafeString:
    context = {"status": status, "label": Status(status).label}
    return render_to_string("base/components/status.html", context)


def _facts(row: Row, new: SafeString) -> dict[str, str]:
    """What stands in a row's places. What is marked as safe already is not escaped once more."""
    excerpt = row.excerpt and format_html('<p class="row-excerpt">{}</p>', _parts(row.excerpt))
    return {
        "id": row.public_id,
        "tone": _UNREAD if row.is_unread else _NOTHING,
        "new": new if row.is_unread else _NOTHING,
        "subject": _parts(row.marked_subject) if row.marked_subject else row.subject,
        "badge": row.badge,
        "number": row.number,
        "meta": row.meta,
        "time": row.time,
        "excerpt": excerpt or _NOTHING,
    }


def _parts(parts: Sequence[Part]) -> SafeString:
    """A text with what was searched for marked in it."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", part.text) if part.is_marked else part.text,)
            for part in parts
        ),
    )


def _meta(ticket: Listed, who: str, shared: str) -> str:
    return f"{who} · {shared}" if ticket.is_shared else who
