"""What does a program get at the address of a page? Its Markdown, and where to go on."""

import re

from django.http import HttpResponse, HttpResponseBase

from handrail.mediums.docs.api.links import atlas_for, to_markdown
from handrail.mediums.docs.api.similar import nearest
from handrail.mediums.docs.api.text import footer, head, joined, link_text, markdown_response
from handrail.mediums.docs.models import Page, Section
from handrail.mediums.docs.paths import path_of
from handrail.mediums.docs.reading import caching
from handrail.mediums.docs.reading.around import listed
from handrail.mediums.docs.reading.finding import Found
from handrail.mediums.docs.reading.sides import SITE, Side, absolute
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import NotSignedIn, Viewer, viewer_for_nobody

_TITLE = re.compile(r"\s*# ")
"""How a body begins that brings its title along."""


def page(request: ViewerRequest, side: Side, found: Found) -> HttpResponseBase:
    """A page, or the list of what is in a category or a section. Three or four queries.

    Its links lead into other sections, too: what changes there changes what is said here.
    """
    if found.page is None:
        return _section(request, found)
    one = found.page

    def make() -> HttpResponse:
        said = text_of(request.viewer, one)
        if said is None:
            return missing(request, side, path_of(one.section, one))
        return markdown_response(said)

    others = list(Section.objects.visible_to(viewer_for_nobody()).values_list("pk", "version"))
    parts = ("md", one.pk, one.number, one.section.version, found.is_fallback, others)
    return caching.answer(request, make, *parts, is_public=one.audience_id is None)


def text_of(viewer: Viewer, one: Page) -> str | None:
    """A page that this viewer may read, or a category; None where nothing in that is for them."""
    own = absolute(SITE.address(one.section, one, ".md"))
    if one.is_group:
        children = list(listed(viewer).filter(parent=one).order_by("rank"))
        if not children:
            return None
        body = _lines(one.section, children)
    else:
        body = to_markdown(one, atlas_for(viewer, one))
    title = "" if _TITLE.match(body) else f"# {one.title}"
    summary = one.summary if one.is_group else ""
    return joined(head(own), title, summary, body, footer(own))


def text_of_section(viewer: Viewer, found: Found) -> str:
    """What is at the top of a section, in the language that was asked for."""
    section, language = found.section, found.language or found.section.language
    own = absolute(f"{SITE.index(section, language)}.md")
    pages = listed(viewer).filter(section=section, language=language, parent=None)
    body = _lines(section, list(pages.order_by("rank")))
    return joined(head(own), f"# {section.title}", section.description, body, footer(own))


def _section(request: ViewerRequest, found: Found) -> HttpResponseBase:
    section = found.section

    def make() -> HttpResponse:
        return markdown_response(text_of_section(request.viewer, found))

    return caching.answer(request, make, "md", "section", section.pk, section.version)


def _lines(section: Section, pages: list[Page]) -> str:
    return "\n".join(line(section, page) for page in pages)


def line(section: Section, page: Page, *, letters: int | None = None) -> str:
    """`- [Title](address.md): summary`, with so many letters of the summary."""
    summary = " ".join(page.summary.split())
    if letters is not None and len(summary) > letters:
        summary = f"{summary[:letters].rstrip()}…" if letters else ""
    address = absolute(SITE.address(section, page, ".md"))
    return f"- [{link_text(page.title)}]({address})" + (f": {summary}" if summary else "")


def missing(request: ViewerRequest, side: Side, address: str) -> HttpResponse:
    """200, since programs throw the text of a 404 away. The same for what is not theirs."""
    if not side.is_public and request.viewer.is_nobody:
        raise NotSignedIn
    near = nearest(request.viewer, address)
    body = "\n".join(line(one.section, one) for one in near)
    said = joined(
        "# Page Not Found",
        "There is no page at this address. It may have moved, or it may not be for you.",
        "The nearest pages:" if near else "",
        body,
        f"All pages: {absolute('/llms.txt')}. Their whole text: {absolute('/llms-full.txt')}.",
        footer(absolute("/docs/index.md")),
    )
    response = markdown_response(said, robots="noindex, nofollow")
    response["Cache-Control"] = caching.PRIVATE
    response["Vary"] = "Accept"
    return response
