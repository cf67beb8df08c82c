"""Where do the lines of a chart run? Geometry in a box of 100 by 100; a template draws it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log10

STEPS = 4
"""Lines of the grid above the floor."""


@dataclass(frozen=True)
class Point:
    """One day in the chart: the stripe that reacts to the pointer, and what it then says."""

    left: float
    width: float
    y: float
    label: str
    value: int


@dataclass(frozen=True)
class Chart:
    """A line with its area, a fainter line to compare with, and the grid's values."""

    line: str
    area: str
    compared: str
    points: tuple[Point, ...]
    ticks: tuple[int, ...]
    """Values of the grid's lines, highest first; the last one is 0."""


def line_chart(labels: Sequence[str], values: Sequence[int], compared: Sequence[int]) -> Chart:
    """A chart of one series against an earlier one of the same length (at least two values)."""
    top = round_up(max(*values, *compared, 1))
    line = _path(values, top)
    width = 100 / len(values)
    points = tuple(
        Point(round(position * width, 3), round(width, 3), _y(value, top), label, value)
        for position, (label, value) in enumerate(zip(labels, values, strict=True))
    )
    ticks = tuple(round(top * step / STEPS) for step in range(STEPS, -1, -1))
    return Chart(line, f"{line} V100 H0 Z", _path(compared, top), points, ticks)


def round_up(value: int) -> int:
    """The next number that looks good at the top of an axis: 1, 2, 4, 6, 8 or 10 times 10^n."""
    power: int = 10 ** int(log10(value))
    return next(good * power for good in (1, 2, 4, 6, 8, 10) if value <= good * power)


def bar_widths(values: Sequence[int]) -> list[int]:
    """Widths in per cent, the largest being 100; nothing above zero is invisible."""
    largest = max([*values, 1])
    return [ceil(100 * value / largest) for value in values]


def _path(values: Sequence[int], top: int) -> str:
    gap = 100 / (len(values) - 1)
    steps = [f"{position * gap:.2f} {_y(value, top)}" for position, value in enumerate(values)]
    return "M" + " L".join(steps)


def _y(value: int, top: int) -> float:
    return round(100 - 100 * value / top, 2)
