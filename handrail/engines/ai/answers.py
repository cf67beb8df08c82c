"""What comes back when somebody asks? Pieces that cite their sources, and how sure that is."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from handrail.engines.search.library.blocks import Kind


class Outcome(StrEnum):
    """How far the pages answered."""

    ANSWERED = "answered"
    CLOSEST = "closest"
    """Something is on the matter, but whether it answers is not sure: it is shown as that."""
    NOTHING = "nothing"
    """The pages do not say. There may be pages near to it all the same."""


@dataclass(frozen=True)
class Source:
    """A section of a page that an answer rests on."""

    medium: str
    thing_id: str
    language: str
    title: str
    heading_path: tuple[str, ...]
    """From the outermost heading to its own; empty for what stands before the first heading."""
    anchor: str
    excerpt: tuple[str, ...] = ()
    """Lines of the section as they stand there, for who wants to read on."""


@dataclass(frozen=True)
class Piece:
    """A part of an answer."""

    kind: Kind
    lines: tuple[str, ...]
    sources: tuple[int, ...]
    """Numbers of the sources that it rests on, from 1."""
    is_quoted: bool = True
    """Its lines stand word for word in the source. False: a model wrote them."""
    is_supported: bool = True
    """False: a model wrote it, and its sources do not say it; it is marked as that."""
    lead: str = ""
    """The sentence before a list, steps or a table, as it stands there."""


@dataclass(frozen=True)
class Answer:
    """What was found. Sources are proposed by the search: the hub asks the database once more."""

    outcome: Outcome
    certainty: float
    """From 0 to 1: how likely it is that the pages answer the question."""
    pieces: tuple[Piece, ...] = ()
    sources: tuple[Source, ...] = ()
    closest: tuple[Source, ...] = ()
    """Other sections that are near to it, best first; at most one of each page."""
    engine: str = "built-in"
    """Who answered: `built-in`, or the name of the model."""
    follow_ups: tuple[str, ...] = field(default=())


NOTHING = Answer(Outcome.NOTHING, 0.0)


def as_json(answer: Answer) -> dict[str, Any]:
    """The answer for a database's column or a cache; `from_json` reads it."""
    return asdict(answer)


def from_json(kept: dict[str, Any]) -> Answer:
    """What `as_json` wrote. Raises KeyError and TypeError where something else did."""
    return Answer(
        **kept
        | {
            "outcome": Outcome(kept["outcome"]),
            "pieces": tuple(_piece(one) for one in kept["pieces"]),
            "sources": tuple(_source(one) for one in kept["sources"]),
            "closest": tuple(_source(one) for one in kept["closest"]),
            "follow_ups": tuple(kept["follow_ups"]),
        }
    )


def pieces_as_json(pieces: Iterable[Piece]) -> list[dict[str, Any]]:
    """Pieces of an answer that is not whole yet; `pieces_from_json` reads them."""
    return [asdict(piece) for piece in pieces]


def pieces_from_json(kept: Iterable[dict[str, Any]]) -> tuple[Piece, ...]:
    return tuple(_piece(one) for one in kept)


def _piece(kept: dict[str, Any]) -> Piece:
    lines, sources = tuple(kept["lines"]), tuple(kept["sources"])
    return Piece(**kept | {"kind": Kind(kept["kind"]), "lines": lines, "sources": sources})


def _source(kept: dict[str, Any]) -> Source:
    path, excerpt = tuple(kept["heading_path"]), tuple(kept["excerpt"])
    return Source(**kept | {"heading_path": path, "excerpt": excerpt})
