"""How is code drawn? Coloured, with what it is called, numbers, and a button that copies it.

GitBook: `{% code title="…" lineNumbers="true" overflow="wrap" %}` around a fence.
"""

from handrail.base.markdown.blocks.block import Block
from handrail.base.markdown.colours import coloured
from handrail.base.markdown.page import Page
from handrail.base.markdown.tree import Node, made

_ABOUT = ("title", "lineNumbers", "overflow")


def draw(node: Node, page: Page) -> None:
    """What the block says is said of the fence in it; all else in it stays as it is."""
    fence = next(node.find("%fence", "pre"), None)
    if fence is not None:
        given = {name: node.attributes[name] for name in _ABOUT if name in node.attributes}
        fence.attributes = given | fence.attributes
    node.become("div")


def draw_fence(node: Node, page: Page) -> None:
    """A piece of code. The line feed at its end is no line of it."""
    code = "".join(child for child in node.children if isinstance(child, str)).removesuffix("\n")
    given = node.attributes
    language = given.get("language", "").lower()
    drawn = made("code", {}, [coloured(code, language, page)])
    classes = ["code"]
    if given.get("overflow", "").lower() == "wrap":
        classes.append("wrapped")
    if given.get("lineNumbers", "false").lower() != "false":
        classes.append("numbered")
    head = made("div", {"class": "code-head"})
    if title := given.get("title", "").strip():
        head.children.append(made("span", {"class": "code-title"}, [title]))
    head.children.append(made("i", {"data-copy-code": ""}, is_silent=True))
    box = made("pre", {"tabindex": "0"}, [drawn])
    node.become("div", {"class": " ".join(classes)}, [head, box])


def draw_pre(node: Node, page: Page) -> None:
    """`<pre>` of GitBook's exports, in which single lines may be marked: the marks are left out."""
    given = node.attributes
    inner = next((child for child in node.elements() if child.tag == "code"), node)
    classes = f"{given.get('class', '')} {inner.attributes.get('class', '')}"
    languages = [
        name.removeprefix(start)
        for name in classes.split()
        for start in ("language-", "lang-")
        if name.startswith(start)
    ]
    about = {
        "language": languages[0] if languages else "",
        "title": given.get("data-title", ""),
        "overflow": given.get("overflow", given.get("data-overflow", "")),
        "lineNumbers": given.get(
            "lineNumbers", "true" if "data-line-numbers" in given else "false"
        ),
    }
    about["title"] = given.get("title", "") or about["title"]
    node.become("%fence", about, [_text(node)])
    draw_fence(node, page)


def _text(node: Node) -> str:
    pieces: list[str] = []
    for child in node.children:
        if isinstance(child, Node):
            pieces.append("\n" if child.tag == "br" else _text(child))
        elif isinstance(child, str):
            pieces.append(child)
    return "".join(pieces).removeprefix("\n")


CODE = Block("code", draw)
