"""Does work count that was done, and cost a browser what it should?"""

import pytest
from altcha import Challenge, Payload, solve_challenge

from handrail.mediums.tickets.public import work


def answer_to(challenge: dict[str, object]) -> str:
    given = Challenge.from_dict(challenge)
    solution = solve_challenge(given)
    assert solution is not None
    return str(Payload(given, solution).to_base64())


def test_the_answer_counts_once() -> None:
    answer = answer_to(work.challenge())
    assert work.is_done(answer)
    assert not work.is_done(answer)


def test_nobody_is_lucky_and_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(20):
        solution = solve_challenge(Challenge.from_dict(work.challenge()))
        assert solution
        assert work.FEWEST_TRIES <= solution.counter < work.MOST_TRIES
    monkeypatch.undo()
    assert work.COST * work.FEWEST_TRIES >= 1_000_000  # rounds: some half a second in a browser


def test_a_key_of_another_installation_makes_no_challenge_of_ours(settings: object) -> None:
    answer = answer_to(work.challenge())
    settings.SECRET_KEY = "another-installation-of-ours"  # type: ignore[attr-defined]
    assert not work.is_done(answer)


@pytest.mark.parametrize(
    "nonsense",
    ["", "x", "e30=", "bnVsbA==", "W10=", "eyJjaGFsbGVuZ2UiOiB7fX0=", "ÿ", "a" * 5000, "\ud800"],
)
def test_what_is_no_answer_is_not_done(nonsense: str) -> None:
    assert not work.is_done(nonsense)
