"""How are tasks and things to unfold drawn?"""

from django.utils.translation import gettext_noop

from handrail.base.markdown.elements.picture import mark_small
from handrail.base.markdown.page import Page
from handrail.base.markdown.tree import Child, Node, icon, made

DONE = gettext_noop("Done:")
TO_DO = gettext_noop("To do:")
MORE = gettext_noop("More")


def draw_item(node: Node, page: Page) -> None:
    """`- [x]` is drawn as a box; whoever cannot see it hears whether it is done."""
    mark_small(node)
    state = node.attributes.pop("is-done", None)
    if state is None:
        return
    box = icon("square-check" if state == "yes" else "square")
    said = made(
        "span", {"class": "visually-hidden"}, [page.say(DONE if state == "yes" else TO_DO), " "]
    )
    said.is_silent = True
    node.attributes["class"] = "task done" if state == "yes" else "task"
    first = next((child for child in node.elements() if child.tag == "p"), node)
    first.children[:0] = [box, said]


def draw_details(node: Node, page: Page) -> None:
    """What unfolds has a line to press and a body, whatever was written."""
    summary = next((child for child in node.elements() if child.tag == "summary"), None)
    if summary is None or summary.is_blank():
        summary = made("summary", {}, [page.say(MORE)])
    rest: list[Child] = [child for child in node.children if child is not summary]
    rest = [
        child
        for child in rest
        if not (isinstance(child, Node) and child.tag == "summary" and child.is_blank())
    ]
    about = {"class": "unfold"} | ({"open": ""} if "open" in node.attributes else {})
    if "id" in node.attributes:
        about["id"] = page.anchors.take(node.attributes["id"])
    node.become("details", about, [summary, made("div", {"class": "unfold-body"}, rest)])
