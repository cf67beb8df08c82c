"""How does a page's Markdown become what readers see and what search finds?"""

import posixpath
import re
from collections.abc import Iterable
from html import unescape
from urllib.parse import unquote, urlsplit

from handrail.base import markdown
from handrail.engines.search.library import Section
from handrail.engines.search.library import actions as library
from handrail.mediums.docs.models import Asset, Page, PageAsset
from handrail.mediums.docs.paths import MARK, path_of

DRAWN_BY = 1
"""Grows when the renderer draws otherwise: pages that an older one drew are drawn anew."""

_PICTURE = re.compile(r'<img\b((?:[^>"]|"[^"]*")*)>')
_SOURCE = re.compile(r'\ssrc="([^"]*)"')
_SIZE = re.compile(r"\s(?:width|height)=")


class PageTargets:
    """Where the links and files of one page lead, seen from its place in its section's folder."""

    def __init__(self, page: Page) -> None:
        self.page_itself = page
        self.section = page.section
        self.used: list[Asset] = []

    def page(self, address: str) -> str | None:
        """An address of ours for a link within the tree; None where no page is there."""
        parts = urlsplit(address)
        found = self._page_at(self._within(unquote(parts.path)))
        if found is None:
            return None
        anchor = f"#{parts.fragment}" if parts.fragment else ""
        return f"{MARK}{path_of(self.section, found)}{anchor}"

    def file(self, address: str) -> str | None:
        path = self._within(unquote(urlsplit(address).path))
        asset = Asset.objects.filter(section=self.section, path=path).first() if path else None
        if asset is None:
            return None
        self.used.append(asset)
        return _address(asset)

    def _page_at(self, path: str) -> Page | None:
        if not path:
            return None
        here = Page.objects.filter(section=self.section)
        by_file = here.filter(source_path=path).first() if path.endswith(".md") else None
        plain = path.removesuffix(".md").removesuffix("/README").strip("/")
        return by_file or here.filter(language=self.page_itself.language, path=plain).first()

    def _within(self, path: str) -> str:
        """Relative to the page's file; empty where it leads out of the tree."""
        base = posixpath.dirname(self.page_itself.source_path or self.page_itself.path)
        joined = path.lstrip("/") if path.startswith("/") else posixpath.join(base, path)
        normal = posixpath.normpath(joined)
        return "" if normal.startswith("..") or normal == "." else normal


def draw(page: Page) -> markdown.Rendered:
    """Fills the page's HTML and outline, says which files it shows, and makes it findable.

    Call it in the transaction that saves the page, once it has a primary key.
    """
    targets = PageTargets(page)
    drawn = markdown.render(page.body, targets=targets)
    page.html = _sized(drawn.html, targets.used)
    page.outline = [[one.level, one.text, one.anchor] for one in drawn.outline]
    page.drawn_by = DRAWN_BY
    PageAsset.objects.filter(page=page).delete()
    used = {asset.pk: asset for asset in targets.used}
    PageAsset.objects.bulk_create(PageAsset(page=page, asset=one) for one in used.values())
    _make_findable(page, drawn)
    return drawn


def _make_findable(page: Page, drawn: markdown.Rendered) -> None:
    if not page.is_published or page.is_hidden or page.is_group:
        library.forget("docs", page.public_id)
        return
    library.put(
        "docs",
        page.public_id,
        language=page.language,
        audience_id=page.audience_id,
        title=page.title,
        summary=" ".join([page.summary, *page.keywords]).strip(),
        sections=[_as_section(passage) for passage in drawn.passages],
    )


def _as_section(passage: markdown.Passage) -> Section:
    """What the library calls it: the lead has the level 0, and no path of headings."""
    path = passage.heading_path if passage.anchor else ()
    return Section(path, passage.anchor, passage.level if passage.anchor else 0, passage.text)


def _sized(html: str, assets: Iterable[Asset]) -> str:
    """Pictures of which the source names no size have their own: nothing moves when they come."""
    known = {_address(asset): asset for asset in assets if asset.width and asset.height}

    def sized(found: re.Match[str]) -> str:
        source = _SOURCE.search(found[0])
        asset = known.get(unescape(source[1])) if source else None
        if asset is None or _SIZE.search(found[0]):
            return found[0]
        return f'<img width="{asset.width}" height="{asset.height}"{found[1]}>'

    return _PICTURE.sub(sized, html) if known else html


def _address(asset: Asset) -> str:
    return f"{MARK}-/files/{asset.public_id}/{asset.name}"
