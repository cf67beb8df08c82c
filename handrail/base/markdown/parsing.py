"""How does Markdown become tokens? markdown-it with GitHub's extensions and ours, within limits."""

from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from handrail.base.markdown.caps import MOST_BRACKETS, MOST_BRACKETS_OF_PAGE, MOST_LEVELS
from handrail.base.markdown.formulas import formulas_plugin
from handrail.base.markdown.html_lines import html_lines_plugin
from handrail.base.markdown.problems import Problems
from handrail.base.markdown.tags import tags_plugin

_ROOM = 8
"""Levels that markdown-it needs above ours, so that it never drops what is nested too deep."""


def parse(body: str, problems: Problems) -> list[Token]:
    """The tokens of a body, whose lines count from 0."""
    env: dict[str, Any] = {"problems": problems, "brackets": 0}
    return _engine().parse(body, env)


def parse_blocks(body: str) -> list[Token]:
    """Only the blocks, for whoever asks where code begins and ends. Ten times as fast."""
    return _engine(only_blocks=True).parse(body, {"problems": Problems(), "brackets": 0})


@cache
def _engine(only_blocks: bool = False) -> MarkdownIt:
    """Made once: it holds rules alone, and what belongs to a page is in its `env`."""
    options = {
        "html": True,
        "maxNesting": MOST_LEVELS + _ROOM,
        "tasklists": True,
        "alerts": True,
        "strikethrough_single_tilde": True,
    }
    md = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    md.use(gfm_autolink_plugin).use(footnote_plugin, inline=False)
    md.use(tags_plugin).use(formulas_plugin).use(html_lines_plugin)
    md.block.ruler.before("tag", "too_deep", _too_deep)
    md.core.ruler.at("inline", _inline)
    if only_blocks:
        md.core.ruler.enableOnly(["normalize", "block"])
    return md


def _too_deep(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """What is nested too deep goes on as plain words; markdown-it itself would leave it out."""
    if silent or state.level < MOST_LEVELS:
        return False
    words = _("Quotes or lists are nested too deep; what is inside is shown as plain words.")
    state.env["problems"].once(start_line, ">", words)
    state.push("paragraph_open", "p", 1).map = [start_line, end_line]
    token = state.push("inline", "", 0)
    token.map = [start_line, end_line]
    token.children = [_plain(state.getLines(start_line, end_line, state.blkIndent, False))]
    token.meta = {"is_plain": True}
    state.push("paragraph_close", "p", -1)
    state.line = end_line
    return True


def _inline(state: StateCore) -> None:
    """Parses the words of every block, except where that would take out of all proportion."""
    for token in state.tokens:
        if token.type != "inline" or token.meta.get("is_plain"):
            continue
        brackets = token.content.count("[")
        state.env["brackets"] += brackets
        if brackets > MOST_BRACKETS or state.env["brackets"] > MOST_BRACKETS_OF_PAGE:
            words = _("There are too many brackets to look for links; the words are shown plain.")
            state.env["problems"].once(token.map[0] if token.map else 0, "[", words)
            token.children = [_plain(token.content)]
        else:
            token.children = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _plain(text: str) -> Token:
    return Token("text", "", 0, content=text)
