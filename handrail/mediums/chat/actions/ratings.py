"""How did it go? What the member of an ended chat says of it, and how they take it along."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations.models import Conversation, Rating, Score
from handrail.mediums.chat import letters
from handrail.mediums.chat.actions.refusals import OPEN, NotNow, require_seen_by
from handrail.mediums.chat.actions.steps import locked, on_record
from handrail.mediums.chat.models import Chat
from handrail.people.viewer import Viewer

COMMENT_LENGTH = 2000


def rate(viewer: Viewer, chat: Chat, score: Score, comment: str = "") -> Rating:
    """Keeps what the member thinks, instead of what they thought before; the same again changes
    nothing."""
    viewer.require(OPEN)
    viewer.require_member()
    with transaction.atomic():
        chat = locked(chat)
        require_seen_by(viewer, chat.conversation)
        if not may_rate(viewer, chat.conversation):
            raise NotNow(_("You can rate a chat once it has ended."))
        said = {
            "score": Score(score),
            "comment": comment.replace("\0", "").strip()[:COMMENT_LENGTH],
        }
        if before := Rating.objects.filter(conversation=chat.conversation, **said).first():
            return before
        rating, is_new = Rating.objects.update_or_create(
            conversation=chat.conversation, defaults={**said, "created_at": timezone.now()}
        )
        chat.score = rating.score
        chat.save(update_fields=["score"])
        # For agents alone, as the product's own word: members see their rating below the thread.
        conversations.put_event_for_agents(
            viewer, chat.conversation, "rated", to=int(score), who=viewer.name
        )
        on_record(viewer, chat, "rated", score=int(score))
        if is_new:
            letters.tell_of_rating(chat.conversation, viewer)
    return rating


def may_rate(viewer: Viewer, conversation: Conversation) -> bool:
    """The member alone, once it has ended."""
    is_own = viewer.member is not None and viewer.member.pk == conversation.creator_id
    return is_own and conversation.closed_at is not None


def mail_transcript(viewer: Viewer, chat: Chat) -> None:
    """Sends the chat to its member, at the address that their host has proved to be theirs."""
    viewer.require(OPEN)
    member = viewer.require_member()
    with transaction.atomic():
        chat = locked(chat)
        require_seen_by(viewer, chat.conversation)
        if not (member.email and member.person.email_verified):
            raise NotNow(_("We have no proved email address of yours: download it instead."))
        if not letters.mail_transcript(viewer, chat, member):
            raise NotNow(_("You asked for many mails today: download it instead."))
        on_record(viewer, chat, "transcript_mailed")
