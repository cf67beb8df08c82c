"""What is remembered of a question, and what may be said to its answer?"""

from django.db import transaction

from handrail.engines.ai.answers import Answer, as_json
from handrail.engines.ai.models import Question, Reason, Surface, Verdict
from handrail.engines.search.library.redaction import redacted
from handrail.people.viewer import Viewer

LONGEST_NOTE = 1_000


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
