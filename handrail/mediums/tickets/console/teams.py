"""What does the owner see of teams? A list, and a page for each."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from handrail.mediums.tickets import actions
from handrail.mediums.tickets.console.ticket import assignable
from handrail.mediums.tickets.views import INVALID
from handrail.people.models import Agent, AssignMode, Team
from handrail.people.requests import ViewerRequest

MANAGE = "settings.manage"


class TeamForm(forms.Form):
    """A team: its name, its way of giving out what comes in, and who is in it."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        error_messages={"required": gettext_lazy("Give the team a name.")},
    )
    assign_mode = forms.ChoiceField(
        label=gettext_lazy("Who gets what comes in"),
        choices=AssignMode.choices,
        initial=AssignMode.BY_HAND,
        widget=forms.RadioSelect,
    )
    agents = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Agents"),
        queryset=Agent.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, team: Team | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team = team
        self.fields["agents"].queryset = assignable()  # type: ignore[attr-defined]
        self.fields["agents"].label_from_instance = lambda agent: agent.name  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        same = Team.objects.filter(name=name).first()
        if same and same != self.team:
            raise forms.ValidationError(_("There is a team of this name."))
        return name


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    """All teams; the retired ones last."""
    request.viewer.require(MANAGE)
    teams = Team.objects.annotate(size=Count("memberships")).order_by("name")
    rows = sorted(teams, key=lambda team: team.retired_at is not None)
    return render(request, "tickets/desk/settings/teams.html", {"teams": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ViewerRequest) -> HttpResponse:
    request.viewer.require(MANAGE)
    form = TeamForm(request.POST or None)
    if form.is_valid():
        actions.make_team(request.viewer, **form.cleaned_data)
        messages.success(request, _("The team is made."))
        return redirect("tickets-desk:teams")
    return _page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ViewerRequest, public_id: str) -> HttpResponse:
    request.viewer.require(MANAGE)
    team = get_object_or_404(Team, public_id=public_id)
    initial = {
        "name": team.name,
        "assign_mode": team.assign_mode,
        "agents": [agent.public_id for agent in team.agents.all()],
    }
    form = TeamForm(request.POST or None, initial=initial, team=team)
    if form.is_valid():
        actions.change_team(request.viewer, team, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("tickets-desk:teams")
    return _page(request, form, team)


@require_POST
def retire(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Puts a team away, or takes it out again."""
    request.viewer.require(MANAGE)
    team = get_object_or_404(Team, public_id=public_id)
    actions.set_team_retired(request.viewer, team, team.retired_at is None)
    return redirect("tickets-desk:teams")


def _page(request: ViewerRequest, form: TeamForm, team: Team | None) -> HttpResponse:
    status = INVALID if form.is_bound else 200
    context = {"form": form, "team": team}
    return render(request, "tickets/desk/settings/team.html", context, status=status)
