"""Was the same asked a moment ago? Answers are kept for a while, for whoever may read the same.

What is kept is what the engine made of the pages. Who may read them is asked of the database every
time: nothing here opens anything.
"""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import caches

from handrail.base.tokens import hashed
from handrail.engines.ai.answers import Answer, as_json, from_json
from handrail.engines.search.library import Version

SECONDS = 15 * 60
"""How long at most; a change of the pages ends it within a second."""


@dataclass(frozen=True)
class Asked:
    """A question with all that its answer hangs on. Two that are equal have the same answer."""

    question: str
    goal: str
    audiences: frozenset[int] | None
    """Whose pages were read, beside everybody's; None: all there are."""
    languages: Sequence[str]
    """In the order in which they are wanted."""
    mediums: Sequence[str]
    version: Version
    engine: str

    @property
    def key(self) -> str:
        """Hashed: what people asked must neither break a key nor be readable in one."""
        audiences = None if self.audiences is None else sorted(self.audiences)
        parts = (_plain(self.question), _plain(self.goal), audiences, list(self.languages))
        return hashed(json.dumps([*parts, list(self.mediums), *self.version, self.engine]))


def find(asked: Asked) -> Answer | None:
    """The answer that was given to the same; None where there is none, or none that we can read."""
    kept = caches["answers"].get(asked.key)
    try:
        return from_json(json.loads(kept)) if kept else None
    except (KeyError, TypeError, ValueError):
        return None  # of another version of ours


def keep(asked: Asked, answer: Answer) -> None:
    caches["answers"].set(asked.key, json.dumps(as_json(answer)), timeout=SECONDS)


def _plain(text: str) -> str:
    """As the words are read anyway: in small letters, composed, with single blanks."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
