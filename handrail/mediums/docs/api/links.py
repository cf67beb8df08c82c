"""Where do the links of a page lead, for programs? To Markdown, by whole addresses.

As they lead people, by the same atlas: into other sections, too. What somebody may not read is not
named to them.
"""

from urllib.parse import quote

from django.db.models import Q

from handrail.base import markdown
from handrail.mediums.docs.actions.atlas import Atlas, PageTargets, files_of, place_of
from handrail.mediums.docs.models import Asset, Page
from handrail.mediums.docs.reading.sides import SITE, absolute
from handrail.people.viewer import Viewer, viewer_for_nobody

MOST_NAMED = 1_000
"""Paths that are looked for by name: a page that leads to more is given all of these sections."""


class _Asked:
    """Notes down what a page leads to, and answers nothing."""

    def __init__(self) -> None:
        self.addresses: list[str] = []

    def page(self, address: str) -> str | None:
        self.addresses.append(address)
        return None

    file = page


class _ForPrograms:
    """The targets of a page, at the addresses that programs read."""

    def __init__(self, page: Page, atlas: Atlas) -> None:
        self._targets = PageTargets(page, atlas)

    def page(self, address: str) -> str | None:
        found = self._targets.find_page(address)
        return absolute(SITE.address(found.section, found, ".md")) if found else None

    def file(self, address: str) -> str | None:
        asset = self._targets.find_asset(address)
        if asset is None:
            return None
        return absolute(f"/docs/-/files/{asset.public_id}/{quote(asset.name)}")


def to_markdown(page: Page, atlas: Atlas) -> str:
    """The body of a page for programs; `atlas` is of what they may read."""
    return markdown.to_markdown(page.body, targets=_ForPrograms(page, atlas))


def atlas_for(viewer: Viewer, page: Page) -> Atlas:
    """Where this page may lead this viewer. Two queries; none where it leads nowhere.

    Its text is gone through once more.
    """
    asked = _asked_by(page)
    if not asked:
        return Atlas()
    slugs = {place_of(path)[0] for path in asked}
    pages = Page.objects.visible_to(viewer).filter(section__slug__in=slugs, is_hidden=False)
    files = Asset.objects.visible_to(viewer).filter(section__slug__in=slugs)
    if len(asked) <= MOST_NAMED:
        within = {name.partition("/")[2] for path in asked for name in files_of(path)} - {""}
        by_place = Q(path__in={place_of(path)[1] for path in asked})
        pages = pages.filter(Q(source_path__in=within) | by_place)
        files = files.filter(path__in=within)
    return Atlas.of(pages, files)


def public_atlas() -> Atlas:
    """Where pages may lead everybody. Two queries that bring some hundred bytes a page."""
    nobody = viewer_for_nobody()
    return Atlas.of(Page.objects.visible_to(nobody).public(), Asset.objects.visible_to(nobody))


def _asked_by(page: Page) -> set[str]:
    """Every path that a link of the page may mean, from the tree's root."""
    asked = _Asked()
    markdown.to_markdown(page.body, targets=asked)
    targets = PageTargets(page)
    return {path for address in asked.addresses for path in targets.candidates(address)}
