"""Where does a link of a page lead? A map of every page and file, instead of a query each."""

import posixpath
from collections.abc import Callable, Iterable
from functools import cached_property
from urllib.parse import unquote, urlsplit

from django.conf import settings

from handrail.mediums.docs.access import AssetQuerySet, PageQuerySet
from handrail.mediums.docs.models import Asset, Page, Section
from handrail.mediums.docs.paths import MARK, path_of

FRONT_PAGES = ("README.md", "readme.md", "index.md")
"""What stands for its folder."""


class Atlas:
    """Pages by their files and addresses, files by their paths: all that a link may name.

    Paths are written from the whole tree's root: a section's slug, then the path within its folder.
    An import puts in what it is about to write, for programs what they may read is put in; all
    others read the map from the database, in two queries that bring some hundred bytes a page
    (2,000 pages: 20 ms).
    """

    def __init__(self) -> None:
        self.files: dict[str, Page] = {}
        self.addresses: dict[tuple[str, str, str], Page] = {}
        self.assets: dict[str, Asset] = {}
        self.languages: dict[str, str] = {}

    @classmethod
    def of_database(cls, *, without: Iterable[int] = ()) -> "Atlas":
        """The map as it is stored, `without` the sections that are about to be written anew."""
        left_out = list(without)
        return cls.of(
            Page.objects.exclude(section__in=left_out), Asset.objects.exclude(section__in=left_out)
        )

    @classmethod
    def of(cls, pages: PageQuerySet, assets: AssetQuerySet) -> "Atlas":
        """The map of these alone."""
        atlas = cls()
        light = pages.only("language", "path", "source_path", "is_published", "section")
        for page in light.select_related("section"):
            atlas.add_page(page)
        for asset in assets.select_related("section"):
            atlas.add_asset(asset)
        return atlas

    def add_page(self, page: Page) -> None:
        slug = page.section.slug
        self.languages[slug] = page.section.language
        self.addresses[slug, page.language, page.path] = page
        if page.source_path:
            self.files[f"{slug}/{page.source_path}"] = page

    def add_asset(self, asset: Asset) -> None:
        self.assets[f"{asset.section.slug}/{asset.path}"] = asset

    def page_at(self, path: str, language: str) -> Page | None:
        """By its file, by the file of its folder, or by its address; in `language` first."""
        named = files_of(path)
        by_file = next((self.files[name] for name in named if name in self.files), None)
        if by_file is not None:
            return by_file
        slug, plain = place_of(path)
        spoken = (language, self.languages.get(slug, ""))
        found = (self.addresses.get((slug, one, plain)) for one in spoken)
        return next((page for page in found if page is not None), None)


class PageTargets:
    """Where the links and files of one page lead, seen from its place in the tree."""

    def __init__(
        self,
        page: Page,
        atlas: Atlas | None = None,
        *,
        find_file: Callable[[Section, str], Asset | None] | None = None,
    ) -> None:
        self.page_itself = page
        self.section = page.section
        self.used: list[Asset] = []
        self._given = atlas
        self._find_file = find_file
        """An import's way to take in a file that no page has named yet."""

    def page(self, address: str) -> str | None:
        """An address of ours for a link within the tree; None where no page is there."""
        found = self.find_page(address)
        if found is None:
            return None
        fragment = urlsplit(address).fragment
        anchor = f"#{fragment}" if fragment else ""
        return f"{MARK}{path_of(found.section, found)}{anchor}"

    def file(self, address: str) -> str | None:
        asset = self.find_asset(address)
        if asset is None:
            return None
        self.used.append(asset)
        return address_of(asset)

    def find_page(self, address: str) -> Page | None:
        language = self.page_itself.language
        found = (self._atlas.page_at(path, language) for path in self.candidates(address))
        return next((page for page in found if page is not None), None)

    def find_asset(self, address: str) -> Asset | None:
        found = (
            self._atlas.assets.get(path) or self._new_file(path)
            for path in self.candidates(address)
        )
        return next((asset for asset in found if asset is not None), None)

    def _new_file(self, path: str) -> Asset | None:
        slug, _slash, rest = path.partition("/")
        if self._find_file is None or slug != self.section.slug or not rest:
            return None
        return self._find_file(self.section, rest)

    @cached_property
    def _atlas(self) -> Atlas:
        """Read only when a page has a link or a file at all."""
        return self._given or Atlas.of_database()

    def candidates(self, address: str) -> list[str]:
        """What the address may mean, the likeliest first; none where it leads out of the tree.

        A translation may name what only the original has: its own language's folder is left out
        then.
        """
        try:
            parts = urlsplit(address)
        except ValueError:
            return []
        written = unquote(parts.path)
        if parts.scheme or parts.netloc:
            own = f"{settings.HANDRAIL_URL}/docs/"
            return _inside(address.removeprefix(own)) if address.startswith(own) else []
        if "\0" in written or not written:
            return []
        slug = self.section.slug
        if written.startswith("/"):
            path = written.lstrip("/")
            return _inside(f"{slug}/{path}") + _inside(path.removeprefix("docs/"))
        base = posixpath.dirname(self.page_itself.source_path or self.page_itself.path)
        found = _inside(posixpath.join(slug, base, written))
        folder = f"{slug}/{self.page_itself.language}/"
        return found + [
            f"{slug}/{path.removeprefix(folder)}" for path in found if path.startswith(folder)
        ]


def files_of(path: str) -> list[str]:
    """The files that a path may mean: itself, or what stands for it as a folder."""
    return [path, *(posixpath.join(path, name) for name in FRONT_PAGES)]


def place_of(path: str) -> tuple[str, str]:
    """The section, and the path of a page within it, that a path from the tree's root may mean."""
    slug, _slash, rest = path.partition("/")
    return slug, rest.removesuffix(".md").removesuffix("README").strip("/")


def address_of(asset: Asset) -> str:
    return f"{MARK}-/files/{asset.public_id}/{asset.name}"


def _inside(path: str) -> list[str]:
    """The path without dots, in a list that is empty where it leads out of the tree."""
    normal = posixpath.normpath(path)
    return [] if normal.startswith(("..", "/")) or normal == "." else [normal]
