"""Which chat does an agent mean? 404 for what does not exist."""

from django.http import Http404

from handrail.engines.conversations.access import WORK
from handrail.mediums.chat.models import Chat
from handrail.people.requests import ViewerRequest


def find_chat(request: ViewerRequest, public_id: str) -> Chat:
    """The chat as this agent, with all that its page shows. One query."""
    request.viewer.require(WORK)
    chat = (
        Chat.objects.visible_to(request.viewer)
        .select_related(
            "conversation__account__plan",
            "conversation__creator__person",
            "conversation__assignee",
            "conversation__team",
            "conversation__rating",
            "ticket",
        )
        .filter(conversation__public_id=public_id)
        .first()
    )
    if chat is None:
        raise Http404
    return chat
