"""How is a table drawn? In a box that it is moved in when it is wide; as cards where it says so.

GitBook's exports put everything that a table can do into attributes: columns that are hidden, and,
of tables that are drawn as cards, which column holds a card's picture and which its target.
"""

from typing import NamedTuple

from django.utils.translation import gettext_noop

from handrail.base.markdown.addresses import clean_address, kind_of
from handrail.base.markdown.blocks.embed import ELSEWHERE
from handrail.base.markdown.elements.picture import draw_picture
from handrail.base.markdown.page import Page
from handrail.base.markdown.tree import Child, Node, made, words

TABLE = gettext_noop("Table")

_COVERS = ("data-card-cover", "data-card-cover-light")


class Columns(NamedTuple):
    """Which of a table's columns mean something else than what they show."""

    hidden: set[int]
    target: int | None
    cover: int | None


def draw_table(node: Node, page: Page) -> None:
    """Cells and what is in them are drawn after it."""
    rows = list(node.find("tr"))
    columns = _columns(rows[0]) if rows else Columns(set(), None, None)
    if node.attributes.get("data-view") == "cards":
        _draw_cards(node, rows, columns, page)
        return
    for row in rows:
        cells = _cells(row)
        row.children = [cell for index, cell in enumerate(cells) if index not in columns.hidden]
    _tidy_head(node)
    table = made("table", {}, node.children)
    about = {"class": "table-box", "role": "region", "tabindex": "0", "aria-label": page.say(TABLE)}
    node.become("div", about, [table])


def _cells(row: Node) -> list[Node]:
    return [cell for cell in row.elements() if cell.tag in ("td", "th")]


def _columns(head: Node) -> Columns:
    cells = [cell.attributes for cell in _cells(head)]
    hidden = {index for index, given in enumerate(cells) if "data-hidden" in given}
    target = next((index for index, given in enumerate(cells) if "data-card-target" in given), None)
    cover = next(
        (index for index, given in enumerate(cells) if any(name in given for name in _COVERS)), None
    )
    return Columns(hidden, target, cover)


def _tidy_head(table: Node) -> None:
    """A head without a word is no head: GitBook writes one where the table has none."""
    hides_head = table.attributes.get("data-header-hidden", "false") not in ("false",)
    for head in [part for part in table.elements() if part.tag == "thead"]:
        if hides_head or not any(_says_something(cell) for cell in head.find("th", "td")):
            table.children.remove(head)


def _says_something(cell: Node) -> bool:
    return bool(words(cell)) or any(True for _ in cell.find("img", "i"))


def _draw_cards(node: Node, rows: list[Node], columns: Columns, page: Page) -> None:
    """A row is a card: its picture on top, then what it says, all of it leading to its target."""
    shown = [row for row in rows if not any(cell.tag == "th" for cell in row.elements())]
    cards: list[Child] = [_card(_cells(row), columns, page) for row in shown]
    node.become("ul", {"class": "cards"}, cards)


def _card(cells: list[Node], columns: Columns, page: Page) -> Node:
    inside: list[Child] = []
    if columns.cover is not None and columns.cover < len(cells):
        inside.extend(_cover(cells[columns.cover], page))
    shown = [cell for index, cell in enumerate(cells) if index not in columns.hidden]
    lines = [cell for cell in shown if _says_something(cell)]
    found = _target(cells, columns, page)
    for number, cell in enumerate(lines):
        children = cell.children
        if number == 0 and found is not None:
            _unlink(cell)
            away = ELSEWHERE if kind_of(clean_address(found)) == "site" else {}
            children = [made("a", {"class": "card-link", "href": found, **away}, cell.children)]
        name = "card-title" if number == 0 else "card-about"
        inside.append(made("div", {"class": name}, children))
    return made("li", {"class": "card-box"}, inside)


def _target(cells: list[Node], columns: Columns, page: Page) -> str | None:
    if columns.target is None or columns.target >= len(cells):
        return None
    cell = cells[columns.target]
    link = next(cell.find("a"), None)
    written = link.attributes.get("href", "") if link else words(cell)
    return page.link(written, cell.line) if written else None


def _cover(cell: Node, page: Page) -> list[Child]:
    link = next(cell.find("a", "img"), None)
    written = link.attributes.get("href") or link.attributes.get("src") if link else words(cell)
    if not written:
        return []
    picture = Node("img", {"src": written, "alt": ""}, line=cell.line)
    draw_picture(picture, page)
    if picture.tag != "img":
        return []
    picture.attributes["class"] = "card-cover"
    return [picture]


def _unlink(cell: Node) -> None:
    """No link stands in a link."""
    for link in list(cell.find("a")):
        link.become("span")
