"""How is a link drawn? As one that leads somewhere; without somewhere to go its words stay.

GitBook's buttons are links of the class `button`; `<a id="x"></a>` is a place and no link.
"""

from handrail.base.markdown.addresses import clean_address, kind_of
from handrail.base.markdown.blocks.content_ref import title_of
from handrail.base.markdown.blocks.embed import ELSEWHERE
from handrail.base.markdown.icons import icon_named
from handrail.base.markdown.page import Page
from handrail.base.markdown.tree import Node, icon, words


def draw_link(node: Node, page: Page) -> None:
    """A name of its own is taken for it, wherever it leads."""
    given = node.attributes
    place = {"id": page.anchors.take(given["id"])} if given.get("id") else {}
    if "href" not in given:
        node.become("span", place)
        return
    found = page.link(given["href"], node.line)
    if given.get("title") == "mention":
        node.children = [title_of(given["href"], words(node))]
    if found is None:
        node.become("span", place)
        return
    about = {"href": found} | place
    if kind_of(clean_address(found)) == "site" and not found.startswith(("mailto:", "tel:")):
        about |= ELSEWHERE
    if given.get("title") not in (None, "mention", ""):
        about["title"] = given["title"]
    classes = given.get("class", "").split()
    if "button" in classes:
        about["class"] = "button primary" if "primary" in classes else "button"
        if drawing := icon_named(given.get("data-icon", "")):
            node.children.insert(0, icon(drawing))
    node.become("a", about)
