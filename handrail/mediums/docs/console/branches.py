"""Which lines of a section's tree are shown? The topmost, and what is below open branches.

A large section shows its topmost pages first, and of every list the first hundred: its page stays
small, however many pages there are. What is open stands in the address, so that a reload, the way
back and a browser without script show the same tree.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from handrail.base.markdown.icons import icon_named
from handrail.mediums.docs.console.tree import Line

FOLDED_FROM = 60
"""With so many pages in it, a section shows its topmost ones first, and the rest when asked to."""

AT_ONCE = 100
"""Lines of one list that are shown before somebody asks for more."""

TOP = ""
"""Stands for the public id of the page above, where there is none."""


@dataclass(slots=True)
class Row:
    """A line as it is shown. `branch`: what is below it, where that is open."""

    line: Line
    icon: str
    is_parent: bool
    branch: "Branch | None"


@dataclass(slots=True)
class Branch:
    """A list of the tree: what is below `of`, from `begins` on; `rest`: so many are not shown."""

    of: str
    rows: list[Row]
    begins: int
    rest: int

    @property
    def ends(self) -> int:
        """So many are shown now."""
        return self.begins + len(self.rows)

    @property
    def at_once(self) -> int:
        """So many come next."""
        return min(self.rest, AT_ONCE)

    @property
    def more(self) -> str:
        """What says in an address that those that come next are shown, too."""
        return f"{self.of}:{self.ends + self.at_once}"

    def opened(self) -> list[str]:
        """What says in an address what is open here and below. A list of usual length needs no
        number."""
        told = [f"{self.of}:{self.ends}" if self.ends > AT_ONCE else self.of]
        return told + [one for row in self.rows if row.branch for one in row.branch.opened()]


@dataclass
class Opened:
    """What somebody opened: public ids, each with how many lines are shown below it."""

    shown: dict[str, int] = field(default_factory=dict)
    is_told: bool = False
    """Somebody said what is open: nothing else is, not even in a small section."""

    @classmethod
    def from_query(cls, opened: Iterable[str], closed: Iterable[str]) -> "Opened":
        """`opened`: public ids, each with a colon and a number where more than usual is shown."""
        shown: dict[str, int] = {}
        for one in opened:
            of, _colon, number = one.partition(":")
            asked = int(number) if number.isdecimal() and len(number) < 7 else AT_ONCE
            shown[of] = max(shown.get(of, AT_ONCE), asked)
        closing = set(closed)
        is_told = bool(shown or closing)
        return cls({of: number for of, number in shown.items() if of not in closing}, is_told)


class Grove:
    """The lines of a section by what they are below."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = {line.pk: line for line in lines}
        self.below: dict[int | None, list[Line]] = defaultdict(list)
        for line in lines:
            self.below[self._parent(line)].append(line)
        self.is_small = len(lines) < FOLDED_FROM

    def _parent(self, line: Line) -> int | None:
        """The nearest page above it that is there."""
        return next((pk for pk in reversed(line.trail) if pk in self.lines), None)

    def pk_of(self, of: str) -> int | None:
        """Raises KeyError where there is no such page."""
        if of == TOP:
            return None
        return {line.public_id: line.pk for line in self.lines.values()}[of]

    def reveal(self, public_id: str, opened: Opened) -> None:
        """Opens what is above a page, as far as the page itself; an unknown one opens nothing."""
        line = next((one for one in self.lines.values() if one.public_id == public_id), None)
        while line is not None:
            above = self.lines.get(self._parent(line) or 0)
            at = self.below[above.pk if above else None].index(line) + 1
            of = above.public_id if above else TOP
            if not self.is_small or opened.is_told:
                usual = opened.shown.get(of, AT_ONCE)
                opened.shown[of] = max(usual, -(-at // AT_ONCE) * AT_ONCE)
            line = above

    def branch(self, opened: Opened, of: str = TOP, *, begins: int = 0) -> Branch:
        """What is shown below `of`. Raises KeyError where there is no such page."""
        return self._branch(opened, of, self.below[self.pk_of(of)], begins)

    def _branch(self, opened: Opened, of: str, lines: list[Line], begins: int) -> Branch:
        ends = max(opened.shown.get(of, AT_ONCE), begins + AT_ONCE)
        rows = [self._row(opened, line) for line in lines[begins:ends]]
        return Branch(of, rows, begins, max(0, len(lines) - ends))

    def _row(self, opened: Opened, line: Line) -> Row:
        below = self.below.get(line.pk, [])
        is_open = line.public_id in opened.shown or (self.is_small and not opened.is_told)
        branch = self._branch(opened, line.public_id, below, 0) if below and is_open else None
        return Row(line, icon_named(line.icon) or "", bool(below), branch)
