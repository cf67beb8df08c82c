"""Which pages has a section, with what an editor has to know, and which titles hold words?

One query, whether there are three pages or two thousand. What is shown of them: `branches`.
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

_FACTS = (
    *("pk", "public_id", "title", "icon", "trail", "is_group", "is_published", "is_hidden"),
    *("audience__name", "source_id", "translated_number", "original__number", "has_draft"),
)


@dataclass(slots=True)
class Line:
    """A page in the tree."""

    pk: int
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
    """All pages of a section and language in reading order."""
    pages = Page.objects.visible_to(viewer).filter(section=section, language=language)
    drafts = Draft.objects.filter(page=OuterRef("pk"))
    rows = pages.annotate(has_draft=Exists(drafts)).order_by("rank", "pk").values_list(*_FACTS)
    return [Line(*row) for row in rows]


def holds(title: str, asked: Sequence[str]) -> bool:
    """Whether each of these words begins a word of the title."""
    held = words(title)
    return all(any(word.startswith(begun) for word in held) for begun in asked)


@dataclass(frozen=True)
class Found:
    """A page whose title holds the words. `path`: where it stands, to tell it from its like."""

    public_id: str
    title: str
    icon: str
    section: str
    language: str
    is_published: bool
    path: str

    @property
    def drawn(self) -> str:
        """The icon that stands for it."""
        return icon_named(self.icon) or "file-text"

    @property
    def language_name(self) -> str:
        return name_of_language(self.language)


def find_by_title(viewer: Viewer, text: str, first: Section | None = None) -> list[Found]:
    """Pages of all sections, those of `first` before the others: each word that was typed begins
    a word of the title.

    All of them: whoever shows them says how many there are. One query that brings all titles
    (2,000: some 15 ms): letters are compared as search does it.
    """
    asked = words(text)
    if not asked:
        return []
    pages = Page.objects.visible_to(viewer).in_reading_order()
    rows = pages.values_list(
        *("public_id", "title", "icon", "section__title", "language", "is_published", "path"),
        "section_id",
    )
    found: list[tuple[bool, Found]] = []
    for *facts, section in rows.iterator():
        if holds(facts[1], asked):
            found.append((first is not None and section != first.pk, Found(*facts)))
    found.sort(key=lambda one: one[0])
    return [one for _is_elsewhere, one in found]
