"""How do programs learn what is here? Where robots may go, and how browsers search."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.mediums.docs.reading.sides import absolute
from handrail.people.requests import ViewerRequest

DAY = "public, max-age=86400"


@require_safe
def robots(request: ViewerRequest) -> HttpResponse:
    """Forbids nothing: what is not to be indexed says so itself, to robots that are let in."""
    said = f"User-agent: *\nAllow: /\n\nSitemap: {absolute('/sitemap.xml')}\n"
    response = HttpResponse(said, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = DAY
    return response


@require_safe
def opensearch(request: ViewerRequest) -> HttpResponse:
    """https://github.com/dewitt/opensearch, as far as browsers read it."""
    context = {"address": absolute("/docs/search"), "own": absolute("/docs/opensearch.xml")}
    kind = "application/opensearchdescription+xml; charset=utf-8"
    response = render(request, "docs/opensearch.xml", context, content_type=kind)
    response["X-Robots-Tag"] = "noindex"
    return response
