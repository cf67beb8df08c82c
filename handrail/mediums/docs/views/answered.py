"""Where is the answer to what somebody asked? At the passage that answers it since, asked again."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from handrail.engines.ai.models import Question
from handrail.mediums.docs.models import Page
from handrail.mediums.docs.reading.sides import PANEL
from handrail.people.requests import ViewerRequest

LONGEST_QUERY = 2_000
"""Letters of an address that every server and browser takes."""


@require_safe
def answered(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Leads its asker to the page; 404 for others, and where they may not read it any more.

    Whoever is not signed in is led to it by way of their platform, whatever the address names.
    """
    viewer = request.viewer
    viewer.require_member()
    question = Question.objects.visible_to(viewer).filter(public_id=public_id).first()
    page_id, _hash, anchor = question.answered_by.partition("#") if question else ("", "", "")
    pages = Page.objects.visible_to(viewer).published().filter(public_id=page_id)
    page = pages.select_related("section").defer("body", "html", "outline").first()
    if question is None or page is None:
        raise Http404
    query = urlencode({"ask": question.text})
    asked = f"?{query}" if len(query) <= LONGEST_QUERY else ""
    fragment = f"#{anchor}" if anchor else ""
    return HttpResponseRedirect(f"{PANEL.address(page.section, page)}{asked}{fragment}")
