"""How do Markdown's tokens come into the tree?"""

from collections.abc import Sequence
from html import unescape

from markdown_it.token import Token

from handrail.base.markdown.from_markup import add_markup
from handrail.base.markdown.from_tags import add_tag
from handrail.base.markdown.problems import Problems
from handrail.base.markdown.tree import Node
from handrail.base.markdown.tree_building import TreeBuilding

_ALIGNED = "text-align:"


def build_tree(tokens: Sequence[Token], problems: Problems) -> Node:
    """The tree of a page, in which blocks are not drawn yet."""
    building = TreeBuilding(problems)
    is_alert_title = False
    for token in tokens:
        if token.map:
            building.line = token.map[0]
        if token.type in ("alert_title_open", "alert_title_close"):
            is_alert_title = token.nesting == 1
        elif not is_alert_title:  # English, and said by the hint's own label
            _add(building, token)
    return building.end()


def _add(building: TreeBuilding, token: Token) -> None:
    if token.type == "paragraph_open":
        if not token.hidden:
            building.begin_paragraph()
    elif token.type == "paragraph_close":
        if not token.hidden:
            building.end_paragraph()
    elif token.type == "inline":
        for child in token.children or ():
            _add_inline(building, child)
    elif token.nesting == 1:
        building.open("markdown", *_element(token))
    elif token.nesting == -1:
        building.close("markdown", _element(token)[0])
    else:
        _add_block(building, token)


def _add_block(building: TreeBuilding, token: Token) -> None:
    match token.type:
        case "fence" | "code_block":
            language = unescape(token.info).split()[:1]
            given = {"language": language[0]} if language else {}
            building.add(Node("%fence", given, [token.content]))
        case "html_block":
            add_markup(building, token.content)
        case "tag":
            add_tag(building, token.meta["tag"], token.content, is_alone=True)
        case "hr":
            building.add(Node("hr"))
        case "formula_lines":
            building.add(Node("%fence", {"language": "tex"}, [token.content]))
        case "footnote_anchor":
            building.add(Node("%footnote-back", {"to": _reference(token)}))


def _element(token: Token) -> tuple[str, dict[str, str]]:
    """What a token that opens or closes something is called in the tree, and what is said of it."""
    match token.type:
        case "alert_open" | "alert_close":
            return "%alert", {"style": token.info.lower()}
        case "footnote_block_open" | "footnote_block_close":
            return "%footnotes", {}
        case "footnote_open" | "footnote_close":
            return "%footnote", {"number": str((token.meta or {}).get("id", 0) + 1)}
        case "list_item_open" if "checked" in (token.meta or {}):
            return "li", {"is-done": "yes" if token.meta["checked"] else "no"}
        case "ordered_list_open" if "start" in token.attrs:
            return "ol", {"start": str(token.attrs["start"])}
        case "th_open" | "td_open":
            style = str(token.attrs.get("style", ""))
            return token.tag, {"align": style.removeprefix(_ALIGNED)} if style else {}
    return token.tag, {}


def _add_inline(building: TreeBuilding, token: Token) -> None:
    match token.type:
        case "text" | "text_special":
            building.text(token.content)
        case "softbreak":
            building.line += 1
            building.text("\n")
        case "hardbreak":
            building.line += 1
            building.add_inline(Node("br"))
        case "code_inline" | "formula":
            building.add_inline(Node("code", {}, [token.content]))
        case "html_inline":
            add_markup(building, token.content)
        case "image":
            building.add_inline(Node("img", _picture(token)))
        case "tag":
            add_tag(building, token.meta["tag"], token.content, is_alone=False)
        case "footnote_ref":
            building.add_inline(Node("%footnote-ref", {"to": _reference(token)}))
        case "link_open":
            building.open_inline("a", _link(token))
        case _ if token.nesting == 1:
            building.open_inline(token.tag)
        case _ if token.nesting == -1:
            building.close("markdown", token.tag)


def _link(token: Token) -> dict[str, str]:
    given = {"href": str(token.attrs.get("href", ""))}
    if title := token.attrs.get("title"):
        given["title"] = str(title)
    return given


def _picture(token: Token) -> dict[str, str]:
    given = {"src": str(token.attrs.get("src", "")), "alt": _plain(token.children or ())}
    if title := token.attrs.get("title"):
        given["title"] = str(title)
    return given


def _plain(tokens: Sequence[Token]) -> str:
    """The words of a picture's description, without what they are marked with."""
    return "".join(
        "\n" if token.type.endswith("break") else _plain(token.children or ()) or token.content
        for token in tokens
        if token.type != "html_inline"
    )


def _reference(token: Token) -> str:
    """`1` for the first mention of the first note, `1-2` for the second."""
    number, again = token.meta["id"] + 1, token.meta.get("subId", 0)
    return f"{number}-{again + 1}" if again else str(number)
