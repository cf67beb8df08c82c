"""What does each sentence of a passage mean? Kept beside the passage's own vector, in a fourth.

A piece is found by its words, so a section that is put together from windows finds those of all.
"""

import zlib
from collections.abc import Iterable, Sequence

import numpy as np

from handrail.engines.search.library.blocks import units
from handrail.engines.search.library.meaning import Vector
from handrail.engines.search.library.meaning.minilm import LENGTH

_ROW = np.dtype([("name", "<u4"), ("vector", "i1", (LENGTH,))])
"""388 bytes."""
_SCALE = 0.4 / 127
"""No number of a vector of length 1 and 384 numbers is ever so large; cosines to three places."""


def places(whole: str, text: str) -> list[tuple[str, int, int]]:
    """The pieces of a passage's text, and where they stand in what is embedded of it."""
    found = []
    at = max(whole.rfind(text), 0) if text else 0
    for unit in units(text):
        begin = whole.find(unit, at)
        if begin >= 0:
            found.append((unit, begin, begin + len(unit)))
    return found


def packed(pieces: Iterable[tuple[str, Vector | None]]) -> bytes:
    rows = [(named(unit), vector) for unit, vector in pieces if vector is not None]
    made = np.zeros(len(rows), dtype=_ROW)
    for at, (name, vector) in enumerate(rows):
        made[at]["name"] = name
        made[at]["vector"] = np.clip(np.rint(vector / _SCALE), -127, 127)
    return made.tobytes()


def cosines(blobs: Sequence[bytes], question: Vector) -> dict[int, float]:
    """How near each piece is to a question, by its name."""
    rows = np.frombuffer(b"".join(blobs), dtype=_ROW)
    near = (rows["vector"].astype(np.float32) @ question) * np.float32(_SCALE)
    return dict(zip(rows["name"].tolist(), near.tolist(), strict=True))


def cosine_of(unit: str, known: dict[int, float]) -> float | None:
    return known.get(named(unit))


def named(unit: str) -> int:
    """The name of a piece: of its words, however they are parted."""
    return zlib.crc32(" ".join(unit.split()).encode("utf-8", "surrogatepass"))
