"""How is a file drawn? As a card that downloads it, with its caption.

GitBook: `{% file src="…" %}`, then a caption and `{% endfile %}`; of old `caption="…"`.
"""

from urllib.parse import unquote

from handrail.base.markdown.blocks.block import Block
from handrail.base.markdown.page import Page
from handrail.base.markdown.tree import Child, Node, icon, made, words


def draw(node: Node, page: Page) -> None:
    """A file that is not here leaves its name and caption."""
    written = node.attributes.get("src", "")
    name = unquote(written.partition("?")[0].rpartition("/")[2])
    caption = words(node) or node.attributes.get("caption", "").strip()
    face: list[Child] = [made("span", {"class": "card-title"}, [caption or name])]
    if caption and name:
        face += [" ", made("span", {"class": "card-about"}, [name])]
    found = page.file(written, node.line)
    if found is None:
        node.become("p", {"class": "card-line"}, [made("span", {"class": "card-link"}, face)])
        return
    about = {"class": "card-link", "href": found, "download": ""}
    node.become("p", {"class": "card-line"}, [made("a", about, [icon("download"), *face])])


FILE = Block("file", draw, has_content=False)
