"""How does a model's answer come about? Asked, read sentence by sentence, checked, recorded."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from handrail.engines.ai.answers import Answer, Outcome, Piece, Source
from handrail.engines.ai.model import prompting
from handrail.engines.ai.model.choosing import Chosen, Function
from handrail.engines.ai.model.endpoint import Endpoint
from handrail.engines.ai.model.failures import ModelFailed
from handrail.engines.ai.model.protocol import Speech
from handrail.engines.ai.model.reading import Reader, Said
from handrail.engines.ai.model.recording import Asking, asked
from handrail.engines.ai.model.support import Checker
from handrail.engines.ai.models import CallOutcome
from handrail.engines.ai.quoting import MOST_CLOSEST
from handrail.engines.ai.sources import Sources
from handrail.engines.search.library.blocks import Kind, sentences
from handrail.engines.search.library.evidence import Evidence
from handrail.people.models import Account

LEAST_SUPPORTED = 0.5
"""Which part of its sentences must hold; of an answer that is made up for the most part, what is
left by chance is not shown either."""

HOLDS = 0.75
"""Certainty of an answer of which at least half was found in the pages. Not measured: an estimate,
as is that a model's no halves what the built-in engine thought."""

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
        yield from asked(asking, partial(_read, draft), partial(_outcome, draft))
    except ModelFailed:
        return
    if draft.chosen:
        yield "tool", draft.chosen
    answer = _answer(draft, quoted, endpoint.name)
    if answer:
        yield "done", answer


def _read(draft: Draft, speech: Speech) -> Iterator[Event]:
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
