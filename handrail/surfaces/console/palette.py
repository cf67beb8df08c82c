"""What does the command palette answer? A fragment, asked for with every pause in typing."""

import re

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.base.ids import PublicIdConverter
from handrail.engines.activity.ref import Ref
from handrail.hub.palette import MOST_SEEN, Asked, palette
from handrail.people.requests import ViewerRequest

_REF = re.compile(rf"([a-z_]{{1,32}})/({PublicIdConverter.regex})")


class PaletteForm(forms.Form):
    """What was typed, and what the page says of itself; nonsense asks for nothing."""

    q = forms.CharField(max_length=200, required=False)
    here = forms.CharField(max_length=60, required=False)
    seen = forms.CharField(max_length=1000, required=False)

    def asked(self) -> Asked:
        self.full_clean()
        given = self.cleaned_data
        here = next(iter(_refs(given.get("here", ""))), None)
        seen = [ref for ref in _refs(given.get("seen", "")) if ref != here]
        return Asked(given.get("q", ""), here, tuple(seen[:MOST_SEEN]))


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    """What this agent can go to or do. As many queries as mediums have things to find."""
    request.viewer.require_agent()
    asked = PaletteForm(request.GET).asked()
    groups = palette(request.viewer, asked)
    count = sum(len(group.commands) for group in groups)
    context = {"groups": groups, "count": count, "sought": asked.text}
    return render(request, "console/_palette.html", context)


def _refs(text: str) -> list[Ref]:
    """The refs in a text such as "tickets/abc tickets/def"; what is none is left out."""
    found = (_REF.fullmatch(word) for word in text.split())
    return [Ref(match[1], match[2]) for match in found if match]
