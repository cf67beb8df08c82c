"""Who gets the next chat? Whoever speaks its language, knows about it, and has the most room."""

from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone

from handrail.engines.conversations import actions as conversations
from handrail.engines.tasks import enqueue_once
from handrail.mediums.chat import crew, letters
from handrail.mediums.chat.actions.refusals import WORK
from handrail.mediums.chat.actions.steps import locked, on_record, sit_with, step
from handrail.mediums.chat.crew import OnDuty
from handrail.mediums.chat.models import Availability, Chat, Policy
from handrail.mediums.chat.states import KIND, Act, Status, Who, rule_for
from handrail.people.viewer import Viewer, viewer_for_agent

MOST_LOOKED_AT = 200
"""Of those who wait, so many from the front: nobody is here for more of them."""

NEVER = datetime(1, 1, 1, tzinfo=UTC)


def route_soon() -> None:
    """After this transaction: somebody waits, or somebody of us has room."""
    from handrail.mediums.chat.tasks import route  # that module imports this one

    enqueue_once(route)


def route_waiting(viewer: Viewer) -> int:
    """Gives those who wait to agents who have room, the longest waiting first; returns how many.

    One run at a time, and nobody of us comes or goes during it: the policy's row and those of who
    is here are locked. So nobody gets more than their limit by it, and the same queue and crew
    always lead to the same.
    """
    viewer.require(WORK)
    with transaction.atomic():
        policy = Policy.objects.order_by("pk").select_for_update().first()
        if policy and not policy.routes_by_itself:
            return 0
        list(Availability.objects.order_by("pk").select_for_update().values_list("pk"))
        on_duty, given = crew.here(viewer), 0
        for chat in _queue() if any(one.free for one in on_duty) else ():
            chosen = _whose_turn(on_duty, chat)
            if chosen and _give(viewer, chat, chosen):
                given += 1
            if not any(one.free for one in on_duty):
                break
    return given


def _queue() -> list[Chat]:
    # Said of both tables: whichever the database begins with, an index serves.
    in_queue = {"conversation__kind": KIND, "conversation__status": Status.WAITING}
    waiting = Chat.objects.filter(waiting_since__isnull=False, **in_queue)
    waiting = waiting.order_by("waiting_since", "pk")
    return list(waiting.select_related("conversation__team")[:MOST_LOOKED_AT])


def _whose_turn(on_duty: list[OnDuty], chat: Chat) -> OnDuty | None:
    """Of those whom it suits and who have room: the least busy, then who waited longest."""
    team = chat.conversation.team.public_id if chat.conversation.team else ""
    able = [one for one in crew.suited(on_duty, chat.language, team) if one.free]
    if not able:
        return None
    return min(
        able, key=lambda one: (one.load / one.limit, one.last_given_at or NEVER, one.agent.pk)
    )


def _give(viewer: Viewer, chat: Chat, chosen: OnDuty) -> bool:
    """False where it was accepted, or ended, since the queue was read."""
    chat = locked(chat)
    rule = rule_for(Who.SYSTEM, Act.ACCEPT, chat.conversation.status)
    if rule is None:
        return False
    step(chat, rule)
    sit_with(chat, chosen.agent)
    # In the thread it is the agent who came; on record it is us who chose them.
    conversations.add_event(
        viewer_for_agent(chosen.agent, via="task"), chat.conversation, "accepted"
    )
    on_record(viewer, chat, "routed", to=chosen.agent.public_id)
    letters.tell_agent(chat.conversation, chosen.agent)
    now = timezone.now()
    Availability.objects.filter(agent=chosen.agent).update(last_given_at=now)
    chosen.load, chosen.last_given_at = chosen.load + 1, now
    return True
