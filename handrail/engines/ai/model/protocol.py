"""How is the model asked, and what comes back? OpenAI's protocol by OpenAI's SDK, within limits.

The SDK is imported with the first question (0.6 s and 45 MB). It builds its objects from whatever
an endpoint sends without looking at types, so what is used of them is looked at here.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from handrail.engines.ai.model.choosing import Choice, Chosen, Function
from handrail.engines.ai.model.endpoint import Endpoint
from handrail.engines.ai.model.failures import ModelFailed, tame
from handrail.engines.ai.models import CallOutcome

if TYPE_CHECKING:
    import openai

    from handrail.engines.ai.model.wire import Clock

MOST_ANSWER_TOKENS = 700
MOST_LETTERS = 8_000
"""Of an answer, whatever the endpoint thinks of MOST_ANSWER_TOKENS."""
MOST_TOKENS_SAID = 1_000_000
"""What an endpoint may say that a call has cost."""
LONGEST_WAIT = 600.0
"""Seconds of Retry-After that are believed."""

WANTED: Mapping[str, Any] = {
    "temperature": 0,
    "max_tokens": MOST_ANSWER_TOKENS,
    "stream_options": {"include_usage": True},
}
"""What not every endpoint knows, or lets one choose; see `_without`."""
TOOLS = "tools"
INSTEAD: Mapping[str, Mapping[str, Any]] = {
    "max_tokens": {"max_completion_tokens": MOST_ANSWER_TOKENS},
}

_learned: dict[tuple[str, str], dict[str, Any]] = {}
"""By endpoint and model: what of WANTED it takes, once it has refused some of it."""

_without_tools: set[tuple[str, str]] = set()
"""Endpoints and models that take no tools: they are asked without."""

_HEADERS: dict[str, Any] = {"Accept-Encoding": "identity"}
_OF_THE_ENVIRONMENT = ("OpenAI-Organization", "OpenAI-Project")
"""Headers that the SDK would take from variables of the process that are none of ours."""

Messages = list[dict[str, str]]


class Speech:
    """One question to a model; `pieces` is read once. `functions` are what it may choose of."""

    def __init__(
        self, endpoint: Endpoint, messages: Messages, functions: Sequence[Function] = ()
    ) -> None:
        self._endpoint = endpoint
        self._messages = messages
        self._functions = functions
        self._choice = Choice(functions)
        self.chosen: Chosen | None = None
        """What it chose, once all was read."""
        self.letters = 0
        self.prompt_tokens: int | None = None
        """As the endpoint says, when it says so, at the end."""
        self.answer_tokens: int | None = None

    def pieces(self) -> Generator[str, None, None]:
        """The answer's text as it comes. Raises ModelFailed, also after some of it came."""
        import openai.resources.chat.completions  # noqa: F401  before the clock begins

        from handrail.engines.ai.model.wire import Clock

        clock = Clock(self._endpoint.seconds)
        with _in_our_words(self._endpoint, clock), _client(self._endpoint, clock) as client:
            stream = self._begun(client)
            with stream:
                if not stream.response.headers.get("content-type", "").startswith(
                    "text/event-stream"
                ):
                    raise ModelFailed(CallOutcome.MALFORMED, "not a stream of events")
                yield from self._read(stream, clock)

    def _begun(self, client: openai.OpenAI) -> openai.Stream[Any]:
        """Asks, and again without what the endpoint says that it does not take."""
        import openai

        known = (self._endpoint.url, self._endpoint.model)
        options = dict(_learned.get(known, WANTED))
        if self._functions and known not in _without_tools:
            options[TOOLS] = [one.as_sent for one in self._functions]
        while True:
            try:
                asked: Any = client.chat.completions.create
                begun: openai.Stream[Any] = asked(
                    model=self._endpoint.model, messages=self._messages, stream=True, **options
                )
                return begun
            except (openai.BadRequestError, openai.UnprocessableEntityError) as refused:
                fewer = _without(options, refused)
                if fewer is None:
                    raise
                if TOOLS in options and TOOLS not in fewer:
                    _without_tools.add(known)
                options = fewer
                _learned[known] = {key: it for key, it in fewer.items() if key != TOOLS}

    def _read(self, stream: openai.Stream[Any], clock: Clock) -> Iterator[str]:
        finish = ""
        for chunk in stream:
            self._count(getattr(chunk, "usage", None))
            text, finish_now = self._said(chunk)
            finish = finish_now or finish
            if text or self._choice.is_begun:
                clock.said_something()
            if not text:
                continue
            self.letters += len(text)
            if self.letters > MOST_LETTERS:
                raise ModelFailed(CallOutcome.CUT_OFF, "more than an answer may have")
            yield text
        if self._choice.is_begun:
            if finish not in ("tool_calls", "stop"):
                raise ModelFailed(CallOutcome.CUT_OFF, tame(finish, self._endpoint.key))
            self.chosen = self._choice.made()
            return
        if not self.letters and finish != "tool_calls":
            raise ModelFailed(CallOutcome.EMPTY)
        if finish == "tool_calls":
            raise ModelFailed(CallOutcome.TOOLS)
        if finish != "stop":
            raise ModelFailed(CallOutcome.CUT_OFF, tame(finish, self._endpoint.key))

    def _said(self, chunk: object) -> tuple[str, str]:
        """The text of one event, and why it is the last one; a choice is put together beside it."""
        choices = getattr(chunk, "choices", None)
        if not isinstance(choices, list):
            raise ModelFailed(CallOutcome.MALFORMED, "an event without choices")
        if not choices:
            return "", ""  # the one that only counts
        delta = getattr(choices[0], "delta", None)
        finish = getattr(choices[0], "finish_reason", None)
        if getattr(delta, "function_call", None):
            raise ModelFailed(CallOutcome.TOOLS)
        if calls := getattr(delta, "tool_calls", None):
            self._choice.take(calls)
        text = getattr(delta, "content", None) or ""
        if not isinstance(text, str):
            raise ModelFailed(CallOutcome.MALFORMED, "a piece that is no text")
        return text, finish if isinstance(finish, str) else ""

    def _count(self, usage: object) -> None:
        for name, said in (
            ("prompt_tokens", getattr(usage, "prompt_tokens", None)),
            ("answer_tokens", getattr(usage, "completion_tokens", None)),
        ):
            if isinstance(said, int) and 0 <= said <= MOST_TOKENS_SAID:
                setattr(self, name, said)


