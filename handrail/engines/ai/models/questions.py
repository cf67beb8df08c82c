"""What was asked, what was answered, and did it help?"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from handrail.base import ids
from handrail.engines.ai.access import QuestionGroupQuerySet, QuestionQuerySet
from handrail.engines.ai.answers import Outcome


class Surface(models.TextChoices):
    """Where it was asked."""

    PANEL = "panel", _("Help panel")
    SITE = "site", _("Public site")
    MARKDOWN = "markdown", _("Programs, by address")
    MCP = "mcp", _("AI agents")
    CONSOLE = "console", _("Console")
    CHAT = "chat", _("Chat")


class Verdict(models.TextChoices):
    HELPED = "helped", _("Helped")
    DID_NOT = "did-not", _("Did not help")


class Reason(models.TextChoices):
    """Why an answer did not help."""

    WRONG = "wrong", _("It is wrong")
    NOT_ASKED = "not-asked", _("It answers something else")
    INCOMPLETE = "incomplete", _("Something is missing")
    UNCLEAR = "unclear", _("I do not understand it")
    OTHER = "other", _("Something else")


class Settled(models.TextChoices):
    """Why nothing is to be done about a question any more."""

    BY_HAND = "by-hand", _("Nothing to do")
    ANSWERED = "answered", _("Answered since")


class QuestionGroup(models.Model):
    """Questions that mean the same, as far as a program can tell; see `engines.ai.grouping`."""

    public_id = models.CharField(max_length=32, unique=True, default=ids.public_id)
    language = models.CharField(max_length=16)
    text = models.CharField(max_length=2_000)
    """The best put of its questions: what an editor reads."""
    model = models.CharField(max_length=32, blank=True)
    """Which model made the vector; empty: words alone told that they are the same."""
    vector = models.BinaryField(default=bytes)
    """What its first question means, in numbers of 16 bits, as in `LibraryVector`."""
    stems = models.JSONField(default=list)
    """Of its first question."""
    page = models.CharField(max_length=32, blank=True)
    """The help page that was begun for it, by its public id."""
    last_asked_at = models.DateTimeField(default=timezone.now)

    objects = QuestionGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group of questions")
        indexes = (models.Index(fields=["language", "last_asked_at"], name="question_group_alive"),)

    def __str__(self) -> str:
        return self.text


class Question(models.Model):
    """One question and its answer as it was given. Asked again, it is another one."""

    public_id = models.CharField(max_length=32, unique=True, default=ids.public_id)
    thread = models.CharField(max_length=32, default=ids.public_id)
    """The same for questions that follow one another."""
    member = models.ForeignKey("people.Member", null=True, on_delete=models.SET_NULL)
    """None: a visitor or a program."""
    surface = models.CharField(max_length=10, choices=Surface)
    language = models.CharField(max_length=16)
    text = models.CharField(max_length=2_000)
    """Without addresses, keys and long numbers; see `search.library.redaction`."""
    goal = models.CharField(max_length=500, blank=True)
    page = models.CharField(max_length=200, blank=True)
    """The page that it was asked on, as a Ref; empty: none."""
    outcome = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Outcome])
    certainty = models.FloatField(default=0)
    engine = models.CharField(max_length=100)
    """Who answered: `built-in`, or the name of a model."""
    answer = models.JSONField(default=dict)
    """Pieces, sources and follow-ups, as `answers.as_json` writes them."""
    milliseconds = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(default=timezone.now)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    note = models.CharField(max_length=1_000, blank=True)
    wants_to_hear = models.BooleanField(default=False)
    """Its member asked to be told once the pages answer it."""
    settled_at = models.DateTimeField(null=True)
    """When an editor said that nothing is to be done, or the pages answered it at last."""
    settled_as = models.CharField(max_length=10, choices=Settled, blank=True)
    answered_by = models.CharField(max_length=300, blank=True)
    """Where the pages answer it at last: the thing's id and the anchor, as `id#anchor`."""
    group = models.ForeignKey(
        QuestionGroup,
        null=True,
        on_delete=models.SET_NULL,
        related_name="questions",
        db_index=False,
    )
    """Those that mean the same; None for the minute until it is looked at."""

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        indexes = (
            models.Index(fields=["thread", "asked_at"], name="question_of_thread"),
            models.Index(fields=["member", "asked_at"], name="question_of_member"),
            models.Index(fields=["outcome", "asked_at"], name="question_by_outcome"),
            models.Index(fields=["verdict", "asked_at"], name="question_by_verdict"),
            models.Index(fields=["group", "asked_at"], name="question_of_group"),
            models.Index(fields=["asked_at"], name="question_by_time"),
        )

    def __str__(self) -> str:
        return self.text
