"""What input do we accept? Every message says what is wrong in the person's words."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from handrail.engines.conversations.actions import MESSAGE_LENGTH, Draft
from handrail.engines.conversations.models import SUBJECT_LENGTH, Attachment, Priority
from handrail.engines.conversations.uploads import AttachmentsField, unsent
from handrail.mediums.tickets import drafts, fields, handoffs
from handrail.mediums.tickets.actions import TicketDraft
from handrail.mediums.tickets.lists import SORTS
from handrail.mediums.tickets.models import IssueType
from handrail.mediums.tickets.states import Act, Status
from handrail.people.viewer import Viewer

MOST_ADDED_ADDRESSES = 10


class AddressesField(forms.CharField):
    """Mail addresses parted by commas, semicolons, spaces or lines; each kept once."""

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        addresses = list(dict.fromkeys(a for a in re.split(r"[,;\s]+", text.lower()) if a))
        for address in addresses:
            try:
                validate_email(address)
            except ValidationError:
                raise ValidationError(
                    _("“%(address)s” is not an email address."),
                    code="invalid",
                    params={"address": address[:80]},
                ) from None
        if len(addresses) > MOST_ADDED_ADDRESSES:
            raise ValidationError(_("You can add ten addresses at most."), code="too_many")
        return addresses


class MessageForm(forms.Form):
    """What every message has: a text, files, and an id that makes a double click harmless."""

    body = forms.CharField(
        label=_("Message"),
        max_length=MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Write something first."),
            "max_length": _("That is too long to send as one message. Attach it as a text file."),
        },
    )
    attachments = AttachmentsField(required=False)
    client_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def draft(self) -> Draft:
        return Draft(
            body=self.cleaned_data["body"],
            attachment_ids=self.cleaned_data["attachments"],
            client_id=self.cleaned_data["client_id"],
        )

    def uploads(self, viewer: Viewer) -> list[Attachment]:
        """The uploads that the form names, to show them again when it comes back with errors."""
        return unsent(viewer, self.data)


class ReplyForm(MessageForm):
    """A member's reply."""


class AgentReplyForm(MessageForm):
    """An agent's message: a note, or a reply and what it means for the ticket."""

    NOTE = "note"

    @classmethod
    def kinds(cls, acts: Iterable[Act]) -> list[tuple[str, str]]:
        """What a message can be now: a note always, the rest where the status allows it."""
        choices = cls.base_fields["act"].choices  # type: ignore[attr-defined]
        return [(key, words) for key, words in choices if key == cls.NOTE or key in set(acts)]

    act = forms.ChoiceField(
        choices=[
            (Act.ASK, _("Ask, and wait for the member")),
            (Act.OFFER, _("Offer a solution")),
            (Act.REPLY, _("Reply, and keep working")),
            (NOTE, _("Internal note")),
        ],
        error_messages={"invalid_choice": _("Choose what this message is.")},
    )
    seen = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)
    """The last message that the page showed when this one was sent."""


class PriorityForm(forms.Form):
    priority = forms.TypedChoiceField(choices=Priority.choices, coerce=lambda v: Priority(int(v)))


class TicketForm(MessageForm):
    """A new ticket: subject, issue type, access, addresses, description, attachments.

    With the fields that the chosen issue type has of its own: whatever else is sent under such a
    name is not looked at.
    """

    subject = forms.CharField(
        label=_("Subject"),
        max_length=SUBJECT_LENGTH,
        error_messages={
            "required": _("Sum up your issue in a few words."),
            "max_length": _("Keep the subject within 140 characters; the description has room."),
        },
    )
    issue_type = forms.ModelChoiceField(
        label=_("Issue type"),
        queryset=IssueType.objects.none(),
        to_field_name="public_id",
        empty_label=_("Choose what it is about"),
        error_messages={
            "required": _("Choose what your issue is about."),
            "invalid_choice": _("That type is not offered any more. Choose another."),
        },
    )
    is_shared = forms.BooleanField(
        label=_("Ticket access"),
        help_text=_("On: everyone in your account can see this ticket. Off: only you."),
        required=False,
    )
    added_addresses = AddressesField(
        label=_("Email addresses"),
        help_text=_("They get one email that the ticket was submitted, and nothing else."),
        required=False,
        max_length=3000,
        error_messages={"max_length": _("That is too much text for ten addresses.")},
    )
    draft_key = forms.CharField(required=False, widget=forms.HiddenInput)
    """Which draft this form is kept as."""
    source = forms.CharField(required=False, widget=forms.HiddenInput)
    """What another medium was about when it led here, as `<medium>/<public id>`."""

    field_order = (
        "subject",
        "issue_type",
        "is_shared",
        "added_addresses",
        "body",
        "attachments",
        "client_id",
    )

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        types = IssueType.objects.visible_to(viewer).offered()
        self.fields["issue_type"].queryset = types  # type: ignore[attr-defined]
        body = self.fields["body"]
        body.label = _("Description")
        body.help_text = _("What did you do, what happened, and what did you expect?")
        body.error_messages["required"] = _("Describe what happens.")
        self._ask_of_the_type()

    def _ask_of_the_type(self) -> None:
        self._asked = fields.fields_of(self.viewer, self["issue_type"].value())
        for asked in self._asked:
            self.fields[fields.name_of(asked)] = fields.form_field(asked)
        names = [fields.name_of(asked) for asked in self._asked]
        shown = fields.shown(self._asked, {name: self[name].value() for name in names})
        for name in names:
            self.fields[name].is_shown = name in shown  # type: ignore[attr-defined]

    def own_fields(self) -> list[forms.BoundField]:
        """What the chosen issue type asks for, in order."""
        return [self[fields.name_of(asked)] for asked in self._asked]

    def ticket_draft(self) -> TicketDraft:
        data = self.cleaned_data
        return TicketDraft(
            subject=data["subject"],
            issue_type=data["issue_type"],
            message=self.draft(),
            is_shared=data["is_shared"],
            added_addresses=data["added_addresses"],
            answers=fields.answers(self._asked, data),
            draft_key=drafts.known_key(data["draft_key"]),
            source=handoffs.source_of(self.viewer, data["source"]),
        )


class FilterForm(forms.Form):
    """The filters above a member's list, all combined with AND; nonsense filters nothing."""

    status = forms.ChoiceField(choices=Status.choices, required=False)
    creator = forms.ChoiceField(choices=[("me", _("Me"))], required=False)
    view = forms.ChoiceField(choices=[("unread", _("Unread")), ("read", _("Read"))], required=False)
    q = forms.CharField(required=False)
    sort = forms.ChoiceField(choices=list(SORTS.items()), required=False)

    @property
    def is_narrowing(self) -> bool:
        """Whether it hides anything; an order does not."""
        return any(value for name, value in self.cleaned_data.items() if name != "sort")
