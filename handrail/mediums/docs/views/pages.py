"""What is a page of the help centre, when somebody opens it?"""

from typing import Any
from urllib.parse import urlencode

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from handrail.base.languages import direction_of
from handrail.base.robots import QUESTIONS
from handrail.hub.menu import sign_in_help_url
from handrail.hub.registry import find as find_medium
from handrail.mediums.docs.api import asking
from handrail.mediums.docs.api import pages as for_machines
from handrail.mediums.docs.api.negotiating import prefers_markdown
from handrail.mediums.docs.api.structured import structured_data
from handrail.mediums.docs.models import Page
from handrail.mediums.docs.paths import MARK
from handrail.mediums.docs.reading import caching
from handrail.mediums.docs.reading.around import Around, around, of_section
from handrail.mediums.docs.reading.finding import Found, find
from handrail.mediums.docs.reading.sides import SITE, Side, speaking
from handrail.mediums.docs.views.asking import leads_to_ask
from handrail.mediums.docs.views.missing import missing
from handrail.people.requests import ViewerRequest

NOT_INDEXED = (*QUESTIONS, "quote")
"""With these, an address shows a page that is at another address as well."""


@require_safe
def page(request: ViewerRequest, side: Side, address: str) -> HttpResponseBase:
    """A page, a category or a section; with `.md`, or for programs that prefer it, as Markdown."""
    if address.endswith("/"):
        return _to(request, f"{side.prefix}{address.rstrip('/')}", is_for_good=True)
    is_markdown = address.endswith(".md") or prefers_markdown(request)
    plain = address.removesuffix(".md")
    if is_markdown and asking.is_asked(request):
        return asking.answer(request, plain)
    leave_out = ("html", "outline") if is_markdown else ("body",)
    found = find(request.viewer, plain, leave_out=leave_out)
    if found is None:
        if is_markdown:
            return for_machines.missing(request, side, plain)
        return leads_to_ask(request, side) or missing(request, side, plain)
    if found.leads_to is not None:
        suffix = ".md" if address.endswith(".md") else ""
        now = side.address(found.section, found.leads_to, suffix)
        return _to(request, now, is_for_good=found.is_for_good)
    if is_markdown:
        return for_machines.page(request, side, found)
    if (leads := leads_to_ask(request, side, found.page)) is not None:
        return leads
    with speaking(side, found.language):
        answer = _shown(request, side, found)
        answer.headers.setdefault("Content-Language", get_language() or "")
        return answer


def _to(request: HttpRequest, path: str, *, is_for_good: bool) -> HttpResponseBase:
    query = f"?{urlencode(request.GET, doseq=True)}" if request.GET else ""
    kind = HttpResponsePermanentRedirect if is_for_good else HttpResponseRedirect
    return kind(path + query)


def _shown(request: ViewerRequest, side: Side, found: Found) -> HttpResponseBase:
    if found.page is None:
        return _section(request, side, found)
    page = found.page
    is_indexed = not any(name in request.GET for name in NOT_INDEXED)

    def make() -> HttpResponse:
        beside = around(request.viewer, page)
        if page.is_group and not beside.children:
            return missing(request, side, page.path)
        context = _context(side, found, page, beside)
        context["is_indexed"] = is_indexed and context["is_for_all"]
        return render(request, "docs/page.html", context)

    parts = (page.pk, page.number, page.section.version, found.is_fallback)
    return caching.answer(request, make, *parts, is_public=page.audience_id is None)


def _context(side: Side, found: Found, page: Page, beside: Around) -> dict[str, Any]:
    original = beside.original_of(page)
    address = SITE.address(page.section, page)
    is_for_all = page.audience_id is None and not page.is_hidden and not found.is_fallback
    return {
        "side": side,
        "section": page.section,
        "page": page,
        "title": page.title,
        "html": page.html.replace(MARK, side.prefix),
        "outline": [entry for entry in page.outline if entry[0] <= 3],
        "around": beside,
        "languages": _languages(side, page, beside),
        "language": page.language,
        "direction": direction_of(page.language),
        "wanted_language": name_of(found.language) if found.is_fallback else "",
        "own_language": name_of(page.language),
        "in_readers_language": _in_readers_language(side, page, beside),
        "is_stale": bool(original and (page.translated_number or 0) < original.number),
        "original": original,
        "is_for_all": is_for_all,
        "canonical": address,
        "markdown_address": side.address(page.section, page, ".md"),
        "structured": structured_data(page, beside.crumbs) if is_for_all else "",
        "has_tickets": find_medium("tickets") is not None,
        "sign_in_help_url": sign_in_help_url(),
    }


def _section(request: ViewerRequest, side: Side, found: Found) -> HttpResponseBase:
    section = found.section
    language = found.language or section.language

    def make() -> HttpResponse:
        tree = of_section(request.viewer, section, language)
        context = {
            "side": side,
            "section": section,
            "title": section.title,
            "tree": tree,
            "language": language,
            "direction": direction_of(language),
            "canonical": SITE.index(section, language),
            "markdown_address": f"{side.index(section, language)}.md",
            "is_indexed": not any(name in request.GET for name in NOT_INDEXED),
            "search_label": _("Search in %(section)s") % {"section": section.title},
        }
        return render(request, "docs/section.html", context)

    return caching.answer(request, make, "section", section.pk, section.version)


def _languages(side: Side, page: Page, beside: Around) -> list[dict[str, Any]]:
    """The same page in every language that it is there in; the section's own comes first."""
    family = {one.pk: one for one in [*beside.family, page]}.values()
    ordered = sorted(family, key=lambda one: (one.language != page.section.language, one.language))
    return [
        {
            "code": one.language,
            "name": name_of(one.language),
            "url": side.address(page.section, one),
            "public_url": SITE.address(page.section, one),
            "is_here": one.pk == page.pk,
        }
        for one in ordered
    ]


def _in_readers_language(side: Side, page: Page, beside: Around) -> str:
    """Where this page is in the language that the reader speaks; empty: it is this one, or none."""
    spoken = (get_language() or "").partition("-")[0]
    if page.language.partition("-")[0] == spoken:
        return ""
    one = next((one for one in beside.family if one.language.partition("-")[0] == spoken), None)
    return side.address(page.section, one) if one else ""


def name_of(language: str) -> str:
    """As its own speakers call it: "Deutsch". What we do not know is called by its tag."""
    try:
        return str(get_language_info(language)["name_local"]).capitalize()
    except KeyError:
        return language
