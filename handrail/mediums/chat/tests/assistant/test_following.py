"""What is asked together with what was asked before?"""

from collections.abc import Sequence

import pytest

from handrail.engines.ai.answers import Answer, Outcome
from handrail.hub.asking import LONGEST_QUESTION, Reply
from handrail.mediums.chat.assistant.following import asked_with_before, goes_on

FEES = "How high is the fee for brands?"


def asked(text: str, before: Sequence[str], known: Sequence[str] = ()) -> tuple[list[str], str]:
    """What was asked, and whose answer was taken; `known` are questions with an answer."""
    seen: list[str] = []

    def ask(question: str) -> Reply:
        seen.append(question)
        is_known = question in known
        outcome = Outcome.ANSWERED if is_known else Outcome.NOTHING
        return Reply(question, Answer(outcome, 0.9 if is_known else 0.1), (), ())

    return seen, asked_with_before(ask, text, before, "en").question


def test_the_first_question_is_asked_alone() -> None:
    assert asked("And for partners?", []) == (["And for partners?"], "And for partners?")


def test_what_goes_on_is_asked_together_first() -> None:
    both = f"{FEES} And for partners?"
    assert asked("And for partners?", ["Hello?", FEES], [both]) == ([both], both)


def test_a_short_question_of_its_own_is_asked_alone_first() -> None:
    assert asked("Invoice address?", [FEES], ["Invoice address?"])[0] == ["Invoice address?"]
    both = f"{FEES} Partners?"
    assert asked("Partners?", [FEES], [both]) == (["Partners?", both], both)


def test_a_whole_question_is_never_mixed_with_another() -> None:
    text = "Where do I download the monthly invoice of my account?"
    assert asked(text, [FEES]) == ([text], text)


def test_where_both_say_nothing_the_one_that_stands_for_itself_counts() -> None:
    assert asked("Zebra?", [FEES])[1] == "Zebra?"


def test_what_does_not_fit_is_asked_alone() -> None:
    assert asked("And for partners?", ["x" * LONGEST_QUESTION])[0] == ["And for partners?"]


@pytest.mark.parametrize(
    "text",
    [
        "and for partners?",
        "What about invoices?",
        "How do I change it?",
        "und für Partner?",
        "Was ist mit Rechnungen?",
        "et pour les partenaires ?",
        "¿y para socios?".lstrip("¿"),
        "does that cost anything?",
    ],
)
def test_it_goes_on(text: str) -> None:
    assert goes_on(text)


@pytest.mark.parametrize("text", ["How high is the fee?", "Wie hoch ist die Gebühr?", "Android"])
def test_it_stands_for_itself(text: str) -> None:
    assert not goes_on(text)
