"""What does a plugin know of the page? Its language, links, anchors and problems."""

from dataclasses import dataclass, field

from django.utils.translation import gettext, override
from django.utils.translation import gettext as _

from handrail.base.markdown.addresses import (
    NoTargets,
    Targets,
    clean_address,
    kind_of,
    looks_like_page,
    part_address,
)
from handrail.base.markdown.anchors import Anchors
from handrail.base.markdown.problems import Problems


@dataclass
class Page:
    """One page while it is drawn. `language` is the one that our own words in it are in."""

    problems: Problems
    targets: Targets = field(default_factory=NoTargets)
    language: str | None = None
    anchors: Anchors = field(default_factory=Anchors)
    links: dict[str, None] = field(default_factory=dict)
    files: dict[str, None] = field(default_factory=dict)
    code_used: int = 0

    def say(self, message: str) -> str:
        """A word of ours in the language of the page; the message is marked with gettext_noop."""
        if self.language is None:
            return gettext(message)
        with override(self.language):
            return gettext(message)

    def link(self, written: str, line: int) -> str | None:
        """Where a link goes; None, with a problem, when there is nowhere to go."""
        address = clean_address(written)
        kind = kind_of(address)
        if kind == "place":
            return address if len(address) > 1 else None
        if kind == "unsafe" or not address:
            words = _("This address leads nowhere that a page may lead; its words stay.")
            self.problems.note(line, written, words)
            return None
        self.links.setdefault(address)
        path, place = part_address(address)
        found = self._find(path)
        if found is None and kind == "site":
            return address
        if found is None:
            words = _("The link leads to nothing that is here; its words stay.")
            self.problems.note(line, written, words)
            return None
        return found + place

    def _find(self, path: str) -> str | None:
        page, file = self.targets.page, self.targets.file
        first, second = (page, file) if looks_like_page(path) else (file, page)
        return first(path) or second(path)

    def file(self, written: str, line: int) -> str | None:
        """Where a file or picture is; None, with a problem, when it is not here.

        A picture of another site is not here either: pages load nothing from elsewhere.
        """
        address = clean_address(written)
        if kind_of(address) in ("unsafe", "place") or not address:
            self.problems.note(line, written, _("This is no address of a file."))
            return None
        self.files.setdefault(address)
        found = self.targets.file(part_address(address)[0])
        if found is None:
            self.problems.note(line, written, _("This file is not here."))
        return found
