"""How is a conversation kept from changing under somebody's hands?"""

from handrail.engines.conversations.models import Conversation


def locked(conversation: Conversation) -> Conversation:
    """The conversation as it is now, locked until the transaction ends.

    On SQLite the transaction itself is the lock (IMMEDIATE).
    """
    return (
        Conversation.objects.select_for_update(of=("self",))
        .select_related("account", "creator__person", "assignee", "team")
        .get(pk=conversation.pk)
    )
