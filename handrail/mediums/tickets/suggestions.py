"""What may answer a ticket before it is sent? Asked while its subject is typed."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from handrail.base.limits import Limit
from handrail.hub.refs import resolve
from handrail.hub.suggestions import suggest
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.drafts import client_id
from handrail.mediums.tickets.handoffs import ref_of
from handrail.people.requests import ViewerRequest

ASKED = Limit("suggestions", most=60, seconds=60)
"""By one person: more than anybody types, pause after pause. Beyond it nothing is suggested."""


@require_safe
def suggested(request: ViewerRequest) -> HttpResponse:
    """What other mediums know about this subject; nothing where they know nothing."""
    request.viewer.require("tickets.open")
    member = request.viewer.require_member()
    is_asked = ASKED.count(member.public_id) <= ASKED.most
    found = suggest(request.viewer, _words(request)) if is_asked else []
    return render(request, "tickets/_suggestions.html", {"suggestions": found})


@require_POST
def shown(request: ViewerRequest) -> HttpResponse:
    """Suggestions stand in somebody's page: written down once for each form."""
    request.viewer.require("tickets.open")
    actions.show_suggestions(request.viewer, client_id(request))
    return HttpResponse(status=204)


@require_POST
def opened(request: ViewerRequest) -> HttpResponse:
    """Somebody follows a suggestion: written down, so that what it spares can be counted."""
    request.viewer.require("tickets.open")
    ref = ref_of(request.GET.get("ref", ""))
    url = resolve(request.viewer, [ref]).get(ref) if ref else None
    if ref is None or url is None:
        raise Http404
    actions.follow_suggestion(request.viewer, ref, client_id(request))
    return HttpResponseClientRedirect(url)


def _words(request: ViewerRequest) -> str:
    """The subject first: it is what the ticket is about."""
    parts = (request.GET.get(name, "").replace("\0", " ").strip() for name in ("subject", "body"))
    return ". ".join(part for part in parts if part)
