"""How does a ticket live? Opened, answered, moved from status to status, shared."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from handrail.engines.activity import actions as activity
from handrail.engines.activity.ref import Ref
from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations import archive
from handrail.engines.conversations.actions import Draft
from handrail.engines.conversations.models import Conversation, Message
from handrail.mediums.tickets import letters
from handrail.mediums.tickets.actions import follow_ups, history, sla
from handrail.mediums.tickets.actions.assigning import route
from handrail.mediums.tickets.actions.moved import place_of, require_whole
from handrail.mediums.tickets.actions.refusals import NotNow
from handrail.mediums.tickets.actions.staleness import require_seen
from handrail.mediums.tickets.actions.strangers import require_answerable
from handrail.mediums.tickets.models import AddedAddress, IssueType, Ticket
from handrail.mediums.tickets.states import KIND, SILENT, Act, Status, Transition, Who, rule_for
from handrail.people.access import context_of
from handrail.people.viewer import SYSTEM, Viewer


@dataclass(frozen=True)
class TicketDraft:
    """A ticket as the form checked it. `added_addresses` only where the account may see it."""

    subject: str
    issue_type: IssueType
    message: Draft
    is_shared: bool = False
    added_addresses: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    """What was said to the issue type's own fields, by their public ids."""
    draft_key: str = conversations.NEW
    """Under which key the form was kept while it was typed."""
    source: Ref | None = None
    """What it came from, where another medium led to it."""
    why: str = ""
    """Why it was opened for them, where they did not do it themselves; in their language."""


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
            category=draft.issue_type.pk,
            draft_key=draft.draft_key,
        )
        if not is_new:
            return conversation.ticket
        ticket = Ticket.objects.create(
            conversation=conversation,
            issue_type=draft.issue_type,
            answers=draft.answers,
            came_from=context_of(viewer),
        )
        activity.record(
            viewer,
            "tickets.opened",
            conversation.ref,
            account=conversation.account,
            is_shared=draft.is_shared,
            **_origin(draft),
        )
        if draft.answers:
            archive.write(conversation)
        sla.begin(ticket, conversation)
        if draft.issue_type.team:
            route(SYSTEM, conversation, draft.issue_type.team)
        letters.confirm(ticket, draft.why)
        _tell_added_addresses(ticket, draft)
    return ticket


def reply(
    viewer: Viewer, ticket: Ticket, draft: Draft, *, act: Act = Act.REPLY, seen: str = ""
) -> Message:
    """Answers as a member or an agent. `act`, one of SPOKEN, says what it means for the status.

    `seen` is the last message that an agent's page showed; raises Stale where others went on.
    A member's answer to what was closed long ago is the first of a follow-up, and one to what was
    merged goes where the rest is: the message that is returned says in which conversation it is.
    """
    _side(viewer, "tickets.reply")
    with transaction.atomic():
        conversation = conversations.locked(ticket.conversation)
        if viewer.agent:
            require_whole(viewer, conversation)
        place = place_of(viewer, conversation) if conversation.merged_into_id else None
        if conversation.merged_into_id and place is None:
            return follow_ups.open_follow_up(viewer, ticket, conversation, draft)
        if place is None:
            return _say(viewer, ticket, conversation, draft, act=act, seen=seen)
    ticket.conversation = conversation
    # Not before this one's lock is given back: who merges takes both in another order.
    return reply(viewer, place, draft, act=act)


def _say(
    viewer: Viewer, ticket: Ticket, conversation: Conversation, draft: Draft, *, act: Act, seen: str
) -> Message:
    """A reply in a locked conversation that goes on."""
    require_seen(viewer, conversation, draft, seen)
    rule = _rule(Who.AGENT if viewer.agent else Who.MEMBER, act, conversation)
    require_answerable(viewer, ticket, draft)
    if viewer.member and follow_ups.is_past_reopening(conversation):
        return follow_ups.open_follow_up(viewer, ticket, conversation, draft)
    message, is_new = conversations.say(viewer, conversation, draft)
    if is_new:
        apply_rule(viewer, conversation, rule, author=draft.author)
        if viewer.agent and conversation.assignee_id is None:
            conversations.assign(conversation, viewer.agent)
            history.assigned(viewer, conversation, viewer.agent)
        Ticket.objects.filter(pk=ticket.pk).update(reminded_at=None)
        sla.follow(ticket, conversation, has_replied=viewer.agent is not None)
        activity.record(viewer, f"tickets.{act}", conversation.ref, account=conversation.account)
        letters.tell_of_reply(ticket, conversation, message)
    ticket.conversation = conversation
    return message


def add_note(viewer: Viewer, ticket: Ticket, draft: Draft) -> Message:
    """Writes an internal note: neither the member nor any mail of theirs ever hears of it."""
    viewer.require("conversations.work")
    with transaction.atomic():
        conversation = conversations.locked(ticket.conversation)
        require_whole(viewer, conversation)
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
        require_whole(viewer, conversation)
        rule = _rule(who, act, conversation)
        if viewer.member and act == Act.REOPEN and follow_ups.is_past_reopening(conversation):
            raise NotNow(_("This was closed long ago: write what you need, and we begin anew."))
        apply_rule(viewer, conversation, rule)
        sla.follow(ticket, conversation)
        activity.record(viewer, f"tickets.{act}", conversation.ref, account=conversation.account)
        letters.tell_of_move(ticket, conversation, viewer, act)
    ticket.conversation = conversation
    return ticket


def put_back(viewer: Viewer, ticket: Ticket, status: str) -> Ticket:
    """Undoes a move that was a mistake: the status is again what it was before."""
    viewer.require("conversations.work")
    with transaction.atomic():
        conversation = conversations.locked(ticket.conversation)
        require_whole(viewer, conversation)
        act = Act.CLOSE if status == Status.CLOSED else Act.REOPEN
        now, before = Status(conversation.status), Status(status)
        undone = Transition(Who.AGENT, act, (now,), before, "it was undone")
        apply_rule(viewer, conversation, undone)
        sla.follow(ticket, conversation)
        activity.record(viewer, "tickets.put_back", conversation.ref, account=conversation.account)
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
        require_whole(viewer, conversation)
        if conversation.is_shared != is_shared:
            conversations.share(conversation, is_shared)
            event = "shared" if is_shared else "made_private"
            conversations.add_event(viewer, conversation, event)
            activity.record(
                viewer, f"tickets.{event}", conversation.ref, account=conversation.account
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


def apply_rule(
    viewer: Viewer, conversation: Conversation, rule: Transition, *, author: str = ""
) -> None:
    """Applies a row of the table, and writes into the thread that it happened.

    `author` is what somebody calls themselves whom we do not know.
    """
    if rule.after is None or rule.after == conversation.status:
        return
    before = conversation.status
    is_closed = rule.after == Status.CLOSED
    conversations.set_status(conversation, rule.after, is_closed=is_closed)
    conversations.add_event(
        viewer,
        conversation,
        "status",
        act=rule.act,
        before=before,
        after=rule.after,
        **({"author": author} if author else {}),
    )


def _origin(draft: TicketDraft) -> dict[str, str]:
    """What it came from, and the form's own id: it pairs a ticket with what its form suggested."""
    form = {"form": draft.message.client_id.hex} if draft.message.client_id else {}
    return form | ({"source": str(draft.source)} if draft.source else {})


def _tell_added_addresses(ticket: Ticket, draft: TicketDraft) -> None:
    for address in draft.added_addresses if draft.is_shared else []:
        was_told = letters.tell_added_address(ticket, address)
        AddedAddress.objects.create(ticket=ticket, address=address, was_told=was_told)
