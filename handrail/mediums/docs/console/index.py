"""What is in the help centre? Its sections, and the tree of one of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from handrail.mediums.docs.access import EDIT
from handrail.mediums.docs.console.branches import TOP, Grove, Opened
from handrail.mediums.docs.console.parts import find_section, name_of_language, parts
from handrail.mediums.docs.console.tree import MOST_FOUND, find_by_title, tree
from handrail.mediums.docs.models import Page, Section
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import Viewer


@dataclass(frozen=True)
class Tab:
    """A section or a language to choose."""

    label: str
    url: str
    is_current: bool


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    """A section's tree, or pages whose titles hold the words. The same queries for all sizes."""
    viewer = request.viewer
    viewer.require(EDIT)
    sections = list(Section.objects.visible_to(viewer))
    sought = request.GET.get("q", "").strip()
    context: dict[str, Any] = {"parts": parts(), "part": "pages", "sought": sought}
    if not sections:
        return render(request, "docs/desk/empty.html", context)
    slug = request.GET.get("section", "")
    section = next((one for one in sections if one.slug == slug), sections[0])
    context |= {"section": section, "sections": _section_tabs(sections, section)}
    if sought:
        found = find_by_title(viewer, sought, section)
        context |= {"found": found[:MOST_FOUND], "more": max(0, len(found) - MOST_FOUND)}
    else:
        revealed = request.GET.get("page", "")
        language = request.GET.get("language", "")
        context |= tree_context(viewer, section, language, opened_in(request.GET), revealed)
    return render(request, "docs/desk/index.html", context)


@require_safe
def branch(request: ViewerRequest, public_id: str) -> HttpResponse:
    """What is below one page of the tree (`of`; empty: the topmost), behind the first `after`."""
    section = find_section(request, public_id)
    language = request.GET.get("language", section.language)
    after = request.GET.get("after", "0")
    if "\0" in language or not (after.isdecimal() and len(after) < 7):
        raise Http404
    grove = Grove(tree(request.viewer, section, language))
    try:
        shown = grove.branch(Opened(), request.GET.get("of", TOP), begins=int(after))
    except KeyError as missing:
        raise Http404 from missing
    context = {"section": section, "language": language, "branch": shown}
    return render(request, "docs/desk/_branch.html", context)


def tree_context(
    viewer: Viewer, section: Section, language: str, opened: Opened, revealed: str = ""
) -> dict[str, Any]:
    """What the tree's template needs; an unknown language is the section's own. Two queries.

    What is above the page `revealed` is open, whatever else is.
    """
    spoken = _languages(viewer, section)
    language = language if language in spoken else section.language
    grove = Grove(tree(viewer, section, language))
    grove.reveal(revealed, opened)
    shown = grove.branch(opened)
    return {
        "section": section,
        "language": language,
        "languages": [
            Tab(name_of_language(tag), address(section, tag), tag == language) for tag in spoken
        ],
        "branch": shown,
        "opened": shown.opened(),
        "revealed": revealed,
    }


def opened_in(given: QueryDict) -> Opened:
    """What an address, or a form that moves a page, says of the tree."""
    return Opened.from_query(given.getlist("open"), given.getlist("close"))


def address(section: Section, language: str = "", page: str = "") -> str:
    """Of the desk's page with this tree, open as far as the page with this public id."""
    query = {"section": section.slug}
    if language and language != section.language:
        query["language"] = language
    if page:
        query["page"] = page
    return f"{reverse('docs-desk:index')}?{urlencode(query)}"


def _section_tabs(sections: Iterable[Section], current: Section) -> list[Tab]:
    return [Tab(one.title, address(one), one == current) for one in sections]


def _languages(viewer: Viewer, section: Section) -> list[str]:
    """The section's own first, then those that it has pages in."""
    pages = Page.objects.visible_to(viewer).filter(section=section).order_by()
    others = set(pages.values_list("language", flat=True).distinct()) - {section.language}
    return [section.language, *sorted(others)]
