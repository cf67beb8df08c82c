"""Where does the help centre begin? Its sections, each with what is at its top."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber
from django.http import HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from handrail.mediums.docs.api.asking import answer, is_asked
from handrail.mediums.docs.api.llms import index_of_all
from handrail.mediums.docs.api.negotiating import prefers_markdown
from handrail.mediums.docs.models import Page, Section
from handrail.mediums.docs.reading import caching
from handrail.mediums.docs.reading.around import listed
from handrail.mediums.docs.reading.sides import Side
from handrail.mediums.docs.views.asking import leads_to_ask
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import Viewer

MOST_TOPICS = 6
"""Shown of one section; the rest is one press away."""


@dataclass(frozen=True)
class Tile:
    """A section on the home: its topics in the reader's language, where it has any."""

    section: Section
    language: str
    topics: list[Page]


@require_safe
def home(request: ViewerRequest, side: Side) -> HttpResponseBase:
    """Two queries. Programs get what `llms.txt` says."""
    if prefers_markdown(request):
        return answer(request) if is_asked(request) else index_of_all(request)
    if (leads := leads_to_ask(request, side)) is not None:
        return leads
    sections = list(Section.objects.visible_to(request.viewer))

    def make() -> HttpResponse:
        tiles = _tiles(request.viewer, sections)
        context = {
            "side": side,
            "tiles": tiles,
            "title": _("Help Docs"),
            "canonical": "/docs/",
            "is_indexed": not request.GET,
        }
        return render(request, "docs/home.html", context)

    versions = [(section.pk, section.version, section.position) for section in sections]
    return caching.answer(request, make, "home", versions)


@require_safe
def bare(request: ViewerRequest) -> HttpResponseBase:
    """`/docs`, as people type it."""
    return HttpResponsePermanentRedirect("/docs/")


def _tiles(viewer: Viewer, sections: list[Section]) -> list[Tile]:
    language = get_language() or ""
    topics: dict[tuple[int, str], list[Page]] = defaultdict(list)
    for page in _topics(viewer, sections, language) if sections else ():
        topics[page.section_id, page.language].append(page)
    tiles = []
    for section in sections:
        spoken = language if (section.pk, language) in topics else section.language
        tiles.append(Tile(section, spoken, topics[section.pk, spoken]))
    return tiles


def _topics(viewer: Viewer, sections: list[Section], language: str) -> list[Page]:
    """The first few at the top of each section, in its own language and in the reader's."""
    spoken = Q(language=F("section__language")) | Q(language=language)
    place = Window(RowNumber(), partition_by=["section_id", "language"], order_by="rank")
    top = listed(viewer).filter(spoken, section__in=sections, parent=None)
    return list(top.annotate(place=place).filter(place__lte=MOST_TOPICS).order_by("rank"))
