"""What is remembered of a question, and what may be said to its answer?"""

from collections.abc import Collection
from datetime import timedelta

import numpy as np
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from handrail.engines.ai.answers import Answer, as_json
from handrail.engines.ai.grouping import MOST_LETTERS, Leaders, Read, best_put, stems_of
from handrail.engines.ai.models import Question, QuestionGroup, Reason, Surface, Verdict
from handrail.engines.search.library.meaning import meaning
from handrail.engines.search.library.redaction import redacted
from handrail.engines.search.library.stems import base
from handrail.people.viewer import Viewer

LONGEST_NOTE = 1_000

KEEP = timedelta(days=365)
"""How long a question is kept."""

AT_ONCE = 100
MOST_GROUPS = 10_000
"""Groups that a new question is compared with: those asked for last."""


def remember(
    viewer: Viewer,
    question: str,
    answer: Answer,
    *,
    surface: Surface,
    language: str,
    milliseconds: int,
    thread: str = "",
    goal: str = "",
    page: str = "",
) -> Question:
    """Keeps a question with its answer. A thread that is not this viewer's begins a new one."""
    known = thread and Question.objects.of_thread(viewer, thread).exists()
    return Question.objects.create(
        **({"thread": thread} if known else {}),
        member=viewer.member,
        surface=surface,
        language=language,
        text=redacted(question),
        goal=redacted(goal),
        page=page,
        outcome=answer.outcome,
        certainty=answer.certainty,
        engine=answer.engine,
        answer=as_json(answer),
        milliseconds=milliseconds,
    )


def answer_anew(question: Question, answer: Answer, *, milliseconds: int) -> None:
    """Puts the answer that took longer in the place of the first one. What was said to the first
    meanwhile was not said to this one."""
    question.outcome, question.certainty = answer.outcome, answer.certainty
    question.engine, question.answer = answer.engine, as_json(answer)
    question.milliseconds, question.verdict, question.reason = milliseconds, "", ""
    question.save(
        update_fields=[
            *("outcome", "certainty", "engine", "answer", "milliseconds"),
            *("verdict", "reason"),
        ]
    )


@transaction.atomic
def judge(
    viewer: Viewer, question: Question, verdict: Verdict, reason: Reason | str = "", note: str = ""
) -> Question:
    """Says whether the answer helped. Said again, the last word counts; a reason belongs to what
    did not help. `question` must have been found as this viewer."""
    did_not = verdict is Verdict.DID_NOT
    question.verdict = verdict
    question.reason = reason if did_not else ""
    question.note = redacted(note)[:LONGEST_NOTE] if did_not else ""
    question.save(update_fields=["verdict", "reason", "note"])
    return question


def want_to_hear(viewer: Viewer, question: Question) -> None:
    """The member is told once the pages answer it."""
    viewer.require_member()
    question.wants_to_hear = True
    question.save(update_fields=["wants_to_hear"])


def group_some() -> int:
    """Puts the questions that were asked last into groups; returns how many there were.

    The model takes some 10 ms a question, before anything is written. Two workers at once may
    begin a group twice: then an editor reads it twice.
    """
    new = list(Question.objects.filter(group=None).order_by("asked_at", "pk")[:AT_ONCE])
    reads = [_read(one) for one in new]
    leaders = {language: _leaders(language) for language in {one.language for one in reads}}
    with transaction.atomic():
        for question, read in zip(new, reads, strict=True):
            known = leaders[read.language]
            number = known.nearest(read)
            if number is None:
                number = _begin_group(question, read).pk
                known.add(number, read)
            Question.objects.filter(pk=question.pk).update(group=number)
            _join(number, question)
    return len(new)


def forget_old() -> None:
    """Deletes what was asked longer than KEEP ago, and the groups that are empty then."""
    before = timezone.now() - KEEP
    Question.objects.filter(asked_at__lt=before).delete()
    empty = QuestionGroup.objects.filter(last_asked_at__lt=before)
    empty.filter(~Exists(Question.objects.filter(group=OuterRef("pk")))).delete()


@transaction.atomic
def forget(viewer: Viewer, public_ids: Collection[str]) -> None:
    """Deletes these questions; no group is called by the words of one any more."""
    gone = Question.objects.visible_to(viewer).filter(public_id__in=public_ids)
    told = {(one.group_id, one.text) for one in gone if one.group_id is not None}
    gone.delete()
    for number, text in told:
        rest = list(Question.objects.filter(group=number).values_list("text", flat=True))
        group = QuestionGroup.objects.filter(pk=number)
        if not rest:
            group.delete()
        else:
            group.filter(text=text).update(text=best_put(rest))


def _read(question: Question) -> Read:
    vector = meaning().embed(question.text[:MOST_LETTERS])
    stems = stems_of(question.text, question.language)
    return Read(base(question.language), stems, vector)


def _leaders(language: str) -> Leaders:
    """Of the groups that were asked for last: 384 numbers each, 16 MB at most."""
    leaders, key = Leaders(), meaning().key
    groups = QuestionGroup.objects.filter(language=language, model=key)
    for group in groups.order_by("-last_asked_at")[:MOST_GROUPS]:
        vector = np.frombuffer(group.vector, np.float16).astype(np.float32) if key else None
        leaders.add(group.pk, Read(language, frozenset(group.stems), vector))
    return leaders


def _begin_group(question: Question, read: Read) -> QuestionGroup:
    vector = b"" if read.vector is None else read.vector.astype(np.float16).tobytes()
    return QuestionGroup.objects.create(
        language=read.language,
        text=question.text,
        model="" if read.vector is None else meaning().key,
        vector=vector,
        stems=sorted(read.stems),
        last_asked_at=question.asked_at,
    )


def _join(number: int, question: Question) -> None:
    group = QuestionGroup.objects.get(pk=number)
    group.text = best_put([group.text, question.text])
    group.last_asked_at = max(group.last_asked_at, question.asked_at)
    group.save(update_fields=["text", "last_asked_at"])
