"""What can people do with a ticket? Every write, one plain function per intention."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from handrail.engines.activity import actions as activity
from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations.actions import Draft
from handrail.engines.conversations.models import Conversation, Message, Priority
from handrail.mediums.tickets import letters
from handrail.mediums.tickets.models import AddedAddress, IssueType, Ticket
from handrail.mediums.tickets.states import SILENT, Act, Status, Transition, Who, rule_for
from handrail.people.models import Agent
from handrail.people.viewer import Viewer

KIND = "tickets"
"""The `kind` of a ticket's conversation: the medium's name."""


class NotNow(ValidationError):
    """The ticket's status does not allow this any more; the text says so in plain words."""


@dataclass(frozen=True)
class TicketDraft:
    """A ticket as the form checked it. `added_addresses` only where the account may see it."""

    subject: str
    issue_type: IssueType
    message: Draft
    is_shared: bool = False
    added_addresses: list[str] = field(default_factory=list)


FIRST_TYPES = (
    ("Question", "How something works, or how to get something done."),
    ("Problem", "Something does not work as it should."),
    ("Billing", "Invoices, payments and your plan."),
    ("Other", "Anything else."),
)
"""The issue types of a new installation, for every kind of account; the owner chooses others."""


def install_defaults() -> None:
    """Makes the first issue types where there are none."""
    if not IssueType.objects.exists():
        for position, (name, description) in enumerate(FIRST_TYPES, start=1):
            add_issue_type(name=name, description=description, position=position)


def add_issue_type(
    *, name: str, description: str = "", account_kind: str = "", position: int = 0
) -> IssueType:
    """Offers a type to accounts of one kind (empty: all), or renews its words and place."""
    issue_type, _made = IssueType.objects.update_or_create(
        account_kind=account_kind,
        name=name,
        defaults={"description": description, "position": position, "retired_at": None},
    )
    return issue_type


def retire_issue_type(issue_type: IssueType) -> None:
    """New tickets cannot have it; old ones keep it."""
    IssueType.objects.filter(pk=issue_type.pk).update(retired_at=timezone.now())


def open_ticket(viewer: Viewer, draft: TicketDraft) -> Ticket:
    """Submits a ticket. Sent twice with one `client_id`, it is one ticket and one set of mails."""
    viewer.require("tickets.open")
    with transaction.atomic():
        conversation, is_new = conversations.open_conversation(
            viewer,
            kind=KIND,
            subject=draft.subject,
            status=Status.OPEN,
            is_shared=draft.is_shared,
            draft=draft.message,
        )
        if not is_new:
            return conversation.ticket
        ticket = Ticket.objects.create(conversation=conversation, issue_type=draft.issue_type)
        activity.record(
            viewer,
            "tickets.opened",
            conversation.ref,
            account=conversation.account,
            is_shared=draft.is_shared,
        )
        letters.confirm(ticket)
        _tell_added_addresses(ticket, draft)
    return ticket


def reply(viewer: Viewer, ticket: Ticket, draft: Draft, *, act: Act = Act.REPLY) -> Message:
    """Answers as a member or an agent. `act`, one of SPOKEN, says what it means for the status."""
    who = _side(viewer, "tickets.reply")
    with transaction.atomic():
        conversation = conversations.locked(ticket.conversation)
        rule = _rule(who, act, conversation)
        message, is_new = conversations.say(viewer, conversation, draft)
        if is_new:
            _follow(viewer, conversation, rule)
            if viewer.agent and conversation.assignee_id is None:
                conversations.assign(conversation, viewer.agent)
            activity.record(
                viewer, f"tickets.{act}", conversation.ref, account=conversation.account
            )
            letters.tell_of_reply(ticket, conversation, message)
    ticket.conversation = conversation
    return message


def add_note(viewer: Viewer, ticket: Ticket, draft: Draft) -> Message:
    """Writes an internal note: neither the member nor any mail of theirs ever hears of it."""
    viewer.require("conversations.work")
    with transaction.atomic():
        conversation = conversations.locked(ticket.conversation)
        message, is_new = conversations.add_note(viewer, conversation, draft)
        if is_new:
            activity.record(viewer, "tickets.noted", conversation.ref, account=conversation.account)
    return message


