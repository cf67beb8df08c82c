"""What does the owner decide about tickets? The policy, our hours, and what we promise."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions import MANAGE
from handrail.mediums.tickets.console.rule_forms import HoursForm, PolicyForm, TargetsForm
from handrail.mediums.tickets.views import INVALID
from handrail.people.requests import ViewerRequest

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def policy(request: ViewerRequest) -> HttpResponse:
    request.viewer.require(MANAGE)
    form = PolicyForm(request.POST or None, instance=actions.current_policy())
    if form.is_valid():
        actions.change_policy(request.viewer, form.instance)
        return _done(request, "policy")
    return _page(request, "policy", form)


@require_http_methods(METHODS)
def hours(request: ViewerRequest) -> HttpResponse:
    request.viewer.require(MANAGE)
    office = actions.office_hours()
    form = HoursForm(office, request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        actions.change_hours(
            request.viewer,
            office,
            name=given["name"],
            zoneinfo=given["zoneinfo"],
            periods=form.periods(),
            holidays=given["holidays"],
        )
        return _done(request, "hours")
    return _page(request, "hours", form)


@require_http_methods(METHODS)
def targets(request: ViewerRequest) -> HttpResponse:
    request.viewer.require(MANAGE)
    form = TargetsForm(request.POST or None)
    if form.is_valid():
        actions.set_targets(request.viewer, form.promises())
        return _done(request, "targets")
    return _page(request, "targets", form)


def _done(request: ViewerRequest, page: str) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(f"tickets-desk:{page}")


def _page(
    request: ViewerRequest, page: str, form: PolicyForm | HoursForm | TargetsForm
) -> HttpResponse:
    status = INVALID if form.is_bound else 200
    return render(request, f"tickets/desk/settings/{page}.html", {"form": form}, status=status)
