"""Where are the files asked for? By members for tickets, by agents for lists too."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from handrail.engines.conversations.access import WORK
from handrail.engines.conversations.downloads import SANDBOX
from handrail.mediums.tickets.console.filters import QueueFilters
from handrail.mediums.tickets.console.paging import queue
from handrail.mediums.tickets.exports.pdf import as_pdf
from handrail.mediums.tickets.exports.table import lines
from handrail.mediums.tickets.exports.transcript import Transcript, as_text, transcript
from handrail.mediums.tickets.models import Ticket
from handrail.people.requests import ViewerRequest

TYPES = {"pdf": "application/pdf", "txt": "text/plain; charset=utf-8"}


@require_safe
def of_member(request: ViewerRequest, public_id: str, format: str) -> HttpResponse:
    """One's ticket as a file: what its page shows, which has no notes."""
    request.viewer.require_member()
    ticket = _find(request, public_id)
    return _answer(ticket, transcript(request.viewer, ticket), format)


@require_safe
def of_agent(request: ViewerRequest, public_id: str, format: str) -> HttpResponse:
    """With `?notes=on` the internal notes too: for us alone, so they are asked for."""
    request.viewer.require(WORK)
    ticket = _find(request, public_id)
    with_notes = request.GET.get("notes") == "on"
    told = transcript(request.viewer, ticket, with_notes=with_notes)
    return _answer(ticket, told, format)


@require_safe
def of_queue(request: ViewerRequest) -> HttpResponse:
    """What the queue holds under its filters, not only its first page: up to some ten megabytes."""
    request.viewer.require(WORK)
    tickets = queue(request.viewer, QueueFilters(request.GET)).newest_first()
    name = f"tickets-{timezone.localdate():%Y-%m-%d}.csv"
    response = HttpResponse(
        lines(tickets, request.viewer.zone), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _answer(ticket: Ticket, told: Transcript, format: str) -> HttpResponse:
    """Always a download. Its name is made of the number alone: nothing that anybody typed."""
    content = as_pdf(told) if format == "pdf" else as_text(told)
    response = HttpResponse(content, content_type=TYPES[format])
    name = f"ticket-{ticket.conversation.number}.{format}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = SANDBOX
    return response


def _find(request: ViewerRequest, public_id: str) -> Ticket:
    """The ticket as this viewer; 404 for what is missing and for what is not theirs."""
    people = ("conversation__account", "conversation__creator__person", "conversation__assignee")
    ticket = (
        Ticket.objects.visible_to(request.viewer)
        .select_related("issue_type", "sign_in_request", *people)
        .filter(conversation__public_id=public_id)
        .first()
    )
    if ticket is None:
        raise Http404
    return ticket
