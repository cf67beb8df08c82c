"""How does an address lead to certain words of a page? By their anchor, and by the words.

Two ways, since neither is enough. `?quote=` is read by our own script (static/docs/quote.js), which
marks the words in every browser and in the panel; the server does nothing with it. The text
fragment (`:~:text=`) is the browser's own: without a script, but only at the top of a window.
"""

from collections.abc import Iterable
from urllib.parse import quote, urlencode

from handrail.engines.search.library.blocks import bare

MOST_LINES = 5
LONGEST_LINE = 240
LONGEST_QUERY = 1_500
"""Of the address, encoded: proxies and mail programs cut off at 2,000."""

LONGEST_FRAGMENT = 120
"""Letters of the browser's own: more match less often, since links and code stand in between."""


def at_passage(address: str, anchor: str, lines: Iterable[str]) -> str:
    """The address of a page at a section, with words of it to be marked; none: the section."""
    wanted = _wanted(lines)
    query = f"?{urlencode([('quote', line) for line in wanted])}" if wanted else ""
    here = quote(anchor)
    text = f":~:text={_fragment(wanted[0])}" if wanted else ""
    return f"{address}{query}" + (f"#{here}{text}" if here or text else "")


def _wanted(lines: Iterable[str]) -> list[str]:
    """As many lines as there is room for, each up to a word's end."""
    wanted: list[str] = []
    for line in lines:
        words = _up_to_a_word(bare(line), LONGEST_LINE)
        if len(wanted) == MOST_LINES or not any(map(str.isalnum, words)):
            continue
        while wanted == [] and len(quote(words)) > LONGEST_QUERY:
            words = _up_to_a_word(words, len(words) // 2)
        if len(urlencode([("quote", one) for one in [*wanted, words]])) > LONGEST_QUERY:
            break
        wanted.append(words)
    return wanted


def _up_to_a_word(line: str, most: int) -> str:
    if len(line) <= most:
        return line
    cut = line[:most]
    return cut.rpartition(" ")[0] or cut


def _fragment(line: str) -> str:
    """Percent-encoded, with what has a meaning of its own there: a comma, a dash, an ampersand."""
    cells = line.partition(" | ")[0]  # a row's cells are blocks of their own
    return quote(_up_to_a_word(cells, LONGEST_FRAGMENT), safe="").replace("-", "%2D")
