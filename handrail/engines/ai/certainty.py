"""How likely is it that the pages answer? What speaks for it, added up and put on a scale."""

from collections.abc import Sequence

from handrail.engines.ai.answers import Outcome
from handrail.engines.ai.questions import Wanted
from handrail.engines.ai.weighing import Unit
from handrail.engines.search.library.evidence import Evidence

ANSWERS = 0.5
CLOSEST = 0.25


def of(evidence: Evidence, units: Sequence[Unit], kind: Wanted) -> float:
    return evidence.confidence


def outcome(sure: float, *, has_meaning: bool) -> Outcome:
    if sure >= ANSWERS:
        return Outcome.ANSWERED
    return Outcome.CLOSEST if sure >= CLOSEST else Outcome.NOTHING
