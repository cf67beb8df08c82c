"""Is the member's page open? It says so every 20 seconds, and when it is closed."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from handrail.mediums.chat import actions
from handrail.mediums.chat.views.finding import find_chat, pages_read
from handrail.people.requests import ViewerRequest


@require_POST
def here(request: ViewerRequest, public_id: str) -> HttpResponse:
    """A chat that waits for a person goes on waiting while its member is there."""
    request.viewer.require_member()
    chat = find_chat(request, public_id)
    actions.member_is_here(request.viewer, chat, pages_read=pages_read(request))
    return HttpResponse(status=204)


@require_POST
def left(request: ViewerRequest, public_id: str) -> HttpResponse:
    request.viewer.require_member()
    actions.member_left(request.viewer, find_chat(request, public_id))
    return HttpResponse(status=204)
