"""Which page is below which? As SUMMARY.md says, or as the folders are."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from handrail.mediums.docs.actions.order import DEEPEST
from handrail.mediums.docs.importing.facts import title_of_name
from handrail.mediums.docs.importing.summary import Item, read_summary
from handrail.mediums.docs.paths import slug_of

SUMMARY = "SUMMARY.md"
FRONT_PAGES = ("readme.md", "index.md")
NO_NUMBER = float("inf")

Note = Callable[[str, int, str, str], None]
"""Takes a file of the section, a line, a construct and words."""


@dataclass
class Node:
    """A page of the section with those below it. A group has no file."""

    key: str
    """The file, within the section's folder; of a group, what it is below and its name."""
    title: str
    """What the table of contents calls it; a file's own title goes before."""
    file: str = ""
    children: list["Node"] = field(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()


def is_page(path: str) -> bool:
    """Whether a file of a section is a page, by its name."""
    name = posixpath.basename(path).lower()
    is_markdown = name.endswith((".md", ".markdown"))
    return is_markdown and name != SUMMARY.lower() and not path.startswith(".gitbook/")


def group_key(above: str, title: str) -> str:
    """What a group is known by from one import to the next; no file is called like it."""
    return f"{above}#{slug_of(title)}"


class Outline:
    """Makes the nodes of one section and language out of the pages that are there."""

    def __init__(
        self, pages: set[str], folder: str, note: Note, is_apart: Callable[[str], bool]
    ) -> None:
        """`pages` are paths within the section, `folder` is the language's, or empty.

        `is_apart` says of a page that no reader is to find it in a table of contents.
        """
        self._pages = pages
        self._folder = folder
        self._note = note
        self._is_apart = is_apart
        self._taken: set[str] = set()

    def of_summary(self, text: str) -> list[Node]:
        """As the table of contents says; then drafts and hidden pages that it does not name.

        The folder's own README is the first page even where it is not named. Other pages that
        are not named are left out, and noted.
        """
        summary = posixpath.join(self._folder, SUMMARY)

        def note(line: int, construct: str, words: str) -> None:
            self._note(summary, line, construct, words)

        nodes = self._nodes(read_summary(text, note), "", 1)
        front = self._front_page()
        if front and front not in self._taken and not self._is_apart(front):
            self._taken.add(front)
            nodes.insert(0, Node(front, "", front))
        for path in sorted(self._pages - self._taken):
            if self._is_apart(path):
                nodes.append(Node(path, "", path))
                continue
            self._note(path, 0, "", _("SUMMARY.md does not name this page; it was left out."))
        return nodes

    def of_folders(self) -> list[Node]:
        """Folders are groups, or pages where they have a README; numbers before names go first."""
        below: dict[str, list[str]] = defaultdict(list)
        for path in self._pages:
            folder = posixpath.dirname(path)
            below[folder].append(path)
            while folder:
                folder, inner = posixpath.dirname(folder), f"{folder}/"
                if inner in below[folder]:
                    break
                below[folder].append(inner)
        return self._folder_nodes(self._folder, Node("", ""), below, 1)

    def like(self, nodes: list[Node]) -> list[Node]:
        """As the original is, with the pages that are translated; the others come after."""
        found = self._translated(nodes, "")
        rest = self._pages - self._taken
        return found + Outline(rest, self._folder, self._note, self._is_apart).of_folders()

    def _front_page(self) -> str:
        """What stands for the folder itself; empty where nothing does."""
        found = [
            path
            for path in sorted(self._pages)
            if posixpath.dirname(path) == self._folder and _is_front(path)
        ]
        return found[0] if found else ""

    def _translated(self, nodes: list[Node], above: str) -> list[Node]:
        found = []
        for node in nodes:
            path = posixpath.join(self._folder, node.file) if node.file else ""
            has_page = path in self._pages and path not in self._taken
            self._taken.add(path)
            key = path if has_page else group_key(above, node.title)
            children = self._translated(node.children, key)
            if has_page or children:
                found.append(Node(key, node.title, path if has_page else "", children))
        return found

    def _nodes(self, items: list[Item], above: str, depth: int) -> list[Node]:
        """What is too deep stands beside what it should be below."""
        nodes: list[Node] = []
        for item in items:
            node = self._node(item, above)
            children = self._nodes(item.children, node.key if node else above, depth + 1)
            if node is None or depth >= DEEPEST:
                nodes += ([node] if node else []) + children
            elif node.file or children:
                node.children = children
                nodes.append(node)
        if depth == DEEPEST + 1 and nodes:
            words = _("This is too deep; it stands beside what it should be below.")
            self._note(posixpath.join(self._folder, SUMMARY), items[0].line, items[0].title, words)
        return nodes

    def _node(self, item: Item, above: str) -> Node | None:
        if not item.address:
            return Node(self._free_key(group_key(above, item.title)), item.title)
        path, words = self._file_of(item.address)
        if not words:
            self._taken.add(path)
            return Node(path, item.title, path)
        self._note(posixpath.join(self._folder, SUMMARY), item.line, item.address, words)
        if path in self._taken or not item.children:
            return None
        return Node(self._free_key(group_key(above, item.title)), item.title)

    def _file_of(self, address: str) -> tuple[str, str]:
        """The page that an item names, and why it is none, where it is none."""
        written = address.partition("#")[0]
        path = posixpath.normpath(posixpath.join(self._folder, written.lstrip("/")))
        if path.startswith("..") or "\0" in path:
            return path, _("This leads out of the tree; it was left out.")
        options = [path, *(posixpath.join(path, name) for name in ("README.md", "index.md"))]
        found = next((one for one in options if one in self._pages), "")
        if not found:
            return path, _("There is no such page; the item was left out.")
        if found in self._taken:
            return found, _("This page is listed a second time; the first counts.")
        return found, ""

    def _free_key(self, key: str) -> str:
        free = key
        count = 1
        while free in self._taken:
            count += 1
            free = f"{key}-{count}"
        self._taken.add(free)
        return free

    def _folder_nodes(
        self, folder: str, above: Node, below: dict[str, list[str]], depth: int
    ) -> list[Node]:
        nodes: list[Node] = []
        for path in sorted(below[folder], key=_place):
            if path == above.file:
                continue
            if not path.endswith("/"):
                nodes.append(Node(path, "", path))
                continue
            inner = path.rstrip("/")
            title = title_of_name(posixpath.basename(inner))
            front = next((one for one in sorted(below[inner]) if _is_front(one)), "")
            node = Node(front or self._free_key(group_key(above.key, title)), title, front)
            children = self._folder_nodes(inner, node, below, depth + 1)
            if depth < DEEPEST:
                node.children = children
                nodes.append(node)
            else:
                nodes += [node, *children] if front else children
        return nodes


def _is_front(path: str) -> bool:
    return posixpath.basename(path).lower() in FRONT_PAGES


def _place(path: str) -> tuple[bool, float, str, str]:
    """The folder's own page, then by number, then by name."""
    name = posixpath.basename(path.rstrip("/"))
    number = re.match(r"\d{1,9}(?=[-_. ])", name)
    return not _is_front(path), int(number[0]) if number else NO_NUMBER, name.casefold(), path
