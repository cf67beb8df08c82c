"""Where is a chat's file asked for? By its member, and by agents."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from handrail.engines.conversations.access import WORK
from handrail.engines.conversations.downloads import SANDBOX
from handrail.mediums.chat.exports.transcript import as_text
from handrail.mediums.chat.models import Chat
from handrail.people.requests import ViewerRequest


@require_safe
def of_member(request: ViewerRequest, public_id: str) -> HttpResponse:
    """One's chat as a file: what its page shows, which has no notes."""
    request.viewer.require_member()
    chat = _find(request, public_id)
    return _answer(chat, as_text(request.viewer, chat))


@require_safe
def of_agent(request: ViewerRequest, public_id: str) -> HttpResponse:
    """With `?notes=on` the internal notes too: for us alone, so they are asked for."""
    request.viewer.require(WORK)
    chat = _find(request, public_id)
    with_notes = request.GET.get("notes") == "on"
    return _answer(chat, as_text(request.viewer, chat, with_notes=with_notes))


def _answer(chat: Chat, content: str) -> HttpResponse:
    """Always a download. Its name is made of the number alone: nothing that anybody typed."""
    response = HttpResponse(content, content_type="text/plain; charset=utf-8")
    name = f"chat-{chat.conversation.number}.txt"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = SANDBOX
    return response


def _find(request: ViewerRequest, public_id: str) -> Chat:
    chats = Chat.objects.visible_to(request.viewer).select_related("conversation")
    chat = chats.filter(conversation__public_id=public_id).first()
    if chat is None:
        raise Http404
    return chat
