"""Do the pages answer now what they did not? Asked again, as whoever asked, when pages change.

What is near to the pages that changed is asked, at most MOST_GROUPS groups of it and for
TURN_SECONDS at a time. A question is settled once, in the transaction that tells its asker: that
a task runs twice tells nobody twice.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

import numpy as np
import structlog
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from numpy.typing import NDArray

from handrail.base.languages import language_of
from handrail.engines.ai.access import QuestionQuerySet
from handrail.engines.ai.answers import Outcome
from handrail.engines.ai.grouping import stems_of
from handrail.engines.ai.models import EvaluationQuestion, Question, QuestionGroup, Settled
from handrail.engines.search.library.meaning import meaning
from handrail.engines.search.library.stems import stem
from handrail.engines.search.models import LibraryEntry, LibraryPage, LibraryVector
from handrail.hub import asking
from handrail.mediums.docs import letters
from handrail.mediums.docs.actions import evaluating
from handrail.people.models import Member
from handrail.people.viewer import Viewer, viewer_for_member, viewer_for_nobody

log = structlog.get_logger("handrail.docs")

Vectors = NDArray[np.float32]
"""A text a row."""

LOOK_BACK = timedelta(days=90)
"""How old a question may be: who asked longer ago has found another way."""

MOST_GROUPS = 100
MOST_OPEN = 5_000
"""Groups that are compared with the pages that changed: those asked for last."""
MOST_PAGES = 200
"""Pages of one change whose texts are compared; where more changed, all that is open is near."""

NEAR = 0.25
"""Cosine of a question and the nearest passage of a page. Nine in ten of the demo's questions come
so near to the page that answers them, and to one in four of the others."""

NEAR_BY_WORDS = 0.5
"""Without a model: the share of the question's words that the page says."""

MOST_OF_A_GROUP = 200
"""Questions of one group: the askers who want to hear first, then the latest."""

TURN_SECONDS = 10.0
"""How long mail and other tasks may have to wait."""


def pages_changed(public_ids: Iterable[str]) -> None:
    """Lets questions be asked again after the commit, and the editors' own questions be measured.

    Two small queries where there is nothing of either. Call it in the transaction of the change.
    """
    from handrail.mediums.docs.tasks import ask_again, later

    pages = list(dict.fromkeys(public_ids))
    if not pages:
        return
    if _unanswered().exists():
        later(ask_again).enqueue(pages if len(pages) <= MOST_PAGES else [])
    if EvaluationQuestion.objects.exists():
        evaluating.want_run(pages)


def groups_near(pages: Sequence[str]) -> list[int]:
    """The groups with unanswered questions that come near to these pages; nearest first.

    No pages: all that are open, those asked for last.
    """
    groups = QuestionGroup.objects.filter(pk__in=_unanswered().values("group"))
    begun = list(groups.filter(page__in=pages).values_list("pk", flat=True)) if pages else []
    latest = list(groups.order_by("-last_asked_at")[:MOST_OPEN])
    if not pages:
        return [group.pk for group in latest][:MOST_GROUPS]
    scores = _scores(latest, pages)
    near = [pk for score, pk in sorted(scores, reverse=True) if score >= 1]
    return list(dict.fromkeys([*begun, *near]))[:MOST_GROUPS]


def ask_groups(groups: Sequence[int]) -> list[int]:
    """Asks the questions of these groups again; returns the groups that there was no time for."""
    until, said = time.monotonic() + TURN_SECONDS, _Said()
    for at, number in enumerate(groups):
        if time.monotonic() > until:
            return list(groups[at:])
        for question in _of_group(number):
            try:
                _ask(question, said)
            except Exception:
                log.exception("question_not_asked_again", question=question.public_id)
    return []


class _Said:
    """What was found in this turn: visitors who asked the same get the same."""

    def __init__(self) -> None:
        self.found: dict[tuple[int | None, str, str, str], _Found | None] = {}

    def to(self, question: Question, viewer: Viewer) -> "_Found | None":
        key = (question.member_id, question.language, question.text, question.goal)
        if key not in self.found:
            with translation.override(language_of(question.language)):
                self.found[key] = _found(viewer, question)
        return self.found[key]


