"""How is a plot drawn on the server? Bars as rectangles of an SVG, and their numbers in a table."""

from collections.abc import Callable, Sequence
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
    cells: tuple[str, ...]
    """The same in the table, a cell a kind."""
    is_gap: bool = False
    """Nothing was there to count, which is not the same as a count of 0."""


@dataclass(frozen=True)
class Plot:
    """Bars beside each other, in a drawing of `width` by `height` units."""

    bars: tuple[Bar, ...]
    width: int
    peak: str
    """What is as high as the drawing, in words."""
    is_share: bool = False
    """Each bar is a part of a whole, which is drawn behind it."""
    height: int = HEIGHT
    bar_width: int = WIDTH

    @property
    def foot_y(self) -> int:
        """Where a bar's foot begins, by which a 0 shows."""
        return self.height - 1

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
    """What a bar is made of. No counts at all: a gap, since nothing was there to count."""

    label: str
    says: str
    counts: tuple[int, ...]
    cells: tuple[str, ...] = ()
    """How the table says the counts, where it is not as numbers; of a gap: why it is one."""


def drawn(
    columns: Sequence[Column],
    kinds: Sequence[str],
    *,
    top: int = 0,
    said: Callable[[int], str] = str,
) -> Plot:
    """A bar a column, its counts upon each other in the order of `kinds`. `top`: the whole of which
    each bar is a part; 0: the highest there is. `said`: a count in words."""
    highest = top or max((sum(one.counts) for one in columns), default=0)
    bars = tuple(
        Bar(
            one.label,
            one.says,
            at * STEP + 1,
            _pieces(one, kinds, highest or 1),
            one.cells or tuple(said(count) for count in one.counts),
            is_gap=not one.counts,
        )
        for at, one in enumerate(columns)
    )
    peak = said(highest) if highest else ""
    return Plot(bars, max(FEWEST, len(bars)) * STEP, peak, is_share=bool(top))


def _pieces(column: Column, kinds: Sequence[str], highest: int) -> tuple[Piece, ...]:
    if not column.counts:
        return ()
    pieces, below = [], 0.0
    for kind, count in zip(kinds, column.counts, strict=True):
        height = round(HEIGHT * count / highest, 2)
        below += height
        if count:
            pieces.append(Piece(kind, count, round(HEIGHT - below, 2), height))
    return tuple(pieces)
