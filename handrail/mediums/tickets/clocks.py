"""By when do we owe what? The clocks of a ticket, and each deadline in a sentence for agents.

The first reply is owed from the moment it is our turn. The clock of the resolution runs while it
is our turn and stands while we wait for the member or the ticket is closed. Both count business
hours alone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from handrail.engines.conversations.models import Conversation, Message
from handrail.mediums.tickets.models import SlaTarget, Ticket
from handrail.mediums.tickets.states import WAITING_ON_US, Status
from handrail.people import hours
from handrail.people.hours import Week
from handrail.people.viewer import SYSTEM

FIRST_REPLY = "first_reply"
RESOLUTION = "resolution"

FIELDS = (
    "target",
    "first_replied_at",
    "first_reply_due_at",
    "resolution_due_at",
    "clock_started_at",
    "worked_seconds",
    "warned_at",
)
"""What the clocks of a ticket are made of."""

SOON = timedelta(hours=1)
"""Pages point out a deadline that is as near as this."""


def target_for(plan_id: int | None, priority: int) -> SlaTarget | None:
    """What we promise to this plan and priority: the most exact row counts."""
    matching = SlaTarget.objects.select_related("hours").filter(
        Q(plan=None) | Q(plan_id=plan_id), Q(priority=None) | Q(priority=priority)
    )
    return max(
        matching,
        key=lambda target: (target.plan_id is not None, target.priority is not None),
        default=None,
    )


def reckon(ticket: Ticket, conversation: Conversation, target: SlaTarget | None) -> None:
    """Sets all clocks anew for a promise, from what happened so far."""
    ticket.target = target
    ticket.first_reply_due_at = ticket.resolution_due_at = ticket.clock_started_at = None
    ticket.worked_seconds = 0
    if target is None:
        return
    week = hours.week_of(target.hours)
    turns, begun = _our_turns(conversation)
    ticket.worked_seconds = sum(hours.between(week, start, end) for start, end in turns)
    first = conversation.created_at if ticket.first_replied_at or not begun else begun
    ticket.first_reply_due_at = _due(week, first, target.first_reply_minutes)
    if begun:
        _start(ticket, target, week, begun)


def run(ticket: Ticket, target: SlaTarget, now: datetime) -> None:
    """It is our turn again: the clock goes on, and a first reply is owed from now."""
    week = hours.week_of(target.hours)
    if ticket.first_replied_at is None:
        ticket.first_reply_due_at = _due(week, now, target.first_reply_minutes)
    _start(ticket, target, week, now)


def stand(ticket: Ticket, target: SlaTarget, now: datetime) -> None:
    """It is not our turn any more: the clock stands, and keeps what it counted."""
    if ticket.clock_started_at:
        week = hours.week_of(target.hours)
        ticket.worked_seconds += hours.between(week, ticket.clock_started_at, now)
    ticket.clock_started_at = ticket.resolution_due_at = None


def next_due(ticket: Ticket) -> tuple[datetime | None, str]:
    """The next deadline and what is owed then; none while the clock stands."""
    owed = []
    if ticket.clock_started_at and ticket.first_reply_due_at and not ticket.first_replied_at:
        owed.append((ticket.first_reply_due_at, FIRST_REPLY))
    if ticket.resolution_due_at:
        owed.append((ticket.resolution_due_at, RESOLUTION))
    return min(owed, default=(None, ""))


def _start(ticket: Ticket, target: SlaTarget, week: Week, at: datetime) -> None:
    ticket.clock_started_at = at
    ticket.resolution_due_at = _due(week, at, target.resolution_minutes, ticket.worked_seconds)


def _due(week: Week, start: datetime, minutes: int | None, used: int = 0) -> datetime | None:
    return None if minutes is None else hours.add(week, start, max(0, minutes * 60 - used))


def _our_turns(
    conversation: Conversation,
) -> tuple[list[tuple[datetime, datetime]], datetime | None]:
    """From when to when it was our turn, and since when it is; the thread's events tell."""
    turns, status = [], str(Status.OPEN)
    begun: datetime | None = conversation.created_at
    events = (
        Message.objects.visible_to(SYSTEM)
        .filter(conversation=conversation, event="status")
        .order_by("pk")
    )
    for at, detail in events.values_list("created_at", "detail"):
        if detail.get("before") != status:
            continue  # of another ticket, which was merged into this one
        status = detail["after"]
        is_ours = status in WAITING_ON_US
        if begun and not is_ours:
            turns.append((begun, at))
            begun = None
        elif is_ours and not begun:
            begun = at
    return turns, begun


# --- In words -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Deadline:
    """One promise as a page shows it."""

    title: str
    at: datetime | None
    """None: its clock stands."""
    tone: str
    state: str
    """How pressing it is, in a word; empty where it is not."""
    explanation: str


def deadlines(ticket: Ticket, now: datetime | None = None) -> list[Deadline]:
    """What we owe on a ticket, and how it came to be; nothing where nothing was promised."""
    target = ticket.target
    if target is None or ticket.conversation.status == Status.CLOSED:
        return []
    now = now or timezone.now()
    shown = []
    if ticket.first_reply_due_at and ticket.clock_started_at and not ticket.first_replied_at:
        words = _("We promised a first reply within %(promised)s of “%(hours)s”.") % {
            "promised": duration((target.first_reply_minutes or 0) * 60),
            "hours": target.hours.name,
        }
        shown.append(_deadline(_("First reply"), ticket.first_reply_due_at, now, words))
    if target.resolution_minutes is not None:
        words = _resolution_words(ticket, target)
        is_over = ticket.worked_seconds > target.resolution_minutes * 60
        due_at = ticket.resolution_due_at
        shown.append(_deadline(_("Solution"), due_at, now, words, is_over=is_over))
    return shown


def duration(seconds: int) -> str:
    """As people say it: "2 hours 30 minutes"."""
    whole, minutes = divmod(seconds // 60, 60)
    parts = []
    if whole:
        parts.append(ngettext("%(n)d hour", "%(n)d hours", whole) % {"n": whole})
    if minutes or not whole:
        parts.append(ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes})
    return " ".join(parts)


def _resolution_words(ticket: Ticket, target: SlaTarget) -> str:
    facts = {
        "promised": duration((target.resolution_minutes or 0) * 60),
        "hours": target.hours.name,
        "used": duration(ticket.worked_seconds),
    }
    if ticket.clock_started_at is None:
        return (
            _(
                "The clock stands while we wait for the member: "
                "%(used)s of %(promised)s of “%(hours)s” are used."
            )
            % facts
        )
    if not ticket.worked_seconds:
        return _("We promised a solution within %(promised)s of “%(hours)s”.") % facts
    since = timezone.localtime(ticket.clock_started_at)
    day = date_format(since, pgettext("date format", "j M"))
    facts["since"] = f"{day} {time_format(since, 'TIME_FORMAT')}"
    return (
        _(
            "We promised a solution within %(promised)s of “%(hours)s”: %(used)s were used "
            "before, and the clock has run since %(since)s."
        )
        % facts
    )


def _deadline(
    title: str, at: datetime | None, now: datetime, words: str, *, is_over: bool = False
) -> Deadline:
    if at is None and is_over:
        return Deadline(title, None, "danger", _("Overdue, paused"), words)
    if at is None:
        return Deadline(title, None, "info", _("Paused"), words)
    if at <= now:
        return Deadline(title, at, "danger", _("Overdue"), words)
    if at <= now + SOON:
        return Deadline(title, at, "warning", _("Due soon"), words)
    return Deadline(title, at, "", "", words)
