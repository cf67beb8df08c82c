"""Which headings has a page, and what is it called? The first of the first level is its title."""

import re
from dataclasses import dataclass

from handrail.base.markdown.page import Page
from handrail.base.markdown.tree import Node, made, words

_LEVELS = {f"h{level}": level for level in range(1, 7)}
_PLACE = re.compile(r"\s*\{#([\w:.-]+)\}\s*$")
"""`## Words {#place}`, as some other tools write it."""


@dataclass(frozen=True)
class Heading:
    """A heading of the page; `anchor` is its name in addresses, behind `#`."""

    level: int
    text: str
    anchor: str


def take_title(root: Node) -> str:
    """Takes the title out of the page, whose frame shows it; an empty string where it has none."""
    for node in root.walk():
        for child in node.elements():
            if child.tag == "h1":
                title = words(child)
                node.children.remove(child)
                return _PLACE.sub("", title)
    return ""


def name_headings(root: Node, page: Page) -> tuple[Heading, ...]:
    """Gives every heading its anchor. None but the title is of the first level."""
    named = [node for node in root.walk() if node.tag in _LEVELS and words(node)]
    places = [_own_place(node) for node in named]
    anchors = [page.anchors.take(place) if place else "" for place in places]
    outline = []
    for node, anchor in zip(named, anchors, strict=True):
        text = words(node)
        anchor = anchor or page.anchors.for_words(text)
        level = max(_LEVELS[node.tag], 2)
        if isinstance(node.children[-1], str):
            node.children[-1] = node.children[-1].rstrip()
        node.become(f"h{level}", {"id": anchor})
        outline.append(Heading(level, text, anchor))
    return tuple(outline)


def _own_place(heading: Node) -> str:
    """The anchor that the source names: `## Words <a href="#x" id="x"></a>` in GitBook."""
    for link in list(heading.elements()):
        if link.tag == "a" and link.attributes.get("id"):
            place = link.attributes["id"]
            if link.is_blank():
                heading.children.remove(link)
            else:
                del link.attributes["id"]
            return place
    last = heading.children[-1] if heading.children else None
    if isinstance(last, str) and (found := _PLACE.search(last)):
        heading.children[-1] = last[: found.start()]
        return found[1]
    return heading.attributes.get("id", "")


def add_links(root: Node) -> None:
    """Puts a link to itself into every heading, for whoever wants to send it to somebody.

    It is called what the heading is called, so no word of ours is needed.
    """
    for node in root.walk():
        if node.tag in _LEVELS and "id" in node.attributes:
            name = node.attributes["id"]
            about = {"class": "anchor", "href": f"#{name}", "aria-labelledby": name}
            node.children.append(made("a", about, ["#"], is_silent=True))
