"""How is a plot drawn on the server? Bars as rectangles of an SVG, and their numbers in a table."""

from collections.abc import Sequence
from dataclasses import dataclass

STEP, WIDTH, HEIGHT = 10, 8, 40
"""Of one bar with its gap, of the bar, and of the whole: units of the drawing."""
FEWEST = 12
"""Bars that there is room for, however few there are: two do not fill a page."""


@dataclass(frozen=True)
class Piece:
    """A part of a bar: its kind is the class that gives it a colour."""

    kind: str
    count: int
    y: float
    height: float


@dataclass(frozen=True)
class Bar:
    """One bar: what it is about, what its tip says, and its pieces from the bottom up."""

    label: str
    says: str
    x: int
    pieces: tuple[Piece, ...]
    counts: tuple[int, ...]
    url: str = ""


@dataclass(frozen=True)
class Plot:
    """Bars beside each other, in a drawing of `width` by `height` units."""

    bars: tuple[Bar, ...]
    width: int
    height: int = HEIGHT
    bar_width: int = WIDTH

    @property
    def is_full(self) -> bool:
        """Its last bar stands at the end."""
        return len(self.bars) >= FEWEST

    @property
    def first(self) -> str:
        return self.bars[0].label

    @property
    def last(self) -> str:
        return self.bars[-1].label


@dataclass(frozen=True)
class Column:
    """What a bar is made of."""

    label: str
    says: str
    counts: tuple[int, ...]
    url: str = ""


def drawn(columns: Sequence[Column], kinds: Sequence[str], top: int = 0) -> Plot:
    """A bar a column, its counts upon each other in the order of `kinds`. `top`: the count that is
    as high as the drawing; 0: the highest there is."""
    highest = top or max((sum(one.counts) for one in columns), default=0) or 1
    bars = tuple(
        Bar(one.label, one.says, at * STEP + 1, _pieces(one, kinds, highest), one.counts, one.url)
        for at, one in enumerate(columns)
    )
    return Plot(bars, max(FEWEST, len(bars)) * STEP)


def _pieces(column: Column, kinds: Sequence[str], highest: int) -> tuple[Piece, ...]:
    pieces, below = [], 0.0
    for kind, count in zip(kinds, column.counts, strict=True):
        height = round(HEIGHT * count / highest, 2)
        below += height
        if count:
            pieces.append(Piece(kind, count, round(HEIGHT - below, 2), height))
    return tuple(pieces)
