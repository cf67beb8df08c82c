"""Who is the member, and what brought them here? What an agent reads beside the talk.

The page asks for it after it is shown: whoever answers at once waits for none of it.
"""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.engines.conversations.access import visible_conversations
from handrail.engines.conversations.models import Conversation
from handrail.hub import desk
from handrail.hub.medium import Near
from handrail.hub.registry import find
from handrail.mediums.chat.console.finding import find_chat
from handrail.mediums.chat.models import Chat
from handrail.mediums.chat.states import KIND
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import Viewer

MOST_PAGES, MOST_EARLIER = 8, 5


@dataclass(frozen=True)
class PageRead:
    """A help page that was open in the chat, or that an answer in it rests on."""

    title: str
    section: str
    url: str


@require_safe
def story(request: ViewerRequest, public_id: str) -> HttpResponse:
    chat = find_chat(request, public_id)
    member = chat.conversation.creator
    context = {
        "chat": chat,
        "conversation": chat.conversation,
        "pages": pages_read(request.viewer, chat),
        "near": _near(request.viewer, chat) if member else [],
        "earlier": _earlier(request.viewer, chat.conversation),
    }
    return render(request, "chat/console/_story.html", context)


def pages_read(viewer: Viewer, chat: Chat) -> list[PageRead]:
    """The newest first; what this agent may not read is not named. One query a medium."""
    by_medium: dict[str, list[str]] = {}
    for named in reversed(chat.pages_read[-MOST_PAGES:]):
        medium_name, _slash, named_id = str(named).partition("/")
        by_medium.setdefault(medium_name, []).append(named_id)
    found = []
    for name, public_ids in by_medium.items():
        medium = find(name)
        places = medium.places(viewer, public_ids) if medium else {}
        found += [
            PageRead(place.title, place.section, place.public_url or place.url)
            for public_id in public_ids
            if (place := places.get(public_id))
        ]
    return found


def _near(viewer: Viewer, chat: Chat) -> list[Near]:
    """What else the member has open with us: not this chat itself."""
    member = chat.conversation.creator
    found = desk.near(viewer, member) if member else []
    return [one for one in found if one.ref != chat.conversation.ref]


def _earlier(viewer: Viewer, conversation: Conversation) -> list[Conversation]:
    """The member's chats before this one, the newest first. One query."""
    theirs = visible_conversations(viewer).of_kind(KIND).filter(creator=conversation.creator)
    earlier = theirs.exclude(pk=conversation.pk).select_related("rating", "assignee")
    return list(earlier.newest_first()[:MOST_EARLIER])
