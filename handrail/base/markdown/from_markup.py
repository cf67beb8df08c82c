"""How does HTML come into the tree? Known elements as they are, of others the words."""

from django.utils.translation import gettext as _

from handrail.base.markdown.markup import (
    EVERYWHERE,
    IMPLIED_ENDS,
    KNOWN,
    NEED_NO_END,
    REMOVED,
    SAME,
    UNWRAPPED,
    Part,
    is_placeholder,
    read_markup,
    runs,
)
from handrail.base.markdown.tree import APART, VOID, Node
from handrail.base.markdown.tree_building import TreeBuilding

_TABLE_PARTS = frozenset({"table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "dl"})
"""Elements between whose parts there are no words."""

_WORDS_KEPT = frozenset({"video", "audio", "iframe", "embed"})
"""What plays something leads there instead."""


def add_markup(building: TreeBuilding, source: str) -> None:
    """Adds some HTML, which need not be whole: it may begin in one token and end in another."""
    first_line = building.line
    line_end = 0
    for part in read_markup(source):
        building.line += source.count("\n", line_end, part.offset)
        line_end = part.offset
        if part.kind == "words":
            _add_words(building, part.value)
        elif part.kind == "start":
            _start(building, part)
        else:
            _end(building, part.value.lower())
    building.line = first_line + source.count("\n")


def _add_words(building: TreeBuilding, words: str) -> None:
    if words.strip() or building.here.tag not in _TABLE_PARTS:
        building.text(words)


def _start(building: TreeBuilding, part: Part) -> None:
    name = SAME.get(part.value.lower(), part.value.lower())
    if name in ("script", "style") or runs(part.attributes):
        words = _("Programs and styles are taken out.")
        building.problems.note(building.line, f"<{name}>", words)
    if name in _WORDS_KEPT:
        _add_player(building, part)
    elif name in REMOVED:
        _start_removed(building, part, name)
    elif name in KNOWN:
        _start_known(building, part, name)
    elif name not in UNWRAPPED:
        _say_unknown(building, part)


def _start_known(building: TreeBuilding, part: Part, name: str) -> None:
    kept = KNOWN[name] | EVERYWHERE
    given = {key: value for key, value in part.attributes.items() if key in kept}
    if name in APART:
        building.leave_paragraph()
    _end_implied(building, name)
    if name in VOID:
        building.add_inline(Node(name, given)) if name != "hr" else building.add(Node(name, given))
    else:
        building.open("html", name, given)


def _end_implied(building: TreeBuilding, name: str) -> None:
    """`<li>` ends the `<li>` before it, and a block ends a `<p>`."""
    closers, bounds = IMPLIED_ENDS.get(name, (frozenset({"p"}), frozenset[str]()))
    if name not in IMPLIED_ENDS and name not in APART:
        return
    for index in range(len(building.stack) - 1, 0, -1):
        one = building.stack[index]
        if one.origin != "html" or one.name in bounds:
            return
        if one.name in closers:
            building.cut(index)
            return
        if one.name not in NEED_NO_END:
            return


def _end(building: TreeBuilding, name: str) -> None:
    name = SAME.get(name, name)
    if name in VOID or (name not in KNOWN and name not in REMOVED):
        return
    if name in APART:
        building.leave_paragraph()
    building.close("html", name)


def _start_removed(building: TreeBuilding, part: Part, name: str) -> None:
    """It stays on the stack until its end, so that its words can be left out with it."""
    if part.source.endswith("/>") or name in (
        "base",
        "input",
        "link",
        "meta",
        "param",
        "track",
        "frame",
    ):
        return
    building.open("html", name, {"is-removed": ""})


def _add_player(building: TreeBuilding, part: Part) -> None:
    address = part.attributes.get("src", "")
    if address:
        building.leave_paragraph()
        building.add(Node("%embed", {"url": address, "title": part.attributes.get("title", "")}))


def _say_unknown(building: TreeBuilding, part: Part) -> None:
    if is_placeholder(part):
        building.text(part.source)
        words = _("This is no element of HTML; it is shown as it is written.")
    else:
        words = _("This is no element of HTML; what is inside of it is shown.")
    building.problems.note(building.line, part.source, words)
