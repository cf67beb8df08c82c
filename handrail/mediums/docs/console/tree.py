"""How does the tree of a section's pages look to an editor? Every page, with what is to be known.

One query, whether there are three pages or two thousand.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from handrail.base.markdown.icons import icon_named
from handrail.engines.search.words import words
from handrail.mediums.docs.console.parts import name_of_language
from handrail.mediums.docs.models import Draft, Page, Section
from handrail.people.viewer import Viewer

MOST_FOUND = 50
FOLDED_FROM = 60
"""With so many pages in it, a section shows its topmost ones first, and the rest when asked to."""

_FACTS = (
    *("public_id", "title", "icon", "trail", "is_group", "is_published", "is_hidden"),
    *("audience__name", "source_id", "translated_number", "original__number", "has_draft"),
)


@dataclass(slots=True)
class Line:
    """A page in the tree. `opens`: a list begins with it; `closes`: so many end behind it."""

    public_id: str
    title: str
    icon: str
    trail: Sequence[int]
    is_group: bool
    is_published: bool
    is_hidden: bool
    audience: str | None
    source_id: int | None
    translated_number: int | None
    original_number: int | None
    has_draft: bool
    opens: bool = False
    closes: str = ""
    """As long as there are lists to close: templates count letters, not numbers."""
    is_parent: bool = False

    @property
    def is_stale(self) -> bool:
        """Its original says something else by now."""
        known = self.original_number is not None
        return known and (self.translated_number or 0) < (self.original_number or 0)

    @property
    def is_plain(self) -> bool:
        """There is nothing to say about it: published, for everybody, up to date."""
        return not (
            (self.has_draft or self.is_hidden or self.audience or self.source_id or self.is_stale)
            or not (self.is_published or self.is_group)
        )


def tree(viewer: Viewer, section: Section, language: str) -> list[Line]:
    """All pages of a section and language in reading order, with the lists that they make."""
    pages = Page.objects.visible_to(viewer).filter(section=section, language=language)
    drafts = Draft.objects.filter(page=OuterRef("pk"))
    rows = pages.annotate(has_draft=Exists(drafts)).order_by("rank", "pk").values_list(*_FACTS)
    lines = [Line(*row) for row in rows]
    for line in lines:
        line.icon = icon_named(line.icon) or ""
    _nest(lines)
    return lines


def _nest(lines: list[Line]) -> None:
    """Says where lists begin and end. A trail that leaps is no deeper than the one before it."""
    depth = -1
    for number, line in enumerate(lines):
        after = lines[number + 1] if number + 1 < len(lines) else None
        here = min(len(line.trail), depth + 1)
        line.opens = here > depth
        following = min(len(after.trail), here + 1) if after else 0
        line.is_parent = following > here
        line.closes = "x" * max(0, here - following)
        depth = here


@dataclass(frozen=True)
class Found:
    """A page whose title holds the words."""

    public_id: str
    title: str
    icon: str
    section: str
    language: str
    is_published: bool

    @property
    def language_name(self) -> str:
        return name_of_language(self.language)


def find_by_title(viewer: Viewer, text: str, most: int = MOST_FOUND) -> list[Found]:
    """Pages of all sections: each word that was typed begins a word of the title.

    One query that brings all titles (2,000: some 15 ms): letters are compared as search does it.
    """
    asked = words(text)
    if not asked:
        return []
    pages = Page.objects.visible_to(viewer).in_reading_order()
    rows = pages.values_list(
        "public_id", "title", "icon", "section__title", "language", "is_published"
    )
    found: list[Found] = []
    for row in rows.iterator():
        held = words(row[1])
        if all(any(word.startswith(begun) for word in held) for begun in asked):
            found.append(Found(*row))
            if len(found) == most:
                break
    return found
