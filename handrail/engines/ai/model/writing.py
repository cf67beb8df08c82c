"""How does a model's answer come about? Asked, read sentence by sentence, checked, recorded."""

import json
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import structlog

from handrail.engines.ai.answers import Answer, Outcome, Piece, Source
from handrail.engines.ai.model import actions, bounds, prompting
from handrail.engines.ai.model.choosing import Chosen, Function
from handrail.engines.ai.model.endpoint import Endpoint
from handrail.engines.ai.model.failures import NOT_ASKED, ModelFailed
from handrail.engines.ai.model.protocol import MOST_ANSWER_TOKENS, Speech, estimated_tokens
from handrail.engines.ai.model.reading import Reader, Said
from handrail.engines.ai.model.support import Checker
from handrail.engines.ai.models import CallOutcome, ModelCall
from handrail.engines.ai.quoting import MOST_CLOSEST
from handrail.engines.ai.sources import Sources
from handrail.engines.search.library.blocks import Kind, sentences
from handrail.engines.search.library.evidence import Evidence
from handrail.people.models import Account

log = structlog.get_logger("handrail.ai")

LEAST_SUPPORTED = 0.5
"""Which part of its sentences must hold; of an answer that is made up for the most part, what is
left by chance is not shown either."""

HOLDS = 0.75
"""Certainty of an answer of which at least half was found in the pages. Not measured: an estimate,
as is that a model's no halves what the built-in engine thought."""

FREE = frozenset(
    {
        CallOutcome.UNREACHABLE,
        CallOutcome.KEY_REFUSED,
        CallOutcome.UNKNOWN_MODEL,
        CallOutcome.REFUSED,
        CallOutcome.TOO_MANY,
    }
)
"""Outcomes of calls that the endpoint did not work on."""

Event = (
    tuple[Literal["piece"], Piece] | tuple[Literal["tool"], Chosen] | tuple[Literal["done"], Answer]
)


@dataclass
class Draft:
    """An answer while it grows: what held so far."""

    checker: Checker
    sources: Sources = field(default_factory=Sources)
    pieces: list[Piece] = field(default_factory=list)
    dropped: int = 0
    says_no: bool = False
    chosen: Chosen | None = None
    _texts: set[str] = field(default_factory=set)
    """What was said: a sentence that comes again is neither shown again nor counted."""

    def take(self, said: Said) -> Piece | None:
        """What of it the passages say; None: nothing. Steps hold whole or not at all, since a way
        with a step left out leads elsewhere."""
        held = []
        for line in said.lines:
            if said.kind is Kind.TEXT and line.text in self._texts:
                return None
            self._texts.add(line.text)
            parts = sentences(line.text) if said.kind is Kind.TEXT else _parts(line.text)
            found = [self.checker.supporting(part, line.marks) for part in parts]
            if found and all(found):
                held.append((line.text, [one for some in found for one in some]))
        missing = len(said.lines) - len(held)
        self.dropped += missing
        if not held or (missing and said.kind is Kind.STEPS):
            self.dropped += len(held)
            return None
        passages = {one.number: one for _line, some in held for one in some}
        lead = said.lead if self.checker.supporting(said.lead, list(passages)) else ""
        numbers = tuple(self.sources.number(one.page, one.section) for one in passages.values())
        lines = tuple(text for text, _some in held)
        piece = Piece(said.kind, lines, numbers, is_quoted=False, lead=lead)
        self.pieces.append(piece)
        return piece

    @property
    def holds(self) -> bool:
        kept = sum(len(piece.lines) for piece in self.pieces)
        return kept > 0 and kept >= LEAST_SUPPORTED * (kept + self.dropped)


def answer_with_model(
    question: str,
    evidence: Evidence,
    quoted: Answer,
    *,
    goal: str = "",
    before: Sequence[str] = (),
    account: Account | None = None,
    calls: list[int] | None = None,
    said: Sequence[prompting.Spoken] = (),
    functions: Sequence[Function] = (),
) -> Generator[Event, None, None]:
    """Pieces as they are finished and found in the passages, then the answer. No `done` comes when
    the model gave none that holds: then `quoted`, the built-in answer, is the one.

    `before`: earlier questions of the thread, the last one last. `account` pays; None: the budget
    of all who have none. `calls` gets the ids of the rows of ModelCall. Whoever stops listening
    closes the iterator, which ends the call. `said`: the conversation before the question.
    `functions`: what it may choose instead of an answer, or beside one; that comes as `tool`.
    """
    endpoint = Endpoint.chosen()
    passages = prompting.chosen(question, evidence)
    if endpoint is None or not (passages or functions):
        return
    sent = prompting.messages(
        question, passages, goal=goal, before=before, said=said, has_tools=bool(functions)
    )
    draft = Draft(Checker(passages))
    asking = Asking(endpoint, sent, functions, account, calls if calls is not None else [])
    try:
        yield from _asked(asking, draft)
    except ModelFailed:
        return
    if draft.chosen:
        yield "tool", draft.chosen
    answer = _answer(draft, quoted, endpoint.name)
    if answer:
        yield "done", answer


