"""Who wants to hear of a ticket that is not theirs? Following grants nothing: see `letters`."""

from typing import Any

from django.db import transaction

from handrail.engines.activity import actions as activity
from handrail.engines.conversations.models import Conversation, Follower
from handrail.mediums.tickets.models import Ticket
from handrail.people.viewer import Viewer


def follow(viewer: Viewer, ticket: Ticket) -> None:
    """From now on this member or agent hears of replies. Twice is once."""
    viewer.require(_key(viewer))
    conversation = ticket.conversation
    with transaction.atomic():
        _follower, is_new = Follower.objects.get_or_create(
            conversation=conversation, **_who(viewer)
        )
        if is_new:
            _record(viewer, "tickets.followed", conversation)


def unfollow(viewer: Viewer, ticket: Ticket) -> None:
    viewer.require(_key(viewer))
    conversation = ticket.conversation
    with transaction.atomic():
        if Follower.objects.filter(conversation=conversation, **_who(viewer)).delete()[0]:
            _record(viewer, "tickets.unfollowed", conversation)


def is_following(viewer: Viewer, conversation: Conversation) -> bool:
    return Follower.objects.filter(conversation=conversation, **_who(viewer)).exists()


def _key(viewer: Viewer) -> str:
    return "conversations.work" if viewer.agent else "tickets.reply"


def _who(viewer: Viewer) -> dict[str, Any]:
    return {"agent": viewer.agent} if viewer.agent else {"member": viewer.require_member()}


def _record(viewer: Viewer, verb: str, conversation: Conversation) -> None:
    activity.record(viewer, verb, conversation.ref, account=conversation.account)
