"""Who may take seconds over an answer? Where the operator has a model, one answerer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from handrail.engines.ai import making
from handrail.engines.ai.making import Steps
from handrail.engines.ai.models import Question
from handrail.people.viewer import Viewer

Answerer = Callable[[Viewer, str, str], Steps]
"""Takes a viewer, what they asked and what for; yields each piece, and at last the whole answer.
It reads as this viewer alone, and ends by itself: with the built-in answer where a model fails."""

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
    return making.begin(question, partial(_answerers[0], viewer, asked, goal))
