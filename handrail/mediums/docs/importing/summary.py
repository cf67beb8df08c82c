"""In which order are the pages of a section? SUMMARY.md, as GitBook reads and writes it.

    # Table of contents

    * [Overview](README.md)

    ## Payments

    * [Invoices](payments/invoices.md)
      * [Read an invoice](payments/read.md)

A heading begins a group, a line of dashes ends it, and an item without a link is a group as well.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from django.utils.translation import gettext as _

Note = Callable[[int, str, str], None]
"""Takes a line, a construct and words."""

MOST_ITEMS = 20_000
DEEPEST_ITEM = 40
LONGEST_TITLE = 200
LONGEST_LINE = 2000
"""More than a title and a path of their full lengths: what is longer is no item."""

_ITEM = re.compile(r"(?P<indent>[ \t]*)[*+-][ \t]+(?P<rest>\S.*)$")
_LINK = re.compile(
    r"\[(?P<title>(?:\\.|[^\]\\])*)\]"
    r"\([ \t]*(?:<(?P<angled>[^<>]*)>|(?P<bare>(?:\\.|[^\s()\\]|\([^\s()]*\))*))"
    r"(?:[ \t]+[\"'].*[\"'])?[ \t]*\)[ \t]*$"
)
_HEADING = re.compile(r"[ ]{0,3}(?P<level>#{1,6})[ \t]+(?P<words>.*)$")
_DASHES = re.compile(r"[ ]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


@dataclass
class Item:
    """A line of the table of contents. Without an `address` it is a group."""

    title: str
    address: str = ""
    """As it is written, `%20` undone: relative to SUMMARY.md."""
    line: int = 0
    children: list["Item"] = field(default_factory=list)


def read_summary(text: str, note: Note) -> list[Item]:
    """The items with those below them; a line that is none of these is noted and passed over."""
    top: list[Item] = []
    here = top
    open_items: list[tuple[int, Item]] = []
    count = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("<!--"):
            continue
        if len(line) > LONGEST_LINE:
            note(number, line[:20], _("This line is too long; it was passed over."))
            continue
        if _DASHES.match(line):
            here, open_items = top, []
        elif heading := _HEADING.match(line):
            if len(heading["level"]) > 1:
                words = re.sub(r"[ \t]#+$", "", heading["words"].rstrip())
                group = Item(_plain(words), line=number)
                top.append(group)
                here, open_items = group.children, []
        elif (found := _ITEM.match(line)) is None:
            note(number, line.strip(), _("This line is no item of a list; it was passed over."))
        elif (count := count + 1) > MOST_ITEMS:
            note(number, "", _("There are too many items; the rest was left out."))
            break
        elif item := _read_item(found["rest"], number, note):
            _hang(item, len(found["indent"].expandtabs(4)), here, open_items)
    return top


def write_summary(items: Iterable[Item]) -> str:
    """The text that `read_summary` reads as these. Groups at the top are headings."""
    return "\n".join(["# Table of contents", "", *_lines(list(items))]) + "\n"


def _read_item(rest: str, number: int, note: Note) -> Item | None:
    link = _LINK.match(rest)
    if link is None:
        return Item(_plain(rest), line=number)
    address = _ESCAPED.sub(r"\1", link["angled"] if link["angled"] is not None else link["bare"])
    if _ELSEWHERE.match(address):
        note(number, address, _("A link to another site is no page; it was left out."))
        return None
    return Item(_plain(link["title"]), unquote(address), number)


def _hang(item: Item, indent: int, top: list[Item], open_items: list[tuple[int, Item]]) -> None:
    """Below the nearest item that stands further left."""
    while open_items and (open_items[-1][0] >= indent or len(open_items) >= DEEPEST_ITEM):
        open_items.pop()
    (open_items[-1][1].children if open_items else top).append(item)
    open_items.append((indent, item))


def _plain(words: str) -> str:
    """A title without the marks of emphasis and code around its words."""
    text = re.sub(r"(?<!\\)(\*\*|__|`)(?=\S)(.+?)(?<=\S)(?<!\\)\1", r"\2", words.strip())
    return _ESCAPED.sub(r"\1", text)[:LONGEST_TITLE].strip()


def _lines(items: list[Item]) -> Iterator[str]:
    """A page at the top that follows a group needs the dashes; an empty line parts the others."""
    before = ""
    for item in items:
        kind = "page" if item.address else "group"
        if before and (before, kind) != ("page", "page"):
            yield ""
        if (before, kind) == ("group", "page"):
            yield from ("---", "")
        if kind == "group":
            yield f"## {_escaped(item.title)}"
            yield from [""] if item.children else []
        yield from _nested([item] if item.address else item.children, 0)
        before = kind


def _nested(items: list[Item], depth: int) -> Iterator[str]:
    for item in items:
        words = _escaped(item.title)
        linked = f"[{words}]({_address(item.address)})" if item.address else words
        yield f"{'  ' * depth}* {linked}"
        yield from _nested(item.children, depth + 1)


def _escaped(title: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#])", r"\\\1", " ".join(title.split()))


def _address(path: str) -> str:
    return quote(path, safe="/-._~!$'*+,;=:@&") if path.isascii() else _unspaced(path)


def _unspaced(path: str) -> str:
    """Letters of every script stay readable; what would end the address does not."""
    return re.sub(r"[\s()<>\"\\%#?]", lambda found: quote(found[0]), path)
