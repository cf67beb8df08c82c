"""Does a model choose among what it was told of, and is nonsense no choice?"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from handrail.engines.ai.model.choosing import Chosen, Function
from handrail.engines.ai.model.endpoint import Endpoint as Chosen_endpoint
from handrail.engines.ai.model.failures import ModelFailed
from handrail.engines.ai.model.protocol import Speech, _learned, _without_tools
from handrail.engines.ai.models import CallOutcome
from tests.model_endpoint import KEY, Endpoint, endpoint, event

TICKET = Function("tickets.open", "Opens a ticket.", {"type": "object", "properties": {}})
STATUS = Function("tickets.status", "Tells.", {"type": "object", "properties": {}})

pytestmark = pytest.mark.once


@pytest.fixture
def here() -> Iterator[Endpoint]:
    _learned.clear()
    _without_tools.clear()
    with endpoint() as running:
        yield running


def speech(here: Endpoint, *functions: Function) -> Speech:
    messages = [{"role": "user", "content": "Please open a ticket."}]
    return Speech(Chosen_endpoint(here.url, "small", KEY, 4), messages, functions)


def piece(name: Any = None, arguments: Any = None, index: Any = 0, **more: Any) -> bytes:
    function = {"name": name, "arguments": arguments}
    call = {"index": index, "id": "c", "type": "function", "function": function}
    return event({"tool_calls": [call], **more})


def plays(here: Endpoint, *pieces: bytes, finish: str = "tool_calls") -> None:
    body = b"".join([*pieces, event({}, finish=finish), b"data: [DONE]\n\n"])
    here.plays(lambda send: send(body))


def chosen(here: Endpoint, *functions: Function) -> Chosen | None:
    spoken = speech(here, *(functions or (TICKET, STATUS)))
    list(spoken.pieces())
    return spoken.chosen


def failure(here: Endpoint) -> ModelFailed:
    with pytest.raises(ModelFailed) as failed:
        chosen(here)
    return failed.value


def test_a_choice_comes_in_pieces(here: Endpoint) -> None:
    plays(here, piece("tickets-open", '{"sub'), piece(None, 'ject": "No clicks"}'))
    assert chosen(here) == Chosen("tickets.open", {"subject": "No clicks"})
    assert [one["function"]["name"] for one in here.asked[0]["tools"]] == [
        "tickets-open",
        "tickets-status",
    ]


def test_endpoints_that_end_it_with_stop_are_understood(here: Endpoint) -> None:
    plays(here, piece("tickets-status", ""), finish="stop")
    assert chosen(here) == Chosen("tickets.status", {})


def test_text_beside_a_choice_is_read_as_well(here: Endpoint) -> None:
    plays(here, event({"content": "Let me do that."}), piece("tickets-open", "{}"))
    spoken = speech(here, TICKET)
    assert list(spoken.pieces()) == ["Let me do that."]
    assert spoken.chosen == Chosen("tickets.open", {})


def test_of_several_the_first_counts(here: Endpoint) -> None:
    plays(here, piece("tickets-open", "{}"), piece("tickets-status", '{"number": "1"}', index=1))
    assert chosen(here) == Chosen("tickets.open", {})


@pytest.mark.parametrize(
    "pieces",
    [
        [piece("delete_account", "{}")],
        [piece("tickets.open", "{}")],
        [piece("", "{}")],
        [piece(None, "{}")],
        [piece("tickets-open", '{"subject": ')],
        [piece("tickets-open", "[1, 2]")],
        [piece("tickets-open", '"text"')],
        [piece("tickets-open", "null")],
        [piece("tickets-open", "[" * 19_000)],
        [piece("tickets-open", "x" * 30_000)],
        [piece("tickets-open", "{}"), piece("tickets-open", "{}")],
        [piece("tickets-open", 5)],
        [piece(["tickets-open"], "{}")],
        [piece("tickets-open", "{}", index=1)],
        [event({"tool_calls": "tickets-open"})],
        [event({"tool_calls": {"name": "tickets-open"}})],
        [event({"tool_calls": [None]})],
        [event({"tool_calls": ["tickets-open"]})],
        [event({"function_call": {"name": "tickets-open", "arguments": "{}"}})],
    ],
    ids=range(19),
)
def test_what_is_no_choice_among_them_is_a_failure(here: Endpoint, pieces: list[bytes]) -> None:
    plays(here, *pieces)
    assert failure(here).outcome in (CallOutcome.TOOLS, CallOutcome.MALFORMED)


def test_a_choice_that_is_cut_off_is_none(here: Endpoint) -> None:
    here.plays(lambda send: send(piece("tickets-open", '{"subject": "x"')))
    assert failure(here).outcome is CallOutcome.CUT_OFF
    plays(here, piece("tickets-open", "{}"), finish="length")
    assert failure(here).outcome is CallOutcome.CUT_OFF


def test_who_was_told_of_none_chooses_none(here: Endpoint) -> None:
    plays(here, piece("tickets-open", "{}"))
    spoken = speech(here)
    with pytest.raises(ModelFailed) as failed:
        list(spoken.pieces())
    assert failed.value.outcome is CallOutcome.TOOLS
    assert "tools" not in here.asked[0]


def test_an_endpoint_that_takes_no_tools_is_asked_without_them(here: Endpoint) -> None:
    def refuse(asked: dict[str, Any]) -> dict[str, Any] | None:
        return {"message": "tools is not supported", "param": "tools"} if "tools" in asked else None

    here.refuse = refuse
    here.says("An answer.")
    for _time in range(2):
        spoken = speech(here, TICKET)
        assert list(spoken.pieces()) == ["An answer."]
    assert ["tools" in asked for asked in here.asked] == [True, False, False]
    assert json.dumps(here.asked[-1]["messages"])
