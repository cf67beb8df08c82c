"""Who are the people whom the hosts vouch for, and in which accounts?"""

from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from handrail.base.ids import PUBLIC_ID_LENGTH, public_id
from handrail.people.models.hosts import Host
from handrail.people.models.offers import Plan


class AccountKind(models.TextChoices):
    BRAND = "brand", _("Brand")
    PARTNER = "partner", _("Partner")
    AGENCY = "agency", _("Agency")


class MemberRole(models.TextChoices):
    """What a member is in the account, as the host says."""

    ADMIN = "admin", _("Account admin")
    MEMBER = "member", _("Member")


class Account(models.Model):
    """A customer of the host. Everything here is the host's word, newest assertion wins."""

    host = models.ForeignKey(
        Host, on_delete=models.PROTECT, related_name="accounts", db_index=False
    )
    external_id = models.CharField(_("id at the host"), max_length=255)
    public_id = models.CharField(
        max_length=PUBLIC_ID_LENGTH, unique=True, editable=False, default=public_id
    )
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=16, choices=AccountKind.choices)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="accounts")
    zoneinfo = models.CharField(_("time zone"), max_length=64, default="UTC")
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    asserted_at = models.DateTimeField(_("last told by the host"))

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["host", "external_id"], name="people_account_once_a_host")
        ]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Whom a host vouches for: identified by (host, subject) alone, never by email."""

    host = models.ForeignKey(Host, on_delete=models.PROTECT, related_name="people", db_index=False)
    subject = models.CharField(_("id at the host (sub)"), max_length=255)
    public_id = models.CharField(
        max_length=PUBLIC_ID_LENGTH, unique=True, editable=False, default=public_id
    )
    email = models.EmailField(_("email"), max_length=254, blank=True)
    email_verified = models.BooleanField(_("email verified by the host"), default=False)
    name = models.CharField(_("name"), max_length=200)
    locale = models.CharField(_("language"), max_length=35, blank=True)
    zoneinfo = models.CharField(_("time zone"), max_length=64, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    asserted_at = models.DateTimeField(_("last told by the host"))
    signed_out_at = models.DateTimeField(
        _("signed out by the host"),
        null=True,
        blank=True,
        help_text=_("Tokens that the host issued before this moment open nothing."),
    )

    class Meta:
        verbose_name_plural = _("people")
        constraints: ClassVar = [
            UniqueConstraint(fields=["host", "subject"], name="people_person_once_a_host")
        ]

    def __str__(self) -> str:
        return self.name


class MemberQuerySet(models.QuerySet["Member"]):
    def active(self) -> "MemberQuerySet":
        """Members who still belong to their account and whose host is still served."""
        return self.filter(ended_at=None, person__host__is_active=True)

    def with_facts(self) -> "MemberQuerySet":
        """With all that a Viewer needs, in one query."""
        return self.select_related("person__host", "account__plan")


class Member(models.Model):
    """A person in an account. Members never have a password here: the host vouches for them."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="memberships", db_index=False
    )
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="members")
    public_id = models.CharField(
        max_length=PUBLIC_ID_LENGTH, unique=True, editable=False, default=public_id
    )
    role = models.CharField(_("role"), max_length=16, choices=MemberRole.choices)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    asserted_at = models.DateTimeField(_("last told by the host"))

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["person", "account"], name="people_member_once_an_account")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.person.name

    @property
    def email(self) -> str:
        return self.person.email

    @property
    def locale(self) -> str:
        return self.person.locale

    @property
    def zoneinfo(self) -> str:
        """Name of the zone in which this member reads times: their own, else the account's."""
        return self.person.zoneinfo or self.account.zoneinfo

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.zoneinfo)

    @property
    def is_account_admin(self) -> bool:
        return self.role == MemberRole.ADMIN
