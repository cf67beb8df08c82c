"""Where does a block of HTML end? At an empty line, as in CommonMark, or at a tag of GitBook's.

GitBook writes `</div>` and `{% endtab %}` on lines that follow each other, and means two things.
"""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, html_block
from markdown_it.rules_block.html_block import HTML_SEQUENCES

_UNTIL_BLANK = [
    (starts.search, ends_paragraph) for starts, _, ends_paragraph in HTML_SEQUENCES[-2:]
]
_UNTIL_MARK = [starts.search for starts, _, _ends in HTML_SEQUENCES[:-2]]
"""Comments, programs and `<pre>` end with a mark of their own, whatever is in them."""


def html_lines_plugin(md: MarkdownIt) -> None:
    """Takes the place of markdown-it's own rule, and asks it for what has an end of its own."""
    md.block.ruler.at("html_block", _html_lines, {"alt": ["paragraph", "reference", "blockquote"]})


def _html_lines(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    text = _text(state, start_line)
    if not text.startswith("<") or state.is_code_block(start_line):
        return False
    if any(starts(text) for starts in _UNTIL_MARK):
        return html_block(state, start_line, end_line, silent)
    ends_paragraph = next((ends for starts, ends in _UNTIL_BLANK if starts(text)), None)
    if ends_paragraph is None:
        return False
    if silent:
        return ends_paragraph
    line = start_line + 1
    while line < end_line and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        if _text(state, line).startswith("{%"):
            break
        line += 1
    state.line = line
    token = state.push("html_block", "", 0)
    token.map = [start_line, line]
    token.content = state.getLines(start_line, line, state.blkIndent, True)
    return True


def _text(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
