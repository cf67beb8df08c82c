"""Who may see which question? Its asker, and the editors, who may read every page there is.

Others never do: a question can say what its asker may read, and its answer quotes it.
"""

from typing import TYPE_CHECKING

from django.db import models

from handrail.people.viewer import Viewer

if TYPE_CHECKING:
    from handrail.engines.ai.models import Question

EDIT = "docs.edit"


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, viewer: Viewer) -> "QuestionQuerySet":
        """A visitor's questions are not theirs by name: `of_thread` finds them."""
        if viewer.is_system or (viewer.agent is not None and viewer.may(EDIT)):
            return self
        if viewer.member is not None:
            return self.filter(member_id=viewer.member.pk)
        return self.none()

    def of_thread(self, viewer: Viewer, thread: str) -> "QuestionQuerySet":
        """One asker's questions in a row. The name of a thread is a secret of whoever began it, so
        a visitor who knows it may go on; a member's is theirs alone."""
        return self.filter(thread=thread, member=viewer.member).order_by("asked_at", "pk")
