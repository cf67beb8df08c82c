"""Which platforms do we serve, and how do we recognise their signatures?"""

from typing import ClassVar

from django.db import models
from django.db.models import Q, UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from handrail.base.secrets import EncryptedTextField


class Algorithm(models.TextChoices):
    """Signatures that we accept (RFC 7518, 3.1). `none` is not one of them."""

    HS256 = "HS256", _("HS256 (shared secret)")
    RS256 = "RS256", _("RS256 (RSA key pair)")
    ES256 = "ES256", _("ES256 (P-256 key pair)")


class Host(models.Model):
    """A platform that carries our Help button and vouches for its members with signed tokens."""

    name = models.CharField(_("name"), max_length=100)
    issuer = models.CharField(_("issuer (iss)"), max_length=255, unique=True)
    audience = models.CharField(
        _("audience (aud)"),
        max_length=255,
        blank=True,
        help_text=_("What the host's tokens name as their audience. Empty: this hub's address."),
    )
    origins = models.JSONField(
        _("origins"),
        default=list,
        blank=True,
        help_text=_("Exact origins that may show the panel, such as https://app.example.com."),
    )
    sign_in_url = models.URLField(_("sign-in address"), max_length=500, blank=True)
    jwks_url = models.URLField(_("address of the public keys (JWKS)"), max_length=500, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class HostKey(models.Model):
    """A key that verifies a host's signatures: a shared secret, or a public key in PEM."""

    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="keys", db_index=False)
    kid = models.CharField(_("key id (kid)"), max_length=128)
    algorithm = models.CharField(_("algorithm"), max_length=8, choices=Algorithm.choices)
    secret = EncryptedTextField(_("shared secret"), blank=True)
    public_key = models.TextField(_("public key (PEM)"), blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["host", "kid"], name="people_kid_once_a_host"),
            models.CheckConstraint(
                condition=(
                    Q(algorithm=Algorithm.HS256, public_key="") & ~Q(secret="")
                    | (Q(secret="") & ~Q(algorithm=Algorithm.HS256) & ~Q(public_key=""))
                ),
                name="people_key_fits_algorithm",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.host}: {self.kid}"
