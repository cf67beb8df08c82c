"""What is in a ticket's file? What its page says to this viewer, in the same words and zone."""

import re
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from handrail.engines.conversations.models import Priority
from handrail.mediums.tickets import threads
from handrail.mediums.tickets.fields import answers_of
from handrail.mediums.tickets.models import Ticket
from handrail.mediums.tickets.public.senders import who_wrote
from handrail.mediums.tickets.states import Status
from handrail.mediums.tickets.threads import Line
from handrail.people.viewer import Viewer

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Entry:
    """A message, or (with `is_event`) a sentence about what happened."""

    author: str
    at: str
    body: str
    files: list[str]
    is_note: bool
    is_event: bool


@dataclass(frozen=True)
class Transcript:
    """A ticket in words, without anything that could be more than words."""

    number: str
    subject: str
    facts: list[tuple[str, str]]
    entries: list[Entry]
    made: str
    language: str
    is_rtl: bool

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def transcript(viewer: Viewer, ticket: Ticket, *, with_notes: bool = False) -> Transcript:
    """The ticket as this viewer may read it; notes only for agents, and where they are wanted."""
    lines = threads.thread(viewer, ticket)
    return Transcript(
        number=f"#{ticket.conversation.number}",
        subject=_plain(ticket.conversation.subject),
        facts=[(_plain(label), _plain(value)) for label, value in _facts(viewer, ticket)],
        entries=[_entry(line) for line in lines if with_notes or not line.is_note],
        made=_("As of %(time)s") % {"time": _time(timezone.now())},
        language=(get_language() or "en").partition("-")[0],
        is_rtl=get_language_bidi(),
    )


def as_text(told: Transcript) -> str:
    """For every editor there is: lines, and nothing else."""
    head = [f"{told.number} {told.subject}", ""]
    head += [f"{label}: {value}" for label, value in told.facts]
    parts = ["\n".join(head)]
    for entry in told.entries:
        if entry.is_event:
            parts.append(f"* {entry.at} · {entry.body}")
            continue
        note = f" ({_('Internal note')})" if entry.is_note else ""
        files = "".join(f"\n[{name}]" for name in entry.files)
        parts.append(f"--- {entry.author}{note} · {entry.at}\n\n{entry.body}{files}")
    return "\n\n".join([*parts, told.made, ""])


def _facts(viewer: Viewer, ticket: Ticket) -> list[tuple[str, str]]:
    conversation = ticket.conversation
    creator = conversation.creator.name if conversation.creator else who_wrote(ticket)
    facts = [
        (_("Status"), str(Status(conversation.status).label)),
        (_("Issue type"), ticket.issue_type.name),
        (_("Created by"), creator),
        (_("Created"), _time(conversation.created_at)),
    ]
    if viewer.agent:
        account = conversation.account.name if conversation.account else _("Unknown")
        assignee = conversation.assignee.name if conversation.assignee else _("Nobody")
        priority = str(Priority(conversation.priority).label)
        facts += [(_("Account"), account), (_("Assignee"), assignee), (_("Priority"), priority)]
    return facts + [(answer.label, answer.value) for answer in answers_of(ticket)]


def _entry(line: Line) -> Entry:
    said = _("(removed)") if line.message.removed_at else line.message.body
    return Entry(
        author=_plain(line.message.author_name),
        at=_time(line.message.created_at),
        body=_plain(line.words or said),
        files=[_plain(file.name) for file in line.attachments],
        is_note=line.is_note,
        is_event=bool(line.words),
    )


def _time(at: datetime) -> str:
    """With the zone's name: a file is read where nobody knows whose clock it was."""
    local = timezone.localtime(at)
    return f"{date_format(local, 'DATETIME_FORMAT')} {local.tzname()}"


def _plain(text: str) -> str:
    """Without control characters, which neither editors nor PDF know what to do with."""
    return CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