def move(viewer: Viewer, ticket: Ticket, act: Act) -> Ticket:
    """Accepts, rejects, starts, closes or reopens: one of SILENT, which need no message."""
    if act not in SILENT:
        raise ValueError(f"{act} is said with a message")
    who = _side(viewer, "tickets.reply")
    with transaction.atomic():
        conversation = conversations.locked(ticket.conversation)
        rule = _rule(who, act, conversation)
        _follow(viewer, conversation, rule)
        activity.record(viewer, f"tickets.{act}", conversation.ref, account=conversation.account)
        letters.tell_of_move(ticket, conversation, viewer, act)
    ticket.conversation = conversation
    return ticket


def share(viewer: Viewer, ticket: Ticket, is_shared: bool) -> Ticket:
    """Ticket Access: opens the ticket to its account or closes it. Only its creator may."""
    viewer.require("tickets.open")
    with transaction.atomic():
        conversation = conversations.locked(ticket.conversation)
        if viewer.member is None or conversation.creator_id != viewer.member.pk:
            raise NotNow(_("Only the person who submitted the ticket can change who sees it."))
        if conversation.is_shared != is_shared:
            conversations.share(conversation, is_shared)
            event = "shared" if is_shared else "made_private"
            conversations.add_event(viewer, conversation, event)
            activity.record(
                viewer, f"tickets.{event}", conversation.ref, account=conversation.account
            )
    ticket.conversation = conversation
    return ticket


def assign(viewer: Viewer, ticket: Ticket, agent: Agent | None) -> Ticket:
    """Gives the ticket to an agent, or back to the queue."""
    viewer.require("conversations.work")
    with transaction.atomic():
        conversation = conversations.locked(ticket.conversation)
        conversations.assign(conversation, agent)
        activity.record(
            viewer,
            "tickets.assigned",
            conversation.ref,
            account=conversation.account,
            to=agent.public_id if agent else None,
        )
        if agent and viewer.agent and agent.pk != viewer.agent.pk:
            letters.tell_assignee(conversation, agent)
    ticket.conversation = conversation
    return ticket


def set_priority(viewer: Viewer, ticket: Ticket, priority: Priority) -> Ticket:
    viewer.require("conversations.work")
    with transaction.atomic():
        conversation = conversations.locked(ticket.conversation)
        conversations.set_priority(conversation, priority)
        activity.record(
            viewer,
            "tickets.prioritised",
            conversation.ref,
            account=conversation.account,
            priority=int(priority),
        )
    ticket.conversation = conversation
    return ticket


def _side(viewer: Viewer, member_key: str) -> Who:
    """Members need their plan's entitlement, agents their role's."""
    if viewer.agent:
        viewer.require("conversations.work")
        return Who.AGENT
    viewer.require(member_key)
    return Who.MEMBER


def _rule(who: Who, act: Act, conversation: Conversation) -> Transition:
    rule = rule_for(who, act, conversation.status)
    if rule is None:
        raise NotNow(
            _("This ticket is “%(status)s” now, so that cannot be done. Look at what is new.")
            % {"status": Status(conversation.status).label}
        )
    return rule


def _follow(viewer: Viewer, conversation: Conversation, rule: Transition) -> None:
    """Applies a row of the table, and writes into the thread that it happened."""
    if rule.after is None or rule.after == conversation.status:
        return
    before = conversation.status
    is_closed = rule.after == Status.CLOSED
    conversations.set_status(conversation, rule.after, is_closed=is_closed)
    conversations.add_event(
        viewer, conversation, "status", act=rule.act, before=before, after=rule.after
    )


def _tell_added_addresses(ticket: Ticket, draft: TicketDraft) -> None:
    for address in draft.added_addresses if draft.is_shared else []:
        was_told = letters.tell_added_address(ticket, address)
        AddedAddress.objects.create(ticket=ticket, address=address, was_told=was_told)
