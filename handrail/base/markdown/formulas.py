"""Where is a formula? Between `$$` and `$$`, in a line or on lines of its own; shown as code."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_SIGN = "$$"


def formulas_plugin(md: MarkdownIt) -> None:
    """One `$` means money here, as on most pages of help."""
    md.block.ruler.before("table", "formula", _lines, {"alt": ["paragraph", "blockquote", "list"]})
    md.inline.ruler.before("escape", "formula", _within)


def _lines(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    if state.is_code_block(start_line) or _text(state, start_line) != _SIGN:
        return False
    if silent:
        return True
    line = start_line + 1
    while line < end_line and _text(state, line) != _SIGN:
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            break
        line += 1
    token = state.push("formula_lines", "", 0)
    token.map = [start_line, line]
    token.content = state.getLines(start_line + 1, line, state.blkIndent, False)
    is_ended = line < end_line and _text(state, line) == _SIGN
    state.line = line + 1 if is_ended else line
    return True


def _text(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()


def _within(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith(_SIGN, state.pos):
        return False
    end = state.src.find(_SIGN, state.pos + 2, state.posMax)
    if end <= state.pos + 2:
        return False
    if not silent:
        state.push("formula", "", 0).content = state.src[state.pos + 2 : end].strip()
    state.pos = end + 2
    return True
