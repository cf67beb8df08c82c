"""How does a chat look in a list?"""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.engines.search.excerpts import Part, marked
from handrail.mediums.chat.lists import Found, Page, excerpts
from handrail.mediums.chat.states import Status
from handrail.people.viewer import Viewer


@dataclass(frozen=True)
class Row:
    """A chat as `chat/_rows.html` draws it."""

    url: str
    subject: list[Part]
    excerpt: list[Part]
    meta: str
    """Who was with the member, and whether it goes on."""
    is_unread: bool
    at: datetime


def rows_of(viewer: Viewer, page: Page, search: Found | None) -> list[Row]:
    """One query where something was searched for, else none."""
    pks = [row.pk for row in page.rows]
    said = excerpts(viewer, pks, search.question) if search and pks else {}
    return [
        Row(
            url=reverse("chat:detail", args=[row.public_id]),
            subject=marked(row.subject, search.question) if search else [Part(row.subject)],
            excerpt=said.get(row.pk, []),
            meta=_meta(row.status, row.assignee_name),
            is_unread=row.is_unread,
            at=row.last_message_at,
        )
        for row in page.rows
    ]


def _meta(status: str, agent: str | None) -> str:
    if status != Status.ENDED:
        return str(Status(status).label)
    return _("With %(name)s") % {"name": agent} if agent else _("With the assistant")
