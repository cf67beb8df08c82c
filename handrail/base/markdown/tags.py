"""Where does a page use GitBook's blocks? Every `{% name key="value" %}` becomes one token.

Tokens are not paired here: a list, a quote or an element of HTML may stand around or between them,
and only the tree (tree_building) knows what encloses what.
"""

import html
import re
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from handrail.base.markdown.caps import MOST_TAG

_HEAD = re.compile(r"\{%-?[ \t]*(@?[A-Za-z][\w./@-]*)")
_ATTRIBUTE = re.compile(
    r"\s*([A-Za-z_][\w:.-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'%]+)))?"
)
_END = re.compile(r"\s*-?%\}")
_MOST_LINES = 8


class Tag(NamedTuple):
    """One `{% … %}`. What an attribute without a value is worth: nothing, an empty string."""

    name: str
    attributes: dict[str, str]
    end: int


def read_tag(text: str, start: int = 0) -> Tag | None:
    """The tag that begins at `start`; None where none does."""
    head = _HEAD.match(text, start)
    if head is None:
        return None
    attributes: dict[str, str] = {}
    position = head.end()
    while (end := _END.match(text, position)) is None:
        attribute = _ATTRIBUTE.match(text, position)
        if attribute is None or attribute.end() == position:
            return _cut_short(text, start, head[1], attributes)
        name, *values = attribute.groups()
        attributes[name] = html.unescape(next((value for value in values if value is not None), ""))
        position = attribute.end()
    if end.end() - start > MOST_TAG:
        return None
    return Tag(head[1], attributes, end.end())


def _cut_short(text: str, start: int, name: str, attributes: dict[str, str]) -> Tag | None:
    """A quote without its end, or signs that belong to no attribute: what was read until then."""
    end = text.find("%}", start, start + MOST_TAG)
    return Tag(name, attributes, end + 2) if end >= 0 else None


def tags_plugin(md: MarkdownIt) -> None:
    """Lets markdown-it know the tags, on lines of their own and within lines."""
    md.block.ruler.before(
        "table", "tag", _tag_line, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    md.inline.ruler.before("escape", "tag", _tag_within)


def _tag_line(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    begin = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("{%", begin) or state.is_code_block(start_line):
        return False
    text = state.src[begin : state.eMarks[start_line]]
    line = start_line + 1
    while "%}" not in text and line < min(end_line, start_line + _MOST_LINES):
        text += "\n" + state.getLines(line, line + 1, state.blkIndent, False)
        line += 1
    tag = read_tag(text)
    if tag is None:
        return False
    if silent:
        return True
    state.line = line
    if text[tag.end :].strip():
        _push_line(state, text, start_line, line)
    else:
        token = state.push("tag", "", 0)
        token.map = [start_line, line]
        token.content = text
        token.meta = {"tag": tag}
    return True


def _push_line(state: StateBlock, text: str, start_line: int, line: int) -> None:
    """Words beside the tag: a paragraph, whose tags part it again."""
    state.push("paragraph_open", "p", 1).map = [start_line, line]
    inline = state.push("inline", "", 0)
    inline.map = [start_line, line]
    inline.content = text.strip()
    inline.children = []
    state.push("paragraph_close", "p", -1)


def _tag_within(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("{%", state.pos):
        return False
    tag = read_tag(state.src, state.pos)
    if tag is None or tag.end > state.posMax:
        return False
    if not silent:
        token = state.push("tag", "", 0)
        token.content = state.src[state.pos : tag.end]
        token.meta = {"tag": tag}
    state.pos = tag.end
    return True
