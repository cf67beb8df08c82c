"""What does an issue type ask for of its own? The fields of the form, and the answers to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _

from handrail.base.ids import is_public_id
from handrail.engines.conversations.models import Conversation
from handrail.mediums.tickets.models import FieldKind, IssueTypeField, Ticket
from handrail.people.viewer import Viewer

PREFIX = "own_"
"""Begins the names of these fields in a form, an address and a draft; a public id follows."""

ANSWER_LENGTH = 500


@dataclass(frozen=True)
class Answer:
    """What was asked, and what a member said to it, both as people read them."""

    label: str
    value: str


# --- In the form of a new ticket ----------------------------------------------------------------


class OwnField(forms.Field):
    """One of an issue type's own. While it is not shown, nothing is asked and nothing is kept."""

    is_shown = True
    shown_when = ""
    """The name of the field that decides; empty: it is always there."""
    shown_value = ""

    def clean(self, value: Any) -> Any:
        return super().clean(value) if self.is_shown else None


class OwnText(OwnField, forms.CharField):
    pass


class OwnChoice(OwnField, forms.ChoiceField):
    pass


class OwnNumber(OwnField, forms.DecimalField):
    """With a point, whatever the language: browsers translate what people type."""


class OwnDate(OwnField, forms.DateField):
    """As ISO 8601 says, whatever the language: browsers translate what people choose."""


def name_of(field: IssueTypeField) -> str:
    return PREFIX + field.public_id


def fields_of(viewer: Viewer, issue_type: object) -> list[IssueTypeField]:
    """What the type with this public id asks this viewer for, in order. One query at most."""
    if not (isinstance(issue_type, str) and is_public_id(issue_type)):
        return []
    offered = IssueTypeField.objects.visible_to(viewer).offered()
    of_type = offered.filter(issue_type__public_id=issue_type, issue_type__retired_at=None)
    return list(of_type.select_related("shown_when"))


def form_field(field: IssueTypeField) -> OwnField:
    """The field as a form asks it."""
    made = _MAKERS[FieldKind(field.kind)](field)
    made.label, made.help_text, made.required = field.label, field.help_text, field.is_required
    made.widget.is_required = field.is_required
    if field.shown_when:
        made.shown_when, made.shown_value = name_of(field.shown_when), field.shown_value
    return made


def shown(fields: list[IssueTypeField], typed: Mapping[str, object]) -> set[str]:
    """The names of those that are there while this is typed: what decides about one comes first."""
    found: set[str] = set()
    for field in fields:
        decides = name_of(field.shown_when) if field.shown_when else ""
        if not decides or (decides in found and typed.get(decides) == field.shown_value):
            found.add(name_of(field))
    return found


def answers(fields: list[IssueTypeField], cleaned: Mapping[str, Any]) -> dict[str, str]:
    """What a ticket keeps: the public id of each field that was answered, and a text."""
    given = {field.public_id: _kept(cleaned.get(name_of(field))) for field in fields}
    return {key: text for key, text in given.items() if text}


def _kept(value: Any) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value or "")


def _text(field: IssueTypeField) -> OwnField:
    return OwnText(
        max_length=ANSWER_LENGTH,
        error_messages={
            "required": _("Fill this in."),
            "max_length": _("Keep it within 500 characters; the description has room."),
        },
    )


def _choice(field: IssueTypeField) -> OwnField:
    words = [str(word) for word in field.choices]
    return OwnChoice(
        choices=[("", _("Choose one")), *((word, word) for word in words)],
        error_messages={
            "required": _("Choose one of these."),
            "invalid_choice": _("That is not offered any more. Choose another."),
        },
    )


def _number(field: IssueTypeField) -> OwnField:
    wrong = _("Write a number, such as 12 or 12.5.")
    return OwnNumber(
        max_digits=18,
        decimal_places=6,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
        error_messages=dict.fromkeys(
            ("invalid", "max_digits", "max_decimal_places", "max_whole_digits"), wrong
        )
        | {"required": wrong},
    )


def _date(field: IssueTypeField) -> OwnField:
    return OwnDate(
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": _("Choose a day."),
            "invalid": _("Choose a day that the calendar has."),
        },
    )


_MAKERS = {
    FieldKind.TEXT: _text,
    FieldKind.CHOICE: _choice,
    FieldKind.NUMBER: _number,
    FieldKind.DATE: _date,
}


# --- On the ticket ------------------------------------------------------------------------------


def answers_of(ticket: Ticket) -> list[Answer]:
    """What the member said to the type's own fields, to retired ones too.

    One query; none where nothing was answered. Whoever may read the ticket may read these.
    """
    if not ticket.answers:
        return []
    asked = ticket.issue_type.fields.filter(public_id__in=ticket.answers).order_by("position", "pk")
    return [Answer(field.label, _spoken(field, ticket.answers[field.public_id])) for field in asked]


def words_of(conversation: Conversation) -> list[str]:
    """What can be found of the answers: the words, as they were written."""
    ticket: Ticket | None = getattr(conversation, "ticket", None)
    return list(ticket.answers.values()) if ticket else []


def _spoken(field: IssueTypeField, text: str) -> str:
    """In the reader's language; as it was written where the field was of another kind then."""
    try:
        if field.kind == FieldKind.DATE:
            return date_format(date.fromisoformat(text), "DATE_FORMAT")
        if field.kind == FieldKind.NUMBER and Decimal(text).is_finite():
            return number_format(text, use_l10n=True, force_grouping=False)
    except (ValueError, InvalidOperation):
        return text
    return text
