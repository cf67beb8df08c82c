"""Which pages answer a question, for this viewer? The library proposes; the database disposes."""

from dataclasses import dataclass

from django.utils.translation import get_language

from handrail.engines.search import library
from handrail.engines.search.excerpts import Part
from handrail.engines.search.library.actions import record_miss
from handrail.mediums.docs.models import Page, Section
from handrail.people.viewer import Viewer

MEDIUM = "docs"
LONGEST_QUESTION = 500
MOST_PAGES = 10
MOST_ASKED_FOR = 20
"""A few more than are shown, for those that the database takes away."""


@dataclass(frozen=True)
class FoundPlace:
    """A passage of a page that answers; `anchor` leads to it, and is empty for the beginning."""

    heading: str
    anchor: str
    excerpt: tuple[Part, ...]


@dataclass(frozen=True)
class FoundPage:
    """A page that this viewer may read, with the places in it that answer."""

    page: Page
    title: tuple[Part, ...]
    places: tuple[FoundPlace, ...]


@dataclass(frozen=True)
class FoundPages:
    """What a question found, best first."""

    pages: list[FoundPage]
    corrected: str | None
    """The question as it was read, where words in it were put right."""
    certainty: float = 0.0
    """From 0 to 1, how sure it is that these answer at all."""
    has_meaning: bool = False


def search(
    viewer: Viewer, question: str, *, limit: int = MOST_PAGES, refine: bool = True
) -> FoundPages:
    """In the reader's language, and in those that sections are written in.

    What this viewer may not read changes nothing of the answer. Without `refine`, words alone
    answer, in a tenth of the time. At most five queries.
    """
    if not question:
        return FoundPages([], None)
    answer = library.search(
        question,
        audiences=None if viewer.is_system else viewer.audience_ids,
        languages=_languages(viewer),
        mediums=(MEDIUM,),
        limit=max(limit, MOST_ASKED_FOR),
        refine=refine,
    )
    pages = readable_pages(viewer, [hit.thing_id for hit in answer.hits])
    found = [_found(pages[hit.thing_id], hit) for hit in answer.hits if hit.thing_id in pages]
    return FoundPages(found[:limit], answer.corrected, answer.confidence, answer.has_meaning)


def remember_miss(viewer: Viewer, question: str) -> bool:
    """Keeps the question for the editors, if it is true that nothing answers it."""
    if not question or search(viewer, question, limit=1).pages:
        return False
    record_miss(question, get_language() or "en")
    return True


def cleaned(question: str) -> str:
    """What somebody typed, in one line and within bounds."""
    return " ".join(question.replace("\0", " ").split())[:LONGEST_QUESTION]


def _languages(viewer: Viewer) -> tuple[str, ...]:
    """The reader's own first, then those that the help centre is written in."""
    return tuple(dict.fromkeys([get_language() or "en", *written_languages(viewer)]))


def written_languages(viewer: Viewer) -> list[str]:
    """Those of the sections that this viewer may read, in the order of sections. One query."""
    written = Section.objects.visible_to(viewer).values_list("language", flat=True)
    return list(dict.fromkeys(written))


def readable_pages(viewer: Viewer, public_ids: list[str]) -> dict[str, Page]:
    """The database's last word, in one query."""
    if not public_ids:
        return {}
    pages = Page.objects.visible_to(viewer).listed().filter(public_id__in=public_ids)
    shown = pages.select_related("section").defer("body", "html", "outline")
    return {page.public_id: page for page in shown}


def _found(page: Page, hit: library.Hit) -> FoundPage:
    places = tuple(
        FoundPlace(one.heading_path[-1] if one.heading_path else "", one.anchor, one.excerpt)
        for one in hit.passages
    )
    return FoundPage(page, hit.title_parts, places)