@dataclass(frozen=True)
class Asking:
    """What is sent to whom, and who pays."""

    endpoint: Endpoint
    sent: list[dict[str, str]]
    functions: Sequence[Function]
    account: Account | None
    calls: list[int]

    @property
    def tokens(self) -> int:
        """Of the prompt, about."""
        tools = json.dumps([one.as_sent for one in self.functions]) if self.functions else ""
        return estimated_tokens("".join(each["content"] for each in self.sent) + tools)


def _asked(asking: Asking, draft: Draft) -> Iterator[Event]:
    """One call with its row. Raises ModelFailed when there is nothing to show for it."""
    name, account, prompt = asking.endpoint.name, asking.account, asking.tokens
    try:
        bounds.breaker.check()
        bounds.check_budget(account, prompt + MOST_ANSWER_TOKENS)
        with bounds.turns.one():
            call = actions.begin(name, account, prompt=prompt, answer=MOST_ANSWER_TOKENS)
            asking.calls.append(call.pk)
            yield from _recorded(asking, draft, call)
    except ModelFailed as trouble:
        if trouble.outcome in NOT_ASKED:
            asking.calls.append(actions.not_asked(name, account, trouble.outcome).pk)
        raise


def _recorded(asking: Asking, draft: Draft, call: ModelCall) -> Iterator[Event]:
    speech = Speech(asking.endpoint, asking.sent, asking.functions)
    began = time.monotonic()
    outcome, words = CallOutcome.STOPPED, ""
    try:
        yield from _read(speech, draft)
        bounds.breaker.succeeded()
        outcome = _outcome(draft)
    except ModelFailed as trouble:
        bounds.breaker.failed(trouble)
        outcome, words = trouble.outcome, trouble.words
        log.warning("model_failed", reason=outcome.value, words=words)
        raise
    finally:  # also when nobody listens any more
        call.milliseconds = int((time.monotonic() - began) * 1000)
        _count(call, speech, outcome)
        actions.end(call, outcome, words)


def _read(speech: Speech, draft: Draft) -> Iterator[Event]:
    reader = Reader()
    for text in speech.pieces():
        for said in reader.feed(text):
            if piece := draft.take(said):
                yield "piece", piece
    for said in reader.end():
        if piece := draft.take(said):
            yield "piece", piece
    draft.says_no, draft.chosen = reader.says_no, speech.chosen


def _outcome(draft: Draft) -> CallOutcome:
    if draft.holds:
        return CallOutcome.ANSWERED
    if draft.chosen:
        return CallOutcome.CHOSE
    return CallOutcome.NO_ANSWER if draft.says_no else CallOutcome.UNSUPPORTED


def _count(call: ModelCall, speech: Speech, outcome: CallOutcome) -> None:
    """What it cost: as the endpoint says, else as it is estimated from what came."""
    if outcome in FREE:
        call.prompt_tokens = call.answer_tokens = 0
        return
    call.is_estimated = speech.prompt_tokens is None or speech.answer_tokens is None
    if speech.prompt_tokens is not None:
        call.prompt_tokens = speech.prompt_tokens
    if speech.answer_tokens is not None:
        call.answer_tokens = speech.answer_tokens
    else:
        call.answer_tokens = speech.letters // 4 + 1 if speech.letters else 0


def _answer(draft: Draft, quoted: Answer, name: str) -> Answer | None:
    """The model's, or what its no means; None: the built-in answer stands as it is.

    Where the model says no and the built-in engine yes, neither is believed: what would be quoted
    is shown as the closest there is. So a page that talks a model into silence hides nothing.
    """
    if draft.holds:
        sources = draft.sources.all
        sure = max(quoted.certainty, HOLDS)
        rest = _closest(quoted, sources)
        return Answer(Outcome.ANSWERED, sure, tuple(draft.pieces), sources, rest, name)
    if not draft.says_no:
        return None
    unsure = quoted.certainty / 2
    if quoted.outcome is Outcome.ANSWERED:
        return Answer(Outcome.CLOSEST, unsure, quoted.pieces, quoted.sources, quoted.closest)
    return Answer(Outcome.NOTHING, unsure, closest=_closest(quoted, ()), engine=name)


def _parts(line: str) -> list[str]:
    """The sentences of a step or an item, without its number."""
    _mark, _blank, text = line.partition(" ")
    return sentences(text)


def _closest(quoted: Answer, sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """What the built-in engine found near to the question, of pages that are no source."""
    named = {(one.medium, one.thing_id) for one in sources}
    best: dict[tuple[str, str], Source] = {}
    for one in (*quoted.sources, *quoted.closest):
        best.setdefault((one.medium, one.thing_id), one)
    return tuple(one for page, one in best.items() if page not in named)[:MOST_CLOSEST]
