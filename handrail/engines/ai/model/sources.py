"""What does an answer of the model rest on? Sections, numbered as its sentences name them."""

from handrail.engines.ai.answers import Answer, Source
from handrail.engines.ai.model.prompting import Passage
from handrail.engines.ai.quoting import EXCERPT_LINES, MOST_CLOSEST


class Sources:
    """Grows with the answer; a number that was given stays."""

    def __init__(self) -> None:
        self._found: list[Source] = []

    def number(self, passage: Passage) -> int:
        """From 1, in the order in which they are named first."""
        source = _source(passage)
        if source not in self._found:
            self._found.append(source)
        return self._found.index(source) + 1

    @property
    def all(self) -> tuple[Source, ...]:
        return tuple(self._found)


def closest(quoted: Answer, sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """What the built-in engine found near to the question, of pages that are no source."""
    named = {(one.medium, one.thing_id) for one in sources}
    best: dict[tuple[str, str], Source] = {}
    for one in (*quoted.sources, *quoted.closest):
        best.setdefault((one.medium, one.thing_id), one)
    return tuple(one for page, one in best.items() if page not in named)[:MOST_CLOSEST]


def _source(passage: Passage) -> Source:
    """As `quoting` makes it of a page and a section."""
    page, section = passage.page, passage.section
    return Source(
        medium=page.medium,
        thing_id=page.thing_id,
        language=page.language,
        title=page.title,
        heading_path=section.heading_path,
        anchor=section.anchor,
        excerpt=tuple(section.text.splitlines()[:EXCERPT_LINES]),
    )
