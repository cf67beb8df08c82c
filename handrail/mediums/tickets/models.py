"""What do we remember of a ticket, beside its conversation?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from handrail.base.ids import public_id
from handrail.engines.conversations.models import Conversation
from handrail.mediums.tickets.access import IssueTypeQuerySet, TicketQuerySet


class IssueType(models.Model):
    """What a ticket is about. Retired, never deleted: old tickets keep theirs.

    `account_kind` empty means every kind.
    """

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    account_kind = models.CharField(max_length=16, blank=True)
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=250, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)

    objects = IssueTypeQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["account_kind", "name"], name="issue_type_once"),
        )
        verbose_name = _("issue type")

    def __str__(self) -> str:
        return self.name


class Ticket(models.Model):
    """A support request. Whatever its lists filter or sort by is in the conversation."""

    conversation = models.OneToOneField(
        Conversation, primary_key=True, on_delete=models.CASCADE, related_name="ticket"
    )
    issue_type = models.ForeignKey(IssueType, on_delete=models.PROTECT)

    objects = TicketQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.conversation)


class AddedAddress(models.Model):
    """An address that was told that the ticket was submitted. It grants nothing."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="added_addresses")
    address = models.EmailField()
    was_told = models.BooleanField()
    """False where a cap kept us from writing to it; the ticket's page says so."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["ticket", "address"], name="added_address_once"),
        )

    def __str__(self) -> str:
        return self.address
