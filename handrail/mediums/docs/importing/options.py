"""What does whoever starts an import say of it?"""

from collections.abc import Callable
from dataclasses import dataclass, field

from handrail.mediums.docs.models import Source
from handrail.people.models import Audience

Progress = Callable[[str, int], Callable[[int], object]]
"""Takes what is done and how many there are; gives what is told how many are done."""


def silent(what: str, total: int) -> Callable[[int], object]:
    return lambda done: None


@dataclass(frozen=True)
class Options:
    section: str = ""
    """The slug of the section that the whole tree is; empty: as its SUMMARY.md tell."""
    name: str = ""
    """What a tree without sections is called."""
    audience: str = ""
    """The key of the audience of pages that do not name one; empty: everybody."""
    language: str = ""
    """In which a section that is made has its pages; empty: as its SUMMARY.md says, or English."""
    overwrite: bool = False
    """Whether a file goes before what somebody wrote here since."""
    dry_run: bool = False
    source: Source | None = None
    progress: Progress = silent
    audiences: dict[str, Audience] = field(default_factory=dict)
    """By their keys; see `with_audiences`."""
