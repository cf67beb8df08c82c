"""What may search engines look at? Every public page, with its other languages."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.mediums.docs.models import Page, Section
from handrail.mediums.docs.reading import caching
from handrail.mediums.docs.reading.sides import absolute
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import viewer_for_nobody

MOST_ADDRESSES = 50_000
"""Of one file, as https://www.sitemaps.org says; with more, the first is a list of files."""


@dataclass(frozen=True)
class Line:
    """An address, when it changed, and the same page in all languages."""

    address: str
    changed_at: datetime | None
    languages: list[tuple[str, str]]


@require_safe
def sitemap(request: ViewerRequest, number: int = 0) -> HttpResponseBase:
    """The file, or the list of files; `number` from 1 is one of these. Two queries."""
    sections = list(Section.objects.visible_to(viewer_for_nobody()))

    def make() -> HttpResponse:
        lines = list(_lines())
        files = range(1, -(-len(lines) // MOST_ADDRESSES) + 1)
        if number and number not in files:
            raise Http404
        if not number and len(files) > 1:
            addresses = [absolute(f"/sitemap-{one}.xml") for one in files]
            return _xml(request, "docs/sitemap_index.xml", {"addresses": addresses})
        begin = (number or 1) * MOST_ADDRESSES - MOST_ADDRESSES
        return _xml(request, "docs/sitemap.xml", {"lines": lines[begin : begin + MOST_ADDRESSES]})

    versions = [(section.pk, section.version) for section in sections]
    return caching.answer(request, make, "sitemap", number, *versions, vary=())


def _xml(request: ViewerRequest, template: str, context: dict[str, object]) -> HttpResponse:
    return render(request, template, context, content_type="application/xml; charset=utf-8")


def _lines() -> Iterator[Line]:
    rows = (
        Page.objects.visible_to(viewer_for_nobody())
        .public()
        .filter(is_group=False)
        .in_reading_order()
        .values_list(
            *("pk", "original_id", "language", "path", "published_at"),
            *("section__slug", "section__language"),
        )
    )
    pages = []
    families: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for pk, original, language, path, changed_at, slug, own in rows:
        parts = (slug, "" if language == own else language, path)
        address = absolute("/docs/" + "/".join(part for part in parts if part))
        pages.append((original or pk, address, changed_at))
        families[original or pk].append((language, address))
    for family, address, changed_at in pages:
        languages = families[family] if len(families[family]) > 1 else []
        yield Line(address, changed_at, languages)
