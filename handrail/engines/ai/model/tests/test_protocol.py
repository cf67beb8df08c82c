"""Is an endpoint asked as the protocol wants it, and is every way to misbehave over in time?

Against a real server on loopback that speaks it.
"""

import gzip
import importlib
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest

from handrail.engines.ai.model import wire
from handrail.engines.ai.model.endpoint import Endpoint
from handrail.engines.ai.model.failures import ModelFailed
from handrail.engines.ai.model.protocol import Speech, estimated_tokens
from handrail.engines.ai.models import CallOutcome
from tests import model_endpoint
from tests.model_endpoint import KEY, Gone, Send, endpoint, event, line
from tools import processes

pytestmark = pytest.mark.once

MESSAGES = [{"role": "system", "content": "Rules"}, {"role": "user", "content": "Why?"}]


@pytest.fixture(scope="module", autouse=True)
def sdk() -> None:
    """Loading the library is no part of how long an endpoint takes."""
    importlib.import_module("openai.resources.chat.completions")


@pytest.fixture
def here() -> Iterator[model_endpoint.Endpoint]:
    with endpoint() as running:
        yield running


def speech(here: model_endpoint.Endpoint, seconds: float = 3) -> Speech:
    return Speech(Endpoint(here.url, "small", KEY, seconds), MESSAGES)


def failure(here: model_endpoint.Endpoint, seconds: float = 3) -> ModelFailed:
    with pytest.raises(ModelFailed) as failed:
        list(speech(here, seconds).pieces())
    assert KEY not in str(failed.value)
    assert failed.value.__suppress_context__ or failed.value.__context__ is None
    return failed.value


def test_an_answer_comes_piece_by_piece(here: model_endpoint.Endpoint) -> None:
    here.says("It ", "is ", "so.", usage={"usage": {"prompt_tokens": 9, "completion_tokens": 3}})
    said = speech(here)
    assert list(said.pieces()) == ["It ", "is ", "so."]
    assert (said.prompt_tokens, said.answer_tokens, said.letters) == (9, 3, 9)
    [asked] = here.asked
    assert (asked["model"], asked["messages"], asked["stream"]) == ("small", MESSAGES, True)
    assert not {"tools", "functions"} & set(asked)
    assert here.headers[0]["authorization"] == f"Bearer {KEY}"


def test_the_first_piece_is_there_before_the_last_is_written(
    here: model_endpoint.Endpoint,
) -> None:
    waiting: list[float] = []

    def slowly(send: Send) -> None:
        send(event({"content": "First "}))
        time.sleep(0.4)
        waiting.append(time.monotonic())
        send(event({"content": "last."}, finish="stop"))

    here.plays(slowly)
    pieces = speech(here).pieces()
    assert next(pieces) == "First "
    assert not waiting
    assert list(pieces) == ["last."]


