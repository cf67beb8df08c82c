"""How does a test make tickets, messages and files? By the real actions."""

import io
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations.actions import Draft
from handrail.engines.conversations.models import Attachment, Message
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions import TicketDraft
from handrail.mediums.tickets.models import IssueType, Ticket
from handrail.mediums.tickets.states import Act
from handrail.people.models import Agent, Member
from handrail.people.viewer import Viewer, viewer_for_agent, viewer_for_member

SUBJECT = "The spring campaign shows no clicks"


def viewer_of(who: Member | Agent) -> Viewer:
    return viewer_for_member(who) if isinstance(who, Member) else viewer_for_agent(who)


def words(body: str = "Since Monday the report is empty.", **changes: Any) -> Draft:
    """A message as a form would hand it on, with an id of its own."""
    return Draft(body=body, **{"client_id": uuid4(), **changes})


def issue_type() -> IssueType:
    """One that an installation begins with."""
    return IssueType.objects.order_by("pk")[0]


def ticket_of(
    member: Member, subject: str = SUBJECT, *, message: Draft | None = None, **changes: Any
) -> Ticket:
    """A ticket that this member opened; `changes` are fields of TicketDraft."""
    draft = TicketDraft(
        subject=subject,
        issue_type=changes.pop("issue_type", None) or issue_type(),
        message=message or words(),
        **changes,
    )
    return actions.open_ticket(viewer_of(member), draft)


def reply(
    who: Member | Agent, ticket: Ticket, body: str = "Here is more.", **changes: Any
) -> Message:
    """A reply by either side; `act` says what an agent's means."""
    act = changes.pop("act", Act.REPLY)
    return actions.reply(viewer_of(who), ticket, words(body, **changes), act=act)


def note(agent: Agent, ticket: Ticket, body: str = "For us alone.") -> Message:
    return actions.add_note(viewer_of(agent), ticket, words(body))


def upload(
    who: Member | Agent, name: str = "notes.txt", content: bytes = b"what I saw"
) -> Attachment:
    """A file that is not sent yet."""
    return conversations.upload(viewer_of(who), SimpleUploadedFile(name, content))


def picture(format: str = "PNG", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    """The bytes of a small picture."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, format, **options)
    return out.getvalue()
