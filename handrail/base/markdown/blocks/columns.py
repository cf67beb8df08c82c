"""How are columns drawn? Beside each other where there is room, else below each other.

GitBook: `{% columns %}{% column width="50%" %} … {% endcolumn %}{% endcolumns %}`. Widths are taken
in twelfths, since no page may say in a style how wide something is.
"""

import re

from django.utils.translation import gettext as _

from handrail.base.markdown.blocks.block import Block
from handrail.base.markdown.page import Page
from handrail.base.markdown.tree import Child, Node, says_something

_PERCENT = re.compile(r"\s*(\d{1,3})(?:\.\d{1,20})?\s*%\s*$")


def draw(node: Node, page: Page) -> None:
    """What stands between two columns belongs to the one before it."""
    columns: list[Child] = []
    last = node
    for child in node.children:
        if isinstance(child, Node) and child.tag == "%column":
            child.become("div", {"class": " ".join(["column", *_width(child)])})
            columns.append(child)
            last = child
        elif last is not node:
            last.children.append(child)
        elif says_something(child):
            columns.append(child)
    if last is node:
        page.problems.note(node.line, "{% columns %}", _("There is no column in it."))
    node.become("div", {"class": "columns"}, columns)


def _width(column: Node) -> list[str]:
    percent = _PERCENT.match(column.attributes.get("width", ""))
    if percent is None:
        return []
    return [f"span-{min(max(round(int(percent[1]) * 12 / 100), 2), 10)}"]


def draw_stray(node: Node, page: Page) -> None:
    """A column that is in no columns is its content."""
    page.problems.note(node.line, "{% column %}", _("This column is in no columns."))
    node.become("div")


COLUMNS = Block("columns", draw)
COLUMN = Block("column", draw_stray, within="columns")
