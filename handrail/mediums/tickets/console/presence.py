"""Who else is at this ticket? Agents tell each other; members never hear of it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from handrail.engines.conversations.models import Presence
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions.presence import HERE_FOR
from handrail.mediums.tickets.console.ticket import find_ticket
from handrail.mediums.tickets.models import Ticket
from handrail.people.requests import ViewerRequest

MOST_SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
def here(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Says who else is here; by POST also that this agent is, and (`writing`) writes."""
    ticket = find_ticket(request, public_id)
    if request.method == "POST":
        is_writing = request.POST.get("writing") == "on"
        actions.be_here(request.viewer, ticket, is_writing=is_writing)
    context = {"others": _others(request, ticket)}
    return render(request, "tickets/desk/_who_else.html", context)


@require_POST
def left(request: ViewerRequest, public_id: str) -> HttpResponse:
    actions.leave(request.viewer, find_ticket(request, public_id))
    return HttpResponse(status=204)


def _others(request: ViewerRequest, ticket: Ticket) -> list[Presence]:
    """Those who write first. One query."""
    at_it = Presence.objects.filter(
        conversation_id=ticket.pk, seen_at__gt=timezone.now() - HERE_FOR, agent__is_active=True
    ).exclude(agent=request.viewer.require_agent())
    return list(at_it.select_related("agent").order_by("-is_writing", "agent__name")[:MOST_SHOWN])
