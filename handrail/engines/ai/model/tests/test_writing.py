"""Does what a model writes become an answer only as far as the pages say it, and is it recorded?"""

import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from handrail.engines.ai import quoting
from handrail.engines.ai.answers import Answer, Outcome, Piece, as_json, from_json
from handrail.engines.ai.model import bounds
from handrail.engines.ai.model.tests.pages import evidence, page, section
from handrail.engines.ai.model.writing import Event, answer_with_model
from handrail.engines.ai.models import CallOutcome, ModelCall
from handrail.engines.search.library.blocks import Kind
from handrail.people.models import Member
from handrail.people.viewer import SYSTEM
from tests.model_endpoint import KEY, Endpoint, Send, chosen_model, event

pytestmark = pytest.mark.django_db

QUESTION = "How long is an export kept?"
GOOD = "An export is kept for 30 days [1]. After that it cannot be restored [1]."


@pytest.fixture
def here(settings: Any) -> Iterator[Endpoint]:
    with chosen_model(settings) as running:
        yield running


def asked(question: str = QUESTION, **more: Any) -> list[Event]:
    found = more.pop("found", None) or evidence()
    quoted = more.pop("quoted", None) or quoting.answer(question, found)
    return list(answer_with_model(question, found, quoted, **more))


def pieces(events: list[Event]) -> list[Piece]:
    return [event[1] for event in events if event[0] == "piece"]


def answer(events: list[Event]) -> Answer | None:
    return next((event[1] for event in events if event[0] == "done"), None)


def call() -> ModelCall:
    return ModelCall.objects.visible_to(SYSTEM).get()


def test_what_the_pages_say_becomes_an_answer_with_its_sources(here: Endpoint) -> None:
    here.says(GOOD, usage={"usage": {"prompt_tokens": 900, "completion_tokens": 20}})
    events = asked()
    found = answer(events)
    assert found is not None
    assert (found.outcome, found.engine) == (Outcome.ANSWERED, "small")
    assert [piece.lines for piece in found.pieces] == [
        ("An export is kept for 30 days.",),
        ("After that it cannot be restored.",),
    ]
    assert list(found.pieces) == pieces(events)
    assert all(piece.sources == (1,) and not piece.is_quoted for piece in found.pieces)
    assert [source.thing_id for source in found.sources] == ["exports"]
    assert found.sources[0].excerpt[0].startswith("Open Settings, Exports")
    assert "exports" not in [source.thing_id for source in found.closest]
    assert from_json(as_json(found)) == found


def test_a_piece_comes_while_the_model_still_writes(here: Endpoint) -> None:
    done = threading.Event()

    def slowly(send: Send) -> None:
        send(event({"content": "An export is kept for 30 days [1]. Then"}))
        done.wait(3)
        send(event({"content": " it cannot be restored [1]."}, finish="stop"))

    here.plays(slowly)
    found = evidence()
    events = answer_with_model(QUESTION, found, quoting.answer(QUESTION, found))
    assert next(events)[0] == "piece"
    assert not done.is_set()
    done.set()
    assert [kind for kind, _said in events] == ["piece", "done"]


def test_sources_are_numbered_as_they_are_named(here: Endpoint) -> None:
    here.says("X")
    order = _order(here)
    exports, members = order["exports"], order["members"]
    here.says(
        f"The invitation ends after seven days [{members}]. "
        f"An export is kept for 30 days [{exports}][{members}]."
    )
    found = answer(asked())
    assert found is not None
    assert [source.thing_id for source in found.sources] == ["members", "exports"]
    assert [piece.sources for piece in found.pieces] == [(1,), (2,)]


def _order(here: Endpoint) -> dict[str, int]:
    """Under which number each page is sent."""
    asked()
    titles = {"exports": "Exports", "plans": "Plans and prices", "members": "Members"}
    lines = here.prompt.splitlines()
    return {
        thing: int(line.split()[1])
        for line, following in pairwise(lines)
        for thing, title in titles.items()
        if line.startswith("<<passage") and following.partition(" / ")[0] == title
    }


def test_what_the_pages_do_not_say_is_left_out(here: Endpoint) -> None:
    here.says(f"{GOOD} A refund is paid within 14 days [1].")
    events = asked()
    assert len(pieces(events)) == 2
    assert "refund" not in str(events)
    assert call().outcome == CallOutcome.ANSWERED


@pytest.mark.parametrize(
    "written",
    [
        "A refund is paid within 14 days [1]. An export is kept for 30 days.",
        "An export is kept for 90 days [1].",
        "An export is kept for 30 days.",
        "An export is kept for 30 days [77].",
        "An export is kept for 30 days [1]. So it is gone [1]. And lost [1]. And sold [1].",
        "Hello! How can I help you today?",
    ],
)
def test_an_answer_that_does_not_hold_is_none(here: Endpoint, written: str) -> None:
    here.says(written)
    assert answer(asked()) is None
    assert call().outcome == CallOutcome.UNSUPPORTED


