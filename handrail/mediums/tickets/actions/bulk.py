"""What can agents do with several tickets at once, and how is it taken back?

Each ticket is changed by the action that changes one, under its own lock, in the order of their
keys, so that two bulk changes never wait for each other in a circle.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from handrail.engines.activity import actions as activity
from handrail.engines.activity.ref import Ref
from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations.models import Conversation, Priority
from handrail.mediums.tickets.actions.desk import assign, set_priority
from handrail.mediums.tickets.actions.life import move, put_back
from handrail.mediums.tickets.actions.sorting import add_tag, remove_tag, set_team
from handrail.mediums.tickets.models import BulkChange, Ticket
from handrail.mediums.tickets.states import KIND, Act
from handrail.people.models import Agent, Team
from handrail.people.viewer import Viewer

MOST_AT_ONCE = 100


@dataclass(frozen=True)
class Change:
    """One field and its new value. `field`: assignee, team, priority, tag, or act."""

    field: str
    value: Any


@dataclass(frozen=True)
class Outcome:
    """What came of it: the row that undoes it, and whom it could not be done to, and why."""

    bulk: BulkChange
    changed: list[Ticket] = field(default_factory=list)
    refused: list[tuple[Ticket, str]] = field(default_factory=list)


def change_many(viewer: Viewer, tickets: Iterable[Ticket], change: Change) -> Outcome:
    """Does one thing to up to MOST_AT_ONCE tickets; what cannot be done is said for each."""
    viewer.require("conversations.work")
    agent = viewer.require_agent()
    chosen = sorted(tickets, key=lambda ticket: ticket.pk)[:MOST_AT_ONCE]
    with transaction.atomic():
        outcome = Outcome(BulkChange.objects.create(agent=agent, what=_what(change)))
        for ticket in chosen:
            before = _state(conversations.locked(ticket.conversation), change)
            try:
                with transaction.atomic():
                    _apply(viewer, ticket, change.field, change.value)
            except ValidationError as refusal:  # NotNow, or no room for another tag
                outcome.refused.append((ticket, refusal.messages[0]))
                continue
            after = _state(_fresh(ticket), change)
            outcome.changed.append(ticket)
            if before != after:
                outcome.bulk.before[ticket.conversation.public_id] = [before, after]
        outcome.bulk.save(update_fields=["before"])
        _record(viewer, "tickets.changed_many", outcome.bulk, tickets=len(outcome.changed))
    return outcome


def undo(viewer: Viewer, bulk: BulkChange) -> int:
    """Gives back what each had, where nobody changed it since; returns to how many. Once."""
    viewer.require("conversations.work")
    with transaction.atomic():
        bulk = BulkChange.objects.visible_to(viewer).select_for_update().get(pk=bulk.pk)
        if bulk.undone_at:
            return 0
        change = Change(bulk.what["field"], bulk.what["value"])
        restored = 0
        ids = list(bulk.before)
        tickets = Ticket.objects.visible_to(viewer).filter(conversation__public_id__in=ids)
        for ticket in tickets.select_related("conversation").order_by("pk"):
            before, after = bulk.before[ticket.conversation.public_id]
            if _state(conversations.locked(ticket.conversation), change) == after:
                _give_back(viewer, ticket, change, before)
                restored += 1
        bulk.undone_at = timezone.now()
        bulk.save(update_fields=["undone_at"])
        _record(viewer, "tickets.undid_many", bulk, tickets=restored)
    return restored


def _apply(viewer: Viewer, ticket: Ticket, field: str, value: Any) -> None:
    if field == "assignee":
        assign(viewer, ticket, value)
    elif field == "team":
        set_team(viewer, ticket, value)
    elif field == "priority":
        set_priority(viewer, ticket, Priority(value))
    elif field == "tag":
        add_tag(viewer, ticket, value)
    else:
        move(viewer, ticket, Act(value))


def _give_back(viewer: Viewer, ticket: Ticket, change: Change, before: Any) -> None:
    if change.field == "assignee":
        assign(viewer, ticket, _named(Agent, before))
    elif change.field == "team":
        set_team(viewer, ticket, _named(Team, before))
    elif change.field == "priority":
        set_priority(viewer, ticket, Priority(before))
    elif change.field == "tag":
        remove_tag(viewer, ticket, change.value)
    else:
        put_back(viewer, ticket, before)


def _state(conversation: Conversation, change: Change) -> Any:
    """What the ticket has now of what changes, as JSON can keep it."""
    if change.field == "assignee":
        return conversation.assignee.public_id if conversation.assignee else None
    if change.field == "team":
        return conversation.team.public_id if conversation.team else None
    if change.field == "priority":
        return int(conversation.priority)
    if change.field == "tag":
        return conversation.taggings.filter(tag__name=change.value).exists()
    return conversation.status


def _what(change: Change) -> dict[str, Any]:
    value = change.value
    if isinstance(value, Agent | Team):
        value = value.public_id
    return {"field": change.field, "value": value}


def _named(model: Any, public_id: str | None) -> Any:
    return model.objects.filter(public_id=public_id).first() if public_id else None


def _fresh(ticket: Ticket) -> Conversation:
    return Conversation.objects.select_related("assignee", "team").get(pk=ticket.pk)


def _record(viewer: Viewer, verb: str, bulk: BulkChange, **detail: Any) -> None:
    activity.record(viewer, verb, Ref(KIND, bulk.public_id), **bulk.what, **detail)
