"""What if the page did not help? A ticket that knows which page it was."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from handrail.engines.activity.ref import Ref
from handrail.hub.handoff import NoSuchMedium, handoff
from handrail.hub.medium import Handoff
from handrail.mediums.docs.models import Page
from handrail.mediums.docs.searching import MEDIUM
from handrail.people.requests import ViewerRequest


@require_safe
def stuck(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Hands over to tickets; whoever is not signed in is led there by way of their platform."""
    request.viewer.require_member()
    page = Page.objects.visible_to(request.viewer).filter(public_id=public_id).first()
    if page is None:
        raise Http404
    try:
        address = handoff("tickets", request.viewer, Handoff(source=Ref(MEDIUM, public_id)))
    except NoSuchMedium:
        raise Http404 from None
    return HttpResponseRedirect(address)
