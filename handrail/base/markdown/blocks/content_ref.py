"""How is a link on a line of its own drawn? As a card that leads to the page.

GitBook: `{% content-ref url="page.md" %}[words](page.md){% endcontent-ref %}`.
"""

import re

from handrail.base.markdown.addresses import clean_address, kind_of
from handrail.base.markdown.blocks.block import Block
from handrail.base.markdown.blocks.embed import ELSEWHERE
from handrail.base.markdown.page import Page
from handrail.base.markdown.tree import Child, Node, icon, made, words

_ENDING = re.compile(r"\.(?:md|markdown|mdx|html?)$", re.IGNORECASE)


def draw(node: Node, page: Page) -> None:
    """Without somewhere to go the words stay."""
    inner = next((link.attributes.get("href", "") for link in node.find("a")), "")
    written = node.attributes.get("url") or inner
    text = title_of(written, words(node))
    found = page.link(written, node.line)
    if found is None:
        node.become("p", {}, [text])
        return
    about = {"class": "card-link", "href": found}
    if kind_of(clean_address(found)) == "site":
        about |= ELSEWHERE
    face: list[Child] = [icon("arrow-right"), made("span", {"class": "card-title"}, [text])]
    node.become("p", {"class": "card-line"}, [made("a", about, face)])


def title_of(address: str, text: str) -> str:
    """GitBook writes the file's name where it means the page's title: `set-up.md` is “Set up”."""
    path = address.partition("#")[0].rstrip("/")
    name = path.rpartition("/")[2]
    if text and text not in (name, address, ".", ".."):
        return text
    if name.lower() in ("readme.md", "index.md"):
        name = path.rpartition("/")[0].rpartition("/")[2]
    plain = " ".join(re.split(r"[-_]+", _ENDING.sub("", name))).strip(" .")
    return plain[:1].upper() + plain[1:] or text or address


CONTENT_REF = Block("content-ref", draw)
