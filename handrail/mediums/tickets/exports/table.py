"""How does a list leave as a table? As CSV that no spreadsheet reads as formulas."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from handrail.engines.conversations.access import ConversationQuerySet
from handrail.engines.conversations.models import Conversation, Priority
from handrail.mediums.tickets.public.senders import who_wrote
from handrail.mediums.tickets.states import Status

MOST_ROWS = 50_000
BATCH = 500

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for something else."""

FORMULAS = tuple("=+-@＝＋－＠")  # noqa: RUF001  wide ones count too where such are typed
IGNORED = " \t\r\n\"'\u00a0\u200b\ufeff"
"""What a spreadsheet may take off before it looks."""


def lines(tickets: ConversationQuerySet, zone: ZoneInfo) -> Iterator[str]:
    """The table in pieces: one query, some hundred rows at a time as objects."""
    rows = tickets.select_related(
        "account",
        "creator__person",
        "assignee",
        "ticket__issue_type",
        "ticket__sign_in_request",
    )
    yield BYTE_ORDER_MARK + _line(_columns())
    for conversation in rows[:MOST_ROWS].iterator(BATCH):
        yield _line(_cells(conversation, zone))


def harmless(text: str) -> str:
    """With a quote before what would be a formula, also one behind spaces or quotes."""
    begins = text.lstrip(IGNORED)
    if begins.startswith(FORMULAS) or text.startswith(("\t", "\r", "\n")):
        return f"'{text}"
    return text


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerow([harmless(cell) for cell in cells])
    return out.getvalue()


def _columns() -> list[str]:
    return [
        *(_("Number"), _("Subject"), _("Status"), _("Priority"), _("Issue type"), _("Account")),
        *(_("Created by"), _("Assignee"), _("Created"), _("Last message"), _("Closed")),
    ]


def _cells(conversation: Conversation, zone: ZoneInfo) -> list[str]:
    return [
        str(conversation.number),
        conversation.subject,
        str(Status(conversation.status).label),
        str(Priority(conversation.priority).label),
        conversation.ticket.issue_type.name,
        conversation.account.name if conversation.account else "",
        conversation.creator.name if conversation.creator else who_wrote(conversation.ticket),
        conversation.assignee.name if conversation.assignee else "",
        _time(conversation.created_at, zone),
        _time(conversation.last_message_at, zone),
        _time(conversation.closed_at, zone),
    ]


def _time(at: datetime | None, zone: ZoneInfo) -> str:
    """As spreadsheets know times, in the reader's zone."""
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S") if at else ""
