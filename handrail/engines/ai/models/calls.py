"""What was a language model asked for, what did it cost, and how did it end?"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from handrail.engines.ai.access import ModelCallQuerySet
from handrail.engines.ai.models.questions import Question


class CallOutcome(models.TextChoices):
    """How a call ended. With all but the first three, the built-in answer took over."""

    ANSWERED = "answered", _("Answered")
    CHOSE = "chose", _("Chose a tool")
    NO_ANSWER = "no-answer", _("Found no answer in the pages")
    UNSUPPORTED = "unsupported", _("Said what the pages do not say")
    RUNNING = "running", _("Under way")
    STOPPED = "stopped", _("Nobody waited for it any more")
    UNREACHABLE = "unreachable", _("Not reachable")
    SLOW = "slow", _("Too slow")
    KEY_REFUSED = "key-refused", _("Key refused")
    UNKNOWN_MODEL = "unknown-model", _("Model or address not known there")
    REFUSED = "refused", _("Request refused")
    TOO_MANY = "too-many", _("Asked too often")
    BROKEN = "broken", _("An error at the endpoint")
    CUT_OFF = "cut-off", _("Cut off")
    MALFORMED = "malformed", _("Not in the protocol")
    EMPTY = "empty", _("Empty")
    TOOLS = "tools", _("Wanted to use tools")
    BUDGET = "budget", _("Not asked: budget used up")
    BUSY = "busy", _("Not asked: too many at once")
    RESTING = "resting", _("Not asked: it failed a moment ago")


class ModelCall(models.Model):
    """One call, or why none was made. It begins as RUNNING with what it may cost at most, so what
    is under way counts for the budget already."""

    question = models.ForeignKey(Question, null=True, on_delete=models.SET_NULL)
    """Set once the question is remembered; None: it was not."""
    account = models.ForeignKey(
        "people.Account", null=True, on_delete=models.CASCADE, db_index=False
    )
    """Whose budget paid; None: the one of all who have no account."""
    model = models.CharField(max_length=100)
    outcome = models.CharField(max_length=16, choices=CallOutcome, default=CallOutcome.RUNNING)
    failure = models.CharField(max_length=200, blank=True)
    """What the endpoint or the library said, without keys and addresses."""
    prompt_tokens = models.PositiveIntegerField(default=0)
    answer_tokens = models.PositiveIntegerField(default=0)
    is_estimated = models.BooleanField(default=False)
    """The endpoint did not say how many tokens there were."""
    milliseconds = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    objects = ModelCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call of a model")
        indexes = (
            models.Index(fields=["account", "at"], name="call_of_account"),
            models.Index(fields=["at"], name="call_by_time"),
        )

    def __str__(self) -> str:
        return f"{self.model}: {self.outcome}"
