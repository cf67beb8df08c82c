"""Who answers? The model that the operator chose, as far as the pages say it; else the built-in
engine, which also takes over whenever the model fails."""

from collections.abc import Generator, Iterable, Sequence

from handrail.engines.ai import quoting
from handrail.engines.ai.answers import Answer
from handrail.engines.ai.model.choosing import Function
from handrail.engines.ai.model.prompting import Spoken
from handrail.engines.ai.model.writing import Event, answer_with_model
from handrail.engines.search.library.evidence import Evidence
from handrail.people.models import Account


def answer(
    question: str,
    evidence: Evidence,
    *,
    goal: str = "",
    before: Sequence[str] = (),
    account: Account | None = None,
    calls: list[int] | None = None,
    said: Sequence[Spoken] = (),
    functions: Sequence[Function] = (),
) -> Generator[Event, None, None]:
    """`("piece", Piece)` as they come, and at the end, once, `("done", Answer)`.
    Before that, where a model chose one of `functions`, `("tool", Chosen)`.

    The answer of `done` is the one that counts: a model may fail when some of its pieces were given
    out already, and then it is another's. What each piece says is in the passages that it names,
    also of those. Whoever stops listening closes it, which ends the call of the model. No call, no
    query and no waiting where there is no model or no evidence.
    The other arguments: see `answer_with_model`.
    """
    quoted = quoting.answer(question, evidence)
    was_shown = False
    for event in answer_with_model(
        question,
        evidence,
        quoted,
        goal=goal,
        before=before,
        account=account,
        calls=calls,
        said=said,
        functions=functions,
    ):
        yield event
        if event[0] == "done":
            return
        was_shown = was_shown or event[0] == "piece"
    if not was_shown:
        yield from (("piece", piece) for piece in quoted.pieces)
    yield "done", quoted


def whole(events: Iterable[Event]) -> Answer:
    """The answer alone, for who waits for it."""
    for event in events:
        if event[0] == "done":
            return event[1]
    raise ValueError("an answer has an end")
