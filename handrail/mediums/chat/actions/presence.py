"""Is the member there? Their open pages say so every 20 seconds, and when the last one closes."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from handrail.engines.conversations import topics
from handrail.mediums.chat.actions.refusals import OPEN, require_seen_by
from handrail.mediums.chat.actions.steps import add_pages, locked
from handrail.mediums.chat.models import Chat
from handrail.mediums.chat.states import Status
from handrail.people.viewer import Viewer

HERE_FOR = timedelta(minutes=2)
"""Browsers let pages in the background speak once a minute."""

RARELY = timedelta(seconds=15)
"""What was written just now is not written again: several pages of a member cost what one does."""


def member_is_here(viewer: Viewer, chat: Chat, *, pages_read: Collection[str] = ()) -> None:
    """A page of the member's has it open; `pages_read`: help pages that were open before it."""
    viewer.require(OPEN)
    viewer.require_member()
    require_seen_by(viewer, chat.conversation)
    now = timezone.now()
    row = Chat.objects.filter(pk=chat.pk).exclude(conversation__status=Status.ENDED)
    was_away = Q(has_left=True) | Q(member_seen_at=None) | Q(member_seen_at__lte=now - HERE_FOR)
    with transaction.atomic():
        if row.filter(was_away).update(member_seen_at=now, has_left=False):
            topics.presence_changed(chat.conversation)
        else:
            row.filter(member_seen_at__lte=now - RARELY).update(member_seen_at=now)
        if pages_read and row.exists():
            add_pages(locked(chat), pages_read)


def member_left(viewer: Viewer, chat: Chat) -> None:
    """The page was closed. Another one that is open, or the next one, says soon that it is there;
    if none does, a chat that waits becomes a ticket after the owner's minutes."""
    viewer.require(OPEN)
    viewer.require_member()
    require_seen_by(viewer, chat.conversation)
    row = Chat.objects.filter(pk=chat.pk, has_left=False)
    with transaction.atomic():
        if row.exclude(conversation__status=Status.ENDED).update(
            member_seen_at=timezone.now(), has_left=True
        ):
            topics.presence_changed(chat.conversation)
