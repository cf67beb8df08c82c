"""Does the member wait for a word of ours?"""

from django.db.models import OuterRef, Q, QuerySet, Subquery

from handrail.engines.conversations.models import Message, MessageKind
from handrail.mediums.chat.access import ChatQuerySet
from handrail.mediums.chat.assistant.consent import yes_or_no
from handrail.mediums.chat.assistant.pleasantries import politeness
from handrail.mediums.chat.models import Chat
from handrail.mediums.chat.states import Status


def owes_a_word(chat: Chat) -> bool:
    """Whether the member had the last word, read or not, and it asks for one.

    Once a person is there, it is they who owe it: what the assistant said before does not count.
    """
    said = _said(chat.pk)
    if chat.conversation.status == Status.LIVE:
        said = said.filter(_OF_A_PERSON)
    last = said.prefetch_related("attachments").first()
    if last is None or last.member_id is None:
        return False
    return bool(last.attachments.all()) or not _only_ends(last.body)


def unanswered(live: ChatQuerySet) -> ChatQuerySet:
    """Of these chats with a person, those in which a member had the last word, whatever it is, and
    those in which something is unread."""
    last = _said(OuterRef("pk")).filter(_OF_A_PERSON).values("member")[:1]
    return live.alias(last_of=Subquery(last)).filter(
        Q(is_unread_for_us=True) | Q(last_of__isnull=False)
    )


_OF_A_PERSON = Q(member__isnull=False) | Q(agent__isnull=False)


def _said(chat: int | OuterRef) -> QuerySet[Message]:
    """What was said in it and is there, the newest first."""
    said = Message.objects.filter(conversation=chat, kind=MessageKind.REPLY, removed_at=None)
    return said.order_by("-pk")


def _only_ends(words: str) -> bool:
    """Thanks, a goodbye, a yes or a no: what needs no answer."""
    return politeness(words) is not None or yes_or_no(words) is not None
