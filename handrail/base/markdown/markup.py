"""What does HTML in a page say? Its tags, one after the other, and which of them we know.

This decides how a page looks and reads. That nothing dangerous is left is decided once more, by
another program, at the end (cleaning).
"""

import html
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)>")
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")

EVERYWHERE = frozenset({"dir", "lang", "title"})
_CELL = {"colspan", "rowspan", "align", "width"}
_COLUMN = {"data-hidden", "data-card-target", "data-card-cover", "data-type"}

_PLAIN = (
    "abbr b blockquote br caption cite code dd del dfn div dl dt em figcaption figure hr ins "
    "kbd li mark p pre q rp rt ruby s samp small strong sub summary sup tbody tfoot thead tr "
    "u ul var wbr"
)

KNOWN: dict[str, set[str]] = {
    **{name: set() for name in _PLAIN.split()},
    **{heading: {"id"} for heading in ("h1", "h2", "h3", "h4", "h5", "h6")},
    "a": {"href", "id", "class", "data-icon"},
    "code": {"class"},
    "details": {"open", "id"},
    "div": {"align", "data-with-frame"},
    "i": {"class"},
    "img": {"src", "alt", "width", "height", "data-size"},
    "li": {"value"},
    "ol": {"start", "type", "reversed"},
    "pre": {"class", "data-title", "data-overflow", "data-line-numbers"},
    "table": {"data-view", "data-card-size", "data-header-hidden"},
    "td": _CELL,
    "th": _CELL | _COLUMN,
}
"""The elements that pages may have, and what may be said of each beside `EVERYWHERE`."""

SAME = {"strike": "s", "tt": "code", "acronym": "abbr", "big": "b", "dir": "ul", "menu": "ul"}
"""Old names of what has another name today."""

UNWRAPPED = frozenset(
    "address article aside bdi bdo body button center col colgroup data fieldset font footer form "
    "head header hgroup html label legend main nav picture search section source span time".split()
)
"""Elements that go, while what is inside of them stays; nothing is lost that needs a word."""

REMOVED = frozenset(
    "applet audio base canvas datalist dialog embed frame frameset input link map math meta meter "
    "noembed noframes noscript object option output param plaintext progress script select slot "
    "style svg template textarea title track video xmp".split()
)
"""Elements that go with all that is inside of them."""

IMPLIED_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "tr": (frozenset({"tr"}), frozenset({"table", "thead", "tbody", "tfoot"})),
    **dict.fromkeys(
        ("tbody", "thead", "tfoot"),
        (frozenset({"tbody", "thead", "tfoot"}), frozenset({"table"})),
    ),
    "summary": (frozenset({"summary"}), frozenset({"details"})),
}
"""It ends an open element of the first kind, looking no further than the second."""

NEED_NO_END = frozenset({"p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot"})

_COMPONENT = re.compile(r"[A-Z-]")


class Part(NamedTuple):
    """A piece of HTML: words, a tag that begins, or one that ends."""

    kind: Literal["words", "start", "end"]
    value: str
    attributes: dict[str, str]
    offset: int
    source: str = ""


def read_markup(source: str) -> Iterator[Part]:
    """The pieces of some HTML. Comments are left out; what is no tag is words."""
    position = 0
    while (found := source.find("<", position)) >= 0:
        if found > position:
            yield Part("words", html.unescape(source[position:found]), {}, position)
        tag = _TAG.match(source, found)
        if tag is not None:
            kind: Literal["start", "end"] = "end" if tag[1] else "start"
            given = {} if tag[1] else _attributes(tag[3])
            yield Part(kind, tag[2], given, found, tag[0])
            position = tag.end()
        elif source.startswith(("<!", "<?"), found):
            position = _end_of_comment(source, found)
        else:
            yield Part("words", "<", {}, found)
            position = found + 1
    if position < len(source):
        yield Part("words", html.unescape(source[position:]), {}, position)


def _end_of_comment(source: str, start: int) -> int:
    ending = "-->" if source.startswith("<!--", start) else ">"
    end = source.find(ending, start + 2)
    return end + len(ending) if end >= 0 else len(source)


def _attributes(written: str) -> dict[str, str]:
    """The first of each name counts, as in browsers."""
    given: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(written):
        given.setdefault(name.lower(), html.unescape(next(filter(None, values), "")))
    return given


def is_placeholder(part: Part) -> bool:
    """`<your name>` is a word for the reader to replace; `<Card title=…>` is code of a program."""
    return (
        not part.attributes and not part.source.endswith("/>") and not _COMPONENT.search(part.value)
    )


def runs(attributes: dict[str, str]) -> bool:
    """Whether something here would run as a program, if anybody let it."""
    return any(
        name.startswith("on") or name in ("srcdoc", "formaction") or _is_script(value)
        for name, value in attributes.items()
    )


def _is_script(value: str) -> bool:
    start = re.sub(r"[\x00-\x20]", "", value[:60]).lower()
    return start.startswith(("javascript:", "vbscript:", "data:text", "data:image/svg"))
