"""What does the product do by itself where a member is silent? It reminds them, then closes.

Each ticket is locked and looked at again before anything is done: whoever answers meanwhile is
neither reminded nor closed.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from handrail.engines.activity import actions as activity
from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations.access import visible_conversations
from handrail.engines.conversations.models import Conversation
from handrail.mediums.tickets import letters
from handrail.mediums.tickets.actions import history, sla
from handrail.mediums.tickets.actions.life import apply_rule
from handrail.mediums.tickets.actions.policy import current_policy
from handrail.mediums.tickets.models import Policy, Ticket
from handrail.mediums.tickets.states import KIND, WAITING_ON_MEMBER, Act, Who, rule_for
from handrail.people.viewer import Viewer

BATCH = 200
"""Tickets of each status that one run takes on; the next run goes on where it ended."""


def remind_silent(viewer: Viewer) -> int:
    """Tells members, once, that we wait for a word of theirs; returns how many."""
    viewer.require("conversations.work")
    policy = current_policy()
    if policy.remind_after_days is None:
        return 0
    before = timezone.now() - timedelta(days=policy.remind_after_days)
    due = Q(ticket__reminded_at=None)
    return sum(_remind(viewer, pk, before) for pk in _silent(viewer, before, due))


def close_silent(viewer: Viewer) -> int:
    """Closes what nobody answered; returns how many.

    Where members are reminded, nothing closes before they had the days in between: a limit that
    was set just now closes no old ticket without a word.
    """
    viewer.require("conversations.work")
    policy = current_policy()
    if policy.close_after_days is None:
        return 0
    now = timezone.now()
    before = now - timedelta(days=policy.close_after_days)
    due = Q()
    if notice := _days_of_notice(policy):
        due = Q(ticket__reminded_at__lte=now - timedelta(days=notice))
    return sum(_close(viewer, pk, before) for pk in _silent(viewer, before, due))


def _days_of_notice(policy: Policy) -> int:
    """How long a member has from the reminder until the ticket closes; 0: there is none."""
    if policy.remind_after_days is None or policy.close_after_days is None:
        return 0
    return max(0, policy.close_after_days - policy.remind_after_days)


def _silent(viewer: Viewer, before: datetime, due: Q) -> list[int]:
    """Tickets that have waited for the member since `before`, the longest silence first."""
    tickets = visible_conversations(viewer).of_kind(KIND).alive()
    return [
        pk
        for status in WAITING_ON_MEMBER
        for pk in tickets.filter(due, status=status, last_message_at__lte=before)
        .order_by("last_message_at", "pk")
        .values_list("pk", flat=True)[:BATCH]
    ]


def _remind(viewer: Viewer, pk: int, before: datetime) -> bool:
    with transaction.atomic():
        conversation = conversations.locked(Conversation(pk=pk))
        ticket = Ticket.objects.get(pk=pk)
        rule = rule_for(Who.SYSTEM, Act.REMIND, conversation.status)
        if rule is None or conversation.last_message_at > before or ticket.reminded_at:
            return False
        ticket.reminded_at = timezone.now()
        ticket.save(update_fields=["reminded_at"])
        history.reminded(viewer, conversation)
        activity.record(viewer, "tickets.remind", conversation.ref, account=conversation.account)
        letters.tell_of_silence("remind", ticket, conversation)
    return True


def _close(viewer: Viewer, pk: int, before: datetime) -> bool:
    with transaction.atomic():
        conversation = conversations.locked(Conversation(pk=pk))
        rule = rule_for(Who.SYSTEM, Act.CLOSE, conversation.status)
        if rule is None or conversation.last_message_at > before:
            return False
        ticket = Ticket.objects.get(pk=pk)
        apply_rule(viewer, conversation, rule)
        sla.follow(ticket, conversation)
        activity.record(viewer, "tickets.close", conversation.ref, account=conversation.account)
        letters.tell_of_silence("expire", ticket, conversation)
    return True
