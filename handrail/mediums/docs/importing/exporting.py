"""How do help pages leave as files? As the tree that an import reads, to the letter where it can.

A page that came from a file and was not changed here leaves as that file was.
"""

import os
import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _

from handrail.base.markdown import write_source
from handrail.mediums.docs.access import EDIT
from handrail.mediums.docs.importing.facts import title_of_name, write_facts
from handrail.mediums.docs.importing.merging import facts_of
from handrail.mediums.docs.importing.naming import is_withdrawn, names_of, slug_of_file
from handrail.mediums.docs.importing.outline import SUMMARY
from handrail.mediums.docs.importing.summary import Item, write_summary
from handrail.mediums.docs.importing.trees import fault_of
from handrail.mediums.docs.models import Asset, Page, Section
from handrail.people.viewer import Viewer

Write = Callable[[str, bytes], None]
"""Takes a path from the tree's root, and what the file holds."""


class FolderWriter:
    """Writes into one folder, and never out of it: no link there is followed."""

    def __init__(self, root: Path) -> None:
        root.mkdir(parents=True, exist_ok=True)
        self._root = root

    def __call__(self, path: str, data: bytes) -> None:
        """Raises ValueError for a path that leads elsewhere, OSError where a link stands."""
        if fault_of(path):
            raise ValueError(path)
        *folders, name = path.split("/")
        at = os.open(self._root, os.O_RDONLY | os.O_DIRECTORY)
        try:
            for folder in folders:
                if not _is_there(folder, at):
                    os.mkdir(folder, dir_fd=at)
                inner = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=at)
                os.close(at)
                at = inner
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
            file = os.open(name, flags, 0o644, dir_fd=at)
        finally:
            os.close(at)
        with os.fdopen(file, "wb") as out:
            out.write(data)


def export_sections(
    viewer: Viewer, sections: Iterable[Section], write: Write, *, is_alone: bool = False
) -> dict[str, int]:
    """Writes sections, each into a folder of its name, or a single one into the root itself.

    Returns how many pages and files there were. What was withdrawn because its file went is left
    out.
    """
    viewer.require(EDIT)
    counts = {"pages": 0, "files": 0}
    for section in sections:
        folder = "" if is_alone else section.slug
        pages = _Pages(viewer, section)
        for path, data in pages.files():
            write(posixpath.join(folder, path), data)
            counts["pages"] += path != SUMMARY and not path.endswith(f"/{SUMMARY}")
        for asset in Asset.objects.visible_to(viewer).filter(section=section):
            path = posixpath.join(folder, asset.path)
            if not fault_of(asset.path) and asset.path not in pages.names.values():
                with asset.file.open("rb") as file:
                    write(path, file.read())
                counts["files"] += 1
    return counts


class _Pages:
    """The pages of one section and the names of their files."""

    def __init__(self, viewer: Viewer, section: Section) -> None:
        rows = Page.objects.visible_to(viewer).filter(section=section)
        rows = rows.select_related("audience").defer("html", "outline").order_by("position", "pk")
        self._section = section
        self._all = [page for page in rows if not is_withdrawn(page)]
        self.names = names_of(self._all, section)

    def files(self) -> Iterable[tuple[str, bytes]]:
        for page in self._all:
            if not page.is_group:
                yield self.names[page.pk], self._text(page).encode("utf-8", "replace")
        languages = {page.language for page in self._all} | {self._section.language}
        for language in sorted(languages):
            yield self._summary(language)

    def _text(self, page: Page) -> str:
        own, name = self._section.language, self.names[page.pk]
        folder = f"{page.language}/"
        is_told = page.language == own or name.startswith(folder)
        original = self.names.get(page.original_id or 0, "")
        is_at_home = original == name.removeprefix(folder)
        facts = facts_of(
            page,
            slug="" if page.slug == slug_of_file(name, page.language) else page.slug,
            language="" if is_told else page.language,
            original="" if is_at_home or page.language == own else original,
        )
        return write_facts(facts)

    def _summary(self, language: str) -> tuple[str, bytes]:
        section = self._section
        is_own = language == section.language
        children: dict[int | None, list[Page]] = defaultdict(list)
        for page in self._all:
            if page.language == language:
                children[page.parent_id].append(page)
        items = self._items(children, None, "" if is_own else language)
        front: dict[str, Any] = {}
        if is_own:
            front = _front_of(section)
        elif language.lower() not in LANG_INFO:
            front = {"language": language}
        path = SUMMARY if is_own else f"{language}/{SUMMARY}"
        return path, write_source(front, write_summary(items)).encode("utf-8", "replace")

    def _items(
        self, children: dict[int | None, list[Page]], above: int | None, folder: str
    ) -> list[Item]:
        """At most as deep as the tree may be."""
        return [
            Item(
                page.title,
                posixpath.relpath(self.names[page.pk], folder or ".") if not page.is_group else "",
                children=self._items(children, page.pk, folder),
            )
            for page in children[above]
        ]


def _front_of(section: Section) -> dict[str, Any]:
    """What a tree does not say by itself of the section that it is."""
    facts = {
        "title": section.title if section.title != title_of_name(section.slug) else "",
        "description": section.description,
        "icon": section.icon,
        "language": section.language if section.language != "en" else "",
    }
    return {key: value for key, value in facts.items() if value}


def _is_there(name: str, at: int) -> bool:
    try:
        os.stat(name, dir_fd=at, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def refuse_full(root: Path) -> str:
    """Why nothing is written into a folder; empty where it may be."""
    if root.exists() and not root.is_dir():
        return _("That is no folder.")
    if root.is_dir() and any(root.iterdir()):
        return _("The folder is not empty; --overwrite writes into it all the same.")
    return ""
