"""Which questions must the pages answer, with which section, and did they, each time?"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from handrail.base.ids import public_id
from handrail.engines.ai.access import EvaluationQuestionQuerySet, EvaluationRunQuerySet


class EvaluationQuestion(models.Model):
    """A question that editors keep, with the section that should answer it."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    text = models.CharField(max_length=2_000)
    language = models.CharField(max_length=16)
    page = models.CharField(max_length=32, blank=True)
    """The page that should answer it, by its public id; empty: the pages should not."""
    anchor = models.CharField(max_length=200, blank=True)
    """The section of that page; empty: any."""
    kept_at = models.DateTimeField(default=timezone.now)

    objects = EvaluationQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to measure by")

    def __str__(self) -> str:
        return self.text


class EvaluationRun(models.Model):
    """All of them asked once. A row without `began_at` waits for its turn."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    wanted_at = models.DateTimeField(default=timezone.now)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    pages = models.JSONField(default=list)
    """The public ids of the pages that were published before it; none: somebody wanted it."""
    total = models.PositiveIntegerField(default=0)
    right = models.PositiveIntegerField(default=0)
    worse = models.PositiveIntegerField(default=0)
    """How many went worse than in the run before."""
    results = models.JSONField(default=dict)
    """By the question's public id: `grade`, and `page`, `anchor` and `title` of what was shown."""

    objects = EvaluationRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run of the questions to measure by")
        indexes = (models.Index(fields=["ended_at"], name="evaluation_by_end"),)

    def __str__(self) -> str:
        return f"{self.right}/{self.total} {self.wanted_at:%F %T}"