def test_steps_hold_whole_or_not_at_all(here: Endpoint) -> None:
    number = _order_of_members(here)
    steps = [
        f"1. Open Settings and select Members. [{number}]",
        f"2. Enter the address of your colleague. [{number}]",
        f"3. Press Send invitation. [{number}]",
    ]
    here.says("To invite a colleague:\n", "\n".join(steps))
    found = answer(asked())
    assert found is not None
    [piece] = found.pieces
    assert (piece.kind, piece.lead, len(piece.lines)) == (Kind.STEPS, "To invite a colleague:", 3)
    here.says("\n".join([*steps[:2], f"3. Format the disk. [{number}]"]))
    assert answer(asked()) is None


def _order_of_members(here: Endpoint) -> int:
    here.says("X")
    return _order(here)["members"]


def test_an_item_that_does_not_hold_is_left_out_of_its_list(here: Endpoint) -> None:
    here.says("- An export is kept for 30 days. [1]\n- It is free of charge. [1]\n- PDF or CSV [1]")
    found = answer(asked())
    assert found is not None
    assert found.pieces[0].lines == ("\u2022 An export is kept for 30 days.", "\u2022 PDF or CSV")


def test_a_no_of_the_model_is_honest(here: Endpoint) -> None:
    here.says("NO ANSWER")
    unsure = Answer(Outcome.CLOSEST, 0.3, closest=quoting.answer(QUESTION, evidence()).closest)
    found = answer(asked(quoted=unsure))
    assert found is not None
    assert (found.outcome, found.pieces, found.engine) == (Outcome.NOTHING, (), "small")
    assert found.closest
    assert call().outcome == CallOutcome.NO_ANSWER


def test_where_two_disagree_what_would_be_quoted_is_only_the_closest(here: Endpoint) -> None:
    here.says("NO ANSWER")
    quoted = quoting.answer(QUESTION, evidence(confidence=0.9))
    assert quoted.outcome is Outcome.ANSWERED
    found = answer(asked(quoted=quoted))
    assert found is not None
    assert (found.outcome, found.pieces) == (Outcome.CLOSEST, quoted.pieces)
    assert found.certainty < quoted.certainty
    assert found.engine == "built-in"


def test_nothing_is_asked_where_there_is_nothing_to_answer_from(here: Endpoint) -> None:
    assert asked(found=evidence(page("a", "A", section("")))) == []
    assert not here.asked


def test_without_a_model_nothing_is_asked(settings: Any) -> None:
    assert settings.ENV.ai_url == ""
    assert asked() == []


# --- What is recorded ---------------------------------------------------------------------------


def test_a_call_is_recorded_with_what_it_cost(here: Endpoint, alice: Member) -> None:
    here.says(GOOD, usage={"usage": {"prompt_tokens": 900, "completion_tokens": 20}})
    calls: list[int] = []
    asked(account=alice.account, calls=calls)
    assert calls == [call().pk]
    assert (call().account, call().model) == (alice.account, "small")
    assert (call().prompt_tokens, call().answer_tokens, call().is_estimated) == (900, 20, False)
    assert call().outcome == CallOutcome.ANSWERED


def test_what_an_endpoint_does_not_say_is_estimated(here: Endpoint) -> None:
    here.says(GOOD)
    asked()
    assert call().is_estimated
    assert call().prompt_tokens > len(here.prompt) // 5
    assert 10 < call().answer_tokens < 60


@pytest.mark.parametrize(
    ("status", "outcome"), [(429, CallOutcome.TOO_MANY), (401, CallOutcome.KEY_REFUSED)]
)
def test_a_failure_is_recorded_in_words_and_costs_nothing(
    here: Endpoint, caplog: pytest.LogCaptureFixture, status: int, outcome: CallOutcome
) -> None:
    here.fails(status, f"Not with {KEY}")
    assert asked() == []
    assert (call().outcome, call().failure) == (outcome, f"{status} Not with …")
    assert (call().prompt_tokens, call().answer_tokens) == (0, 0)
    assert KEY not in caplog.text


def test_a_call_that_ends_in_the_middle_is_recorded(here: Endpoint) -> None:
    here.says(GOOD, " And", finish="length")
    events = asked()
    assert len(pieces(events)) == 2
    assert answer(events) is None
    assert call().outcome == CallOutcome.CUT_OFF
    assert call().answer_tokens > 0


def test_whoever_stops_listening_is_recorded_as_that(here: Endpoint) -> None:
    def endless(send: Send) -> None:
        while True:
            send(event({"content": "An export is kept for 30 days [1]. "}))
            time.sleep(0.02)

    here.plays(endless)
    found = evidence()
    events = answer_with_model(QUESTION, found, quoting.answer(QUESTION, found))
    next(events)
    assert call().outcome == CallOutcome.RUNNING
    events.close()
    assert call().outcome == CallOutcome.STOPPED
    bounds.breaker.check()
