"""What does the owner see of issue types? A list for each kind of account, and a page for each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions import MANAGE
from handrail.mediums.tickets.models import IssueType, IssueTypeField
from handrail.mediums.tickets.views import INVALID
from handrail.people.models import AccountKind, Team
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import Viewer

METHODS = ["GET", "HEAD", "POST"]
EVERY_KIND = gettext_lazy("Every account")


class IssueTypeForm(forms.Form):
    """An issue type: its words, whom it is offered to, and who gets its tickets."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        error_messages={"required": gettext_lazy("Give the issue type a name.")},
    )
    description = forms.CharField(
        label=gettext_lazy("Description"),
        help_text=gettext_lazy("One line that helps to choose; it stands below the list."),
        max_length=250,
        required=False,
    )
    account_kind = forms.ChoiceField(
        label=gettext_lazy("Offered to"),
        choices=[("", EVERY_KIND), *AccountKind.choices],
        required=False,
    )
    team = forms.ModelChoiceField(
        label=gettext_lazy("Team"),
        help_text=gettext_lazy("It gets the tickets of this type."),
        queryset=Team.objects.none(),
        to_field_name="public_id",
        empty_label=gettext_lazy("No team"),
        required=False,
    )
    is_for_sign_in = forms.BooleanField(
        label=gettext_lazy("For people who cannot sign in"),
        help_text=gettext_lazy("The public help with signing in offers it, without a session."),
        required=False,
    )

    def __init__(
        self, viewer: Viewer, *args: Any, issue_type: IssueType | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.viewer, self.issue_type = viewer, issue_type
        own = issue_type.team_id if issue_type else None
        teams = Team.objects.filter(Q(retired_at=None) | Q(pk=own)).order_by("name")
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        words = {key: cleaned.get(key, "") for key in ("name", "account_kind")}
        same = IssueType.objects.visible_to(self.viewer).filter(**words).first()
        if same and same != self.issue_type:
            self.add_error("name", _("These accounts have an issue type of this name."))
        return cleaned


@dataclass(frozen=True)
class Place:
    """A row of a list that the owner orders; what is retired has no place in it."""

    it: IssueType | IssueTypeField
    is_first: bool
    is_last: bool


def places(rows: Iterable[IssueType] | Iterable[IssueTypeField]) -> list[Place]:
    """In the given order, the retired ones last."""
    found: list[IssueType | IssueTypeField] = [*rows]
    found.sort(key=lambda row: row.retired_at is not None)
    last = sum(row.retired_at is None for row in found) - 1
    return [Place(row, number == 0, number == last) for number, row in enumerate(found)]


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    """All of them by kind of account, in the order of the form; the retired ones last."""
    request.viewer.require(MANAGE)
    types = (
        IssueType.objects.visible_to(request.viewer)
        .select_related("team")
        .annotate(asks=Count("fields", filter=Q(fields__retired_at=None)))
        .order_by("position", "pk")
    )
    by_kind = defaultdict(list)
    for issue_type in types:
        by_kind[issue_type.account_kind].append(issue_type)
    kinds = [("", EVERY_KIND), *AccountKind.choices]
    groups = [(label, places(by_kind[kind])) for kind, label in kinds if by_kind[kind]]
    return render(request, "tickets/desk/settings/issue_types.html", {"groups": groups})


@require_http_methods(METHODS)
def new(request: ViewerRequest) -> HttpResponse:
    request.viewer.require(MANAGE)
    form = IssueTypeForm(request.viewer, request.POST or None)
    if form.is_valid():
        made = actions.make_issue_type(request.viewer, **form.cleaned_data)
        messages.success(request, _("The issue type is made. It can ask for more, below."))
        return redirect("tickets-desk:issue-type", made.public_id)
    return _page(request, form, None)


@require_http_methods(METHODS)
def edit(request: ViewerRequest, public_id: str) -> HttpResponse:
    request.viewer.require(MANAGE)
    issue_type = find(request.viewer, public_id)
    initial = {
        "name": issue_type.name,
        "description": issue_type.description,
        "account_kind": issue_type.account_kind,
        "team": issue_type.team.public_id if issue_type.team else "",
        "is_for_sign_in": issue_type.is_for_sign_in,
    }
    form = IssueTypeForm(
        request.viewer, request.POST or None, initial=initial, issue_type=issue_type
    )
    if form.is_valid():
        actions.change_issue_type(request.viewer, issue_type, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("tickets-desk:issue-type", public_id)
    return _page(request, form, issue_type)


@require_POST
def move(request: ViewerRequest, public_id: str) -> HttpResponse:
    """One place up or down, by the button's word."""
    request.viewer.require(MANAGE)
    issue_type = find(request.viewer, public_id)
    is_up = request.POST.get("move") != "down"
    actions.move_issue_type(request.viewer, issue_type, is_up=is_up)
    return redirect("tickets-desk:issue-types")


@require_POST
def retire(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Puts an issue type away, or takes it out again."""
    request.viewer.require(MANAGE)
    issue_type = find(request.viewer, public_id)
    actions.set_issue_type_retired(request.viewer, issue_type, issue_type.retired_at is None)
    return redirect("tickets-desk:issue-types")


def find(viewer: Viewer, public_id: str) -> IssueType:
    types = IssueType.objects.visible_to(viewer).select_related("team")
    issue_type = types.filter(public_id=public_id).first()
    if issue_type is None:
        raise Http404
    return issue_type


def _page(
    request: ViewerRequest, form: IssueTypeForm, issue_type: IssueType | None
) -> HttpResponse:
    own = IssueTypeField.objects.visible_to(request.viewer).filter(issue_type=issue_type)
    asked = own.select_related("shown_when").order_by("position", "pk") if issue_type else []
    context = {
        "form": form,
        "issue_type": issue_type,
        "asked": places(asked),
    }
    status = INVALID if form.is_bound else 200
    return render(request, "tickets/desk/settings/issue_type.html", context, status=status)
