"""What do machines get? The same Markdown, with links that lead to the Markdown of other pages.

Code is left as it is, on lines of its own and within lines.
"""

import re

from markdown_it.token import Token

from handrail.base.markdown.addresses import (
    Targets,
    clean_address,
    kind_of,
    looks_like_page,
    part_address,
)
from handrail.base.markdown.caps import MOST_CHARACTERS
from handrail.base.markdown.parsing import parse_blocks

_ADDRESS = r"(?:<(?P<{0}_angled>[^<>\n]*)>|(?P<{0}_bare>(?:\\.|[^\s()<>\\]|\([^\s()]*\))+))"
_PIECES = re.compile(
    r"(?P<code>(?<!`)(?P<ticks>`+)(?!`)(?:[^`]|(?!(?P=ticks)(?!`))`+)*?(?P=ticks)(?!`))"
    r"|(?P<escaped>\\.)"
    r"|(?P<before>\]\(\s*)"
    + _ADDRESS.format("link")
    + r"|(?P<label>^[ ]{0,3}\[[^\]\n^][^\]\n]*\]:[ \t]*)"
    + _ADDRESS.format("definition")
    + r"|(?P<name>\b(?:href|src|url)\s*=\s*)(?P<quote>[\"'])(?P<value>[^\"'\n]*)(?P=quote)",
    re.MULTILINE,
)
"""What may hold an address, and what hides one: code and escaped signs are passed over."""


def to_markdown(body: str, *, targets: Targets) -> str:
    """The body with every link and file at the address that `targets` has for it.

    What leads to nothing that `targets` knows becomes `#`, so that a page tells of no other page
    that its readers may not see. `body` is without front matter, as in `Source.body`.
    """
    body = body[:MOST_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n")
    lines = body.split("\n")
    code = _lines_of_code(parse_blocks(body), len(lines))
    parts: list[str] = []
    run: list[str] = []
    for line, is_code in zip(lines, code, strict=True):
        if is_code or not line.strip():
            _flush(run, parts, targets)
            parts.append(line)
        else:
            run.append(line)
    _flush(run, parts, targets)
    return "\n".join(parts)


def _lines_of_code(tokens: list[Token], count: int) -> list[bool]:
    code = [False] * count
    for token in tokens:
        if token.type in ("fence", "code_block", "formula_lines") and token.map:
            for line in range(token.map[0], min(token.map[1], count)):
                code[line] = True
    return code


def _flush(run: list[str], parts: list[str], targets: Targets) -> None:
    if run:
        parts.append(_PIECES.sub(lambda found: _rewritten(found, targets), "\n".join(run)))
        run.clear()


def _rewritten(found: re.Match[str], targets: Targets) -> str:
    if found["before"] is not None:
        written = found["link_angled"] if found["link_angled"] is not None else found["link_bare"]
        return found["before"] + _bracketed(_resolved(written, targets))
    if found["label"] is not None:
        angled = found["definition_angled"]
        written = angled if angled is not None else found["definition_bare"]
        return found["label"] + _bracketed(_resolved(written, targets))
    if found["name"] is not None:
        resolved = _resolved(found["value"], targets)
        return f"{found['name']}{found['quote']}{resolved}{found['quote']}"
    return found[0]


def _resolved(written: str, targets: Targets) -> str:
    address = clean_address(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", written))
    kind = kind_of(address)
    if kind in ("place", "unsafe") or not address:
        return "#" if kind == "unsafe" else written
    path, place = part_address(address)
    first, second = (
        (targets.page, targets.file) if looks_like_page(path) else (targets.file, targets.page)
    )
    found = first(path) or second(path)
    if found is None:
        return written if kind == "site" else "#"
    return found + place


def _bracketed(address: str) -> str:
    return f"<{address}>" if re.search(r"[\s()<>]", address) else address
