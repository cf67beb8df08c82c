"""What do Help Docs bring to the one search box, and to a ticket that is being written?"""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.utils.translation import get_language

from handrail.engines.activity.ref import Ref
from handrail.engines.ai.models import Question
from handrail.hub.medium import Finding, Findings, Place, Suggestion
from handrail.mediums.docs import searching
from handrail.mediums.docs.models import Page
from handrail.mediums.docs.reading.sides import PANEL, SITE
from handrail.mediums.docs.searching import MEDIUM, FoundPage
from handrail.people.viewer import Viewer

MOST_SUGGESTED = 4
SURE_BY_MEANING = 0.4
SURE_BY_WORDS = 0.5
"""Less certain than this, nothing is suggested: a wrong page in the way helps nobody."""


def search(viewer: Viewer, text: str, *, limit: int, refine: bool) -> Findings:
    """Pages, best first, each with the place in it that answers best."""
    found = searching.search(viewer, text, limit=limit + 1, refine=refine)
    rest = "" if len(found.pages) <= limit else f"?{urlencode({'q': text})}"
    return Findings(
        found=[_finding(page) for page in found.pages[:limit]],
        more_url=rest and f"{PANEL.search_address}{rest}",
        more_public_url=rest and f"{SITE.search_address}{rest}",
        corrected=found.corrected or "",
        may_refine=not refine,
    )


def suggest(viewer: Viewer, words: str) -> list[Suggestion]:
    """Pages that may spare a ticket with these words; none that hardly fits."""
    found = searching.search(viewer, words, limit=MOST_SUGGESTED)
    least = SURE_BY_MEANING if found.has_meaning else SURE_BY_WORDS
    if found.certainty < least:
        return []
    return [
        Suggestion(Ref(MEDIUM, one.page.public_id), one.page.title, _plain(one))
        for one in found.pages
    ]


def places(viewer: Viewer, public_ids: list[str]) -> dict[str, Place]:
    """Where this viewer reads these pages; those that are listed for them. One query."""
    return {
        public_id: Place(
            title=page.title,
            section=page.section.title,
            url=PANEL.address(page.section, page),
            public_url=SITE.address(page.section, page),
        )
        for public_id, page in searching.readable_pages(viewer, public_ids).items()
    }


def answered_questions(viewer: Viewer, public_ids: Iterable[str]) -> set[str]:
    """Those of these that are questions of this viewer's, and answered by a page that they may
    read. Two queries; one for nobody's."""
    questions = Question.objects.visible_to(viewer).filter(public_id__in=list(public_ids))
    pages = {
        public_id: where.partition("#")[0]
        for public_id, where in questions.exclude(answered_by="").values_list(
            "public_id", "answered_by"
        )
    }
    if not pages:
        return set()
    read = Page.objects.visible_to(viewer).published().filter(public_id__in=set(pages.values()))
    readable = set(read.values_list("public_id", flat=True))
    return {public_id for public_id, page in pages.items() if page in readable}


def _finding(found: FoundPage) -> Finding:
    best = found.places[0] if found.places else None
    anchor = f"#{best.anchor}" if best and best.anchor else ""
    hint = [found.page.section.title, *([best.heading] if best and best.heading else [])]
    if found.page.language != get_language():
        hint.append(found.page.language.upper())
    return Finding(
        ref=Ref(MEDIUM, found.page.public_id),
        url=PANEL.address(found.page.section, found.page, anchor),
        public_url=SITE.address(found.page.section, found.page, anchor),
        title=found.title,
        excerpt=best.excerpt if best else (),
        hint=" · ".join(hint),
    )


def _plain(found: FoundPage) -> str:
    if found.page.summary:
        return found.page.summary
    return "".join(part.text for part in found.places[0].excerpt) if found.places else ""
