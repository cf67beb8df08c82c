"""How is a conversation kept from changing under somebody's hands?"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from handrail.engines.conversations import at_hand
from handrail.engines.conversations.models import Conversation


def locked(conversation: Conversation) -> Conversation:
    """The conversation as it is now, locked until the transaction ends.

    On SQLite the transaction itself is the lock (IMMEDIATE). What another may have changed while
    we waited is not joined: PostgreSQL reads the row again then, and what was joined to it not.
    """
    return conversation if conversation.is_locked else at_hand.lock(conversation.pk)


@contextmanager
def lock_of(conversation: Conversation) -> Iterator[Conversation]:
    """A transaction with the conversation locked, as it is now: the one that holds it already
    (`at_hand.held`), or one of its own."""
    if conversation.is_locked:
        yield conversation
        return
    with transaction.atomic():
        yield locked(conversation)