@dataclass(frozen=True)
class _Found:
    """Where the answer stands."""

    thing_id: str
    anchor: str


def _found(viewer: Viewer, question: Question) -> _Found | None:
    """Where the pages answer it now, as this viewer may read them; None: they do not."""
    reply = asking.ask(viewer, question.text, goal=question.goal)
    if reply.answer.outcome is not Outcome.ANSWERED or not reply.sources:
        return None
    best = reply.sources[0].source
    return _Found(best.thing_id, best.anchor)


def _ask(question: Question, said: _Said) -> None:
    """As its member may read today, or as nobody where that membership has ended."""
    member = question.member
    viewer = _viewer(member)
    found = said.to(question, viewer)
    if found is None:
        return
    with transaction.atomic():
        settled = Question.objects.filter(pk=question.pk, settled_at=None).update(
            settled_at=timezone.now(),
            settled_as=Settled.ANSWERED,
            answered_by=f"{found.thing_id}#{found.anchor}",
        )
        if settled and question.wants_to_hear and member is not None and viewer.member is not None:
            letters.tell_answered(member, question)


def _viewer(member: Member | None) -> Viewer:
    if member is not None:
        try:
            return viewer_for_member(member, via="task")
        except PermissionDenied:
            pass
    return viewer_for_nobody(via="task")


def _of_group(number: int) -> list[Question]:
    """Those whose askers wait first, each with its member's facts."""
    questions = list(
        _unanswered().filter(group=number).order_by("-wants_to_hear", "-asked_at")[:MOST_OF_A_GROUP]
    )
    wanted = {question.member_id for question in questions if question.member_id}
    members = {one.pk: one for one in Member.objects.with_facts().filter(pk__in=wanted)}
    for question in questions:
        question.member = members.get(question.member_id or 0)
    return questions


def _unanswered() -> QuestionQuerySet:
    return (
        Question.objects.filter(settled_at=None, asked_at__gte=timezone.now() - LOOK_BACK)
        .exclude(outcome=Outcome.ANSWERED)
        .exclude(group=None)
    )


def _scores(groups: Sequence[QuestionGroup], pages: Sequence[str]) -> list[tuple[float, int]]:
    """How near each group comes to its nearest passage, in parts of what is near enough."""
    key = meaning().key
    passages = _vectors(pages, key) if key else None
    told = _words_of(pages)
    scores = []
    for group in groups:
        if passages is not None and group.model == key:
            asked = np.frombuffer(group.vector, np.float16).astype(np.float32)
            score = float((passages @ asked).max()) / NEAR
        else:
            stems = stems_of(group.text, group.language)
            score = len(stems & told(group.language)) / max(1, len(stems)) / NEAR_BY_WORDS
        scores.append((score, group.pk))
    return scores


def _vectors(
    pages: Sequence[str], key: str
) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]] | None":
    """What the passages of these pages and their titles mean; None: nothing is read of them."""
    whole = LibraryPage.objects.filter(medium="docs", thing_id__in=pages)
    passages = LibraryEntry.objects.filter(page__in=whole)
    hashes = [
        *whole.values_list("text_hash", flat=True),
        *passages.values_list("text_hash", flat=True),
    ]
    read = LibraryVector.objects.filter(model=key, text_hash__in=list(dict.fromkeys(hashes)))
    rows = [np.frombuffer(one, np.float16) for one in read.values_list("vector", flat=True)]
    return np.stack(rows).astype(np.float32) if rows else None


def _words_of(pages: Sequence[str]) -> Callable[[str], frozenset[str]]:
    """The stems of all that these pages say, by language; read when they are asked for."""

    @cache
    def told(language: str) -> frozenset[str]:
        whole = LibraryPage.objects.filter(medium="docs", thing_id__in=pages, language=language)
        rows = LibraryEntry.objects.filter(page__in=whole)
        texts = [*whole.values_list("words", flat=True), *rows.values_list("words", flat=True)]
        return frozenset(stem(word, language) for text in texts for word in text.split())

    return told
