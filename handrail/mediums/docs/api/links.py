"""Where do the links of a page lead, for programs? To Markdown, by whole addresses.

What somebody may not read is not named to them.
"""

import posixpath
from collections.abc import Iterable
from urllib.parse import quote, unquote, urlsplit

from django.db.models import Q

from handrail.base import markdown
from handrail.mediums.docs.models import Asset, Page
from handrail.mediums.docs.paths import path_of
from handrail.mediums.docs.reading.sides import absolute
from handrail.people.viewer import Viewer


class _Asked:
    """Notes down what a page leads to, and answers nothing."""

    def __init__(self) -> None:
        self.addresses: list[str] = []

    def page(self, address: str) -> str | None:
        self.addresses.append(address)
        return None

    file = page


class _Known:
    """Answers from what was looked up at once. As `drawing.PageTargets` does for people."""

    def __init__(self, page: Page, pages: dict[str, Page], files: dict[str, Asset]) -> None:
        self._page, self._pages, self._files = page, pages, files

    def page(self, address: str) -> str | None:
        path = within(self._page, address)
        found = self._pages.get(path) or self._pages.get(plain(path))
        return absolute(f"/docs/{path_of(self._page.section, found)}.md") if found else None

    def file(self, address: str) -> str | None:
        asset = self._files.get(within(self._page, address))
        if asset is None:
            return None
        return absolute(f"/docs/-/files/{asset.public_id}/{quote(asset.name)}")


def to_markdown(viewer: Viewer, page: Page) -> str:
    """The body of a page for programs, with all links looked up in two queries."""
    asked = _Asked()
    markdown.to_markdown(page.body, targets=asked)
    paths = {path for one in asked.addresses if (path := within(page, one))}
    if not paths:
        return markdown.to_markdown(page.body, targets=asked)
    here = Page.objects.visible_to(viewer).filter(section_id=page.section_id, is_hidden=False)
    by_place = Q(source_path__in=paths)
    by_path = Q(language=page.language, path__in={plain(path) for path in paths})
    rows = here.filter(by_place | by_path).only("section_id", "language", "path", "source_path")
    assets = Asset.objects.visible_to(viewer).filter(section_id=page.section_id, path__in=paths)
    known = _Known(page, by_name(page.language, rows), {asset.path: asset for asset in assets})
    return markdown.to_markdown(page.body, targets=known)


def to_markdown_among(page: Page, pages: dict[str, Page], files: dict[str, Asset]) -> str:
    """The same, where the caller has looked everything up already."""
    return markdown.to_markdown(page.body, targets=_Known(page, pages, files))


def by_name(language: str, rows: Iterable[Page]) -> dict[str, Page]:
    """Pages by their file, and by their path in this language; a file goes before a path."""
    pages = list(rows)
    by_path = {page.path: page for page in pages if page.language == language}
    return by_path | {page.source_path: page for page in pages if page.source_path}


def within(page: Page, address: str) -> str:
    """A path within the section's folder; empty where it leads out of it, or to another site."""
    parts = urlsplit(address)
    path = unquote(parts.path)
    if parts.scheme or parts.netloc or "\0" in path or not path:
        return ""
    base = posixpath.dirname(page.source_path or page.path)
    joined = path.lstrip("/") if path.startswith("/") else posixpath.join(base, path)
    normal = posixpath.normpath(joined)
    return "" if normal.startswith("..") or normal == "." else normal


def plain(path: str) -> str:
    return path.removesuffix(".md").removesuffix("/README").strip("/")
