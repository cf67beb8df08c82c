"""What input do we accept? Every message says what is wrong in the person's words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from handrail.engines.conversations.actions import MESSAGE_LENGTH, Draft
from handrail.engines.conversations.uploads import AttachmentsField


class SayForm(forms.Form):
    """What somebody says: words, files, or both; and an id that makes a double click harmless."""

    body = forms.CharField(
        required=False,
        max_length=MESSAGE_LENGTH,
        widget=forms.Textarea,
        error_messages={
            "max_length": _("That is too long to send as one message. Attach it as a text file."),
        },
    )
    attachments = AttachmentsField(required=False)
    client_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        is_there = data.get("body") or data.get("attachments")
        if not is_there and not self.errors:
            self.add_error("body", _("Write something first."))
        return data

    def draft(self) -> Draft:
        return Draft(
            body=self.cleaned_data["body"],
            attachment_ids=self.cleaned_data["attachments"],
            client_id=self.cleaned_data["client_id"],
        )


class BeginForm(SayForm):
    """The first thing that somebody says. Where the assistant answers, they accept once that it
    is a machine, unless they want a person."""

    PERSON = "person"

    has_read = forms.BooleanField(
        label=_("I have read this, and the assistant may answer me."), required=False
    )
    to = forms.CharField(required=False, max_length=16)

    def __init__(self, *args: Any, must_accept: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.must_accept = must_accept

    @property
    def is_for_person(self) -> bool:
        return bool(self.cleaned_data["to"] == self.PERSON)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        is_asked = self.must_accept and data.get("to") != self.PERSON
        if is_asked and not data.get("has_read"):
            words = _("Say first that the assistant may answer you, or send it to a person.")
            self.add_error("has_read", words)
        return data


class AgentSayForm(SayForm):
    """An agent's message: to the member, or a note."""

    NOTE = "note"

    act = forms.ChoiceField(
        choices=[("say", _("To the member")), (NOTE, _("Internal note"))], required=False
    )

    @property
    def is_note(self) -> bool:
        return bool(self.cleaned_data["act"] == self.NOTE)


class EditForm(forms.Form):
    """Other words for what was said."""

    body = forms.CharField(
        max_length=MESSAGE_LENGTH,
        widget=forms.Textarea,
        error_messages={
            "required": _("Write something, or remove the message."),
            "max_length": _("That is too long to send as one message. Attach it as a text file."),
        },
    )


class SwitchForm(forms.Form):
    """Whether the assistant may answer for an account."""

    is_on = forms.BooleanField(label=_("Let the assistant answer first"), required=False)
    why = forms.CharField(
        label=_("Why do you switch it off?"),
        help_text=_("You need not say; it helps us to make it better."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
