"""How does an editor read an answer that somebody got? As it was given, its sources as they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from handrail.engines.ai.answers import Answer, Source, from_json
from handrail.engines.ai.models import Question
from handrail.mediums.docs.console.asked import OUTCOMES, pages_of
from handrail.mediums.docs.console.parts import name_of_language
from handrail.mediums.docs.models import Page
from handrail.people.viewer import Viewer


@dataclass(frozen=True)
class ShownSource:
    """A section that was cited, and what has become of its page."""

    number: int
    source: Source
    page: Page | None
    """As it is now; None: it is deleted."""
    has_changed: bool
    """It was published anew since."""


@dataclass(frozen=True)
class ShownQuestion:
    """A question with its answer, for a list."""

    question: Question
    outcome: str
    answer: Answer | None
    """None where it cannot be read: a version of ours that is no more has written it."""
    sources: list[ShownSource]
    closest: list[ShownSource]
    answered_by: Page | None
    """The page that answers it since."""
    anchor: str
    spoken: str


def shown(viewer: Viewer, questions: Sequence[Question]) -> list[ShownQuestion]:
    """These questions, each with what belongs to it. One query, however many there are."""
    answers = {question.pk: _answer(question) for question in questions}
    named = [question.answered_by.partition("#")[0] for question in questions]
    for answer in filter(None, answers.values()):
        named += [source.thing_id for source in (*answer.sources, *answer.closest)]
    pages = pages_of(viewer, named)
    return [_shown(question, answers[question.pk], pages) for question in questions]


def _shown(question: Question, answer: Answer | None, pages: dict[str, Page]) -> ShownQuestion:
    page_id, _hash, anchor = question.answered_by.partition("#")

    def listed(sources: Sequence[Source]) -> list[ShownSource]:
        return [
            ShownSource(number, source, page, _has_changed(page, question))
            for number, source in enumerate(sources, start=1)
            for page in [pages.get(source.thing_id)]
        ]

    return ShownQuestion(
        question=question,
        outcome=next((str(OUTCOMES[one]) for one in OUTCOMES if one == question.outcome), ""),
        answer=answer,
        sources=listed(answer.sources if answer else ()),
        closest=listed(answer.closest if answer else ()),
        answered_by=pages.get(page_id),
        anchor=anchor,
        spoken=name_of_language(question.language),
    )


def _answer(question: Question) -> Answer | None:
    try:
        return from_json(question.answer)
    except (KeyError, TypeError, ValueError):
        return None


def _has_changed(page: Page | None, question: Question) -> bool:
    at = page.published_at if page else None
    return at is not None and at > question.asked_at
