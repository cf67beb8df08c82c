"""Which folders of a tree are sections, and which folders of a section are other languages?"""

import posixpath
from dataclasses import dataclass, field
from typing import Any

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _

from handrail.base import markdown
from handrail.mediums.docs.importing.facts import plain, title_of_name
from handrail.mediums.docs.importing.outline import SUMMARY, Node, Outline, is_page
from handrail.mediums.docs.importing.report import Report
from handrail.mediums.docs.importing.summary import read_summary
from handrail.mediums.docs.importing.trees import Tree, Unreadable
from handrail.mediums.docs.paths import slug_of

MOST_SUMMARY_BYTES = 2_000_000
SETTINGS = ".gitbook.yaml"
LONGEST_SLUG = 60


@dataclass
class Part:
    """A folder of the tree that is a section. `paths` are within it."""

    slug: str
    folder: str
    tree: Tree
    report: Report
    paths: set[str] = field(default_factory=set)
    front: dict[str, Any] = field(default_factory=dict)
    """What its SUMMARY.md says of the section itself: title, description, icon, language."""

    def in_tree(self, path: str) -> str:
        return posixpath.join(self.folder, path)

    def read(self, path: str, most_bytes: int) -> bytes:
        return self.tree.read(self.in_tree(path), most_bytes)

    def note(self, path: str, line: int, construct: str, words: str, page: str = "") -> None:
        self.report.note(self.in_tree(path), line, construct, words, page)

    def __post_init__(self) -> None:
        self._own_summary = self._summary("")

    def outlines(self, language: str) -> list[tuple[str, list[Node]]]:
        """What is below what, for the section's own language and for each other that is there."""
        summary = self._own_summary
        pages = {path for path in self.paths if is_page(path)}
        codes = self._languages(pages, summary, language)
        own = {path for path in pages if path.partition("/")[0] not in codes}
        outline = Outline(own, "", self.note, self._is_apart)
        nodes = outline.of_folders() if summary is None else outline.of_summary(summary)
        found = [(language, nodes)]
        for code in codes:
            of_code = {path for path in pages if path.startswith(f"{code}/")}
            outline = Outline(of_code, code, self.note, self._is_apart)
            written = self._summary(code)
            translated = outline.like(nodes) if written is None else outline.of_summary(written)
            found.append((code, translated))
        return found

    def _languages(self, pages: set[str], summary: str | None, own: str) -> list[str]:
        """Folders called like a language, with a SUMMARY.md or a page of the original's name.

        `hr/` may be Croatian or about hiring: what SUMMARY.md lists is no translation.
        """
        listed = _listed(summary) if summary is not None else set()
        top = {path.partition("/")[0] for path in pages if "/" in path}
        options = top - {path.partition("/")[0] for path in listed} - {own}
        return [code for code in sorted(options) if self._is_language(code, pages)]

    def _is_language(self, code: str, pages: set[str]) -> bool:
        has_summary = f"{code}/{SUMMARY}" in self.paths
        if code.lower() in LANG_INFO:
            return has_summary or any(f"{code}/{path}" in pages for path in pages)
        try:
            named = self._source(f"{code}/{SUMMARY}").front.get("language") if has_summary else ""
        except (Unreadable, markdown.UnreadableSource):
            return False
        return bool(named) and named == code

    def _is_apart(self, path: str) -> bool:
        try:
            front = self._source(path).front
        except (Unreadable, markdown.UnreadableSource):
            return False
        return front.get("hidden") is True or front.get("status") == "draft"

    def _source(self, path: str) -> markdown.Source:
        return markdown.read_source(self.read(path, MOST_SUMMARY_BYTES))

    def _summary(self, folder: str) -> str | None:
        path = posixpath.join(folder, SUMMARY)
        if path not in self.paths:
            return None
        try:
            source = self._source(path)
        except (Unreadable, markdown.UnreadableSource) as error:
            self.note(path, 0, "", str(error))
            return None
        if not folder:
            self.front = {key: plain(value) for key, value in source.front.items()}
        return "\n" * (source.first_line - 1) + source.body


def find_parts(tree: Tree, report: Report, *, section: str = "", name: str = "") -> list[Part]:
    """One section for each folder with a SUMMARY.md; or all of it as `section`, or as `name`."""
    root = _root(tree, report)
    within = [path for path in tree.paths() if path.startswith(f"{root}/" if root else "")]
    inner = [path.removeprefix(f"{root}/") if root else path for path in within]
    folders = _folders_with_summary(inner)
    if section or not folders or "" in folders:
        slug = section or slug_of(name)[:LONGEST_SLUG]
        return [Part(slug, root, tree, report, set(inner))]
    parts: dict[str, Part] = {}
    for folder in folders:
        slug = slug_of(posixpath.basename(folder))[:LONGEST_SLUG]
        if slug in parts:
            report.note(f"{folder}/", 0, slug, _("Another section has this name; left out."))
            continue
        prefix = f"{folder}/"
        paths = {path.removeprefix(prefix) for path in inner if path.startswith(prefix)}
        parts[slug] = Part(slug, posixpath.join(root, folder), tree, report, paths)
    for path in inner:
        if is_page(path) and not path.startswith(tuple(f"{folder}/" for folder in folders)):
            words = _("The page is in no section's folder; it was left out.")
            report.note(posixpath.join(root, path), 0, "", words)
    return list(parts.values())


def title_of(part: Part) -> str:
    return str(part.front.get("title") or title_of_name(part.slug))[:120]


def _folders_with_summary(paths: list[str]) -> list[str]:
    """The outermost ones: those inside of a section are of its languages."""
    found = sorted(posixpath.dirname(path) for path in paths if posixpath.basename(path) == SUMMARY)
    outermost: list[str] = []
    for folder in found:
        if not any(folder.startswith(f"{outer}/") or not outer for outer in outermost):
            outermost.append(folder)
    return outermost


def _root(tree: Tree, report: Report) -> str:
    """The folder that GitBook's settings name as the content's."""
    if SETTINGS not in tree.paths():
        return ""
    try:
        written = tree.read(SETTINGS, 20_000)
        front = markdown.read_source(b"---\n" + written + b"\n---\n").front
    except (Unreadable, markdown.UnreadableSource) as error:
        report.note(SETTINGS, 0, "", str(error))
        return ""
    root = posixpath.normpath(str(front.get("root") or ".")).strip("/")
    if root.startswith(".."):
        report.note(SETTINGS, 0, root, _("This leads out of the tree; it was left out."))
        return ""
    return "" if root == "." else root


def _listed(summary: str) -> set[str]:
    found: set[str] = set()
    items = read_summary(summary, lambda line, construct, words: None)
    while items:
        item = items.pop()
        found.add(posixpath.normpath(item.address) if item.address else "")
        items += item.children
    return found
