"""Is the model left alone when its budget is used up, when too many ask, and when it fails?"""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from handrail.engines.ai import quoting
from handrail.engines.ai.model import actions, bounds
from handrail.engines.ai.model.bounds import FAILURES, REST_SECONDS, Breaker, Turns
from handrail.engines.ai.model.failures import ModelFailed
from handrail.engines.ai.model.tests.pages import evidence
from handrail.engines.ai.model.writing import Event, answer_with_model
from handrail.engines.ai.models import CallOutcome, ModelCall
from handrail.people.models import Account, Member
from handrail.people.viewer import SYSTEM
from tests.model_endpoint import Endpoint, Send, chosen_model, event

pytestmark = pytest.mark.django_db

GOOD = "An export is kept for 30 days [1]."
QUESTION = "How long is an export kept?"
USAGE = {"usage": {"prompt_tokens": 800, "completion_tokens": 200}}


@pytest.fixture
def here(settings: Any) -> Iterator[Endpoint]:
    with chosen_model(settings, ai_account_tokens=3_000, ai_visitor_tokens=3_000) as running:
        running.says(GOOD, usage=USAGE)
        yield running


def asked(account: Account | None = None) -> list[Event]:
    found = evidence()
    return list(
        answer_with_model(QUESTION, found, quoting.answer(QUESTION, found), account=account)
    )


def outcomes() -> list[str]:
    return list(
        ModelCall.objects.visible_to(SYSTEM).order_by("pk").values_list("outcome", flat=True)
    )


def test_a_budget_is_one_accounts_for_a_day(here: Endpoint, alice: Member, carol: Member) -> None:
    with time_machine.travel(timezone.now()) as clock:
        for _ in range(3):
            asked(alice.account)
        assert outcomes() == ["answered", "answered", "budget"]
        assert len(here.asked) == 2
        asked(carol.account)
        asked(None)
        assert outcomes()[3:] == ["answered", "answered"]
        clock.shift(timedelta(hours=24, seconds=5))
        asked(alice.account)
        assert outcomes()[-1] == "answered"


def test_visitors_have_one_budget_together(here: Endpoint) -> None:
    assert [bool(asked(None)) for _ in range(3)] == [True, True, False]


def test_a_budget_of_nothing_asks_nobody(here: Endpoint, settings: Any) -> None:
    settings.ENV = replace(settings.ENV, ai_visitor_tokens=0)
    assert asked(None) == []
    assert not here.asked
    assert outcomes() == ["budget"]


def test_what_is_under_way_counts_with_what_it_may_cost(here: Endpoint, alice: Member) -> None:
    actions.begin("small", alice.account, prompt=2_000, answer=700)
    assert asked(alice.account) == []
    assert outcomes() == ["running", "budget"]


def test_more_than_half_of_the_threads_are_never_held(settings: Any) -> None:
    settings.ENV = replace(settings.ENV, threads=4)
    turns = Turns()
    with turns.one(), turns.one():
        with pytest.raises(ModelFailed) as refused, turns.one():
            pass
        assert refused.value.outcome is CallOutcome.BUSY
    with turns.one():
        pass


def test_when_too_many_ask_the_next_is_answered_by_quoting(here: Endpoint, settings: Any) -> None:
    settings.ENV = replace(settings.ENV, threads=2)
    goes_on = threading.Event()

    def waits(send: Send) -> None:
        send(event({"content": f"{GOOD} Then"}))
        goes_on.wait(3)
        send(event({}, finish="stop"))

    here.plays(waits)
    found = evidence()
    first = answer_with_model(QUESTION, found, quoting.answer(QUESTION, found))
    next(first)
    assert asked() == []
    assert outcomes() == ["running", "busy"]
    goes_on.set()
    assert [kind for kind, _said in first] == ["done"]
    here.says(GOOD)
    assert asked()


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Moves the clock of the breaker on by so many seconds."""
    moved = 0.0

    def move(seconds: float) -> None:
        nonlocal moved
        moved += seconds
        now = time.monotonic() + moved
        monkeypatch.setattr("handrail.engines.ai.model.bounds.monotonic", lambda: now)

    return move


def test_after_some_failures_it_is_left_alone_for_a_minute(
    here: Endpoint, later: Callable[[float], None], settings: Any
) -> None:
    settings.ENV = replace(settings.ENV, ai_visitor_tokens=100_000)
    here.fails(500, "Oops")
    for _ in range(FAILURES + 2):
        asked()
    assert outcomes() == ["broken"] * FAILURES + ["resting"] * 2
    assert len(here.asked) == FAILURES
    later(REST_SECONDS + 1)
    asked()
    asked()
    assert outcomes()[-2:] == ["broken", "resting"]
    later(REST_SECONDS + 1)
    here.says(GOOD)
    assert asked()
    here.fails(500, "Oops")
    asked()
    here.says(GOOD)
    assert asked()


def test_retry_after_is_kept_to_at_once(here: Endpoint, later: Callable[[float], None]) -> None:
    here.fails(429, "Slow down", Retry_After="20")
    asked()
    here.says(GOOD)
    asked()
    assert outcomes() == ["too-many", "resting"]
    later(21)
    assert asked()


def test_what_says_nothing_of_the_endpoint_does_not_count() -> None:
    breaker = Breaker()
    for outcome in (CallOutcome.BUDGET, CallOutcome.BUSY, CallOutcome.STOPPED):
        for _ in range(FAILURES):
            breaker.failed(ModelFailed(outcome))
    breaker.check()


def test_an_answer_that_does_not_hold_is_no_failure_of_the_endpoint(here: Endpoint) -> None:
    here.says("Hello there.")
    for _ in range(FAILURES):
        asked()
    bounds.breaker.check()
