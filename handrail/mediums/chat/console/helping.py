"""What helps an agent to answer? Canned replies, and an answer that the help pages suggest."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.hub import desk
from handrail.mediums.chat.console.finding import find_chat
from handrail.people.requests import ViewerRequest


@require_safe
def pick(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Replies that agents send often, filled in for this chat; tickets keep them."""
    chat = find_chat(request, public_id)
    sought = request.GET.get("q", "")
    replies = desk.canned(request.viewer, chat.conversation, sought)
    return render(request, "hub/_canned_options.html", {"replies": replies, "sought": sought})
