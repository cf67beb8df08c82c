"""What is in the help centre? Its sections, and the tree of one of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from handrail.mediums.docs.access import EDIT
from handrail.mediums.docs.console.parts import name_of_language, parts
from handrail.mediums.docs.console.tree import FOLDED_FROM, find_by_title, tree
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
        context["found"] = find_by_title(viewer, sought)
    else:
        context |= tree_context(viewer, section, request.GET.get("language", ""))
    return render(request, "docs/desk/index.html", context)


def tree_context(viewer: Viewer, section: Section, language: str) -> dict[str, Any]:
    """What the tree's template needs; an unknown language is the section's own. Two queries."""
    spoken = _languages(viewer, section)
    language = language if language in spoken else section.language
    lines = tree(viewer, section, language)
    return {
        "section": section,
        "language": language,
        "languages": [
            Tab(name_of_language(tag), address(section, tag), tag == language) for tag in spoken
        ],
        "lines": lines,
        "is_folded": len(lines) >= FOLDED_FROM,
    }


def address(section: Section, language: str = "") -> str:
    """Of the desk's page with this tree."""
    query = {"section": section.slug}
    if language and language != section.language:
        query["language"] = language
    return f"{reverse('docs-desk:index')}?{urlencode(query)}"


def _section_tabs(sections: Iterable[Section], current: Section) -> list[Tab]:
    return [Tab(one.title, address(one), one == current) for one in sections]


def _languages(viewer: Viewer, section: Section) -> list[str]:
    """The section's own first, then those that it has pages in."""
    pages = Page.objects.visible_to(viewer).filter(section=section).order_by()
    others = set(pages.values_list("language", flat=True).distinct()) - {section.language}
    return [section.language, *sorted(others)]
