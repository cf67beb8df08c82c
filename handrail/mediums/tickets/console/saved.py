"""What does an agent see of saved views, and do with them?"""

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from handrail.engines.conversations.access import WORK
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.console.filters import QueueFilters
from handrail.mediums.tickets.models import SavedView
from handrail.mediums.tickets.views import INVALID
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import Viewer


class SavedViewForm(forms.Form):
    """What a saved view is called, and whose it is."""

    name = forms.CharField(
        label=_("Name"), max_length=60, error_messages={"required": _("Give the view a name.")}
    )
    is_shared = forms.BooleanField(
        label=_("For everybody"),
        help_text=_("All agents see it. Off: you alone."),
        required=False,
    )


@require_POST
def save(request: ViewerRequest) -> HttpResponse:
    """Keeps the filters that are sent along under a name."""
    request.viewer.require(WORK)
    form, filters = SavedViewForm(request.POST), QueueFilters(request.POST)
    if form.is_valid():
        name, is_shared = form.cleaned_data["name"], form.cleaned_data["is_shared"]
        try:
            actions.save_view(request.viewer, name, filters.chosen, is_shared=is_shared)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return _to_queue(filters)
    return _dialog(request, form)


@require_POST
def rename(request: ViewerRequest, public_id: str) -> HttpResponse:
    view = _find(request, public_id)
    form = SavedViewForm(request.POST)
    if not form.is_valid():
        return _dialog(request, form)
    actions.rename_view(request.viewer, view, form.cleaned_data["name"])
    return _to_queue(QueueFilters(view.filters))


@require_POST
def delete(request: ViewerRequest, public_id: str) -> HttpResponse:
    view = _find(request, public_id)
    actions.delete_view(request.viewer, view)
    return _to_queue(QueueFilters({}))


def saved_views(viewer: Viewer) -> list[SavedView]:
    """Those beside the built-in ones, everybody's first. One query."""
    rows = SavedView.objects.visible_to(viewer).order_by("position", "pk")
    return sorted(rows, key=lambda view: (view.owner_id is not None, view.position, view.name))


def dialog_context(
    viewer: Viewer, form: SavedViewForm, views: list[SavedView]
) -> dict[str, object]:
    may_share = viewer.may("settings.manage")
    return {
        "saved_form": form,
        "may_share": may_share,
        "own_views": [view for view in views if view.owner_id or may_share],
    }


def _dialog(request: ViewerRequest, form: SavedViewForm) -> HttpResponse:
    context = dialog_context(request.viewer, form, saved_views(request.viewer))
    return render(request, "tickets/desk/_saved.html", context, status=INVALID)


def _find(request: ViewerRequest, public_id: str) -> SavedView:
    request.viewer.require(WORK)
    view = SavedView.objects.visible_to(request.viewer).filter(public_id=public_id).first()
    if view is None:
        raise Http404
    return view


def _to_queue(filters: QueueFilters) -> HttpResponse:
    return HttpResponseClientRedirect(f"{reverse('tickets-desk:index')}?{filters.address()}")
