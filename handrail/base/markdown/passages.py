"""What can be found in a page? Its words, cut at every heading, as plain text."""

from collections.abc import Sequence
from dataclasses import dataclass

from handrail.base.markdown.headings import Heading
from handrail.base.markdown.tree import APART, Node, Ready

BULLET = "\u2022"

_LONGEST_SUMMARY = 300
_LINES_OF_THEIR_OWN = frozenset({"ol", "ul", "li", "pre", "table", "thead", "tbody", "tfoot", "tr"})
_MOST_STEPS = 1_000_000


@dataclass(frozen=True)
class Passage:
    """The words under one heading, up to the next one of whatever level.

    `heading_path` begins with the page's title, where it has one. A row of a table, a step and an
    item of a list have a line each: cells are parted by ` | `, a step begins with its number and a
    point, an item with a bullet.
    """

    heading_path: tuple[str, ...]
    anchor: str
    level: int
    text: str


def cut_passages(root: Node, title: str, outline: Sequence[Heading]) -> tuple[Passage, ...]:
    """The lead under the title comes first, even when empty; others without words are none."""
    reading = _Reading()
    reading.read(root)
    top = (title,) if title else ()
    passages = [Passage(top, "", 1, reading.text_of(0))]
    path: list[Heading] = []
    for number, heading in enumerate(outline, start=1):
        path = [above for above in path if above.level < heading.level] + [heading]
        text = reading.text_of(number)
        if text:
            names = top + tuple(above.text for above in path)
            passages.append(Passage(names, heading.anchor, heading.level, text))
    return tuple(passages)


class _Reading:
    """Goes through a drawn page and begins a new text at every heading that has an anchor."""

    def __init__(self) -> None:
        self._texts: list[list[str]] = [[]]
        self._mark = ""
        """Of the item that begins: it stands before its first words, after its heading."""
        self._items = 0
        """In how many items we are: what they hold stays on their line."""

    def text_of(self, number: int) -> str:
        """The lines of one part, without the empty ones."""
        if number >= len(self._texts):
            return ""
        lines = "".join(self._texts[number]).split("\n")
        clean = (" ".join(line.split()).strip("| ") for line in lines)
        return "\n".join(line for line in clean if line)

    def read(self, node: Node) -> None:
        """Adds the words inside, and begins lines where readers see lines."""
        for child in node.children:
            if isinstance(child, str):
                self._say(child.replace("\n", " "))
            elif isinstance(child, Ready):
                self._say(f"\n{child.words}\n" if "\n" in child.words else child.words)
            elif not child.is_silent:
                self._read_element(child)

    def _read_element(self, node: Node) -> None:
        tag = node.tag
        if tag in ("td", "th"):
            self.read_line(node)
            self._texts[-1].append(" | ")
        elif tag in ("h2", "h3", "h4", "h5", "h6") and "id" in node.attributes:
            self._texts.append([])
        elif tag == "img":
            self._say(f" {node.attributes.get('alt', '')} ")
        elif tag in ("ol", "ul"):
            self._read_list(node)
        elif tag == "br" or tag == "hr":
            self._texts[-1].append("\n")
        elif tag in APART:
            apart = " " if self._items and tag not in _LINES_OF_THEIR_OWN else "\n"
            self._texts[-1].append(apart)
            self.read(node)
            self._texts[-1].append(apart)
        else:
            self.read(node)

    def _say(self, words: str) -> None:
        if self._mark and words.strip():
            self._texts[-1].append(f"\n{self._mark} ")
            self._mark = ""
        self._texts[-1].append(words)

    def _read_list(self, node: Node) -> None:
        number = _first_number(node)
        self._texts[-1].append("\n")
        for child in node.children:
            if isinstance(child, Node) and child.tag == "li":
                self._mark = f"{number}." if node.tag == "ol" else BULLET
                self._items += 1
                self.read(child)
                self._items -= 1
                self._texts[-1].append("\n")
                self._mark, number = "", number + 1
            elif isinstance(child, Node):
                self._read_element(child)

    def read_line(self, node: Node) -> None:
        """A cell stays on the line of its row, whatever is in it."""
        inner = _Reading()
        inner.read(node)
        self._texts[-1].append(" ".join(" ".join(inner.text_of(0).split("\n")).split()))
        for text in inner._texts[1:]:  # a heading in a cell begins a part here as well
            self._texts.append(text)


def _first_number(node: Node) -> int:
    given = node.attributes.get("start", "1")
    return int(given) if given.isascii() and given.isdigit() and int(given) < _MOST_STEPS else 1


def summarise(root: Node) -> str:
    """The first paragraph before any heading, cut at a word; empty where there is none."""
    for child in root.elements():
        if child.tag in ("h2", "h3", "h4", "h5", "h6"):
            break
        if child.tag == "p" and "class" not in child.attributes:
            reading = _Reading()
            reading.read(child)
            text = " ".join(reading.text_of(0).split())
            if text:
                return _shortened(text)
    return ""


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST_SUMMARY:
        return text
    return text[:_LONGEST_SUMMARY].rpartition(" ")[0].rstrip(" ,;:.-\u2013\u2014") + "…"
