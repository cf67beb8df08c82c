"""What is a page made of? Elements in each other, whatever wrote them: Markdown, HTML or a block.

A block of GitBook is an element whose name begins with `%` until its plugin has drawn it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Union

VOID = frozenset({"br", "hr", "img", "wbr"})

APART = frozenset(
    "address article aside blockquote caption dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody "
    "td tfoot th thead tr ul tab-group".split()
)
"""Elements that begin a line of their own, and so do not stand in a paragraph."""


@dataclass(frozen=True, slots=True)
class Ready:
    """HTML that we made and escaped ourselves, such as coloured code, and the words in it."""

    html: str
    words: str


Child = Union["Node", Ready, str]


class Node:
    """One element. `line` counts from 0 in the body; what is silent has no words for the search.

    What `is_drawn` looks as readers will see it, so no plugin draws it again.
    """

    __slots__ = ("attributes", "children", "is_drawn", "is_silent", "line", "tag")

    def __init__(
        self,
        tag: str,
        attributes: dict[str, str] | None = None,
        children: "list[Child] | None" = None,
        line: int = 0,
    ) -> None:
        self.tag = tag
        self.attributes = attributes or {}
        self.children: list[Child] = children or []
        self.line = line
        self.is_silent = False
        self.is_drawn = False

    def become(
        self,
        tag: str,
        attributes: dict[str, str] | None = None,
        children: "list[Child] | None" = None,
    ) -> None:
        """Is drawn as this element from now on, in the same place."""
        self.is_drawn = True
        self.tag = tag
        self.attributes = attributes or {}
        if children is not None:
            self.children = children

    def elements(self) -> "Iterator[Node]":
        """The elements directly inside."""
        return (child for child in self.children if isinstance(child, Node))

    def walk(self) -> "Iterator[Node]":
        """This element and all inside of it, as they stand in the page."""
        yield self
        for child in self.elements():
            yield from child.walk()

    def find(self, *tags: str) -> "Iterator[Node]":
        """All elements inside of these names."""
        return (node for node in self.walk() if node is not self and node.tag in tags)

    def is_blank(self) -> bool:
        """Whether there is nothing in it to see."""
        return not any(says_something(child) for child in self.children)


def says_something(child: Child) -> bool:
    """Whether there is anything to see of it; blanks between two elements are nothing."""
    if isinstance(child, str):
        return bool(child.strip())
    return isinstance(child, Ready) or child.tag != NOTHING


NOTHING = "%nothing"
"""What becomes of an element of which there is nothing to show."""


def made(
    tag: str,
    attributes: dict[str, str] | None = None,
    children: list[Child] | None = None,
    is_silent: bool = False,
) -> Node:
    """An element that is ours, and drawn."""
    node = Node(tag, attributes, children)
    node.is_drawn = True
    node.is_silent = is_silent
    return node


def icon(name: str) -> Node:
    """A place for a drawing of the sprite, which the page puts in when it is shown (prose tag)."""
    return made("i", {"data-icon": name})


def words(node: Node) -> str:
    """The words inside in one line, such as a heading's."""
    return " ".join("".join(_pieces(node)).split())


def _pieces(node: Node) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif isinstance(child, Ready):
            yield child.words
        elif not child.is_silent:
            if child.tag == "br" or child.tag in APART:
                yield " "
            yield from _pieces(child)


def to_html(node: Node) -> str:
    """The children of `node` as HTML, all text and all values escaped."""
    parts: list[str] = []
    _write_children(node, parts)
    return "".join(parts)


def _write_children(node: Node, parts: list[str]) -> None:
    for child in node.children:
        if isinstance(child, Ready):
            parts.append(child.html)
        elif isinstance(child, str):
            parts.append(escape(child, quote=False))
        else:
            _write(child, parts)


def _write(node: Node, parts: list[str]) -> None:
    tag = node.tag
    if tag.startswith("%"):  # a block whose plugin left it to its content
        _write_children(node, parts)
        return
    given = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes.items())
    parts.append(f"<{tag}{given}>")
    if tag not in VOID:
        _write_children(node, parts)
        parts.append(f"</{tag}>")
