"""How do the clocks of a ticket follow what happens, and who is warned before one runs out?

`begin`, `follow` and `reckon_anew` belong to other acts: call them in the transaction of those,
with the conversation locked.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations.access import ConversationQuerySet, visible_conversations
from handrail.engines.conversations.models import Conversation
from handrail.mediums.tickets import clocks, letters
from handrail.mediums.tickets.actions.policy import current_policy
from handrail.mediums.tickets.models import SlaTarget, Ticket
from handrail.mediums.tickets.states import KIND, WAITING_ON_US
from handrail.people.models import Agent
from handrail.people.viewer import Viewer

LATE = timedelta(hours=1)
"""Nobody is warned of what has been overdue for longer: the queue shows it."""

BATCH = 200


def begin(ticket: Ticket, conversation: Conversation) -> None:
    """A ticket was opened: what is promised for it, from now on."""
    if target := _target(conversation):
        clocks.reckon(ticket, conversation, target)
        _keep(ticket, conversation)


def reckon_anew(ticket: Ticket, conversation: Conversation) -> None:
    """What a promise hangs on has changed, such as the priority."""
    ticket.refresh_from_db(fields=clocks.FIELDS)
    clocks.reckon(ticket, conversation, _target(conversation))
    _keep(ticket, conversation)


def follow(ticket: Ticket, conversation: Conversation, *, has_replied: bool = False) -> None:
    """Somebody acted; `has_replied`: an agent answered the member."""
    ticket.refresh_from_db(fields=clocks.FIELDS)
    now = timezone.now()
    is_first = has_replied and ticket.first_replied_at is None
    if is_first:
        ticket.first_replied_at = now
    is_ours = conversation.status in WAITING_ON_US
    is_running = ticket.clock_started_at is not None
    if ticket.target_id and is_ours != is_running:
        ticket.target = SlaTarget.objects.select_related("hours").get(pk=ticket.target_id)
        (clocks.run if is_ours else clocks.stand)(ticket, ticket.target, now)
    elif ticket.target_id is None and conversation.due_at:
        clocks.reckon(ticket, conversation, None)  # the promise is gone, and so is its deadline
    elif not is_first:
        return
    _keep(ticket, conversation)


def keep_promise(ticket: Ticket, conversation: Conversation, earlier: datetime | None) -> None:
    """Another ticket was merged into this one: a first reply is owed by the earlier moment."""
    ticket.refresh_from_db(fields=clocks.FIELDS)
    due_at = ticket.first_reply_due_at
    if earlier and not ticket.first_replied_at and (due_at is None or earlier < due_at):
        ticket.first_reply_due_at = earlier
        _keep(ticket, conversation)


def warn(viewer: Viewer) -> int:
    """Tells whoever works on it, once for each deadline, that it is near; returns how many."""
    viewer.require("conversations.work")
    near = _near(viewer, timezone.now()).order_by("due_at", "pk")
    return sum(_warn(pk) for pk in near.values_list("pk", flat=True)[:BATCH])


def reckon_some(viewer: Viewer, after: int) -> int | None:
    """Reckons some tickets anew that are not closed; returns after which to go on, if there are."""
    viewer.require("settings.manage")
    alive = visible_conversations(viewer).of_kind(KIND).alive().filter(pk__gt=after)
    pks = list(alive.order_by("pk").values_list("pk", flat=True)[:BATCH])
    for pk in pks:
        with transaction.atomic():
            conversation = conversations.locked(Conversation(pk=pk))
            if conversation.closed_at is None:
                reckon_anew(Ticket.objects.get(pk=pk), conversation)
    return pks[-1] if len(pks) == BATCH else None


def _near(viewer: Viewer, now: datetime) -> ConversationQuerySet:
    """Tickets with a deadline in a small part of the index, of which nobody was told."""
    until = now + timedelta(minutes=current_policy().warn_before_minutes)
    return (
        visible_conversations(viewer)
        .of_kind(KIND)
        .filter(due_at__gt=now - LATE, due_at__lte=until, ticket__warned_at=None)
        .exclude(due_at=None)  # SQLite takes the index only where its condition is repeated
        .exclude(assignee=None, team=None)
    )


def _warn(pk: int) -> bool:
    with transaction.atomic():
        conversation = conversations.locked(Conversation(pk=pk))
        ticket = Ticket.objects.get(pk=pk)
        now = timezone.now()
        if conversation.due_at is None or ticket.warned_at:
            return False  # somebody was faster
        readers = _workers(conversation)
        for agent in readers:
            letters.tell_of_deadline(conversation, agent)
        ticket.warned_at = now
        ticket.save(update_fields=["warned_at"])
    return bool(readers)


def _workers(conversation: Conversation) -> list[Agent]:
    """The assignee, else everybody in the team."""
    if conversation.assignee:
        return [conversation.assignee]
    return list(Agent.objects.filter(teams=conversation.team, is_active=True))


def _target(conversation: Conversation) -> SlaTarget | None:
    plan_id = conversation.account.plan_id if conversation.account else None
    return clocks.target_for(plan_id, conversation.priority)


def _keep(ticket: Ticket, conversation: Conversation) -> None:
    due_at, due_kind = clocks.next_due(ticket)
    if (due_at, due_kind) != (conversation.due_at, conversation.due_kind):
        ticket.warned_at = None
        conversation.due_at, conversation.due_kind = due_at, due_kind
        conversation.save(update_fields=["due_at", "due_kind"])
    ticket.save(update_fields=clocks.FIELDS)
