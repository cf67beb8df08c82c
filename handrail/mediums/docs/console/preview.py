"""How will the page look? Drawn as publishing would draw it, and kept nowhere."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from handrail.base import markdown
from handrail.base.markdown.caps import MOST_CHARACTERS
from handrail.mediums.docs.actions.atlas import PageTargets
from handrail.mediums.docs.console.forms import SUMMARY_LENGTH, TITLE_LENGTH
from handrail.mediums.docs.console.parts import find_page
from handrail.mediums.docs.models import Page
from handrail.mediums.docs.paths import MARK
from handrail.people.requests import ViewerRequest


@dataclass(frozen=True)
class Preview:
    """A page as it would be, and what is wrong with it."""

    html: str
    problems: tuple[markdown.Problem, ...]


def draw_preview(page: Page, body: str) -> Preview:
    """Files come from the desk, since readers cannot load what no published page shows; links lead
    to the public pages."""
    text = body.replace("\0", "").replace("\r\n", "\n")
    drawn = markdown.render(text, targets=PageTargets(page), language=page.language)
    files = reverse("docs-desk:index") + "-/files/"
    html = drawn.html.replace(f"{MARK}-/files/", files).replace(MARK, "/docs/")
    return Preview(html, drawn.problems)


@require_POST
def preview(request: ViewerRequest, public_id: str) -> HttpResponse:
    """What is being written, drawn. Keeps nothing."""
    page = find_page(request, public_id)
    given = request.POST
    context = {
        "page": page,
        "title": given.get("title", "")[:TITLE_LENGTH],
        "summary": given.get("summary", "")[:SUMMARY_LENGTH],
        "drawn": draw_preview(page, given.get("body", "")[:MOST_CHARACTERS]),
    }
    return render(request, "docs/desk/_preview.html", context)
