"""What does the assistant answer? Read only: what comes of it is written by the actions."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import structlog
from django.utils.translation import get_language

from handrail.engines.ai.answers import Answer, Outcome
from handrail.engines.conversations.models import Message, MessageKind
from handrail.hub import asking, tools
from handrail.hub.asking import LONGEST_QUESTION
from handrail.mediums.chat.assistant import words
from handrail.mediums.chat.assistant.following import asked_with_before
from handrail.mediums.chat.assistant.offering import MOST_WISHED, asked_for, offered_with
from handrail.mediums.chat.assistant.pleasantries import politeness
from handrail.mediums.chat.models import Reason
from handrail.mediums.chat.wishes import Kind, wish_in
from handrail.people.viewer import Viewer

MOST_READ = 40
"""Lines of a chat that are looked at, from its end."""

log = structlog.get_logger("handrail.chat")


@dataclass(frozen=True)
class Asked:
    """What a member said since the assistant last spoke, and before."""

    texts: tuple[str, ...]
    before: tuple[str, ...]
    """Their earlier messages, oldest first."""
    has_files: bool = False

    @property
    def questions(self) -> list[str]:
        """What is asked, without what is only polite."""
        return _less_politeness(self.texts)

    @property
    def questions_before(self) -> list[str]:
        return _less_politeness(self.before)


@dataclass(frozen=True)
class Decision:
    """What the assistant says and does. `answer` is of the pages, to the question `asked`."""

    words: str
    answer: Answer | None = None
    asked: str = ""
    milliseconds: int = 0
    offers: tuple[str, ...] = ()
    """Names of tools."""
    offers_person: bool = False
    hands_over: Reason | None = None
    language: str = ""
    """Which language the member writes; empty: their words do not tell."""
    result: Mapping[str, object] | None = None
    """What came of something that was done for them, as it is kept."""

    @property
    def detail(self) -> dict[str, object]:
        """What is kept of it beside the words and the answer."""
        offers = {"offers": list(self.offers)} if self.offers else {}
        result = {"result": dict(self.result)} if self.result else {}
        return offers | result | ({"person": True} if self.offers_person else {})


def asked_in(messages: Sequence[Message]) -> Asked:
    """The lines of a chat, oldest first, as what was asked. What was taken back was not said."""
    said: list[str] = []
    before: list[str] = []
    has_files = False
    for message in messages:
        if message.kind != MessageKind.REPLY or message.removed_at:
            continue
        if message.member_id is None:
            before, said, has_files = [*before, *said], [], False
            continue
        said.append(message.body.strip())
        has_files = has_files or bool(message.attachments.all())
    return Asked(tuple(said), tuple(before), has_files)


def decide(viewer: Viewer, asked: Asked, language: str) -> Decision:
    """As this member. Whatever goes wrong, there is an answer: that it went wrong."""
    said = "\n".join(text[:MOST_WISHED] for text in asked.texts)
    wish = wish_in(said, [text[:MOST_WISHED] for text in asked.before])
    if wish.kind is Kind.PERSON:
        return Decision(words.fetches_person(), hands_over=Reason.WISH, language=wish.language)
    try:
        decision = _answered(viewer, asked, wish.language or language)
    except Exception:
        log.exception("assistant_stumbled")
        decision = Decision(words.broken(), offers_person=True)
    return _with_wish(decision, wish.kind, wish.language)


def _answered(viewer: Viewer, asked: Asked, language: str) -> Decision:
    question = "\n".join(asked.questions)
    if not question:
        return _not_asked(viewer, asked)
    if len(" ".join(question.split())) > LONGEST_QUESTION:
        return Decision(words.too_long(), offers=_all(viewer), offers_person=True)
    offered, spoken = tools.offered(viewer), get_language() or "en"
    if tool := asked_for(offered, question, spoken):
        return Decision(words.can_do(tool.label), offers=(tool.name,))
    started = time.monotonic()
    ask = partial(asking.ask, viewer, languages=[language] if language else [])
    reply = asked_with_before(ask, question, asked.questions_before, language)
    outcome = reply.answer.outcome
    near = offered_with(offered, question, outcome, spoken)
    return Decision(
        words.found(outcome),
        answer=reply.answer,
        asked=reply.question,
        milliseconds=round((time.monotonic() - started) * 1000),
        offers=tuple(tool.name for tool in near),
        offers_person=outcome is not Outcome.ANSWERED,
    )


def _not_asked(viewer: Viewer, asked: Asked) -> Decision:
    """Nothing is asked: it is polite, or files alone."""
    kinds = [kind for text in asked.texts if (kind := politeness(text))]
    if kinds and not asked.has_files:
        return Decision(words.polite(kinds[-1], viewer.name))
    return Decision(words.only_files(), offers=_all(viewer), offers_person=True)


def _all(viewer: Viewer) -> tuple[str, ...]:
    return tuple(tool.name for tool in tools.offered(viewer))


def _less_politeness(texts: Sequence[str]) -> list[str]:
    return [text for text in texts if text and politeness(text) is None]


def _with_wish(decision: Decision, kind: Kind, language: str) -> Decision:
    """Who may want a person, or loses patience, is answered and offered one."""
    said, offers = [decision.words], decision.offers_person
    if kind is Kind.FRUSTRATION:
        said.insert(0, words.sorry())
    if kind in (Kind.PERHAPS, Kind.FRUSTRATION):
        said, offers = [*said, words.offers_person()], True
    return replace(decision, words=" ".join(said), offers_person=offers, language=language)
