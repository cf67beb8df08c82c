"""How is `<i class="fa-…">:name:</i>` drawn? As our icon of that meaning, or not at all.

The words inside are GitBook's stand-in for readers without the font, and go with it. `<i>` without
such a class is what it is in HTML.
"""

import re

from handrail.base.markdown.icons import icon_of_class
from handrail.base.markdown.page import Page
from handrail.base.markdown.tree import Node, made, words

_NAME = re.compile(r":[\w-]+:")


def draw_icon(node: Node, page: Page) -> None:
    """An unknown icon leaves its place empty; words that are no name of it stay."""
    name = icon_of_class(node.attributes.get("class", ""))
    if name == "":
        node.become("em")
        return
    inner = words(node)
    rest = [] if not inner or _NAME.fullmatch(inner) else node.children
    if name is None:
        node.become("span", {}, rest)
    elif rest:
        node.become("span", {}, [made("i", {"data-icon": name}), *rest])
    else:
        node.become("i", {"data-icon": name}, [])
