"""Who tells what a text means? A small model that this machine runs itself, or nobody.

Everything works without: words alone answer then. The model is one of the files of a package, or
what the operator's HANDRAIL_MEANING_MODEL names.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

import numpy as np
import structlog
from django.conf import settings
from numpy.typing import NDArray

log = structlog.get_logger("handrail.search")

Vector = NDArray[np.float32]
"""Of length 1, so that a product of two of them is their cosine."""


class Reading(NamedTuple):
    """What a text means, and its pieces."""

    whole: Vector
    pieces: list[Vector | None]


class Meaning(Protocol):
    """What each model can do. Safe to call from any thread; works on one text at a time."""

    @property
    def key(self) -> str:
        """Which model made a vector; vectors of different ones are never compared. "" for none."""
        ...

    def is_ready(self) -> bool:
        """Whether `embed` answers without loading first. False begins to load, behind."""
        ...

    def embed(self, text: str, patience: float = -1) -> Vector | None:
        """The vector of a text, whose end is cut when it is long.

        None where there is no model, or when others kept it busy for `patience` seconds; with -1
        it waits, and loads what it needs first.
        """
        ...

    def read(self, text: str, pieces: Sequence[tuple[int, int]]) -> Reading | None:
        """The vector of a text, and of pieces of it in its light; waits as long as it takes.

        `pieces` are places in the text; those beyond what the model takes in have no vector.
        Costs no more than `embed`. None where there is no model.
        """
        ...


class NoMeaning:
    """Words alone."""

    key = ""

    def is_ready(self) -> bool:
        return False

    def embed(self, text: str, patience: float = -1) -> Vector | None:
        return None

    def read(self, text: str, pieces: Sequence[tuple[int, int]]) -> Reading | None:
        return None


def meaning() -> Meaning:
    """The model that the operator chose, the same one at every call."""
    return _of(settings.MEANING_MODEL)


@lru_cache(maxsize=4)
def _of(choice: str | None) -> Meaning:
    """None: the packaged model. "": off. Else: a folder with `model.onnx` and `tokenizer.json`."""
    from handrail.engines.search.library.meaning.minilm import MiniLM, Unusable

    if choice == "":
        return NoMeaning()
    try:
        return MiniLM(choice)
    except Unusable as reason:
        log.warning("search_by_words_alone", reason=str(reason))
        return NoMeaning()
