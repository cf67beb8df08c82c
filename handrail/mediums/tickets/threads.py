"""What was said and done on a ticket, as this viewer may read it?"""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from handrail.base.ids import is_public_id
from handrail.engines.conversations.access import WORK
from handrail.engines.conversations.models import (
    Attachment,
    Conversation,
    Link,
    LinkKind,
    Message,
    MessageKind,
    Priority,
    Score,
)
from handrail.mediums.tickets.models import Ticket
from handrail.mediums.tickets.states import Act, Status
from handrail.people.viewer import Viewer

RESHUFFLING = ("merged", "merged_into", "split_off")
"""Events with which messages come in between others, or leave."""


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


def news(viewer: Viewer, ticket: Ticket, after: str) -> tuple[list[Line], bool]:
    """What came after the message that a page has last; or (True) the whole thread, where it has
    not only grown: messages moved in or out, and the page's last one may be gone.

    Two queries where something came; one more where nothing did.
    """
    lines = thread(viewer, ticket, after)
    if not after:
        return lines, False
    is_reshuffled = any(line.message.event in RESHUFFLING for line in lines)
    if is_reshuffled or not (lines or _holds(viewer, ticket, after)):
        return thread(viewer, ticket), True
    return lines, False


def _holds(viewer: Viewer, ticket: Ticket, public_id: str) -> bool:
    within = Message.objects.visible_to(viewer).filter(conversation=ticket.conversation)
    return is_public_id(public_id) and within.filter(public_id=public_id).exists()


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
        attachments=[] if message.removed_at else list(message.attachments.all()),
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


@dataclass(frozen=True)
class Linked:
    """Another ticket that belongs together with one, as its page leads there."""

    ticket: Conversation
    words: str
    is_by_hand: bool


def links(viewer: Viewer, conversation: Conversation) -> list[Linked]:
    """The tickets that belong together with this one, where the reader may see them.

    One query; for members one more where there are any.
    """
    known = (
        Link.objects.filter(Q(conversation=conversation) | Q(other=conversation))
        .select_related("conversation", "other")
        .order_by("pk")
    )
    found = [
        _linked(link, conversation)
        for link in known
        if link.conversation_id != conversation.merged_into_id  # which the page says anyway
    ]
    if viewer.agent is None:
        pks = [one.ticket.pk for one in found]
        theirs = Conversation.objects.visible_to(viewer).filter(pk__in=pks, merged_into=None)
        mine = set(theirs.values_list("pk", flat=True)) if pks else set()
        return [one for one in found if one.ticket.pk in mine]
    return found if viewer.may(WORK) else []


def _linked(link: Link, conversation: Conversation) -> Linked:
    is_later = link.other_id == conversation.pk
    words = {
        (LinkKind.FOLLOW_UP, True): _("It goes on in"),
        (LinkKind.FOLLOW_UP, False): _("It began in"),
        (LinkKind.SPLIT, True): _("Split into"),
        (LinkKind.SPLIT, False): _("Split from"),
        (LinkKind.MERGED, False): _("Merged from"),
    }.get((LinkKind(link.kind), is_later), _("Related to"))
    other = link.conversation if is_later else link.other
    return Linked(other, words, link.kind == LinkKind.RELATED)


def _special_words(message: Message) -> str:
    """Events that say more than who did it; empty for all others."""
    key = message.detail.get("act") if message.event == "status" else message.event
    to = message.detail.get("to", "")
    facts = {"name": message.author_name, "to": to, "number": message.detail.get("number")}
    if key == Act.CLOSE and not (message.member_id or message.agent_id):
        return _("Closed by itself, because nobody answered")
    if key == "prioritised":
        facts["to"] = Priority(to).label
    if key == "rated":
        facts |= {"to": Score(to).label, "name": message.detail.get("who", "")}
    pattern = {
        "proof_sent": _("%(name)s sent a proof link to %(to)s"),
        "proved": _("%(name)s proved that they read mail at %(to)s"),
        "merged": _("%(name)s merged #%(number)s into this ticket"),
        "merged_into": _("%(name)s merged this ticket into #%(number)s"),
        "split_off": _("%(name)s moved messages into a ticket of their own, #%(number)s"),
        "split_from": _("%(name)s moved this out of #%(number)s"),
        "tagged": _("%(name)s put the tag “%(to)s” on it"),
        "untagged": _("%(name)s took the tag “%(to)s” off it"),
        "rated": _("%(name)s rated it: %(to)s"),
        "reminded": _("Reminded the member that we wait for an answer"),
        "linked": _("%(name)s linked #%(number)s"),
        "unlinked": _("%(name)s removed the link to #%(number)s"),
        "follow_up": _("%(name)s wrote again about #%(number)s, which was closed long ago"),
        "prioritised": _("%(name)s set the priority to %(to)s"),
        "assigned": _assigned_words(message.author_name, to),
        "teamed": _("%(name)s gave this to the team %(to)s")
        if to
        else _("%(name)s took this from its team"),
    }.get(str(key), "")
    return pattern % facts


def _assigned_words(name: str, to: str) -> str:
    if not to:
        return _("%(name)s gave this to nobody")
    return _("%(name)s took this") if name == to else _("%(name)s gave this to %(to)s")
