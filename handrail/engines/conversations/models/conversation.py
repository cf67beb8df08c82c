"""What is said between a member and us? Whatever a list filters or sorts by is in one table."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from handrail.base.ids import public_id
from handrail.engines.activity.ref import Ref
from handrail.engines.conversations.access import ConversationQuerySet

FIRST_NUMBER = 100_000
"""Numbers have six digits from the first conversation on."""

SUBJECT_LENGTH = 140


class Priority(models.IntegerChoices):
    LOW = 10, _("Low")
    NORMAL = 20, _("Normal")
    HIGH = 30, _("High")
    URGENT = 40, _("Urgent")


def _by_last_word(*columns: str, name: str, condition: Q | None = None) -> models.Index:
    """What has these in common, whoever spoke last first."""
    order = (F("last_message_at").desc(), F("id").desc())
    return models.Index(*map(F, columns), *order, name=name, condition=condition)


class Conversation(models.Model):
    """One exchange between an account and us.

    `kind` is the medium's name and `status` one of that medium's. `is_unread` is the members'
    side: it belongs to the conversation, so one member who has seen it has read it for all.
    """

    is_locked = False
    """Whether it was read under the lock of the transaction that goes on: see `at_hand.held`."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    number = models.PositiveBigIntegerField(unique=True, null=True)
    kind = models.CharField(max_length=16)
    subject = models.CharField(max_length=SUBJECT_LENGTH)
    category = models.BigIntegerField(null=True)
    """What it is about, by the primary key of something of the medium's: a ticket's issue type."""
    account = models.ForeignKey(
        "people.Account", null=True, on_delete=models.PROTECT, db_index=False
    )
    """None, with no creator either, where somebody wrote whom we do not know (sign-in help)."""
    creator = models.ForeignKey(
        "people.Member", null=True, on_delete=models.PROTECT, db_index=False
    )
    is_shared = models.BooleanField(default=False)
    status = models.CharField(max_length=24)
    assignee = models.ForeignKey(
        "people.Agent", null=True, on_delete=models.PROTECT, db_index=False
    )
    team = models.ForeignKey("people.Team", null=True, on_delete=models.PROTECT, db_index=False)
    priority = models.SmallIntegerField(choices=Priority, default=Priority.NORMAL)
    due_at = models.DateTimeField(null=True)
    """The next moment by which we owe something; None while we owe nothing, or wait ourselves."""
    due_kind = models.CharField(max_length=16, blank=True)
    """What is owed then: one of the medium's words, such as "first_reply"."""
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged", db_index=False
    )
    """Where its messages are now. What was merged is closed, and leads there."""
    is_unread = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    last_message_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    client_id = models.UUIDField(null=True)
    """Chosen by the page that sent the form: sent twice, it makes one conversation."""

    objects = ConversationQuerySet.as_manager()

    class Meta:
        indexes = (
            _by_last_word("account", name="conv_of_account"),
            _by_last_word("creator", "kind", name="conv_of_creator"),
            _by_last_word("kind", "status", name="conv_queue"),
            _by_last_word("assignee", "kind", "status", name="conv_of_assignee"),
            _by_last_word("kind", name="conv_all"),
            models.Index(F("kind"), F("id").desc(), name="conv_newest"),
            models.Index(F("account"), F("id").desc(), name="conv_newest_of_account"),
            # Of what is rare among all, each order needs its own: the rest is passed by.
            _by_last_word("kind", "category", name="conv_of_category"),
            models.Index(F("kind"), F("category"), F("id").desc(), name="conv_newest_of_category"),
            _by_last_word("kind", "priority", name="conv_of_priority"),
            models.Index(F("kind"), F("priority"), F("id").desc(), name="conv_newest_of_priority"),
            _by_last_word("team", "kind", "status", name="conv_of_team"),
            models.Index(
                F("kind"),
                F("due_at"),
                F("id"),
                name="conv_due",
                condition=Q(due_at__isnull=False),  # not ~Q(due_at=None): SQLite compares words
            ),
            models.Index(
                F("kind"),
                F("priority").desc(),
                F("last_message_at").desc(),
                F("id").desc(),
                name="conv_pressing",
                condition=Q(closed_at=None),
            ),
            # What is closed and read is nearly all there is, and not what lists of work are about.
            _by_last_word("kind", name="conv_alive", condition=Q(closed_at=None)),
            models.Index(
                F("kind"), F("id").desc(), name="conv_alive_newest", condition=Q(closed_at=None)
            ),
            _by_last_word("account", name="conv_alive_of_account", condition=Q(closed_at=None)),
            _by_last_word("account", name="conv_unread", condition=Q(is_unread=True)),
        )
        constraints = (
            models.UniqueConstraint(fields=["creator", "client_id"], name="conv_sent_once"),
            models.CheckConstraint(
                condition=Q(account=None, creator=None) | (~Q(account=None) & ~Q(creator=None)),
                name="conv_is_a_members_or_nobodys",
            ),
        )

    def __str__(self) -> str:
        return f"#{self.number} {self.subject}"

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.public_id)
