"""Are questions together that mean the same, and only they?"""

import numpy as np
import pytest

from handrail.engines.ai.grouping import Leaders, Read, best_put, shared, stems_of


def read(text: str) -> Read:
    return Read("en", stems_of(text, "en"))


def test_words_that_say_nothing_do_not_join() -> None:
    leaders = Leaders()
    leaders.add(1, read("How do I cancel my plan?"))
    assert leaders.nearest(read("how can I cancel the plans")) == 1
    assert leaders.nearest(read("How do I change my address?")) is None


def test_the_first_that_is_near_enough_by_meaning_leads() -> None:
    leaders = Leaders()
    for number, vector in enumerate(([1, 0, 0], [0, 1, 0])):
        leaders.add(number, Read("en", frozenset(), np.array(vector, np.float32)))
    near = np.array([0.0, 0.8, 0.6], np.float32)
    assert leaders.nearest(Read("en", frozenset(), near)) == 1
    far = np.array([0.5, 0.5, 0.7], np.float32)
    assert leaders.nearest(Read("en", frozenset(), far)) is None


def test_nothing_is_near_to_nothing() -> None:
    assert Leaders().nearest(read("How?")) is None
    leaders = Leaders()
    leaders.add(1, read("?!"))
    assert leaders.nearest(read("...")) is None
    assert shared([], []) == 0


@pytest.mark.parametrize(
    "texts",
    [
        ["postback ips", "Which addresses do postbacks come from?"],
        ["Can we pay by card?", "can we pay by card"],
        ["Can I pay?" + " really" * 40, "Can I pay by card?"],
    ],
)
def test_a_whole_question_is_put_best(texts: list[str]) -> None:
    best = max(texts, key=lambda one: (one.endswith("?"), -len(one)))
    assert best_put(texts) == best_put(list(reversed(texts))) == best
