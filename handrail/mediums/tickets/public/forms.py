"""What may somebody tell us whom we do not know?"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from handrail.mediums.tickets.actions import SignInDraft
from handrail.mediums.tickets.public import work
from handrail.mediums.tickets.public.senders import plain_address

MOST_LETTERS = 5_000
MOST_OF_AN_ADDRESS = 254
"""RFC 5321, 4.5.3.1.3, without the brackets."""

JOINERS = "\u200c\u200d"
"""Parts of words and of emoji that take no room of their own."""


class LineField(forms.CharField):
    """One line: line breaks and what turns or hides text become spaces."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        if "\0" in text:
            return text  # the field's own validator refuses it
        kept = (c if c.isprintable() or c in JOINERS else " " for c in text)
        return " ".join("".join(kept).split())


class MoreForm(forms.Form):
    """What somebody adds who proved their address."""

    body = forms.CharField(
        label=_("Your message"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Write something first."),
            "max_length": _("Keep it within 5,000 letters."),
        },
    )


class SignInHelpForm(MoreForm):
    """Who somebody says that they are, and what happens when they sign in."""

    name = LineField(
        label=_("Your name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Tell us what to call you.")},
    )
    email = forms.EmailField(
        label=_("Email address"),
        max_length=200,  # its ASCII form is longer
        help_text=_("We answer to this address. If you can, take the one that you sign in with."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("We need an address to answer to."),
            "invalid": _("This does not look like an email address."),
        },
    )
    account_name = LineField(
        label=_("Company or account"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    proof = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ("name", "email", "account_name", "body", "proof")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body = self.fields["body"]
        body.label = _("What happens when you sign in?")
        body.help_text = _("What you tried, and what the page says. Please send no password.")
        body.error_messages["required"] = _("Tell us what happens.")

    def clean_email(self) -> str:
        address = plain_address(self.cleaned_data["email"])
        if len(address) > MOST_OF_AN_ADDRESS or not address.isascii():
            raise ValidationError(self.fields["email"].error_messages["invalid"])
        return address

    def clean(self) -> dict[str, Any]:
        """The work is used up by being looked at: so it is looked at last."""
        data = super().clean() or self.cleaned_data
        if not self.errors and not work.is_done(data.get("proof", "")):
            raise ValidationError(
                _(
                    "Your browser did not finish the check that keeps robots away, or it took too "
                    "long. Nothing is lost: press the button once more."
                )
            )
        return data

    def draft(self) -> SignInDraft:
        data = self.cleaned_data
        return SignInDraft(
            name=data["name"],
            email=data["email"],
            account_name=data["account_name"],
            body=data["body"],
            locale=get_language() or "",
        )
