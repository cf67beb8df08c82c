"""What did a member say to the issue type's own fields? Agents' pages ask once they stand."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.engines.conversations.access import WORK
from handrail.mediums.tickets.fields import answers_of
from handrail.mediums.tickets.models import Ticket
from handrail.people.requests import ViewerRequest


@require_safe
def answers(request: ViewerRequest, public_id: str) -> HttpResponse:
    request.viewer.require(WORK)
    tickets = Ticket.objects.visible_to(request.viewer).select_related("issue_type")
    ticket = tickets.filter(conversation__public_id=public_id).first()
    if ticket is None:
        raise Http404
    return render(request, "tickets/desk/_answers.html", {"answers": answers_of(ticket)})
