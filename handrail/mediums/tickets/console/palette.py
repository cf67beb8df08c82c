"""What do tickets bring to the command palette? What is found, and acts with an open ticket."""

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.base.among import Among
from handrail.engines.conversations.access import WORK, ConversationQuerySet, visible_conversations
from handrail.engines.conversations.models import Conversation, Priority
from handrail.engines.search.words import words
from handrail.hub.medium import Command
from handrail.mediums.tickets.actions.sorting import TAG_LENGTH
from handrail.mediums.tickets.console.ticket import assignable
from handrail.mediums.tickets.lists import found
from handrail.mediums.tickets.states import KIND, SILENT, Act, Status, Who, acts_for
from handrail.people.viewer import Viewer

MOST_FOUND = 8
HEAD = "ticket-head"
"""The element of a ticket's page that the answer to an act takes the place of."""

ACT_ICONS = {Act.START: "circle-dot-dashed", Act.CLOSE: "circle-check", Act.REOPEN: "refresh-cw"}


def search(viewer: Viewer, text: str) -> list[Command]:
    """Tickets that hold the words, or have the number: the newest first. The search's queries,
    and one."""
    proposed = found(viewer, text) if viewer.may(WORK) else None
    if proposed is None:
        return []
    tickets = _tickets(viewer).filter(Among(F("pk"), proposed.ids))
    return [_leading_to(ticket) for ticket in tickets.newest_first()[:MOST_FOUND]]


def seen(viewer: Viewer, public_ids: list[str]) -> list[Command]:
    """These tickets, as far as the viewer may read them, in this order. One query."""
    if not viewer.may(WORK):
        return []
    tickets = _tickets(viewer).filter(public_id__in=public_ids)
    known = {ticket.public_id: ticket for ticket in tickets}
    return [_leading_to(known[each]) for each in public_ids if each in known]


def acts(viewer: Viewer, public_id: str, text: str) -> list[Command]:
    """What can be done now with the ticket that is open: what its page offers too."""
    if not viewer.may(WORK):
        return []
    ticket = _tickets(viewer).filter(public_id=public_id).first()
    if ticket is None:
        return []
    return [
        *_writing(),
        *_assigning(viewer, ticket, text),
        *_moving(ticket),
        *_sorting(ticket, text),
        _following(viewer, ticket),
    ]


def _tickets(viewer: Viewer) -> ConversationQuerySet:
    return visible_conversations(viewer).of_kind(KIND).select_related("account")


def _leading_to(ticket: Conversation) -> Command:
    account = f" · {ticket.account.name}" if ticket.account else ""
    return Command(
        ticket.subject,
        icon="ticket",
        hint=f"#{ticket.number}{account} · {Status(ticket.status).label}",
        url=reverse("tickets-desk:detail", args=[ticket.public_id]),
    )


def _writing() -> list[Command]:
    return [
        Command(_("Write a reply"), icon="reply", keys="r", press="reply"),
        Command(_("Choose a canned reply"), icon="message-square-text", keys="c", press="canned"),
    ]


def _assigning(viewer: Viewer, ticket: Conversation, text: str) -> list[Command]:
    """To me, to nobody; and to anybody, where "assign" was typed. One query then."""
    me = viewer.require_agent()
    commands = []
    if ticket.assignee_id != me.pk:
        label = _("Assign to me")
        commands.append(_post(ticket, "assign", label, "user-plus", keys="a", agent=me.public_id))
    if ticket.assignee_id:
        commands.append(_post(ticket, "assign", _("Assign to nobody"), "user", agent=""))
    if _begins(text, _("Assign to me")):
        for agent in assignable().exclude(pk=me.pk):
            label = _("Assign to %(name)s") % {"name": agent.name}
            commands.append(_post(ticket, "assign", label, "user", agent=agent.public_id))
    return commands


def _moving(ticket: Conversation) -> list[Command]:
    possible = [act for act in acts_for(Who.AGENT, ticket.status) if act in SILENT]
    return [
        _post(
            ticket,
            "move",
            str(act.label),
            ACT_ICONS.get(act, "circle"),
            keys="" if act == Act.START else "e",
            act=str(act),
        )
        for act in possible
    ]


def _sorting(ticket: Conversation, text: str) -> list[Command]:
    """Other priorities; a tag to write, or the one that was typed behind the word "tag"."""
    commands = [
        _post(
            ticket,
            "priority",
            _("Priority: %(priority)s") % {"priority": label},
            "flag",
            priority=str(value),
        )
        for value, label in Priority.choices
        if value != ticket.priority
    ]
    typed = text.strip().partition(" ")[2].strip()
    if typed and _begins(text, _("Tag")) and len(typed) <= TAG_LENGTH:
        label = _("Tag: %(tag)s") % {"tag": typed}
        commands.append(_post(ticket, "tag", label, "tag", tag=typed))
    return [*commands, Command(_("Add a tag"), icon="tag", keys="t", press="tag")]


def _following(viewer: Viewer, ticket: Conversation) -> Command:
    is_following = ticket.followers.filter(agent=viewer.agent).exists()
    label = _("Stop following") if is_following else _("Follow")
    follow = "off" if is_following else "on"
    return _post(ticket, "follow", label, "bell", keys="f", follow=follow)


def _begins(text: str, label: str) -> bool:
    """Whether the first word that was typed begins the first of the label: two letters at least."""
    typed, first = words(text)[:1], words(label)[:1]
    return bool(typed and first and len(typed[0]) > 1 and first[0].startswith(typed[0]))


def _post(
    ticket: Conversation, address: str, label: str, icon: str, keys: str = "", **values: str
) -> Command:
    url = reverse(f"tickets-desk:{address}", args=[ticket.public_id])
    return Command(label, icon=icon, keys=keys, post=url, values=values, target=HEAD)
