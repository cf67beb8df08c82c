"""Who may see which question? Its asker, and the editors, who may read every page there is.

Others never do: a question can say what its asker may read, and its answer quotes it. What a model
cost, and how it failed, is for those who run the hub.
"""

from typing import TYPE_CHECKING

from django.db import models

from handrail.people.viewer import Viewer

if TYPE_CHECKING:
    from handrail.engines.ai.models import (
        EvaluationQuestion,
        EvaluationRun,
        ModelCall,
        Question,
        QuestionGroup,
    )

EDIT = "docs.edit"
RUN = "settings.manage"


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, viewer: Viewer) -> "QuestionQuerySet":
        """A visitor's questions are not theirs by name: `of_thread` finds them."""
        if sees_all(viewer):
            return self
        if viewer.member is not None:
            return self.filter(member_id=viewer.member.pk)
        return self.none()

    def of_thread(self, viewer: Viewer, thread: str) -> "QuestionQuerySet":
        """One asker's questions in a row. The name of a thread is a secret of whoever began it, so
        a visitor who knows it may go on; a member's is theirs alone."""
        return self.filter(thread=thread, member=viewer.member).order_by("asked_at", "pk")


class ModelCallQuerySet(models.QuerySet["ModelCall"]):
    def visible_to(self, viewer: Viewer) -> "ModelCallQuerySet":
        if viewer.is_system or (viewer.agent is not None and viewer.may(RUN)):
            return self
        return self.none()


class QuestionGroupQuerySet(models.QuerySet["QuestionGroup"]):
    def visible_to(self, viewer: Viewer) -> "QuestionGroupQuerySet":
        """Only editors: a group has the words of all who asked."""
        return self if sees_all(viewer) else self.none()


class EvaluationQuestionQuerySet(models.QuerySet["EvaluationQuestion"]):
    def visible_to(self, viewer: Viewer) -> "EvaluationQuestionQuerySet":
        """Only editors."""
        return self if sees_all(viewer) else self.none()


class EvaluationRunQuerySet(models.QuerySet["EvaluationRun"]):
    def visible_to(self, viewer: Viewer) -> "EvaluationRunQuerySet":
        """Only editors."""
        return self if sees_all(viewer) else self.none()

    def ended(self) -> "EvaluationRunQuerySet":
        """The newest first."""
        return self.filter(ended_at__isnull=False).order_by("-ended_at", "-pk")


def sees_all(viewer: Viewer) -> bool:
    return viewer.is_system or (viewer.agent is not None and viewer.may(EDIT))
