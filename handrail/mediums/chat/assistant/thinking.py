"""What does a model make of it, where the operator has one? A better answer, in its own time.

The member has the quoted answer by then. The model gets the passages that the member may read and
what was said, as data; what it writes is checked sentence by sentence as in Ask. Whatever fails,
the quoted answer stands.
"""

from collections.abc import Callable
from functools import partial

from handrail.engines.ai import answering, making
from handrail.engines.ai.answers import Answer
from handrail.engines.ai.making import Steps
from handrail.engines.ai.model.actions import belongs_to
from handrail.engines.ai.model.endpoint import Endpoint
from handrail.engines.ai.models import Question
from handrail.engines.conversations import topics
from handrail.engines.conversations.models import Message
from handrail.hub import asking
from handrail.mediums.chat import actions
from handrail.mediums.chat.assistant.deciding import Decision
from handrail.mediums.chat.models import Chat
from handrail.people.viewer import Viewer

Think = Callable[[Message, Question | None], None]

MOST_BEFORE = 5
"""Earlier questions that a model is told of."""


def prepared(viewer: Viewer, chat: Chat, decision: Decision) -> Think | None:
    """What is to be done once the quoted answer is there; None: it is the last word."""
    if decision.answer is None or Endpoint.chosen() is None:
        return None
    return partial(_think, viewer, chat, decision)


def _think(
    viewer: Viewer, chat: Chat, decision: Decision, message: Message, question: Question | None
) -> None:
    """Behind the page, as in Ask; where too many are at it, the quoted one stands."""
    if question and making.begin(
        question, partial(_steps, viewer, chat, decision, message, question)
    ):
        return
    actions.improve(actions.ASSISTANT, message, None)


def _steps(
    viewer: Viewer, chat: Chat, decision: Decision, message: Message, question: Question
) -> Steps:
    """Each piece is shown before the page hears of it; the row is whole before anybody looks."""
    calls: list[int] = []
    better: Answer | None = None
    evidence, _places = asking.readable_evidence(viewer, decision.asked)
    events = answering.answer(decision.asked, evidence, account=viewer.account, calls=calls)
    try:
        for event in events:
            if event[0] == "done":
                better = event[1]
                break
            yield event
            topics.changed(chat.conversation)
    finally:
        events.close()
        belongs_to(question, calls)
        actions.improve(actions.ASSISTANT, message, better)
    if better:
        yield "done", better
