"""Which colour has a piece of code? A dozen classes, which the stylesheet knows."""

from functools import cache, lru_cache
from html import escape
from typing import Any

from handrail.base.markdown.caps import MOST_CODE, MOST_CODE_OF_PAGE
from handrail.base.markdown.page import Page
from handrail.base.markdown.tree import Ready

CLASSES = {
    "Comment": "co",
    "Keyword": "ke",
    "Keyword.Constant": "nu",
    "Literal.Number": "nu",
    "Literal.String": "st",
    "Name.Attribute": "at",
    "Name.Builtin": "bu",
    "Name.Class": "na",
    "Name.Constant": "nu",
    "Name.Decorator": "at",
    "Name.Function": "na",
    "Name.Tag": "ke",
    "Name.Variable": "va",
    "Operator.Word": "ke",
    "Punctuation": "pu",
    "Generic.Deleted": "de",
    "Generic.Inserted": "in",
    "Generic.Heading": "na",
    "Generic.Subheading": "na",
    "Generic.Prompt": "co",
}
"""Pygments' kinds of words and our classes; what is more special has the colour of its kind."""

PLAIN = frozenset({"", "text", "plain", "plaintext", "txt", "none", "output", "mermaid"})


def coloured(code: str, language: str, page: Page) -> Ready:
    """The code as HTML. Unknown languages, long pieces and the rest of a long page stay plain."""
    page.code_used += len(code)
    if language in PLAIN or len(code) > MOST_CODE or page.code_used > MOST_CODE_OF_PAGE:
        return Ready(_plain(code), code)
    lexer = _lexer(language)
    if lexer is None:
        return Ready(_plain(code), code)
    lines = [""]
    for kind, text in lexer.get_tokens(code):
        name = _class_of(kind)
        for index, piece in enumerate(text.split("\n")):
            if index:
                lines.append("")
            if piece:
                lines[-1] += (
                    f'<span class="{name}">{escape(piece)}</span>' if name else escape(piece)
                )
    return Ready(_in_lines(lines, code), code)


def _plain(code: str) -> str:
    return _in_lines([escape(line) for line in code.split("\n")], code)


def _in_lines(lines: list[str], code: str) -> str:
    """Every line in an element of its own, for numbers and for long lines that are broken."""
    count = code.count("\n") + 1
    return "\n".join(f'<span class="code-line">{line}</span>' for line in lines[:count])


@cache
def _class_of(kind: Any) -> str:
    while kind:
        name = CLASSES.get(str(kind).removeprefix("Token."))
        if name:
            return name
        kind = kind.parent
    return ""


@lru_cache(maxsize=256)
def _lexer(language: str) -> Any:
    """Loaded when the first page shows code; None for a language that nobody knows."""
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
