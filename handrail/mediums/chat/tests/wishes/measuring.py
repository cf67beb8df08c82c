"""How often is a wish recognised, and how often seen where there is none?"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from handrail.mediums.chat.wishes import Kind, wish_in

FOLDER = Path(__file__).parent
PHRASINGS = FOLDER / "phrasings.tsv"
FURTHER = FOLDER / "further.tsv"
FRESH = FOLDER / "fresh_2.tsv"
"""Written before the rules were read and widened. Its errors are never looked at."""


@dataclass(frozen=True)
class Phrasing:
    language: str
    kind: Kind
    text: str

    @property
    def is_held_out(self) -> bool:
        """The rule that the head of the file names."""
        return hashlib.sha256(self.text.encode()).digest()[0] % 3 == 0


@dataclass(frozen=True)
class Figures:
    """`recall`: how many of those who want are found. `precision`: how many of those found do."""

    wanted: int
    found: int
    both: int

    @property
    def recall(self) -> float:
        return self.both / self.wanted if self.wanted else 1.0

    @property
    def precision(self) -> float:
        return self.both / self.found if self.found else 1.0

    def __str__(self) -> str:
        return (
            f"recall {self.recall:.3f} ({self.both} of {self.wanted}), "
            f"precision {self.precision:.3f} ({self.both} of {self.found})"
        )


def read(path: Path) -> list[Phrasing]:
    """The rows of a file: language, wish, words, parted by tabs; `#` begins a remark."""
    rows = path.read_text(encoding="utf-8").splitlines()
    parted = (row.split("\t") for row in rows if row and not row.startswith("#"))
    return [Phrasing(language, Kind(kind), text) for language, kind, text in parted]


def is_person(kind: Kind) -> bool:
    return kind is Kind.PERSON


def is_any(kind: Kind) -> bool:
    return kind is not Kind.NONE


def measure(phrasings: Iterable[Phrasing], counts: Callable[[Kind], bool]) -> Figures:
    """`counts`: which wishes are looked for; finding any of them will do."""
    pairs = [(counts(row.kind), counts(wish_in(row.text).kind)) for row in phrasings]
    return Figures(
        wanted=sum(wanted for wanted, _ in pairs),
        found=sum(found for _, found in pairs),
        both=sum(wanted and found for wanted, found in pairs),
    )


def report(title: str, phrasings: Sequence[Phrasing]) -> list[str]:
    """What `./dev wishes` prints of a set."""
    exact = sum(wish_in(row.text).kind is row.kind for row in phrasings)
    told = [(wish_in(row.text).language, row.language) for row in phrasings]
    known = [pair for pair in told if pair[0]]
    right = sum(language == wanted for language, wanted in known)
    return [
        f"{title}: {len(phrasings)} phrasings",
        f"  a person, at once:  {measure(phrasings, is_person)}",
        f"  any wish at all:    {measure(phrasings, is_any)}",
        f"  exactly that wish:  {exact} of {len(phrasings)}",
        f"  its language:       {right} of {len(known)} that were told, {len(told)} asked",
    ]


def texts_of(path: Path) -> list[str]:
    """Messages of other files: JSON lines with a `text`, perhaps a `body`; or one a line."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    if path.suffix != ".jsonl":
        return lines
    rows = [json.loads(line) for line in lines]
    return [". ".join(filter(None, (row["text"], row.get("body")))) for row in rows]


def alarms(path: Path) -> list[str]:
    """What is seen in messages in which hardly anybody wishes anything."""
    texts = texts_of(path)
    kinds = [wish_in(text).kind for text in texts]
    counted = ", ".join(f"{kind.value} {kinds.count(kind)}" for kind in Kind)
    return [f"{path}: {len(texts)} messages: {counted}"]
