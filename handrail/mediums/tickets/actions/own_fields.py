"""What can the owner do with the fields that an issue type has of its own?

What decides about a field stands before it and is offered as long as that field is: so a form can
be read from its beginning to its end, and no field waits for a word that nobody can choose.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from handrail.engines.activity import actions as activity
from handrail.engines.activity.ref import Ref
from handrail.mediums.tickets.access import IssueTypeFieldQuerySet
from handrail.mediums.tickets.actions.ordering import neighbour, swapped
from handrail.mediums.tickets.actions.policy import MANAGE
from handrail.mediums.tickets.models import FieldKind, IssueType, IssueTypeField
from handrail.mediums.tickets.states import KIND
from handrail.people.viewer import Viewer

MOST_FIELDS = 20
"""Offered at once for one issue type: nobody fills in more before they have asked anything."""


@transaction.atomic
def add_field(
    viewer: Viewer,
    issue_type: IssueType,
    *,
    label: str,
    kind: str,
    help_text: str = "",
    choices: list[str] | None = None,
    is_required: bool = False,
    shown_when: IssueTypeField | None = None,
    shown_value: str = "",
) -> IssueTypeField:
    """Asks one thing more of whoever chooses this type, after all others."""
    viewer.require(MANAGE)
    others = list(_of_type(issue_type))
    _require_room(others)
    made = IssueTypeField.objects.create(
        issue_type=issue_type,
        label=label,
        kind=kind,
        help_text=help_text,
        choices=choices or [],
        is_required=is_required,
        shown_when=shown_when,
        shown_value=shown_value,
        position=len(others) + 1,
    )
    _renumber([*others, made])
    _record(viewer, "tickets.field_added", made)
    return made


@transaction.atomic
def change_field(
    viewer: Viewer,
    field: IssueTypeField,
    *,
    label: str,
    kind: str,
    help_text: str,
    choices: list[str],
    is_required: bool,
    shown_when: IssueTypeField | None,
    shown_value: str,
) -> None:
    """Asks it in another way; what was answered stays as it was written."""
    viewer.require(MANAGE)
    for other in _offered_below(field):
        if kind != FieldKind.CHOICE or other.shown_value not in choices:
            raise _needed(field, other)
    IssueTypeField.objects.filter(pk=field.pk).update(
        label=label,
        kind=kind,
        help_text=help_text,
        choices=choices,
        is_required=is_required,
        shown_when=shown_when,
        shown_value=shown_value,
    )
    _record(viewer, "tickets.field_changed", field)


@transaction.atomic
def move_field(viewer: Viewer, field: IssueTypeField, *, is_up: bool) -> None:
    """One place up or down; never past the field that decides about it."""
    viewer.require(MANAGE)
    fields = list(_of_type(field.issue_type).select_for_update())
    other = neighbour(fields, field, is_up=is_up)
    if other is None:
        return
    first, second = (other, field) if is_up else (field, other)
    if second.shown_when_id == first.pk:
        raise _needed(first, second)
    _renumber(swapped(fields, field, other))
    _record(viewer, "tickets.field_moved", field)


@transaction.atomic
def set_field_retired(viewer: Viewer, field: IssueTypeField, is_retired: bool) -> None:
    """Nobody is asked it any more, or again, after all others; tickets keep what was answered."""
    viewer.require(MANAGE)
    others = [other for other in _of_type(field.issue_type) if other != field]
    if is_retired:
        for other in _offered_below(field):
            raise _needed(field, other)
    else:
        _require_room(others)
        _require_what_decides(field)
        _renumber([*others, field])
    retired_at = timezone.now() if is_retired else None
    IssueTypeField.objects.filter(pk=field.pk).update(retired_at=retired_at)
    _record(viewer, "tickets.field_retired" if is_retired else "tickets.field_revived", field)


def _require_room(fields: list[IssueTypeField]) -> None:
    if sum(field.retired_at is None for field in fields) >= MOST_FIELDS:
        raise ValidationError(_("That is enough to ask: retire a field first."))


def _require_what_decides(field: IssueTypeField) -> None:
    decides = field.shown_when
    if decides and (decides.retired_at or field.shown_value not in decides.choices):
        raise ValidationError(
            _("“%(field)s” waits for “%(word)s” in “%(other)s”, which nobody can choose now."),
            params={"field": field, "word": field.shown_value, "other": decides},
        )


def _needed(field: IssueTypeField, other: IssueTypeField) -> ValidationError:
    return ValidationError(
        _("“%(field)s” decides whether “%(other)s” is shown: change that one first."),
        params={"field": field, "other": other},
    )


def _offered_below(field: IssueTypeField) -> IssueTypeFieldQuerySet:
    """Those about which this one decides."""
    return IssueTypeField.objects.filter(shown_when=field, retired_at=None)


def _of_type(issue_type: IssueType) -> IssueTypeFieldQuerySet:
    """In order, the retired ones too."""
    return IssueTypeField.objects.filter(issue_type=issue_type).order_by("position", "pk")


def _renumber(fields: list[IssueTypeField]) -> None:
    for position, field in enumerate(fields, start=1):
        field.position = position
    IssueTypeField.objects.bulk_update(fields, ["position"])


def _record(viewer: Viewer, verb: str, field: IssueTypeField) -> None:
    activity.record(viewer, verb, Ref(KIND, field.public_id), label=field.label)
