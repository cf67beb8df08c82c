"""Who are our own people?"""

from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from handrail.base.ids import PUBLIC_ID_LENGTH, public_id
from handrail.people.signals import sessions_ended


class AgentRole(models.TextChoices):
    """What an agent does here; `viewer.AGENT_ENTITLEMENTS` says what each may."""

    AGENT = "agent", _("Support agent")
    CSM = "csm", _("Customer success manager")
    TECHNICAL = "technical", _("Technical services")
    EDITOR = "editor", _("Editor")
    ADMIN = "admin", _("Administrator")


class AgentManager(BaseUserManager["Agent"]):
    def get_by_natural_key(self, email: str | None) -> "Agent":
        """Finds the agent who signs in with this address, in whatever case it was typed."""
        return self.get(email=(email or "").strip().lower())


class Agent(AbstractBaseUser):
    """One of our own people, who signs in to the console with a password and a second factor."""

    email = models.EmailField(_("email"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=200)
    public_id = models.CharField(
        max_length=PUBLIC_ID_LENGTH, unique=True, editable=False, default=public_id
    )
    role = models.CharField(
        _("role"), max_length=16, choices=AgentRole.choices, default=AgentRole.AGENT
    )
    is_active = models.BooleanField(_("active"), default=True)
    locale = models.CharField(_("language"), max_length=35, blank=True)
    zoneinfo = models.CharField(_("time zone"), max_length=64, default="UTC")
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = AgentManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="people_agent_lower_email"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new password, whoever set it, closes what the agent has open.

        The sessions themselves end by Django's session hash, which is made of the password.
        """
        is_new_password = getattr(self, "_password", None) is not None and self.pk
        super().save(*args, **kwargs)
        if is_new_password:
            self.close_sockets()

    def close_sockets(self) -> None:
        """Closes the agent's open pages' sockets after commit; those who may, connect again."""
        transaction.on_commit(
            lambda: sessions_ended.send(sender=Agent, session_ids=[self.session_id])
        )

    @property
    def session_id(self) -> str:
        """What sockets know the sessions of this agent by, all of them together."""
        return f"agent-{self.pk}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.zoneinfo)

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    def get_full_name(self) -> str:
        return self.name
