"""How did it go? What the creator of a closed ticket says of it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from handrail.engines.activity import actions as activity
from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations.models import Conversation, Rating, Score
from handrail.mediums.tickets import letters
from handrail.mediums.tickets.actions import history
from handrail.mediums.tickets.actions.policy import current_policy
from handrail.mediums.tickets.actions.refusals import NotNow
from handrail.mediums.tickets.models import Ticket
from handrail.people.viewer import Viewer


def rate(viewer: Viewer, ticket: Ticket, score: Score, comment: str) -> Rating:
    """Keeps what the creator thinks, instead of what they thought before."""
    viewer.require("tickets.reply")
    with transaction.atomic():
        conversation = conversations.locked(ticket.conversation)
        if not may_rate(viewer, conversation):
            raise NotNow(_("Only whoever submitted the ticket can rate it, once it is closed."))
        rating, is_new = Rating.objects.update_or_create(
            conversation=conversation,
            defaults={"score": score, "comment": comment, "created_at": timezone.now()},
        )
        activity.record(
            viewer,
            "tickets.rated",
            conversation.ref,
            account=conversation.account,
            score=int(score),
        )
        if is_new and conversation.assignee:
            letters.tell_of_rating(conversation, viewer)
        history.rated(viewer, conversation, score)
    return rating


def may_rate(viewer: Viewer, conversation: Conversation) -> bool:
    """The creator alone, of what is closed, where the owner asks for it."""
    return bool(
        viewer.member
        and viewer.member.pk == conversation.creator_id
        and conversation.closed_at
        and conversation.merged_into_id is None
        and current_policy().asks_for_rating
    )
