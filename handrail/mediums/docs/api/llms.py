"""What may a program read here? `llms.txt` lists what is public, `llms-full.txt` holds its text."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F
from django.http import Http404, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from handrail.mediums.docs.access import PageQuerySet
from handrail.mediums.docs.actions.atlas import Atlas
from handrail.mediums.docs.api.asking import answer, is_asked
from handrail.mediums.docs.api.links import public_atlas, to_markdown
from handrail.mediums.docs.api.pages import line
from handrail.mediums.docs.api.text import footer, joined, markdown_response
from handrail.mediums.docs.models import Page, Section
from handrail.mediums.docs.reading import caching
from handrail.mediums.docs.reading.finding import taken_apart
from handrail.mediums.docs.reading.sides import SITE, absolute
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import viewer_for_nobody

MOST_LETTERS = 100_000
"""Of `llms.txt`: descriptions are shortened first, then pages are left out, and it says so."""

SUMMARIES = (300, 120, 60, 0)
"""Letters of a description, from what one wants to what one can live with."""

PAGES_A_FILE = 100
LIGHT = ("section_id", "language", "path", "title", "summary", "rank")


@require_safe
def llms(request: ViewerRequest, section: str = "") -> HttpResponseBase:
    """All sections, or one of them where the whole had to leave pages out."""
    if section and taken_apart(section) is None:
        raise Http404
    if is_asked(request):
        return answer(request)
    return index_of_all(request, section)


def index_of_all(request: ViewerRequest, slug: str = "") -> HttpResponseBase:
    """Two queries; one where nothing has changed. The same for whoever asks."""
    sections = [one for one in _sections() if slug in ("", one.slug)]
    if slug and not sections:
        raise Http404

    def make() -> HttpResponse:
        return markdown_response(_index(sections, is_whole=not slug), robots="noindex")

    return caching.answer(request, make, "llms", slug, *_versions(sections))


def text_of_index() -> str:
    """All sections. Two queries."""
    return _index(_sections(), is_whole=True)


@require_safe
def full(request: ViewerRequest, number: int = 0) -> HttpResponseBase:
    """A hundred pages a file; each file but the last leads on. Five queries."""
    sections = _sections()

    def make() -> HttpResponse:
        rows = _pages().select_related("section").defer("html", "outline")
        pages = list(rows[number * PAGES_A_FILE : (number + 1) * PAGES_A_FILE + 1])
        if number and not pages:
            raise Http404
        return markdown_response(_texts(pages, number), robots="noindex")

    return caching.answer(request, make, "full", number, *_versions(sections))


def _sections() -> list[Section]:
    return list(Section.objects.visible_to(viewer_for_nobody()))


def _versions(sections: Iterable[Section]) -> list[tuple[int, int, int]]:
    return [(section.pk, section.version, section.position) for section in sections]


def _pages() -> PageQuerySet:
    """Public, and in the language of their section: translations say the same again."""
    public = Page.objects.visible_to(viewer_for_nobody()).public()
    own = public.filter(is_group=False, language=F("section__language"))
    return own.in_reading_order()


def _index(sections: list[Section], *, is_whole: bool) -> str:
    of_section: dict[int, list[Page]] = defaultdict(list)
    for page in _pages().filter(section__in=sections).only(*LIGHT):
        of_section[page.section_id].append(page)
    listed = [(section, of_section[section.pk]) for section in sections if of_section[section.pk]]
    for letters in SUMMARIES:
        said = _drawn(listed, letters, is_whole=is_whole)
        if len(said) <= MOST_LETTERS:
            return said
    return _shortened(listed, is_whole=is_whole)


def _drawn(
    listed: list[tuple[Section, list[Page]]],
    letters: int,
    *,
    is_whole: bool,
    left_out: int = 0,
) -> str:
    """In the order of the specification: title, summary, text without headings, then sections."""
    title = "# Help Docs" if is_whole or not listed else f"# {listed[0][0].title}"
    summary = "" if is_whole or not listed else listed[0][0].description
    parts = [
        title,
        f"> {' '.join(summary.split()) or 'The help pages that are open to everybody.'}",
        "Every page is there as Markdown, at its address with `.md`, as it is listed here. The "
        f"text of all of them is at {absolute('/llms-full.txt')}.",
    ]
    if left_out:
        whole = ", ".join(absolute(f"/docs/{section.slug}/llms.txt") for section, _ in listed)
        more = f" Whole lists: {whole}." if is_whole else ""
        parts.append(f"{left_out} pages are left out, to keep this file short.{more}")
    for section, pages in listed:
        parts.append(f"## {section.title}")
        parts.append("\n".join(line(section, page, letters=letters) for page in pages))
    return joined(*parts, footer(absolute("/docs/index.md")))


def _shortened(listed: list[tuple[Section, list[Page]]], *, is_whole: bool) -> str:
    """Without descriptions, and with as many pages of each section as there is room for."""
    total = sum(len(pages) for _section, pages in listed)
    sizes = [len(line(section, page, letters=0)) + 1 for section, pages in listed for page in pages]
    share = (MOST_LETTERS - 5_000) / sum(sizes)
    while True:
        kept = [(section, pages[: int(len(pages) * share)]) for section, pages in listed]
        left_out = total - sum(len(pages) for _section, pages in kept)
        said = _drawn(kept, 0, is_whole=is_whole, left_out=left_out)
        if len(said) <= MOST_LETTERS or share < 0.001:
            return said[:MOST_LETTERS]
        share *= 0.95


def _texts(pages: list[Page], number: int) -> str:
    shown = pages[:PAGES_A_FILE]
    parts = []
    atlas = public_atlas() if shown else Atlas()
    for page in shown:
        source = f"Source: {absolute(SITE.address(page.section, page, '.md'))}"
        body = to_markdown(page, atlas)
        parts.append(joined(f"# {page.title}", source, page.summary, _without_title(body)))
    if len(pages) > PAGES_A_FILE:
        parts.append(f"---\n\nMore pages: {absolute(f'/llms-full.txt/{number + 1}')}")
    return joined("\n\n".join(parts) or "# Help Docs\n\nThere are no public pages yet.")


def _without_title(body: str) -> str:
    """The body without the title that it may bring along."""
    stripped = body.lstrip()
    return stripped.partition("\n")[2] if stripped.startswith("# ") else body
