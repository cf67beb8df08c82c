"""What does an answer rest on? Sections of pages, by the numbers that its pieces name."""

from handrail.engines.ai.answers import Source
from handrail.engines.search.library.evidence import EvidencePage, EvidenceSection

EXCERPT_LINES = 6


class Sources:
    """Grows with the answer; a number that was given stays."""

    def __init__(self) -> None:
        self._found: list[Source] = []

    def number(self, page: EvidencePage, section: EvidenceSection) -> int:
        """From 1, in the order in which they are named first."""
        source = source_of(page, section)
        if source not in self._found:
            self._found.append(source)
        return self._found.index(source) + 1

    @property
    def all(self) -> tuple[Source, ...]:
        return tuple(self._found)


def source_of(page: EvidencePage, section: EvidenceSection) -> Source:
    """A section with what names it and how it begins."""
    return Source(
        medium=page.medium,
        thing_id=page.thing_id,
        language=page.language,
        title=page.title,
        heading_path=section.heading_path,
        anchor=section.anchor,
        excerpt=tuple(section.text.splitlines()[:EXCERPT_LINES]),
    )
