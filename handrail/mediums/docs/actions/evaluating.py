"""Do the pages still answer what they must? The editors' own questions, asked after each change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from handrail.base.languages import language_of
from handrail.engines.ai.answers import Outcome, Source
from handrail.engines.ai.models import EvaluationQuestion, EvaluationRun
from handrail.hub import asking
from handrail.hub.asking import Reply
from handrail.mediums.docs.access import EDIT
from handrail.mediums.docs.models import Page
from handrail.people.viewer import Viewer

log = structlog.get_logger("handrail.docs")

MOST_QUESTIONS = 300
"""That are kept: asking them takes some ten seconds of a worker."""
MOST_RUNS = 200
MOST_CAUSES = 50
"""Pages that a run remembers to have been published before it."""

QUIET = timedelta(seconds=30)
"""So long after a page was published the questions are asked: what follows it comes along."""
STUCK = timedelta(minutes=10)
"""A run that has waited for so long is enqueued once more: its task has failed for good."""


class Grade(StrEnum):
    """How the pages did on a question, the best first."""

    RIGHT = "right"
    """The section that should answer is cited; or they rightly do not answer."""
    NEAR = "near"
    """The right page and another section, or not sure."""
    MISSED = "missed"
    WRONG = "wrong"
    """Something else is said to be the answer."""


RANK = {grade: rank for rank, grade in enumerate(reversed(Grade))}


@dataclass(frozen=True)
class Change:
    """A question that went otherwise than in the run before."""

    question_id: str
    before: Grade
    after: Grade


@transaction.atomic
def keep_question(
    viewer: Viewer, text: str, language: str, page: Page | None, anchor: str = ""
) -> EvaluationQuestion:
    """Keeps a question with the section that should answer it; None: the pages should not.

    The same words in the same language are one question: the last section counts. Raises
    ValidationError for no words, and where there are MOST_QUESTIONS already.
    """
    viewer.require(EDIT)
    words = " ".join(text.replace("\0", " ").split())
    if not words or len(words) > asking.LONGEST_QUESTION:
        raise ValidationError(_("Write a question of at most 2,000 letters."))
    place = {"page": page.public_id if page else "", "anchor": anchor[:200] if page else ""}
    known = EvaluationQuestion.objects.filter(text=words, language=language).first()
    if known is not None:
        known.page, known.anchor = place["page"], place["anchor"]
        known.save(update_fields=["page", "anchor"])
        return known
    if EvaluationQuestion.objects.count() >= MOST_QUESTIONS:
        raise ValidationError(_("These are enough: take out one that you need no more."))
    return EvaluationQuestion.objects.create(text=words, language=language, **place)


@transaction.atomic
def drop_question(viewer: Viewer, public_id: str) -> None:
    """It is not asked any more; one that is gone already is as good as dropped."""
    viewer.require(EDIT)
    EvaluationQuestion.objects.filter(public_id=public_id).delete()


@transaction.atomic
def want_run(pages: Iterable[str] = ()) -> None:
    """Has all questions asked: soon after these pages were published, or at once by hand (none).

    However many pages are published meanwhile, it is one run.
    """
    from handrail.mediums.docs.tasks import MOST_WAITS, measure

    now, causes = timezone.now(), list(pages)
    waiting = EvaluationRun.objects.select_for_update().filter(began_at=None).first()
    if waiting is not None:
        waiting.pages = list(dict.fromkeys([*waiting.pages, *causes]))[:MOST_CAUSES]
        is_stuck = waiting.wanted_at < now - STUCK
        waiting.wanted_at = now if is_stuck else waiting.wanted_at
        waiting.save(update_fields=["pages", "wanted_at"])
        if causes and not is_stuck:
            return
    else:
        EvaluationRun.objects.create(pages=causes[:MOST_CAUSES])
    if causes:
        measure.using(run_after=now + QUIET).enqueue()
    else:
        measure.enqueue(MOST_WAITS)  # whoever wants it now does not wait for the model


def want_run_by_hand(viewer: Viewer) -> None:
    viewer.require(EDIT)
    want_run()


def run_waiting(viewer: Viewer) -> EvaluationRun | None:
    """Asks all for the run that waits longest; None: none does."""
    viewer.require(EDIT)
    run = EvaluationRun.objects.filter(ended_at=None).order_by("pk").first()
    return run_now(viewer, run) if run is not None else None


def run_now(viewer: Viewer, run: EvaluationRun | None = None) -> EvaluationRun:
    """Asks every question as somebody who may read all that is published, and keeps what came.

    20 to 40 ms a question. One that fails counts as missed, and the others are asked.
    """
    viewer.require(EDIT)
    run = run or EvaluationRun()
    run.began_at = timezone.now()
    run.save()
    questions = EvaluationQuestion.objects.order_by("pk")[:MOST_QUESTIONS]
    results = {one.public_id: _asked(viewer, one) for one in questions}
    before = EvaluationRun.objects.visible_to(viewer).ended().first()
    run.results, run.total = results, len(results)
    run.right = sum(one["grade"] == Grade.RIGHT for one in results.values())
    run.worse = len(got_worse(before, run))
    run.ended_at = timezone.now()
    _keep(run)
    return run


@transaction.atomic
def _keep(run: EvaluationRun) -> None:
    run.save(update_fields=["results", "total", "right", "worse", "ended_at"])
    old = EvaluationRun.objects.order_by("-pk").values_list("pk", flat=True)[MOST_RUNS:]
    EvaluationRun.objects.filter(pk__in=list(old)).delete()


def changes(before: EvaluationRun | None, after: EvaluationRun) -> list[Change]:
    """What went otherwise, in the order of the questions; new questions have changed nothing."""
    if before is None:
        return []
    return [
        Change(public_id, Grade(was["grade"]), Grade(now["grade"]))
        for public_id, now in after.results.items()
        if (was := before.results.get(public_id)) and was["grade"] != now["grade"]
    ]


def got_worse(before: EvaluationRun | None, after: EvaluationRun) -> list[Change]:
    return [one for one in changes(before, after) if RANK[one.after] < RANK[one.before]]


def grade(question: EvaluationQuestion, reply: Reply) -> Grade:
    """How this reply did on the question."""
    is_answered = reply.answer.outcome is Outcome.ANSWERED
    if not question.page:
        return Grade.WRONG if is_answered else Grade.RIGHT
    shown = [*reply.answer.sources, *(() if is_answered else reply.answer.closest)]
    of_page = [one for one in shown if one.thing_id == question.page]
    if is_answered and any(_is_meant(question, one) for one in of_page):
        return Grade.RIGHT
    if of_page:
        return Grade.NEAR
    return Grade.WRONG if is_answered else Grade.MISSED


def _is_meant(question: EvaluationQuestion, source: Source) -> bool:
    return not question.anchor or source.anchor == question.anchor


def _asked(viewer: Viewer, question: EvaluationQuestion) -> dict[str, Any]:
    try:
        with translation.override(language_of(question.language)):
            reply = asking.ask(viewer, question.text)
    except Exception:
        log.exception("question_not_measured", question=question.public_id)
        return {"grade": Grade.MISSED, "page": "", "anchor": "", "title": ""}
    first = next(iter([*reply.answer.sources, *reply.answer.closest]), None)
    return {
        "grade": grade(question, reply),
        "outcome": reply.answer.outcome,
        "page": first.thing_id if first else "",
        "anchor": first.anchor if first else "",
        "title": first.title if first else "",
    }
