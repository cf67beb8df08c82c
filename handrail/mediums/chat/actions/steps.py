"""How does a chat go from one status to another? Under its lock, and written into the thread."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from handrail.engines.activity import actions as activity
from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations.models import Conversation
from handrail.mediums.chat.models import Availability, Chat
from handrail.mediums.chat.states import Status, Transition
from handrail.people.models import Agent
from handrail.people.viewer import Viewer

MOST_PAGES = 50
"""Help pages that a chat remembers; the newest stay."""


def locked(chat: Chat) -> Chat:
    """The chat as it is now, with its conversation locked until the transaction ends."""
    conversation = conversations.locked(Conversation(pk=chat.pk))
    fresh = Chat.objects.get(pk=chat.pk)
    fresh.conversation = conversation
    return fresh


def step(chat: Chat, rule: Transition) -> None:
    """Applies a row of the table to a locked chat."""
    conversation = chat.conversation
    if rule.after is not None and rule.after != conversation.status:
        conversations.set_status(conversation, rule.after, is_closed=rule.after == Status.ENDED)


def told(viewer: Viewer, chat: Chat, event: str, **detail: Any) -> None:
    """Both sides read in the thread what happened, and it is on record."""
    conversation = chat.conversation
    conversations.add_event(viewer, conversation, event, **detail)
    on_record(viewer, chat, event, **detail)


def on_record(viewer: Viewer, chat: Chat, event: str, **detail: Any) -> None:
    conversation = chat.conversation
    activity.record(
        viewer, f"chat.{event}", conversation.ref, account=conversation.account, **detail
    )


def with_pages(known: Iterable[str], more: Iterable[str]) -> list[str]:
    """Help pages as `medium/public_id`, each once, those that came first before."""
    return list(dict.fromkeys([*known, *more]))[-MOST_PAGES:]


def add_pages(chat: Chat, more: Iterable[str]) -> None:
    """These were open, or cited, in it too; call it with the chat locked."""
    pages = with_pages(chat.pages_read, more)
    if pages != chat.pages_read:
        chat.pages_read = pages
        chat.save(update_fields=["pages_read"])


def wait_from(chat: Chat, at: datetime, reason: str) -> None:
    """It stands in the queue from this moment on; call it with the chat locked."""
    chat.waiting_since, chat.reason = at, reason
    chat.save(update_fields=["waiting_since", "reason"])


def asked_at(chat: Chat) -> datetime:
    """When they asked for a person, also after somebody came: the place that they come back to."""
    if chat.waiting_since:
        return chat.waiting_since
    if chat.accepted_at is None or chat.waited_seconds is None:
        return timezone.now()
    return chat.accepted_at - timedelta(seconds=chat.waited_seconds)


def sit_with(chat: Chat, agent: Agent) -> None:
    """This agent is with the member from now on; the first one ends their wait."""
    now = timezone.now()
    if chat.accepted_at is None:
        chat.accepted_at = now
        if chat.waiting_since:  # else they asked for nobody, and did not wait
            chat.waited_seconds = max(0, int((now - chat.waiting_since).total_seconds()))
    # From now on their pages say whether they are heard of, also where they never said "here".
    Availability.objects.get_or_create(agent=agent, defaults={"seen_at": now})
    chat.waiting_since, chat.is_unread_for_us = None, True
    chat.save(update_fields=["accepted_at", "waited_seconds", "waiting_since", "is_unread_for_us"])
    conversations.assign(chat.conversation, agent)
