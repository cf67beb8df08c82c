"""What does somebody see where there is no page for them? The pages that they may have meant."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from handrail.mediums.docs.api.similar import nearest
from handrail.mediums.docs.reading.caching import PRIVATE
from handrail.mediums.docs.reading.sides import Side
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import NotSignedIn


def missing(request: ViewerRequest, side: Side, address: str) -> HttpResponse:
    """The same for what does not exist and for what this viewer may not read.

    In the panel nobody is asked to sign in: their session may have ended, and the page be theirs.
    """
    if not side.is_public and request.viewer.is_nobody:
        raise NotSignedIn
    near = nearest(request.viewer, address)
    context = {
        "side": side,
        "title": _("There is no such page"),
        "near": [{"page": one, "url": side.address(one.section, one)} for one in near],
        "is_indexed": False,
    }
    response = render(request, "docs/missing.html", context, status=404)
    response["Cache-Control"] = PRIVATE
    return response
