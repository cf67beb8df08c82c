"""Who may take seconds over an answer? Where the operator has a model, one answerer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from handrail.engines.ai import answering, making
from handrail.engines.ai.making import Steps
from handrail.engines.ai.model.actions import belongs_to
from handrail.engines.ai.model.endpoint import Endpoint
from handrail.engines.ai.models import Question
from handrail.hub import asking
from handrail.people.viewer import Viewer

Answerer = Callable[[Viewer, Question, str, str], Steps]
"""Takes a viewer, their question as it was remembered, the same in full, and what it is for; yields
each piece, and at last the whole answer. It reads as this viewer alone, and ends by itself: with
the built-in answer where a model fails."""

MOST_BEFORE = 5
"""Earlier questions of the thread that a model is told of."""

_answerers: list[Answerer] = []


def use(answerer: Answerer) -> None:
    """From now on it is asked after the built-in engine, which has answered by then."""
    _answerers[:] = [answerer]


@contextmanager
def temporarily(answerer: Answerer) -> Iterator[None]:
    """An answerer for the length of a test."""
    before = list(_answerers)
    use(answerer)
    try:
        yield
    finally:
        _answerers[:] = before


def think_on(viewer: Viewer, question: Question, asked: str, goal: str = "") -> bool:
    """Has a better answer made behind the page; `asked` is the question in full. False: none is
    made, since there is nobody to make it, or they have their hands full."""
    if not _answerers:
        return False
    return making.begin(question, partial(_answerers[0], viewer, question, asked, goal))


def use_model() -> None:
    """Lets the operator's model answer after the built-in engine, where there is one."""
    if Endpoint.chosen():
        use(ask_model)


def ask_model(viewer: Viewer, question: Question, asked: str, goal: str) -> Steps:
    """What the model makes of the pages that this viewer may read, told what they asked before."""
    evidence, _places = asking.readable_evidence(viewer, asked)
    earlier = Question.objects.of_thread(viewer, question.thread).exclude(pk=question.pk)
    before = list(earlier.values_list("text", flat=True))[-MOST_BEFORE:]
    calls: list[int] = []
    try:
        for step in answering.answer(
            asked, evidence, goal=goal, before=before, account=viewer.account, calls=calls
        ):
            if step[0] != "tool":  # it was told of none
                yield step
    finally:
        belongs_to(question, calls)
