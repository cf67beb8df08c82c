"""What does an editor see of the repositories that pages come from? Each one, and its report."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from handrail.mediums.docs.access import EDIT
from handrail.mediums.docs.actions import sources
from handrail.mediums.docs.console.parts import INVALID, parts
from handrail.mediums.docs.importing.git import fault_of_address
from handrail.mediums.docs.models import ImportRun, Page, Source
from handrail.mediums.docs.paths import slug_of
from handrail.people.requests import ViewerRequest

MOST_SHOWN = 200
"""Problems on one page; the others are counted."""


class SourceForm(forms.Form):
    """A repository, and which of it goes where."""

    url = forms.CharField(
        label=gettext_lazy("Address of the repository"),
        max_length=500,
        error_messages={"required": gettext_lazy("Give the address that git clones from.")},
        help_text=gettext_lazy("It begins with https:// and needs no password."),
    )
    branch = forms.CharField(label=gettext_lazy("Branch"), max_length=100, required=False)
    folder = forms.CharField(label=gettext_lazy("Folder in it"), max_length=300, required=False)
    section_slug = forms.CharField(
        label=gettext_lazy("Section"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Empty: every folder with a SUMMARY.md is a section of its name."),
    )
    every_minutes = forms.IntegerField(
        label=gettext_lazy("Look every so many minutes"),
        min_value=5,
        max_value=60 * 24 * 7,
        initial=60,
        required=False,
        help_text=gettext_lazy("Empty: only when its webhook is called."),
    )

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        if fault := fault_of_address(url):
            raise forms.ValidationError(fault)
        return url

    def clean_section_slug(self) -> str:
        given = str(self.cleaned_data["section_slug"])
        return slug_of(given)[:60] if given else ""


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    """All repositories, with how the last pull of each ended. Two queries."""
    request.viewer.require(EDIT)
    rows = list(Source.objects.visible_to(request.viewer).order_by("url", "pk"))
    runs = ImportRun.objects.visible_to(request.viewer).filter(source__in=rows)
    last: dict[int | None, ImportRun] = {}
    for run in runs.defer("problems").order_by("began_at", "pk"):
        last[run.source_id] = run
    pairs = [(source, last.get(source.pk)) for source in rows]
    return render(
        request, "docs/desk/sources.html", {"pairs": pairs, "parts": parts(), "part": "sources"}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ViewerRequest) -> HttpResponse:
    request.viewer.require(EDIT)
    form = SourceForm(request.POST or None)
    if form.is_valid():
        source = sources.add_source(request.viewer, **form.cleaned_data)
        messages.success(request, _("The pages are being fetched. This page shows how it went."))
        return redirect("docs-desk:source", source.public_id)
    status = INVALID if form.is_bound else 200
    return render(request, "docs/desk/new_source.html", {"form": form}, status=status)


@require_safe
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    """One repository with the report of its last import."""
    return _page(request, _source(request, public_id))


@require_POST
def pull(request: ViewerRequest, public_id: str) -> HttpResponse:
    source = _source(request, public_id)
    sources.want_pull(request.viewer, source)
    messages.success(request, _("The repository is asked for news in a moment."))
    return redirect("docs-desk:source", source.public_id)


@require_POST
def switch(request: ViewerRequest, public_id: str) -> HttpResponse:
    """On or off: what it is not."""
    source = _source(request, public_id)
    sources.set_on(request.viewer, source, not source.is_on)
    return redirect("docs-desk:source", source.public_id)


@require_POST
def make_hook(request: ViewerRequest, public_id: str) -> HttpResponse:
    """The one page on which the webhook's address stands."""
    source = _source(request, public_id)
    secret = sources.make_hook(request.viewer, source)
    return _page(request, _source(request, public_id), secret=secret)


@require_POST
def remove(request: ViewerRequest, public_id: str) -> HttpResponse:
    sources.remove_source(request.viewer, _source(request, public_id))
    messages.success(request, _("The repository is removed. Its pages stay."))
    return redirect("docs-desk:sources")


def _source(request: ViewerRequest, public_id: str) -> Source:
    request.viewer.require(EDIT)
    return get_object_or_404(Source.objects.visible_to(request.viewer), public_id=public_id)


def _page(request: ViewerRequest, source: Source, *, secret: str = "") -> HttpResponse:
    run = ImportRun.objects.visible_to(request.viewer).filter(source=source)
    last = run.order_by("-began_at", "-pk").first()
    context: dict[str, Any] = {"source": source, "run": last}
    if last is not None:
        shown = last.problems[:MOST_SHOWN]
        named = Page.objects.visible_to(request.viewer).filter(
            public_id__in={one["page"] for one in shown}
        )
        there = set(named.values_list("public_id", flat=True))
        context["problems"] = [{**one, "has_page": one["page"] in there} for one in shown]
        context["more"] = len(last.problems) - len(shown)
    if secret:
        context["hook"] = settings.HANDRAIL_URL + reverse("docs-public:hook", args=[secret])
    return render(request, "docs/desk/source.html", context)
