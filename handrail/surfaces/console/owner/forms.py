"""What input does the owner give?"""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from handrail.base.origins import BadOrigin, exact_origin
from handrail.people.models import Agent, AgentRole, Host


def _zones() -> list[tuple[str, str]]:
    return [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())]


class AgentForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(
        label=_("Email"), help_text=_("A link to choose a password is sent there.")
    )
    role = forms.ChoiceField(label=_("Role"), choices=AgentRole.choices)
    zoneinfo = forms.ChoiceField(label=_("Time zone"), choices=_zones, initial="UTC")

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if Agent.objects.filter(email=email).exists():
            raise ValidationError(_("There is an agent with this address already."))
        return email


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=AgentRole.choices)


class OriginsField(forms.CharField):
    """One exact origin a line."""

    widget = forms.Textarea(attrs={"rows": 2})

    def clean(self, value: Any) -> list[str]:
        origins = []
        for line in super().clean(value).split():
            try:
                origins.append(exact_origin(line))
            except BadOrigin:
                raise ValidationError(
                    _("“%(line)s” is not an origin such as https://app.example.com."),
                    params={"line": line[:80]},
                ) from None
        return origins


class ChangeHostForm(forms.Form):
    """What may change about a platform."""

    name = forms.CharField(label=_("Name"), max_length=100)
    origins = OriginsField(
        label=_("Origins"),
        help_text=_("Whose pages show the Help button: one a line, https://app.example.com."),
    )
    sign_in_url = forms.URLField(
        label=_("Sign-in address"),
        required=False,
        assume_scheme="https",
        help_text=_("Where members who come from a mail sign in. Without it mails carry a link."),
    )
    jwks_url = forms.URLField(
        label=_("Address of public keys (JWKS)"),
        required=False,
        assume_scheme="https",
        help_text=_("Only where the platform signs with RS256 or ES256 and publishes its keys."),
    )


class HostForm(ChangeHostForm):
    """A new platform."""

    issuer = forms.CharField(
        label=_("Issuer"),
        max_length=255,
        help_text=_("What its tokens say in “iss”, mostly the platform's address."),
    )
    field_order = ("name", "issuer")

    def clean_issuer(self) -> str:
        issuer: str = self.cleaned_data["issuer"]
        if Host.objects.filter(issuer=issuer).exists():
            raise ValidationError(_("There is a platform with this issuer already."))
        return issuer