def estimated_tokens(text: str) -> int:
    """About four bytes each; more than there are in English, fewer in some scripts."""
    return len(text.encode()) // 4 + 1


def _without(options: dict[str, Any], refused: openai.APIStatusError) -> dict[str, Any] | None:
    """What is left to ask with; None: it was refused for something else."""
    said = f"{refused.param} {refused.message}"
    for name in (*WANTED, TOOLS):
        if name in options and name in said:
            left = {key: value for key, value in options.items() if key != name}
            return {**left, **INSTEAD.get(name, {})}
    return None


@contextmanager
def _client(endpoint: Endpoint, clock: Clock) -> Iterator[openai.OpenAI]:
    import httpx2
    import openai

    from handrail.engines.ai.model.wire import Transport

    with openai.OpenAI(
        base_url=endpoint.url,
        api_key=endpoint.key or "none",  # the SDK wants one; endpoints without keys look at none
        max_retries=0,  # the built-in answer is better than a later one
        default_headers=_HEADERS | {name: openai.Omit() for name in _OF_THE_ENVIRONMENT},
        http_client=httpx2.Client(
            transport=Transport(clock), follow_redirects=False, trust_env=False, timeout=None
        ),
    ) as client:
        yield client


@contextmanager
def _in_our_words(endpoint: Endpoint, clock: Clock) -> Iterator[None]:
    """Whatever goes wrong, as ModelFailed. Everything is caught: bytes of others go through three
    libraries here, and nobody can list what each may stumble over."""
    import openai

    from handrail.engines.ai.model.wire import TooMuch

    try:
        yield
    except ModelFailed:
        raise
    except openai.APIStatusError as trouble:
        raise _refusal(trouble, endpoint.key) from None
    except openai.APIError as trouble:
        if clock.is_over or isinstance(trouble, openai.APITimeoutError):
            raise ModelFailed(CallOutcome.SLOW) from None
        if isinstance(trouble, openai.APIConnectionError):
            raise ModelFailed(CallOutcome.CUT_OFF) from None
        raise ModelFailed(CallOutcome.BROKEN, tame(trouble.message, endpoint.key)) from None
    except TooMuch:
        raise ModelFailed(CallOutcome.MALFORMED, "too many bytes") from None
    except Exception as trouble:
        raise _stumbled(trouble, clock) from None


def _refusal(trouble: openai.APIStatusError, key: str) -> ModelFailed:
    """By its status (RFC 9110), as OpenAI and those who speak like it use them."""
    status = trouble.status_code
    outcomes = {
        401: CallOutcome.KEY_REFUSED,
        403: CallOutcome.KEY_REFUSED,
        404: CallOutcome.UNKNOWN_MODEL,
        429: CallOutcome.TOO_MANY,
    }
    broken = CallOutcome.BROKEN if status >= 500 else CallOutcome.REFUSED
    body = trouble.body if isinstance(trouble.body, dict) else {}
    words = f"{status} {body.get('message') or body.get('detail') or ''}"
    if 300 <= status < 400:
        words = f"{status}, a redirect, which is not followed"
    after = trouble.response.headers.get("retry-after", "")
    seconds = min(float(after), LONGEST_WAIT) if after.isascii() and after.isdigit() else 0.0
    return ModelFailed(outcomes.get(status, broken), tame(words, key), seconds)


def _stumbled(trouble: Exception, clock: Clock) -> ModelFailed:
    import httpcore2

    from handrail.base.outbound import OutboundFailed

    if isinstance(trouble, httpcore2.ConnectError | httpcore2.ConnectTimeout | OutboundFailed):
        return ModelFailed(CallOutcome.UNREACHABLE)
    if isinstance(trouble, TimeoutError | httpcore2.TimeoutException) or clock.is_over:
        return ModelFailed(CallOutcome.SLOW)
    if isinstance(trouble, httpcore2.NetworkError | httpcore2.RemoteProtocolError | OSError):
        return ModelFailed(CallOutcome.CUT_OFF, type(trouble).__name__)
    return ModelFailed(CallOutcome.MALFORMED, type(trouble).__name__)
