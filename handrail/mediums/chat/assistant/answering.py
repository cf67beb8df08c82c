"""What happens between a member's message and the assistant's answer to it?"""

from datetime import timedelta

from django.utils import timezone, translation

from handrail.base.languages import language_of
from handrail.engines.conversations.models import Message
from handrail.mediums.chat import actions
from handrail.mediums.chat.actions.answering import ASSISTANT
from handrail.mediums.chat.assistant import thinking
from handrail.mediums.chat.assistant.agreeing import agreed
from handrail.mediums.chat.assistant.deciding import MOST_READ, asked_in, decide
from handrail.mediums.chat.models import Chat
from handrail.people.models import Member
from handrail.people.viewer import Viewer, viewer_for_member

FORGOTTEN_AFTER = timedelta(seconds=10)
"""An answer takes a fraction of a second; what waits so long, nobody is at."""
GIVEN_UP_AFTER = timedelta(hours=1)
MOST_FORGOTTEN = 100


def answer_owed(chat_key: int) -> None:
    """Answers what the member said last in this chat, where an answer is owed.

    Some 10 queries, and those of asking. Two at once do the work twice and say it once.
    """
    chats = Chat.objects.visible_to(ASSISTANT).select_related("conversation", "asked")
    chat = chats.filter(pk=chat_key).first()
    if chat is None or chat.asked is None:
        return
    viewer = member_of(chat)
    if viewer is None:
        return
    with translation.override(_spoken(chat, viewer)):
        lines = lines_of(chat)
        asked = asked_in(lines)
        decision = agreed(viewer, lines)
        if decision is None and asked.texts:
            decision = decide(viewer, asked, chat.language)
        think = thinking.prepared(viewer, chat, decision) if decision else None
        said = actions.answer(ASSISTANT, viewer, chat.asked, decision, is_coming=bool(think))
        if said and think:
            think(*said)


def forgotten() -> list[int]:
    """Chats in which an answer is owed that nobody works out. By an index; most often none."""
    now = timezone.now()
    owed = Chat.objects.visible_to(ASSISTANT).filter(
        asked__isnull=False,
        asked__created_at__lt=now - FORGOTTEN_AFTER,
        asked__created_at__gt=now - GIVEN_UP_AFTER,
    )
    return list(owed.order_by("asked").values_list("pk", flat=True)[:MOST_FORGOTTEN])


def lines_of(chat: Chat) -> list[Message]:
    """The last lines that both sides read, oldest first. Two queries."""
    last = Message.objects.visible_to(ASSISTANT).filter(conversation_id=chat.pk, kind="reply")
    return list(last.order_by("-pk").prefetch_related("attachments")[:MOST_READ])[::-1]


def member_of(chat: Chat) -> Viewer | None:
    """The member as they are now; None where they are not served any more."""
    own = Member.objects.active().with_facts()
    member = own.filter(pk__in=[chat.conversation.creator_id]).first()
    return viewer_for_member(member, via="ai") if member else None


def _spoken(chat: Chat, viewer: Viewer) -> str:
    """In which of our languages it answers: the one they write in, else the one they read."""
    written = language_of(chat.language)
    return written if written == chat.language else language_of(viewer.locale)
