"""How is a whole conversation removed for good, with its words and its files?"""

from functools import partial

from django.db import transaction

from handrail.engines.conversations import kept
from handrail.engines.conversations.models import Attachment, Conversation, SavedDraft
from handrail.engines.search import actions as search


def forget(conversation: Conversation) -> None:
    """Nothing of it is left but what is on record; its files go after commit.

    Call it in a transaction, with the conversation locked.
    """
    for attachment in Attachment.objects.filter(message__conversation=conversation):
        transaction.on_commit(partial(kept.remove, attachment))
    SavedDraft.objects.filter(key=conversation.public_id).delete()
    search.forget(conversation.kind, conversation.pk)
    conversation.delete()
