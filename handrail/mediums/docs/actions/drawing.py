"""How does a page's Markdown become what readers see and what search finds?"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape

from handrail.base import markdown
from handrail.engines.search.library import Section as Part
from handrail.engines.search.library import actions as library
from handrail.mediums.docs.actions.atlas import Atlas, PageTargets, address_of
from handrail.mediums.docs.models import Asset, Page, PageAsset

DRAWN_BY = 2
"""Grows when the renderer draws otherwise: pages that an older one drew are drawn anew."""

AT_ONCE = 500

_PICTURE = re.compile(r'<img\b((?:[^>"]|"[^"]*")*)>')
_SOURCE = re.compile(r'\ssrc="([^"]*)"')
_SIZE = re.compile(r"\s(?:width|height)=")


@dataclass
class Drawn:
    """A page with its HTML, not yet kept, and what has to be kept beside it."""

    page: Page
    rendered: markdown.Rendered
    used: list[Asset]


def draw(page: Page, atlas: Atlas | None = None) -> markdown.Rendered:
    """Fills the page's HTML and outline, says which files it shows, and makes it findable.

    Call it in the transaction that saves the page, once it has a primary key.
    """
    drawn = draw_only(page, PageTargets(page, atlas))
    keep([drawn])
    return drawn.rendered


def draw_only(page: Page, targets: PageTargets, *, first_line: int = 1) -> Drawn:
    """Fills the page's HTML and outline, and writes nothing: `keep` does, later."""
    rendered = markdown.render(
        page.body, targets=targets, language=page.language, first_line=first_line
    )
    page.html = _sized(rendered.html, targets.used)
    page.outline = [[one.level, one.text, one.anchor] for one in rendered.outline]
    page.drawn_by = DRAWN_BY
    used = list({asset.public_id: asset for asset in targets.used}.values())
    return Drawn(page, rendered, used)


def keep(drawn: Sequence[Drawn]) -> None:
    """Says which files these pages show and makes them findable; the pages are saved by others.

    Some ten statements for five hundred pages, and the time that it takes to part their words.
    """
    for at in range(0, len(drawn), AT_ONCE):
        some = drawn[at : at + AT_ONCE]
        PageAsset.objects.filter(page__in=[one.page.pk for one in some]).delete()
        shown = [PageAsset(page=one.page, asset=asset) for one in some for asset in one.used]
        PageAsset.objects.bulk_create(shown, batch_size=AT_ONCE)
    found = [one for one in drawn if is_findable(one.page)]
    hidden = [one.page for one in drawn if not is_findable(one.page)]
    library.put_all(_entry(one) for one in found)
    for page in hidden:
        library.forget("docs", page.public_id)


def is_findable(page: Page) -> bool:
    return page.is_published and not page.is_hidden and not page.is_group


def _entry(drawn: Drawn) -> library.Page:
    """The page as the library wants it: the lead has no heading, and none repeats the title."""
    page, rendered = drawn.page, drawn.rendered
    above = 1 if rendered.title else 0
    parts = [
        Part(one.heading_path[above:], one.anchor, one.level if one.anchor else 0, one.text)
        for one in rendered.passages
    ]
    return library.Page(
        medium="docs",
        thing_id=page.public_id,
        language=page.language,
        title=page.title,
        sections=parts,
        summary=" ".join([page.summary, *page.keywords]).strip(),
        audience_id=page.audience_id,
        questions=page.questions,
    )


def _sized(html: str, assets: Iterable[Asset]) -> str:
    """Pictures of which the source names no size have their own: nothing moves when they come."""
    known = {address_of(asset): asset for asset in assets if asset.width and asset.height}

    def sized(found: re.Match[str]) -> str:
        source = _SOURCE.search(found[0])
        asset = known.get(unescape(source[1])) if source else None
        if asset is None or _SIZE.search(found[0]):
            return found[0]
        return f'<img width="{asset.width}" height="{asset.height}"{found[1]}>'

    return _PICTURE.sub(sized, html) if known else html
