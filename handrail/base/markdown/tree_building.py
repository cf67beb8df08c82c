"""What encloses what? Tokens, tags of blocks and HTML become one tree, well formed whatever comes.

All three kinds of parts lie on one stack, so a block that is closed in the wrong place, or never,
is noticed where it happens. What is inside of it always stays in the page.
"""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from handrail.base.markdown.caps import MOST_DEPTH, MOST_NODES
from handrail.base.markdown.emoji_names import with_emoji
from handrail.base.markdown.problems import Problems
from handrail.base.markdown.tree import APART, Node

_VERBATIM = frozenset({"i", "code", "pre", "kbd", "samp"})
"""Elements whose words are taken as they are. `<i class="fa-…">` holds the name of an icon."""

Origin = Literal["markdown", "html", "block"]


@dataclass(slots=True)
class Open:
    """An element that is not closed yet. Beyond a limit `node` is the one around it."""

    origin: Origin
    name: str
    node: Node
    line: int


class TreeBuilding:
    """A tree under way: whatever is added comes into what was opened last."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.root = Node("%page")
        self.stack = [Open("markdown", "", self.root, 0)]
        self.line = 0
        self._nodes = 0
        self._is_in_paragraph = False
        self._is_parted = False

    @property
    def here(self) -> Node:
        """What was opened last."""
        return self.stack[-1].node

    def add(self, node: Node) -> None:
        """Puts an element with its content here."""
        if self._nodes >= MOST_NODES:
            self._say_too_much()
            self.here.children.extend(child for child in node.children if isinstance(child, str))
            return
        self._nodes += 1
        node.line = self.line
        self.here.children.append(node)

    def open(self, origin: Origin, name: str, attributes: dict[str, str] | None = None) -> Node:
        """Begins an element, which is closed by `close`, or with what is around it."""
        node = Node(name, attributes, line=self.line)
        if self._nodes >= MOST_NODES or len(self.stack) > MOST_DEPTH:
            self._say_too_much()
            if name in APART:
                self.here.children.append(" ")
            node = self.here
        else:
            self._nodes += 1
            self.here.children.append(node)
        self.stack.append(Open(origin, name, node, self.line))
        return node

    def close(self, origin: Origin, name: str) -> bool:
        """Ends the innermost open element of this name, and what was left open in it.

        Only Markdown ends Markdown: an end inside of a list's item ends nothing around the list.
        Answers whether there was anything to end.
        """
        index = self.index_of(origin, name)
        if index:
            self.cut(index)
        return bool(index)

    def index_of(self, origin: Origin, name: str) -> int:
        """Where on the stack the innermost such element is; 0 for nowhere that may be ended."""
        for index in range(len(self.stack) - 1, 0, -1):
            one = self.stack[index]
            if one.origin == origin and one.name == name:
                return index
            if one.origin == "markdown" and origin != "markdown":
                return 0
        return 0

    def cut(self, index: int) -> None:
        """Ends everything from this place of the stack on."""
        for left in self.stack[index + 1 :]:
            self._say_left_open(left)
        while len(self.stack) > index:
            closed = self.stack.pop()
            if closed.name == "p" and closed.node.tag == "p" and closed.node.is_blank():
                _drop(self.here, closed.node)

    def end(self) -> Node:
        """Closes all that is open."""
        for left in self.stack[1:]:
            self._say_left_open(left)
        del self.stack[1:]
        return self.root

    def _say_left_open(self, left: Open) -> None:
        words = _("This is never closed; it was closed with what it stands in.")
        if left.origin == "block":
            self.problems.note(left.line, f"{{% {left.name.removeprefix('%')} %}}", words)
        elif left.origin == "html" and left.name == "details":
            self.problems.note(left.line, "<details>", words)

    def _say_too_much(self) -> None:
        words = _(
            "The page has too many parts, or too many in each other; the rest is plain words."
        )
        self.problems.once(self.line, "…", words)

    # --- Paragraphs, which cannot hold blocks ---------------------------------------------------

    def text(self, text: str) -> None:
        """Puts words here."""
        if self._is_parted and not text.strip():
            return
        self._resume()
        here = self.here
        here.children.append(text if here.tag in _VERBATIM else with_emoji(text))

    def add_inline(self, node: Node) -> None:
        """Puts an element here that stands among words."""
        self._resume()
        self.add(node)

    def open_inline(self, name: str, attributes: dict[str, str] | None = None) -> Node:
        """Begins an element of Markdown that stands among words."""
        self._resume()
        return self.open("markdown", name, attributes)

    def begin_paragraph(self) -> None:
        """From here on words belong to a paragraph."""
        self.open("markdown", "p")
        self._is_in_paragraph = True

    def end_paragraph(self) -> None:
        """The paragraph is over, unless a block ended it before."""
        if not self._is_parted:
            self.close("markdown", "p")
        self._is_in_paragraph = self._is_parted = False

    def leave_paragraph(self) -> None:
        """Before a block: what stood before is a paragraph, what follows may be another."""
        if not self._is_in_paragraph or self._is_parted:
            return
        for index in range(len(self.stack) - 1, 0, -1):
            one = self.stack[index]
            if one.origin == "markdown" and one.name == "p":
                self.cut(index)
                self._is_parted = True
                return
            if one.origin == "markdown" or one.name in APART:
                return

    def _resume(self) -> None:
        """Words that follow a block begin a paragraph again, unless HTML holds them."""
        if self._is_parted and self.stack[-1].origin != "html":
            self._is_parted = False
            self.open("markdown", "p")


def _drop(parent: Node, child: Node) -> None:
    """A paragraph that a block parted may have nothing left in it."""
    if parent.children and parent.children[-1] is child:
        parent.children.pop()
