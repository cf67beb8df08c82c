"""What did an import do, and what did it not understand? Lines with a file and a number."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field

MOST_KEPT = 2000
"""Problems that a report keeps; the others are only counted."""

SHOWN_OF_A_KIND = 5
"""Places that the terminal names of one kind of problem."""

COUNTED = ("added", "changed", "moved", "unchanged", "removed", "conflicts", "assets")

BOLD, YELLOW, FAINT, PLAIN = "\033[1m", "\033[33m", "\033[2m", "\033[0m"


@dataclass(frozen=True)
class Finding:
    """One thing that was not understood, or not taken."""

    file: str
    """From the root of the tree."""
    line: int
    """Counts from 1; 0 where it is about the file as a whole."""
    construct: str
    words: str
    page: str = ""
    """The public id of the page that came of the file, where one did."""


@dataclass
class Report:
    """Fills while an import goes on."""

    counts: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(COUNTED, 0)))
    findings: list[Finding] = field(default_factory=list)
    not_kept: int = 0
    pages: set[str] = field(default_factory=set)
    """Public ids of the pages that were not looked into again: what was said of them holds."""

    def note(self, file: str, line: int, construct: str, words: str, page: str = "") -> None:
        """Remembers a finding. Names of files may hold anything: what no line shows goes."""
        if len(self.findings) >= MOST_KEPT:
            self.not_kept += 1
            return
        found = Finding(_shown(file), line, _shown(construct)[:80], _shown(words)[:500], page)
        self.findings.append(found)

    def carry_over(self, problems: Iterable[dict[str, object]]) -> None:
        """What an earlier import said of pages that have not changed since."""
        said = set(self.findings)
        for one in problems:
            found = Finding(**one)  # type: ignore[arg-type]
            if found.page in self.pages and found not in said:
                self.findings.append(found)

    @property
    def is_quiet(self) -> bool:
        """Whether nothing was written."""
        return not any(self.counts[name] for name in COUNTED if name not in {"unchanged"})

    def problems(self) -> list[dict[str, object]]:
        """By file and line, as an ImportRun keeps them."""
        ordered = sorted(self.findings, key=lambda one: (one.file, one.line, one.construct))
        return [asdict(one) for one in ordered[:MOST_KEPT]]

    def as_facts(self) -> dict[str, object]:
        """For programs."""
        return {
            "counts": dict(self.counts),
            "problems": self.problems(),
            "problems_not_kept": self.not_kept,
        }

    def lines(self, *, colour: bool) -> Iterator[str]:
        """For a terminal: counts, then the problems grouped by what was done with them."""
        counted = ", ".join(f"{count} {name}" for name, count in self.counts.items() if count)
        yield _painted(counted or "nothing there to import", BOLD, colour)
        if self.is_quiet and self.counts["unchanged"]:
            yield "Nothing has changed."
        groups: dict[str, list[Finding]] = defaultdict(list)
        for one in self.findings:
            groups[one.words].append(one)
        for words, found in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
            yield ""
            yield _painted(f"{len(found)} times: {words}", YELLOW, colour)
            for one in found[:SHOWN_OF_A_KIND]:
                place = f"{one.file}:{one.line}" if one.line else one.file
                yield f"  {place}  {_painted(one.construct, FAINT, colour)}".rstrip()
            if len(found) > SHOWN_OF_A_KIND:
                yield f"  and {len(found) - SHOWN_OF_A_KIND} more; --json lists all"
        if self.not_kept:
            yield f"{self.not_kept} more problems are only counted."


def _painted(words: str, with_: str, colour: bool) -> str:
    return f"{with_}{words}{PLAIN}" if colour and words else words


def _shown(text: str) -> str:
    """Without what would move a cursor or hide a name, and without what no database keeps."""
    plain = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in plain)
