"""What is found? A page of results that works without a script, by a GET."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from handrail.base.limits import Limit, TooMany, client_address
from handrail.mediums.docs.reading.caching import PRIVATE
from handrail.mediums.docs.reading.sides import Side
from handrail.mediums.docs.searching import cleaned, remember_miss, search
from handrail.mediums.docs.views.asking import leads_to_ask
from handrail.people.requests import ViewerRequest

SEARCHES = Limit("docs-search", most=300, seconds=60)
"""A whole office can stand behind one address."""


@require_safe
def results(request: ViewerRequest, side: Side) -> HttpResponse:
    """Grouped by page; with nothing found, what one can do instead. Never kept, never indexed."""
    if (leads := leads_to_ask(request, side)) is not None:
        return leads
    question = cleaned(request.GET.get("q", ""))
    try:
        SEARCHES.hit(client_address(request))
    except TooMany as error:
        return _too_many(request, error)
    context = {
        "side": side,
        "title": _("Search"),
        "question": question,
        "found": search(request.viewer, question),
        "is_indexed": False,
    }
    response = render(request, "docs/results.html", context)
    response["Cache-Control"] = PRIVATE
    response["X-Robots-Tag"] = "noindex"
    return response


@require_POST
def missed(request: ViewerRequest) -> HttpResponse:
    """The page of results says that it found nothing: a GET must not write it down itself."""
    try:
        SEARCHES.hit(client_address(request))
    except TooMany as error:
        return _too_many(request, error)
    remember_miss(request.viewer, cleaned(request.POST.get("q", "")))
    return HttpResponse(status=204)


def _too_many(request: ViewerRequest, error: TooMany) -> HttpResponse:
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(error.retry_after)
    return response
