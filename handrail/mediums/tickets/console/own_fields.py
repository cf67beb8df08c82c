"""What does the owner see of the fields that an issue type has of its own? A page for each."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions import MANAGE
from handrail.mediums.tickets.console.issue_types import METHODS, find
from handrail.mediums.tickets.models import FieldKind, IssueType, IssueTypeField
from handrail.mediums.tickets.views import INVALID
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import Viewer

MOST_CHOICES = 50
CHOICE_LENGTH = 80


class ChoicesField(forms.CharField):
    """The words of a choice, one a line; each once."""

    widget = forms.Textarea(attrs={"rows": 5})

    def clean(self, value: Any) -> list[str]:
        words = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        words = list(dict.fromkeys(filter(None, words)))
        if any(len(word) > CHOICE_LENGTH for word in words):
            raise ValidationError(_("Keep each within 80 characters."), code="too_long")
        if len(words) > MOST_CHOICES:
            raise ValidationError(_("Those are too many: fifty at most."), code="too_many")
        return words


class OwnFieldForm(forms.Form):
    """One field: what it asks, in which way, of whom."""

    label = forms.CharField(
        label=gettext_lazy("What it asks for"),
        max_length=80,
        error_messages={"required": gettext_lazy("Say what it asks for.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of answer"),
        choices=FieldKind.choices,
        initial=FieldKind.TEXT,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of these.")},
    )
    choices = ChoicesField(
        label=gettext_lazy("Choices"),
        help_text=gettext_lazy("One a line, in the order in which they are offered."),
        max_length=10_000,
        required=False,
    )
    help_text = forms.CharField(
        label=gettext_lazy("Hint"),
        help_text=gettext_lazy("Stands below it: where to find what it asks for."),
        max_length=250,
        required=False,
    )
    condition = forms.ChoiceField(
        label=gettext_lazy("Shown"),
        help_text=gettext_lazy("A choice that stands before it can decide."),
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("That cannot be chosen any more. Choose another.")
        },
    )
    is_required = forms.BooleanField(
        label=gettext_lazy("Required"),
        help_text=gettext_lazy(
            "Without an answer, the ticket is not sent; not while it is hidden."
        ),
        required=False,
    )

    def __init__(self, deciding: list[IssueTypeField], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deciding = {field.public_id: field for field in deciding}
        self.fields["condition"].choices = [  # type: ignore[attr-defined]
            ("", _("Always")),
            *(
                (
                    f"{field.public_id}:{word}",
                    _("If “%(field)s” is “%(word)s”") % {"field": field, "word": word},
                )
                for field in deciding
                for word in field.choices
            ),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") != FieldKind.CHOICE:
            cleaned["choices"] = []
        elif "choices" in cleaned and len(cleaned["choices"]) < 2:
            self.add_error("choices", _("Give at least two to choose from."))
        return cleaned

    def given(self) -> dict[str, Any]:
        """What the actions take: the condition as the field that decides, and its word."""
        given = dict(self.cleaned_data)
        key, _colon, word = given.pop("condition").partition(":")
        return {**given, "shown_when": self.deciding.get(key), "shown_value": word}


@require_http_methods(METHODS)
def new(request: ViewerRequest, public_id: str) -> HttpResponse:
    request.viewer.require(MANAGE)
    issue_type = find(request.viewer, public_id)
    form = OwnFieldForm(_deciding(request.viewer, issue_type), request.POST or None)
    if form.is_valid():
        try:
            actions.add_field(request.viewer, issue_type, **form.given())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The form asks for it from now on."))
            return redirect("tickets-desk:issue-type", public_id)
    return _page(request, form, issue_type, None)


@require_http_methods(METHODS)
def edit(request: ViewerRequest, public_id: str, field_id: str) -> HttpResponse:
    request.viewer.require(MANAGE)
    field = _find(request.viewer, public_id, field_id)
    deciding = _deciding(request.viewer, field.issue_type, field)
    form = OwnFieldForm(deciding, request.POST or None, initial=_initial(field))
    if form.is_valid():
        try:
            actions.change_field(request.viewer, field, **form.given())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("tickets-desk:issue-type", public_id)
    return _page(request, form, field.issue_type, field)


@require_POST
def move(request: ViewerRequest, public_id: str, field_id: str) -> HttpResponse:
    """One place up or down, by the button's word; where that cannot be, the page says why."""
    request.viewer.require(MANAGE)
    field = _find(request.viewer, public_id, field_id)
    try:
        actions.move_field(request.viewer, field, is_up=request.POST.get("move") != "down")
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("tickets-desk:issue-type", public_id)


@require_POST
def retire(request: ViewerRequest, public_id: str, field_id: str) -> HttpResponse:
    """Puts a field away, or takes it out again."""
    request.viewer.require(MANAGE)
    field = _find(request.viewer, public_id, field_id)
    try:
        actions.set_field_retired(request.viewer, field, field.retired_at is None)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("tickets-desk:issue-type", public_id)


def _find(viewer: Viewer, public_id: str, field_id: str) -> IssueTypeField:
    """A field of this type; that of another is none."""
    fields = IssueTypeField.objects.visible_to(viewer).select_related("issue_type", "shown_when")
    field = fields.filter(public_id=field_id, issue_type__public_id=public_id).first()
    if field is None:
        raise Http404
    return field


def _deciding(
    viewer: Viewer, issue_type: IssueType, field: IssueTypeField | None = None
) -> list[IssueTypeField]:
    """The choices that stand before it."""
    choices = IssueTypeField.objects.visible_to(viewer).offered()
    choices = choices.filter(issue_type=issue_type, kind=FieldKind.CHOICE)
    return list(choices.filter(position__lt=field.position) if field else choices)


def _initial(field: IssueTypeField) -> dict[str, Any]:
    decides = field.shown_when
    return {
        "label": field.label,
        "kind": field.kind,
        "choices": "\n".join(field.choices),
        "help_text": field.help_text,
        "condition": f"{decides.public_id}:{field.shown_value}" if decides else "",
        "is_required": field.is_required,
    }


def _page(
    request: ViewerRequest,
    form: OwnFieldForm,
    issue_type: IssueType,
    field: IssueTypeField | None,
) -> HttpResponse:
    status = INVALID if form.is_bound else 200
    context = {"form": form, "issue_type": issue_type, "field": field}
    return render(request, "tickets/desk/settings/own_field.html", context, status=status)
