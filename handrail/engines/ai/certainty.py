"""How likely is it that the pages answer? What speaks for it, added up and put on a scale.

    strength  = near + PAGE * page + AHEAD * (best unit - best unit of another page)
    certainty = 1 / (1 + exp(-(strength - EVEN) / SPREAD))

Likeness tells what is off topic (area under the ROC curve .87 on the demo's questions, .95 on real
tickets). It hardly tells what is on topic and not documented: how far the best is ahead of the rest
is the only signal that was found to help (docs/adr/0014). So the words that are shown with an
answer follow the certainty, and below CLOSEST nothing is called one.
"""

import math
from collections.abc import Sequence

from handrail.engines.ai.answers import Outcome
from handrail.engines.ai.weighing import Unit, share
from handrail.engines.search.library.evidence import Evidence
from handrail.engines.search.library.ranking import SPOKEN

ANSWERS = 0.5
CLOSEST = 0.25

PAGE = 0.5
AHEAD = 0.5
EVEN = 0.85
SPREAD = 0.08
"""Fitted on the development questions, at which two thirds of the demo's and nine of ten real ones
are answered, and one of nine that are off topic."""

PROMISED = 0.9
"""Where the author of the page says that it answers this question: no likeness knows better."""

EVEN_BY_WORDS = 0.72
SPREAD_BY_WORDS = 0.1
"""Of the part of the question that the best page says, where there is no meaning to go by."""

EVEN_SAID = 0.85
SPREAD_SAID = 0.08
"""Of the part of the question that the best section says, with its headings."""
FEWEST_SAID = 2
"""A single word is said by many sections that have nothing else to do with the question."""


def of(evidence: Evidence, units: Sequence[Unit]) -> float:
    """From 0 to 1. `units` are weighed, the best first, at least one."""
    best = units[0]
    if best.is_promised:
        return PROMISED
    near = [unit.near for unit in units if unit.near is not None]
    if not near or best.page.language not in SPOKEN:
        return _by_words(evidence, best)
    other = next((unit.score for unit in units if unit.page is not best.page), best.score)
    strength = max(near) + PAGE * evidence.pages[0].score + AHEAD * (best.score - other)
    return _scaled(strength, EVEN, SPREAD)


def outcome(certainty: float) -> Outcome:
    if certainty >= ANSWERS:
        return Outcome.ANSWERED
    return Outcome.CLOSEST if certainty >= CLOSEST else Outcome.NOTHING


def _by_words(evidence: Evidence, best: Unit) -> float:
    """How much of the question the best page says; or the best section, where it says nearly all:
    a short page that says everything once has no high score."""
    by_score = _scaled(evidence.confidence, EVEN_BY_WORDS, SPREAD_BY_WORDS)
    if len(evidence.worth) < FEWEST_SAID:
        return by_score
    place = (best.page.title, *best.section.heading_path, best.section.text)
    said = share(evidence.worth, "\n".join(place), best.page.language)
    return max(by_score, _scaled(said, EVEN_SAID, SPREAD_SAID))


def _scaled(strength: float, even: float, spread: float) -> float:
    """Logistic, cut where more says nothing."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, (strength - even) / spread))))
