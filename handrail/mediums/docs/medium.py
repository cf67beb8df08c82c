"""How do Help Docs plug in?"""

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from handrail.hub.medium import Command, DeskItem, Findings, Medium, Place, Suggestion
from handrail.hub.registry import register
from handrail.mediums.docs import finding, searching
from handrail.mediums.docs.access import EDIT
from handrail.mediums.docs.actions import KIND, report
from handrail.mediums.docs.api import at_address
from handrail.mediums.docs.console import palette
from handrail.mediums.docs.models import Page
from handrail.mediums.docs.paths import path_of
from handrail.mediums.docs.reading.sides import PANEL, SITE
from handrail.people.viewer import Viewer


@register
class DocsMedium(Medium):
    name = KIND
    label = _("Help Docs")
    blurb = _("Search our help pages, or browse them by topic.")
    icon = "book-open"
    for_nobody = True
    public_path = SITE.prefix
    search_place = 10
    explains = True

    def desk_item(self, viewer: Viewer) -> DeskItem | None:
        if not viewer.may(EDIT):
            return None
        url = reverse("docs-desk:index")
        return DeskItem(name=self.name, label=str(self.label), icon=self.icon, url=url)

    def search(self, viewer: Viewer, text: str, *, limit: int, refine: bool) -> Findings | None:
        return finding.search(viewer, text, limit=limit, refine=refine)

    def suggest(self, viewer: Viewer, words: str) -> list[Suggestion]:
        return finding.suggest(viewer, words)

    def palette(self, viewer: Viewer, text: str) -> list[Command]:
        return palette.search(viewer, text)

    def palette_seen(self, viewer: Viewer, public_ids: list[str]) -> list[Command]:
        return palette.seen(viewer, public_ids)

    def places(self, viewer: Viewer, public_ids: Iterable[str]) -> dict[str, Place]:
        return finding.places(viewer, list(public_ids))

    def languages(self, viewer: Viewer) -> Sequence[str]:
        return searching.written_languages(viewer)

    def ask_url(self, question: str, *, is_public: bool) -> str:
        side = SITE if is_public else PANEL
        return f"{side.ask_address}?{urlencode({'ask': question})}"

    def read_public(self, viewer: Viewer, path: str) -> str | None:
        return at_address.text_at(viewer, path)

    def take_feedback(self, viewer: Viewer, path: str, words: str, goal: str) -> bool:
        page = at_address.page_at(viewer, path)
        if page is not None:
            report(viewer, page, words, goal=goal)
        return page is not None

    def readable(self, viewer: Viewer, public_ids: Iterable[str]) -> set[str]:
        """Pages, and this viewer's questions that pages answer since; two queries more for them."""
        wanted = set(public_ids)
        pages = Page.objects.visible_to(viewer).filter(public_id__in=wanted)
        found = set(pages.values_list("public_id", flat=True))
        rest = wanted - found
        return found | finding.answered_questions(viewer, rest) if rest else found

    def url_of(self, viewer: Viewer, public_id: str) -> str:
        """In the panel; an agent reads what members read, beside the way to the editor."""
        pages = Page.objects.visible_to(viewer).select_related("section")
        page = pages.defer("body", "html", "outline").filter(public_id=public_id).first()
        if page is None:
            return reverse("docs:answered", args=[public_id])
        return reverse("docs:page", args=[path_of(page.section, page)])
