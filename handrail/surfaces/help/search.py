"""What does the one box answer? A list under it as somebody types, and the same as a page."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.base.limits import Limit, TooMany, client_address
from handrail.hub.finding import MOST_LETTERS, Everything, search_everything
from handrail.people.requests import ViewerRequest

ASKED = Limit("search", most=600, seconds=60)
"""From one address of the network: a whole office types at once. Beyond it nothing is found."""

MOST_GIVEN = 10_000
NOTHING = {"q": "", "refine": False, "public": False}


class SearchForm(forms.Form):
    """What was typed; nonsense asks for nothing."""

    q = forms.CharField(max_length=MOST_GIVEN, required=False)
    refine = forms.BooleanField(required=False)
    public = forms.BooleanField(required=False)


@require_safe
def search(request: ViewerRequest) -> HttpResponse:
    """For the box a fragment; for who pressed Enter, or has no scripts, the page."""
    form = SearchForm(request.GET)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else NOTHING
    is_box = request.headers.get("HX-Request") == "true"
    is_refined = asked["refine"] or not is_box
    found, status = _found(request, asked["q"], refine=is_refined, is_public=asked["public"])
    context = {
        "everything": found,
        "text": found.text,
        "is_refined": is_refined,
        "is_too_many": status != 200,
    }
    template = "help/_found.html" if is_box else "help/search.html"
    response = render(request, template, context, status=200 if is_box else status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _found(
    request: ViewerRequest, text: str, *, refine: bool, is_public: bool
) -> tuple[Everything, int]:
    try:
        ASKED.hit(client_address(request))
    except TooMany:
        return Everything(text[:MOST_LETTERS]), 429
    found = search_everything(request.viewer, text, refine=refine, is_public=is_public)
    return found, 200