def test_nothing_of_the_environment_is_sent(
    here: model_endpoint.Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-somebody")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "project-of-somebody")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    here.says("So.")
    assert list(speech(here).pieces()) == ["So."]
    assert "of-somebody" not in str(here.headers)


@pytest.mark.parametrize(
    ("status", "message", "outcome"),
    [
        (401, f"Incorrect API key provided: {KEY}", CallOutcome.KEY_REFUSED),
        (403, "Not for you", CallOutcome.KEY_REFUSED),
        (404, "The model `small` does not exist", CallOutcome.UNKNOWN_MODEL),
        (400, "Too long", CallOutcome.REFUSED),
        (413, "Too large", CallOutcome.REFUSED),
        (500, "\x1b[31mOops\x00 \u202e https://internal.example/trace", CallOutcome.BROKEN),
        (503, "x" * 5000, CallOutcome.BROKEN),
    ],
)
def test_a_refusal_is_told_by_its_status_in_tame_words(
    here: model_endpoint.Endpoint, status: int, message: str, outcome: CallOutcome
) -> None:
    here.fails(status, message)
    failed = failure(here)
    assert failed.outcome is outcome
    assert failed.words.startswith(str(status)) and len(failed.words) <= 200
    assert failed.words.isprintable() and "://" not in failed.words
    assert len(here.asked) == 1  # never again by itself


@pytest.mark.parametrize(("said", "seconds"), [("7", 7), ("99999999", 600), ("soon", 0), ("-1", 0)])
def test_429_says_when_to_come_back(
    here: model_endpoint.Endpoint, said: str, seconds: float
) -> None:
    here.fails(429, "Slow down", Retry_After=said)
    failed = failure(here)
    assert (failed.outcome, failed.retry_after) == (CallOutcome.TOO_MANY, seconds)


def test_redirects_are_not_followed(here: model_endpoint.Endpoint) -> None:
    with endpoint() as other:
        here.sends(b"", 307, Location=f"{other.url}/chat/completions")
        assert failure(here).outcome is CallOutcome.REFUSED
        assert not other.asked


@pytest.mark.parametrize(
    "body",
    [
        b"data: {not json\n\n",
        b"data: [1, 2]\n\n",
        b"data: null\n\n",
        b'data: "text"\n\n',
        b'data: {"choices": "none"}\n\n',
        b'data: {"choices": [3]}\n\ndata: {"choices": [{"delta": {"content": 5}}]}\n\n',
        b'data: {"choices": [{"delta": {"content": ["a"]}}]}\n\n',
        b"data: \xff\xfe\n\n",
        b"data: " + b"x" * 3_000_000,
        b"x" * 3_000_000,
        b'data: {"a": ' + b"[" * 100_000 + b"\n\n",
    ],
)
def test_what_is_not_in_the_protocol_is_an_end(here: model_endpoint.Endpoint, body: bytes) -> None:
    here.sends(body)
    assert failure(here).outcome is CallOutcome.MALFORMED


@pytest.mark.parametrize("kind", ["text/html", "application/json", ""])
def test_a_page_or_json_is_no_stream(here: model_endpoint.Endpoint, kind: str) -> None:
    here.sends(b'{"choices": [{"message": {"content": "So."}}]}', Content_Type=kind)
    assert failure(here).outcome is CallOutcome.MALFORMED


def test_what_is_packed_is_not_unpacked(here: model_endpoint.Endpoint) -> None:
    bomb = gzip.compress(b"data: " + b"0" * 5_000_000)
    here.sends(bomb, Content_Encoding="gzip")
    assert failure(here).outcome in (CallOutcome.CUT_OFF, CallOutcome.MALFORMED)


def test_an_error_in_the_stream_is_one(here: model_endpoint.Endpoint) -> None:
    here.sends(line({"error": {"message": "out of memory"}}))
    failed = failure(here)
    assert (failed.outcome, failed.words) == (CallOutcome.BROKEN, "out of memory")


@pytest.mark.parametrize(
    "delta",
    [
        {"tool_calls": [{"index": 0, "function": {"name": "delete_all", "arguments": "{}"}}]},
        {"function_call": {"name": "delete_all", "arguments": "{}"}},
        {"content": "Wait.", "tool_calls": [{"index": 0}]},
    ],
)
def test_tools_are_not_ours_to_call(here: model_endpoint.Endpoint, delta: Any) -> None:
    here.sends(event(delta))
    assert failure(here).outcome is CallOutcome.TOOLS
    here.says(finish="tool_calls")
    assert failure(here).outcome is CallOutcome.TOOLS


@pytest.mark.parametrize("pieces", [(), ("",), (None,)])
def test_nothing_said_is_empty(here: model_endpoint.Endpoint, pieces: Any) -> None:
    here.says(*pieces)
    assert failure(here).outcome is CallOutcome.EMPTY
    here.sends(line({"choices": []}) + b"data: [DONE]\n\n")
    assert failure(here).outcome is CallOutcome.EMPTY


def test_an_answer_without_an_end_is_cut_off(here: model_endpoint.Endpoint) -> None:
    def gone(send: Send) -> None:
        send(event({"content": "It is"}))
        raise Gone

    for finish in ("length", "content_filter", None):
        here.says("It is", finish=finish)
        assert failure(here).outcome is CallOutcome.CUT_OFF
    here.plays(gone)
    assert failure(here).outcome is CallOutcome.CUT_OFF


def test_a_connection_that_ends_in_the_middle_of_a_body_is_cut_off(
    here: model_endpoint.Endpoint,
) -> None:
    here.sends(event({"content": "It is"}), Content_Length="5000")
    assert failure(here).outcome is CallOutcome.CUT_OFF


# --- Patience -----------------------------------------------------------------------------------


def took(here: model_endpoint.Endpoint, seconds: float) -> tuple[CallOutcome, float]:
    began = time.monotonic()
    return failure(here, seconds).outcome, time.monotonic() - began


def test_a_slow_first_word_is_not_waited_for(here: model_endpoint.Endpoint) -> None:
    here.plays(lambda send: time.sleep(8))
    outcome, seconds = took(here, 0.8)
    assert outcome is CallOutcome.SLOW
    assert seconds < 6


def test_signs_of_life_are_no_words(here: model_endpoint.Endpoint) -> None:
    def alive(send: Send) -> None:
        while True:
            send(b": alive\n\n" + event({"role": "assistant"}) + event({"content": ""}))
            time.sleep(0.02)

    here.plays(alive)
    outcome, seconds = took(here, 0.8)
    assert outcome is CallOutcome.SLOW
    assert seconds < 6


def test_a_stall_in_the_middle_ends_it(
    here: model_endpoint.Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stalls(send: Send) -> None:
        send(event({"content": "It is"}))
        time.sleep(9)

    monkeypatch.setattr(wire, "STALL_SECONDS", 0.3)
    here.plays(stalls)
    outcome, seconds = took(here, 20)
    assert outcome is CallOutcome.SLOW
    assert seconds < 7


def test_a_stream_without_end_ends(here: model_endpoint.Endpoint) -> None:
    def slowly(send: Send) -> None:
        while True:
            send(event({"content": "and "}))
            time.sleep(0.02)

    def quickly(send: Send) -> None:
        while True:
            send(event({"content": "and so on "}))

    here.plays(slowly)
    outcome, seconds = took(here, 0.8)
    assert outcome is CallOutcome.SLOW
    assert seconds < 6
    here.plays(quickly)
    assert took(here, 20)[0] is CallOutcome.CUT_OFF


def test_a_line_that_drips_ends(here: model_endpoint.Endpoint) -> None:
    def drips(send: Send) -> None:
        send(b"data: ")
        while True:
            send(b"x")
            time.sleep(0.01)

    here.plays(drips)
    assert took(here, 0.8)[0] is CallOutcome.SLOW


def test_whom_nobody_reaches_is_unreachable() -> None:
    for url in (
        f"http://127.0.0.1:{processes.free_port()}/v1",
        "http://no-such-name.invalid/v1",
    ):
        with pytest.raises(ModelFailed) as failed:
            list(Speech(Endpoint(url, "small", KEY, 3), MESSAGES).pieces())
        assert failed.value.outcome is CallOutcome.UNREACHABLE


def test_a_server_that_takes_no_connections_is_given_up() -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}/v1"
        began = time.monotonic()
        with pytest.raises(ModelFailed) as failed:
            list(Speech(Endpoint(url, "small", KEY, 0.8), MESSAGES).pieces())
    assert failed.value.outcome in (CallOutcome.SLOW, CallOutcome.UNREACHABLE)
    assert time.monotonic() - began < 6


def test_who_stops_listening_ends_the_call(here: model_endpoint.Endpoint) -> None:
    gone: list[bool] = []

    def notices(send: Send) -> None:
        try:
            while True:
                send(event({"content": "and "}))
                time.sleep(0.02)
        except (BrokenPipeError, ConnectionResetError):
            gone.append(True)

    here.plays(notices)
    pieces = speech(here).pieces()
    next(pieces)
    pieces.close()
    until = time.monotonic() + 3
    while not gone and time.monotonic() < until:
        time.sleep(0.02)
    assert gone


# --- Endpoints differ ---------------------------------------------------------------------------


def test_what_an_endpoint_does_not_take_is_left_out_from_then_on(
    here: model_endpoint.Endpoint,
) -> None:
    def refuse(asked: dict[str, Any]) -> dict[str, Any] | None:
        if "max_tokens" in asked:
            return {"message": "Use 'max_completion_tokens' instead.", "param": "max_tokens"}
        if "temperature" in asked:
            return {"message": "Unsupported value: 'temperature'", "param": "temperature"}
        return None

    here.refuse = refuse
    here.says("So.")
    assert list(speech(here).pieces()) == ["So."]
    assert len(here.asked) == 3
    assert here.asked[-1]["max_completion_tokens"] > 0
    assert list(speech(here).pieces()) == ["So."]
    assert len(here.asked) == 4


def test_an_endpoint_that_refuses_everything_is_not_asked_for_ever(
    here: model_endpoint.Endpoint,
) -> None:
    here.refuse = lambda asked: {"message": "temperature max_tokens stream_options model"}
    assert failure(here).outcome is CallOutcome.REFUSED
    assert len(here.asked) <= 4


@pytest.mark.parametrize("usage", ["many", {"prompt_tokens": -5}, {"prompt_tokens": 10**12}, [1]])
def test_an_absurd_bill_is_not_believed(here: model_endpoint.Endpoint, usage: Any) -> None:
    here.says("So.", usage={"usage": usage})
    said = speech(here)
    assert list(said.pieces()) == ["So."]
    assert said.prompt_tokens is None


def test_tokens_are_estimated_on_the_safe_side() -> None:
    assert estimated_tokens("") == 1
    assert estimated_tokens("four") == 2
    assert estimated_tokens("导出") == 2
