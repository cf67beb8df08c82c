"""What does a model make of it, where the operator has one? A better answer, in its own time.

The member has the quoted answer by then. The model gets the passages that the member may read, what
was said, and what can be done for them, all of it as data; what it writes is checked sentence by
sentence as in Ask, and what it chooses is only put before the member. Whatever fails, the quoted
answer stands.
"""

from collections.abc import Callable, Generator
from functools import partial

import structlog
from django.core.exceptions import ValidationError

from handrail.engines.ai import answering, making
from handrail.engines.ai.answers import Answer
from handrail.engines.ai.making import Steps
from handrail.engines.ai.model.actions import belongs_to
from handrail.engines.ai.model.choosing import Chosen
from handrail.engines.ai.model.endpoint import Endpoint
from handrail.engines.ai.model.prompting import MOST_SAID, Spoken
from handrail.engines.ai.model.writing import Event
from handrail.engines.ai.models import Question
from handrail.engines.conversations import topics
from handrail.engines.conversations.models import Message, MessageKind
from handrail.engines.live import push
from handrail.engines.live.topics import Topic
from handrail.hub import asking, tools
from handrail.hub.tools import NoSuchTool, Refused, Tool
from handrail.mediums.chat import actions
from handrail.mediums.chat.assistant.deciding import Decision
from handrail.mediums.chat.assistant.transcribing import as_text
from handrail.mediums.chat.models import Chat
from handrail.people.viewer import Viewer

Think = Callable[[Message, Question | None], None]

log = structlog.get_logger("handrail.chat")


def prepared(viewer: Viewer, chat: Chat, decision: Decision) -> Think | None:
    """What is to be done once the quoted answer is there; None: it is the last word."""
    if decision.answer is None or Endpoint.chosen() is None:
        return None
    return partial(_think, viewer, chat, decision)


def _think(
    viewer: Viewer, chat: Chat, decision: Decision, message: Message, question: Question | None
) -> None:
    """Behind the page, as in Ask; where too many are at it, the quoted one stands."""
    if question and making.begin(question, partial(_steps, viewer, chat, decision, message)):
        return
    actions.improve(actions.ASSISTANT, message, None)


def _steps(viewer: Viewer, chat: Chat, decision: Decision, message: Message) -> Steps:
    """Each piece is shown before the page hears of it; the row is whole before anybody looks."""
    calls: list[int] = []
    better: Answer | None = None
    chosen: Chosen | None = None
    offered = tools.offered(viewer)
    thread = Topic(topics.THREAD, chat.conversation.public_id)
    try:
        for event in _events(viewer, chat, decision, offered, calls):
            if event[0] == "piece":
                yield event
                push.changed(thread)
            elif event[0] == "tool":
                chosen = event[1]
            else:
                better = event[1]
    finally:
        _belongs(message, calls)
        if making.is_stopped(str(message.detail["question"])):
            better = chosen = None
        _end(viewer, chat, message, better, _chosen(viewer, chosen))
    if better:
        yield "done", better


def _events(
    viewer: Viewer, chat: Chat, decision: Decision, offered: list[Tool], calls: list[int]
) -> Generator[Event, None, None]:
    languages = [chat.language] if chat.language else []
    evidence, _places = asking.readable_evidence(viewer, decision.asked, languages=languages)
    return answering.answer(
        decision.asked,
        evidence,
        account=viewer.account,
        calls=calls,
        said=_conversation(viewer, chat),
        functions=tools.as_functions(offered),
    )


def _conversation(viewer: Viewer, chat: Chat) -> list[Spoken]:
    """What was said before, as this member may read it now; the last of theirs is the question."""
    last = Message.objects.visible_to(viewer).filter(
        conversation_id=chat.pk, kind=MessageKind.REPLY, removed_at=None, pk__lt=chat.asked_id or 0
    )
    lines = list(last.order_by("-pk")[:MOST_SAID])[::-1]
    ours = as_text(viewer, lines)
    return [Spoken(line.member_id is not None, ours.get(line.pk, line.body)) for line in lines]


def _chosen(viewer: Viewer, chosen: Chosen | None) -> tuple[Tool, dict[str, str]] | None:
    """The tool with what it takes of what the model wrote; None: it chose none, or nonsense."""
    tool = tools.find(viewer, chosen.key) if chosen else None
    if chosen is None or tool is None:
        return None
    try:
        return tool, tool.check(chosen.arguments, is_whole=False)
    except Refused as refusal:
        log.info("model_chose_nonsense", tool=tool.name, fields=sorted(refusal.errors))
        return None


def _end(
    viewer: Viewer,
    chat: Chat,
    message: Message,
    better: Answer | None,
    chosen: tuple[Tool, dict[str, str]] | None,
) -> None:
    """The answer, and below it what was chosen: nothing of it is done before the member says so."""
    if chosen is None:
        actions.improve(actions.ASSISTANT, message, better)
        return
    tool, arguments = chosen
    actions.improve(actions.ASSISTANT, message, better, tool)
    if not tool.writes:
        actions.offer(actions.ASSISTANT, message, tool, arguments)
        return
    try:
        actions.propose(viewer, chat, tool.name, arguments)
    except (NoSuchTool, Refused, ValidationError) as refusal:  # an agent has come meanwhile
        log.info("model_chose_too_late", tool=tool.name, why=type(refusal).__name__)


def _belongs(message: Message, calls: list[int]) -> None:
    asked = Question.objects.visible_to(actions.ASSISTANT)
    if question := asked.filter(public_id=message.detail.get("question", "")).first():
        belongs_to(question, calls)
