"""Why is there no answer of the model, in a word for programs and in words for the operator?"""

import unicodedata

from handrail.engines.ai.models import CallOutcome
from handrail.engines.search.library.redaction import redacted

MOST_LETTERS = 200

NOT_ASKED = frozenset({CallOutcome.BUDGET, CallOutcome.BUSY, CallOutcome.RESTING})
"""Outcomes without a call."""


class ModelFailed(Exception):
    """No answer came, or none that can be used. `words` never hold the key."""

    def __init__(self, outcome: CallOutcome, words: str = "", retry_after: float = 0) -> None:
        super().__init__(f"{outcome}: {words}")
        self.outcome = outcome
        self.words = words
        self.retry_after = retry_after
        """Seconds; 0: the endpoint did not say."""


def tame(said: object, key: str) -> str:
    """What an endpoint says of itself, in one short line: without the key, addresses and whatever
    looks like a key, and without letters that are not seen or turn the others round."""
    text = str(said)[: 4 * MOST_LETTERS]
    if key:
        text = text.replace(key, "…")
    seen = "".join(" " if unicodedata.category(one)[0] in "CZ" else one for one in text)
    return redacted(" ".join(seen.split()))[:MOST_LETTERS]
