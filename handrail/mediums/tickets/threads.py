"""What was said and done on a ticket, as this viewer may read it?"""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from handrail.base.ids import is_public_id
from handrail.engines.conversations.models import (
    Attachment,
    Conversation,
    Link,
    LinkKind,
    Message,
    MessageKind,
    Priority,
)
from handrail.mediums.tickets.models import Ticket
from handrail.mediums.tickets.states import Act, Status
from handrail.people.viewer import Viewer


@dataclass(frozen=True)
class Line:
    """One message or event of a thread, ready for the page."""

    message: Message
    is_mine: bool
    is_ours: bool
    """Written by an agent."""
    is_note: bool
    words: str
    """What an event says; empty for a message."""
    attachments: list[Attachment]

    @property
    def kind(self) -> str:
        """How the page draws it: as a note, from the house, or from a member."""
        return "note" if self.is_note else "agent" if self.is_ours else "member"

    @property
    def role(self) -> str:
        """What the author is, beside an agent's name."""
        agent = self.message.agent
        return str(agent.get_role_display()) if agent else ""


def thread(viewer: Viewer, ticket: Ticket, after: str = "") -> list[Line]:
    """The thread in order, or what came after the message with this public id. Two queries."""
    messages = (
        Message.objects.visible_to(viewer)
        .filter(conversation=ticket.conversation)
        .select_related("member__person", "agent")
        .prefetch_related("attachments")
        .oldest_first()
    )
    if is_public_id(after):
        known = Message.objects.visible_to(viewer).filter(
            conversation=ticket.conversation, public_id=after
        )
        messages = messages.filter(pk__gt=known.values("pk")[:1])
    return [_line(viewer, message) for message in messages]


def last_seen(viewer: Viewer, ticket: Ticket) -> str:
    """The public id of the thread's last message; the page tells it back with an answer."""
    messages = Message.objects.visible_to(viewer).filter(conversation=ticket.conversation)
    last = messages.order_by("-pk").values_list("public_id", flat=True).first()
    return last or ""


def lines(viewer: Viewer, messages: list[Message]) -> list[Line]:
    """These messages, ready for the page."""
    return [_line(viewer, message) for message in messages]


def _line(viewer: Viewer, message: Message) -> Line:
    mine = (viewer.member and viewer.member.pk == message.member_id) or (
        viewer.agent and viewer.agent.pk == message.agent_id
    )
    return Line(
        message=message,
        is_mine=bool(mine),
        is_ours=message.agent_id is not None,
        is_note=message.kind == MessageKind.NOTE,
        words=event_words(message) if message.event else "",
        attachments=list(message.attachments.all()),
    )


def event_words(message: Message) -> str:
    """An event in words: who did what, in the reader's language."""
    if words := _special_words(message):
        return words
    key = message.detail.get("act") if message.event == "status" else message.event
    pattern = {
        Act.REPLY: _("%(name)s is working on it"),
        Act.ASK: _("%(name)s asked for a response"),
        Act.OFFER: _("%(name)s offered a solution"),
        Act.ACCEPT: _("%(name)s accepted the solution and closed the ticket"),
        Act.REJECT: _("%(name)s said that the solution did not help"),
        Act.START: _("%(name)s started work"),
        Act.CLOSE: _("%(name)s closed the ticket"),
        Act.REOPEN: _("%(name)s reopened the ticket"),
        Act.REMIND: _("%(name)s asked once more for a response"),
        "shared": _("%(name)s opened the ticket to everyone in the account"),
        "made_private": _("%(name)s made the ticket private"),
    }.get(str(key), _("%(name)s changed the ticket"))
    if key == Act.REPLY and not message.agent_id:
        status = Status(message.detail["after"]).label
        if message.member_id is None:  # somebody whom we do not know wrote, or proved their address
            return _("It is our turn again, the ticket is now %(status)s") % {"status": status}
        return _("%(name)s replied, the ticket is now %(status)s") % {
            "name": message.author_name,
            "status": status,
        }
    return pattern % {"name": message.author_name}


def follow_ups(viewer: Viewer, conversation: Conversation) -> list[tuple[Conversation, bool]]:
    """Tickets that this one follows or is followed by (True), where the reader may see them.

    One query where there are none.
    """
    links = Link.objects.filter(
        Q(conversation=conversation) | Q(other=conversation), kind=LinkKind.FOLLOW_UP
    ).values_list("conversation_id", "other_id")
    later = {one for one, other in links if other == conversation.pk}
    pks = later | {other for one, other in links if one == conversation.pk}
    if not pks:
        return []
    found = Conversation.objects.visible_to(viewer).filter(pk__in=pks).order_by("pk")
    return [(ticket, ticket.pk in later) for ticket in found]


def _special_words(message: Message) -> str:
    """Events that say more than who did it; empty for all others."""
    key = message.detail.get("act") if message.event == "status" else message.event
    to = message.detail.get("to", "")
    facts = {"name": message.author_name, "to": to, "number": message.detail.get("number")}
    if key == Act.CLOSE and not (message.member_id or message.agent_id):
        return _("Closed by itself, because nobody answered")
    if key == "prioritised":
        facts["to"] = Priority(to).label
    pattern = {
        "proof_sent": _("%(name)s sent a proof link to %(to)s"),
        "proved": _("%(name)s proved that they read mail at %(to)s"),
        "follow_up": _("%(name)s wrote again about #%(number)s, which was closed long ago"),
        "prioritised": _("%(name)s set the priority to %(to)s"),
        "assigned": _("%(name)s gave this to %(to)s") if to else _("%(name)s gave this to nobody"),
        "teamed": _("%(name)s gave this to the team %(to)s")
        if to
        else _("%(name)s took this from its team"),
    }.get(str(key), "")
    return pattern % facts
