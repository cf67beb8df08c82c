"""What did we not understand in a page, and where? Lines for the report of an import."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

MOST = 100
"""Problems kept of one page. A page that is nonsense throughout needs no thousand lines."""


@dataclass(frozen=True)
class Problem:
    """One thing that could not be drawn as it was meant.

    `line` counts from 1 in the file; `construct` names the thing as it is written; `words` say, in
    the language that is active, what was done with it.
    """

    line: int
    construct: str
    words: str


class Problems:
    """Collects the problems of one page, in the order in which they are noticed."""

    def __init__(self, first_line: int = 1) -> None:
        self._first_line = first_line
        self._found: list[Problem] = []
        self._more = 0

    def note(self, line: int, construct: str, words: str) -> None:
        """Remembers a problem; `line` counts from 0 in the body."""
        if len(self._found) >= MOST:
            self._more += 1
            return
        self._found.append(Problem(self._first_line + line, construct[:80], words))

    def once(self, line: int, construct: str, words: str) -> None:
        """The same, for limits: that one was reached is said one time."""
        if all(found.words != words for found in self._found):
            self.note(line, construct, words)

    def all(self) -> tuple[Problem, ...]:
        """Sorted by line; where there were too many, the last one says how many more."""
        found = sorted(self._found, key=lambda problem: problem.line)
        if self._more:
            words = _("%(count)s more problems are not listed.") % {"count": self._more}
            found.append(Problem(found[-1].line, "…", words))
        return tuple(found)
