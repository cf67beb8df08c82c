"""What happens to a chat by itself? It becomes a ticket, it ends, and one day it is removed.

Each chat is locked and looked at again before anything is done: whoever writes meanwhile is
neither sent away nor cut off.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from handrail.engines.ai import actions as questions
from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations.models import Conversation
from handrail.mediums.chat.actions.handing import ask_for_person
from handrail.mediums.chat.actions.life import end
from handrail.mediums.chat.actions.owing import owes_a_word
from handrail.mediums.chat.actions.policy import current_policy
from handrail.mediums.chat.actions.refusals import WORK, NotNow
from handrail.mediums.chat.actions.steps import locked, on_record
from handrail.mediums.chat.actions.tickets import make_ticket
from handrail.mediums.chat.models import Chat, Reason
from handrail.mediums.chat.states import KIND, Status
from handrail.people.viewer import SYSTEM, Viewer

log = structlog.get_logger("handrail.chat")

BATCH = 200
"""Chats that one run takes on; the next run goes on where it ended."""


def ticket_the_left(viewer: Viewer) -> int:
    """Makes tickets of chats that wait for a person, whose member has left; returns how many."""
    viewer.require(WORK)
    before = timezone.now() - timedelta(minutes=current_policy().left_minutes)
    gone = _gone(before)
    pks = Chat.objects.filter(gone, waiting_since__isnull=False).order_by("waiting_since", "pk")
    return _each(partial(_leave, viewer, gone), pks.values_list("pk", flat=True))


def end_the_idle(viewer: Viewer) -> int:
    """Ends chats in which nobody says anything any more; returns how many.

    Those who wait are not idle, however long; what nobody answered is not ended but a ticket, and
    what the assistant did not answer goes to a person.
    """
    viewer.require(WORK)
    before = timezone.now() - timedelta(minutes=current_policy().idle_minutes)
    idle = Conversation.objects.of_kind(KIND).alive().filter(last_message_at__lt=before)
    pks = idle.exclude(status=Status.WAITING).order_by("last_message_at", "pk")
    return _each(partial(_idle, viewer, before), pks.values_list("pk", flat=True))


def remove_the_old(viewer: Viewer) -> int:
    """Removes ended chats after the owner's days, with their files and with what the assistant was
    asked in them; returns how many.

    One that became a ticket stays for as long as that is open: it leads there.
    """
    viewer.require(WORK)
    days = current_policy().keep_days
    if days is None:
        return 0
    before = timezone.now() - timedelta(days=days)
    ended = Q(closed_at__lt=before, last_message_at__lt=before)
    open_ticket = Q(chat__ticket__isnull=False, chat__ticket__closed_at=None)
    old = Conversation.objects.of_kind(KIND).filter(ended).exclude(open_ticket)
    pks = old.order_by("last_message_at", "pk").values_list("pk", flat=True)
    return _each(partial(_remove, viewer, ended), pks)


def _each(
    act: Callable[[int], bool], pks: "QuerySet[Chat, int] | QuerySet[Conversation, int]"
) -> int:
    """Each by itself: where one cannot be done, that is logged, and the others are done."""
    done = 0
    for pk in list(pks[:BATCH]):
        try:
            done += act(pk)
        except Exception:
            log.exception("chat_not_put_away", chat=pk)
    return done


def _gone(before: datetime) -> Q:
    return Q(member_seen_at__lt=before) | Q(member_seen_at=None, waiting_since__lt=before)


def _leave(viewer: Viewer, gone: Q, pk: int) -> bool:
    with transaction.atomic():
        chat = locked(Chat(pk=pk))
        still = Chat.objects.filter(gone, pk=pk, waiting_since__isnull=False)
        if chat.conversation.status != Status.WAITING or not still.exists():
            return False
        conversations.add_event(viewer, chat.conversation, "left")
        _put_off(viewer, chat, "left")
    return True


def _idle(viewer: Viewer, before: datetime, pk: int) -> bool:
    with transaction.atomic():
        chat = locked(Chat(pk=pk))
        conversation = chat.conversation
        is_idle = conversation.closed_at is None and conversation.last_message_at < before
        if not is_idle or conversation.status == Status.WAITING:
            return False
        if conversation.status == Status.LIVE and owes_a_word(chat):
            _put_off(viewer, chat, "idle")
        elif owes_a_word(chat):  # the assistant never came to it
            ask_for_person(viewer, chat, Reason.FAILURE)
        else:
            end(viewer, chat, why="idle")
    return True


def _put_off(viewer: Viewer, chat: Chat, why: str) -> None:
    """A ticket; where there can be none, it ends: what was said stays where agents find it."""
    try:
        with transaction.atomic():
            make_ticket(viewer, chat, why=why)
    except NotNow:
        end(viewer, chat, why=why)


def _remove(viewer: Viewer, ended: Q, pk: int) -> bool:
    with transaction.atomic():
        if not Conversation.objects.filter(ended, pk=pk).exists():
            return False
        chat = locked(Chat(pk=pk))
        on_record(viewer, chat, "removed")
        asked = chat.conversation.messages.filter(detail__question__isnull=False)
        questions.forget(SYSTEM, list(asked.values_list("detail__question", flat=True)))
        conversations.forget(chat.conversation)
    return True
