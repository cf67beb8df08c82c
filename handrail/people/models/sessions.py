"""What do we remember of a member's sessions, and of what may open one only once?"""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Expression, UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from handrail.base.ids import PUBLIC_ID_LENGTH, public_id
from handrail.people.models.hosts import Host
from handrail.people.models.members import Member, Person

SHA256_HEX = 64


class SessionKind(models.TextChoices):
    """How a session came about, which decides how long it lives (`sessions.LIFETIMES`)."""

    PANEL = "panel", _("Panel")
    PAGE = "page", _("Full page")
    LINK = "link", _("Link from an email")


class HelpSessionQuerySet(models.QuerySet["HelpSession"]):
    def live(self, now: datetime | Expression | None = None) -> "HelpSessionQuerySet":
        """Sessions that still count: neither ended nor expired, of an active member and host."""
        return self.filter(
            ended_at=None,
            expires_at__gt=timezone.now() if now is None else now,
            member__ended_at=None,
            host__is_active=True,
        )


class HelpSession(models.Model):
    """A member's time with us after the host vouched for them; the host can end it.

    The cookie holds a random secret, we only its hash. Sessions that grew out of each other (a
    renewal, the panel opened as a full page) share a `chain` and are signed out together.
    """

    token_hash = models.CharField(max_length=SHA256_HEX, unique=True)
    chain = models.CharField(max_length=PUBLIC_ID_LENGTH, default=public_id, db_index=True)
    kind = models.CharField(max_length=8, choices=SessionKind.choices, default=SessionKind.PANEL)
    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="sessions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sessions")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="sessions")
    account_ids = models.JSONField(
        default=list,
        help_text="Accounts that the token listed; the first is the one it was about.",
    )
    context = models.JSONField(
        default=dict, help_text="Where the member was at the host when it vouched for them."
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True)

    objects = HelpSessionQuerySet.as_manager()

    def __str__(self) -> str:
        return self.session_id

    @property
    def continues(self) -> bool:
        """Whether it goes on for the same person and account as one before. One indexed query."""
        before = HelpSession.objects.filter(chain=self.chain, member_id=self.member_id)
        return before.exclude(pk=self.pk).exists()

    @property
    def session_id(self) -> str:
        """What sockets know this session by."""
        return f"help-{self.pk}"


class PassKind(models.TextChoices):
    CODE = "code", _("Code for the full page")
    LINK = "link", _("Link in an email")


class OneTimePass(models.Model):
    """A code or link that opens one session, once. Only its hash is kept.

    It ends with what it rests on: a code with its session, a link when the person signs out at
    the host or has another address, both with the membership.
    """

    kind = models.CharField(max_length=8, choices=PassKind.choices)
    token_hash = models.CharField(max_length=SHA256_HEX, unique=True)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="passes")
    session = models.ForeignKey(
        HelpSession,
        on_delete=models.CASCADE,
        null=True,
        related_name="passes",
        help_text="The session that a code continues.",
    )
    email = models.EmailField(max_length=254, blank=True, help_text="Where a link was sent.")
    next_path = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class SpentToken(models.Model):
    """A token's `jti` that was used, kept until the token has expired, so that it works once."""

    issuer = models.CharField(max_length=255)
    jti = models.CharField(max_length=255)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["issuer", "jti"], name="people_token_spent_once")
        ]

    def __str__(self) -> str:
        return f"spent token {self.pk}"
