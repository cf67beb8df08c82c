"""Of which page could this one be the version in another language?"""

from dataclasses import dataclass

from handrail.engines.search.words import words
from handrail.mediums.docs.console.parts import name_of_language
from handrail.mediums.docs.console.tree import holds
from handrail.mediums.docs.models import Page
from handrail.people.viewer import Viewer

MOST_SHOWN = 8


@dataclass(frozen=True)
class Candidate:
    """A page in another language. `is_taken`: it has a version in this page's language."""

    pk: int
    public_id: str
    title: str
    path: str
    language: str
    is_taken: bool = False

    @property
    def language_name(self) -> str:
        return name_of_language(self.language)


def candidates(viewer: Viewer, page: Page, text: str) -> list[Candidate]:
    """Pages of its section that are written in another language first, whose titles hold words
    that begin so; without words those with the same address. Two queries, for any number.
    """
    asked = words(text)
    pages = Page.objects.visible_to(viewer).filter(section=page.section_id)
    others = pages.exclude(language=page.language).filter(original=None, is_group=page.is_group)
    rows = others.order_by("rank", "pk").values_list(
        *("pk", "public_id", "title", "path", "language", "slug")
    )
    of_language = pages.filter(language=page.language).exclude(original=None)
    taken = set(of_language.values_list("original_id", flat=True))
    found = []
    for pk, public_id, title, path, language, slug in rows.iterator():
        if holds(title, asked) if asked else slug == page.slug:
            found.append(Candidate(pk, public_id, title, path, language, pk in taken))
        if len(found) == MOST_SHOWN:
            break
    return found
