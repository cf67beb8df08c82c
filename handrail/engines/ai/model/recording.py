"""What is written down of a call? A row before it begins, and how it ended; within bounds."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import structlog

from handrail.engines.ai.model import actions, bounds
from handrail.engines.ai.model.choosing import Function
from handrail.engines.ai.model.endpoint import Endpoint
from handrail.engines.ai.model.failures import NOT_ASKED, ModelFailed
from handrail.engines.ai.model.protocol import MOST_ANSWER_TOKENS, Speech, estimated_tokens
from handrail.engines.ai.models import CallOutcome, ModelCall
from handrail.people.models import Account

log = structlog.get_logger("handrail.ai")

Read = TypeVar("Read")

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


@dataclass(frozen=True)
class Asking:
    """What is sent to whom, and who pays."""

    endpoint: Endpoint
    sent: list[dict[str, str]]
    functions: Sequence[Function]
    account: Account | None
    calls: list[int]
    """Gets the ids of the rows."""

    @property
    def tokens(self) -> int:
        """Of the prompt, about."""
        tools = json.dumps([one.as_sent for one in self.functions]) if self.functions else ""
        return estimated_tokens("".join(each["content"] for each in self.sent) + tools)


def asked(
    asking: Asking, read: Callable[[Speech], Iterator[Read]], outcome: Callable[[], CallOutcome]
) -> Iterator[Read]:
    """One call with its row: what `read` makes of it, and how that ended, as `outcome` says then.
    Raises ModelFailed when there is nothing to show for it."""
    name, account, prompt = asking.endpoint.name, asking.account, asking.tokens
    try:
        bounds.breaker.check()
        bounds.check_budget(account, prompt + MOST_ANSWER_TOKENS)
        with bounds.turns.one():
            call = actions.begin(name, account, prompt=prompt, answer=MOST_ANSWER_TOKENS)
            asking.calls.append(call.pk)
            yield from _recorded(asking, read, outcome, call)
    except ModelFailed as trouble:
        if trouble.outcome in NOT_ASKED:
            asking.calls.append(actions.not_asked(name, account, trouble.outcome).pk)
        raise


def _recorded(
    asking: Asking,
    read: Callable[[Speech], Iterator[Read]],
    outcome: Callable[[], CallOutcome],
    call: ModelCall,
) -> Iterator[Read]:
    speech = Speech(asking.endpoint, asking.sent, asking.functions)
    began = time.monotonic()
    ended, words = CallOutcome.STOPPED, ""
    try:
        yield from read(speech)
        bounds.breaker.succeeded()
        ended = outcome()
    except ModelFailed as trouble:
        bounds.breaker.failed(trouble)
        ended, words = trouble.outcome, trouble.words
        log.warning("model_failed", reason=ended.value, words=words)
        raise
    finally:  # also when nobody listens any more
        call.milliseconds = int((time.monotonic() - began) * 1000)
        _count(call, speech, ended)
        actions.end(call, ended, words)


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
