"""By what is a ticket called that the assistant proposes, where the talk moved on?"""

import pytest

from handrail.mediums.chat.assistant.offering import asked_last

LABEL = "Open a ticket"
CLICKS, ZEBRA = "How long does a click count?", "Which zebra sleeps in the violin?"


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ([CLICKS], CLICKS),
        ([CLICKS, ZEBRA], ZEBRA),
        ([CLICKS, ZEBRA, CLICKS], CLICKS),
        ([ZEBRA, "And for partners?"], ZEBRA),
        ([ZEBRA, "Why?"], ZEBRA),
        ([ZEBRA, "Can you open a ticket for this?"], ZEBRA),
        ([ZEBRA, "Open a ticket, please"], ZEBRA),
        ([ZEBRA, "I want to talk to a human being about it"], ZEBRA),
        ([ZEBRA, "That does not help me"], ZEBRA),
        (["Hm", "What?"], "Hm"),
    ],
)
def test_the_last_that_names_a_matter(said: list[str], named: str) -> None:
    assert asked_last(said, LABEL, "en") == named


def test_in_another_language_as_well() -> None:
    said = ["Warum fehlt die Rechnung vom Mai?", "Und was ist mit Juni?", "Ein Ticket bitte"]
    assert asked_last(said, "Ein Ticket \u00f6ffnen", "de") == said[0]
