"""What does the owner decide about chats? Rules, and where the assistant answers."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from handrail.mediums.chat import actions
from handrail.mediums.chat.models import AssistantDefault, AssistantSwitch, Policy
from handrail.people.models import AccountKind, BusinessHours
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import Viewer

MANAGE = "settings.manage"
METHODS = ["GET", "HEAD", "POST"]
INVALID = 422
MOST_LISTED = 200
MOST_MINUTES, MOST_DAYS = 24 * 60, 3650


class PolicyForm(forms.Form):
    hours = forms.ModelChoiceField(
        label=gettext_lazy("When we are there"),
        queryset=BusinessHours.objects.none(),
        required=False,
        empty_label=gettext_lazy("Around the clock"),
        help_text=gettext_lazy(
            "Outside of these hours, members are told when we are back, and offered a ticket."
        ),
    )
    routes_by_itself = forms.BooleanField(
        label=gettext_lazy("Give chats to agents by itself"),
        help_text=gettext_lazy(
            "To who is here, has room and speaks the language. Off: agents accept them."
        ),
        required=False,
    )
    left_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes until a member who waits has left"),
        help_text=gettext_lazy("Not heard of for so long, their chat becomes a ticket."),
        min_value=2,
        max_value=MOST_MINUTES,
    )
    idle_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes of silence after which a chat ends"),
        min_value=5,
        max_value=MOST_MINUTES,
    )
    failures_until_person = forms.IntegerField(
        label=gettext_lazy("Times without an answer until an agent is called"),
        help_text=gettext_lazy("In a row. A person is offered from the first time on."),
        min_value=1,
        max_value=10,
    )
    keep_days = forms.IntegerField(
        label=gettext_lazy("Days until an ended chat is removed"),
        help_text=gettext_lazy(
            "With its files, and with what the assistant was asked in it. Empty: chats are kept."
        ),
        min_value=1,
        max_value=MOST_DAYS,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hours: Any = self.fields["hours"]
        hours.queryset = BusinessHours.objects.order_by("name")


@dataclass(frozen=True)
class Kind:
    """A kind of account, and whether the assistant is on where nobody chose."""

    value: str
    label: str
    is_on: bool


@require_http_methods(METHODS)
def policy(request: ViewerRequest) -> HttpResponse:
    request.viewer.require(MANAGE)
    form = PolicyForm(request.POST or None, initial=_initial(actions.current_policy()))
    if form.is_valid():
        try:
            actions.change_policy(request.viewer, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("chat-desk:policy")
    status = INVALID if form.is_bound else 200
    return render(request, "chat/console/settings/policy.html", {"form": form}, status=status)


@require_http_methods(METHODS)
def assistant(request: ViewerRequest) -> HttpResponse:
    """Defaults by kind of account, and what accounts chose for themselves."""
    request.viewer.require(MANAGE)
    if request.method == "POST":
        for kind in kinds(request.viewer):
            is_on = request.POST.get(kind.value) == "on"
            if is_on != kind.is_on:
                actions.set_default(request.viewer, kind.value, is_on)
        messages.success(request, _("Saved."))
        return redirect("chat-desk:assistant")
    context = {"kinds": kinds(request.viewer), "switches": _switches(request.viewer)}
    return render(request, "chat/console/settings/assistant.html", context)


def kinds(viewer: Viewer) -> list[Kind]:
    """Every kind of account. One query."""
    rows = AssistantDefault.objects.visible_to(viewer).filter(is_on=True)
    on = set(rows.values_list("account_kind", flat=True))
    return [Kind(value, str(label), value in on) for value, label in AccountKind.choices]


def _switches(viewer: Viewer) -> list[AssistantSwitch]:
    """What account admins chose, the latest first. One query."""
    chosen = AssistantSwitch.objects.visible_to(viewer)
    related = chosen.select_related("account__plan", "changed_by__person")
    return list(related.order_by("-changed_at")[:MOST_LISTED])


def _initial(policy: Policy) -> dict[str, Any]:
    names = PolicyForm.base_fields
    return {name: getattr(policy, name) for name in names}
