"""How is a picture drawn? In its line beside words, else as a figure that opens large."""

import re

from django.utils.translation import gettext_noop

from handrail.base.markdown.addresses import clean_address, kind_of
from handrail.base.markdown.blocks.embed import ELSEWHERE
from handrail.base.markdown.page import Page
from handrail.base.markdown.tree import APART, NOTHING, Child, Node, made, words

PICTURE = gettext_noop("Picture")

_SIZE = re.compile(r"\s*(\d{1,4})(?:\.\d+)?(?:px)?\s*$")
_SIZED = {"width", "height", "data-size"}
_ALIGNED = frozenset({"left", "center", "right"})


def draw_paragraph(node: Node, page: Page) -> None:
    """A picture alone in its paragraph is a figure, and its title is the caption."""
    mark_small(node)
    inside = [child for child in node.children if not isinstance(child, str) or child.strip()]
    if len(inside) != 1 or not isinstance(inside[0], Node) or inside[0].tag != "img":
        return
    picture = inside[0]
    if picture.attributes.get("data-size") == "line":
        return
    caption = picture.attributes.pop("title", "")
    node.become("figure", {}, [picture])
    if caption:
        node.children.append(made("figcaption", {}, [caption]))
    draw_figure(node, page)


def mark_small(node: Node) -> None:
    """A picture with words on its line is as high as they are: the icon of a button."""
    last = len(node.children) - 1
    for index, child in enumerate(node.children):
        if not isinstance(child, Node) or child.tag != "img" or _SIZED & child.attributes.keys():
            continue
        before = node.children[index - 1] if index else "\n"
        after = node.children[index + 1] if index < last else "\n"
        if not (_breaks(before, -1) and _breaks(after, 0)):
            child.attributes["data-size"] = "line"


def _breaks(neighbour: Child, end: int) -> bool:
    """Whether a line ends where this neighbour is."""
    if isinstance(neighbour, str):
        return not neighbour.strip() or neighbour.strip(" ")[end] == "\n"
    return isinstance(neighbour, Node) and neighbour.tag in APART | {"br"}


def draw_figure(node: Node, page: Page) -> None:
    """Its pictures open large, unless they are links; a caption without words goes."""
    captions = [child for child in node.elements() if child.tag == "figcaption"]
    for caption in captions:
        if caption.is_blank() or not words(caption):
            node.children.remove(caption)
    said = words(captions[0]) if captions else ""
    for index, child in enumerate(node.children):
        if isinstance(child, Node) and child.tag == "img":
            node.children[index] = _zoomable(child, said, page)
    if node.is_blank():
        node.become(NOTHING, {}, [])
    else:
        node.become("figure", {"class": node.attributes.get("class", "picture-box")})


def _zoomable(picture: Node, said: str, page: Page) -> Node:
    draw_picture(picture, page)
    if picture.tag != "img":
        return picture
    label = picture.attributes["alt"].strip() or said or page.say(PICTURE)
    about = {"class": "zoom", "href": picture.attributes["src"], "aria-label": label}
    return made("a", about, [picture])


def draw_picture(node: Node, page: Page) -> None:
    """A picture that is not here leaves what it would have shown, in words."""
    given = node.attributes
    alt = given.get("alt", "")
    source = page.file(given.get("src", ""), node.line)
    if source is None:
        _draw_missing(node, clean_address(given.get("src", "")), alt.strip(), page)
        return
    about = {"src": source, "alt": alt, "loading": "lazy", "decoding": "async"}
    for side in ("width", "height"):
        if size := _SIZE.match(given.get(side, "")):
            about[side] = size[1]
    if given.get("data-size") == "line":
        about["class"] = "in-line"
    if title := given.get("title", "").strip():
        about["title"] = title
    node.become("img", about)


def _draw_missing(node: Node, address: str, alt: str, page: Page) -> None:
    """A picture of another site can be looked at there: our policy lets none of them in."""
    if kind_of(address) == "site" and address.lower().startswith(("http", "//")):
        node.become("a", {"href": address, **ELSEWHERE}, [alt or page.say(PICTURE)])
    elif alt:
        node.become("span", {"class": "missing"}, [alt])
    else:
        node.become(NOTHING, {}, [])


def draw_frame(node: Node, page: Page) -> None:
    """`<div data-with-frame="true">` and `<div align="…">` say something of the figure in them."""
    given = node.attributes
    classes = ["picture-box"]
    if given.get("data-with-frame") == "true":
        classes.append("framed")
    if (align := given.get("align", "").lower()) in _ALIGNED:
        classes.append(align)
    if len(classes) == 1:
        return
    for figure in node.elements():
        if figure.tag == "figure":
            figure.attributes["class"] = " ".join(classes)
        elif figure.tag == "img":
            inner = Node("img", figure.attributes, line=figure.line)
            figure.tag, figure.attributes = "figure", {"class": " ".join(classes)}
            figure.children = [inner]
    node.become("div", {"class": "centred"} if "center" in classes else {})
