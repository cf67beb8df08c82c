"""What does a program read at a public address, when it has the address alone?"""

from handrail.mediums.docs.api.llms import text_of_index
from handrail.mediums.docs.api.pages import text_of, text_of_section
from handrail.mediums.docs.models import Page
from handrail.mediums.docs.reading.finding import Found, find
from handrail.mediums.docs.reading.sides import SITE
from handrail.people.viewer import Viewer

INDEXES = ("/llms.txt", SITE.prefix, SITE.prefix.rstrip("/"), f"{SITE.prefix}index.md")


def text_at(viewer: Viewer, path: str) -> str | None:
    """A page, a category, a section, or the list of all. Old addresses lead on.

    None for all that lists do not name to this viewer: hidden pages, too.
    """
    if path in INDEXES:
        return text_of_index()
    found = _found(viewer, path)
    if found is None:
        return None
    page = found.leads_to or found.page
    if page is None:
        return text_of_section(viewer, found)
    return text_of(viewer, page) if _is_listed(page) else None


def page_at(viewer: Viewer, path: str) -> Page | None:
    """The page at a public address, if lists may name it; no category, no section."""
    found = _found(viewer, path)
    page = (found.leads_to or found.page) if found else None
    return page if page and _is_listed(page) and not page.is_group else None


def _found(viewer: Viewer, path: str) -> Found | None:
    if not path.startswith(SITE.prefix):
        return None
    address = path.removeprefix(SITE.prefix).rstrip("/").removesuffix(".md")
    return find(viewer, address, leave_out=("html", "outline"))


def _is_listed(page: Page) -> bool:
    return page.is_published and not page.is_hidden
