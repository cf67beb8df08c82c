"""How do GitBook's tags come into the tree? Known ones open and close blocks, others are told."""

from django.utils.translation import gettext as _

from handrail.base.markdown.blocks import BLOCKS
from handrail.base.markdown.tags import Tag
from handrail.base.markdown.tree import Node
from handrail.base.markdown.tree_building import TreeBuilding

_FURTHEST = 40
"""Elements that may stand between a block that can do without its end and that end."""


def add_tag(building: TreeBuilding, tag: Tag, source: str, is_alone: bool) -> None:
    """Adds one tag. `is_alone` says whether it has a line of its own."""
    ended = tag.name.removeprefix("end")
    if tag.name in BLOCKS:
        building.leave_paragraph()
        _start(building, tag)
    elif tag.name.startswith("end") and ended in BLOCKS:
        building.leave_paragraph()
        _end(building, ended)
    elif is_alone or tag.name.startswith("@"):
        building.leave_paragraph()
        _say_unknown(building, tag, source)
    else:
        words = _("This block is not known; it is shown as it is written.")
        building.problems.note(building.line, source, words)
        building.text(source)


def _start(building: TreeBuilding, tag: Tag) -> None:
    block = BLOCKS[tag.name]
    name = f"%{tag.name}"
    if not block.has_content:
        building.add(Node(name, tag.attributes))
        return
    if block.within and (index := building.index_of("block", name)):
        if index > building.index_of("block", f"%{block.within}"):
            building.cut(index)
            words = _("The one before it was never closed; it was closed here.")
            building.problems.note(building.line, f"{{% {tag.name} %}}", words)
    building.open("block", name, tag.attributes)


def _end(building: TreeBuilding, name: str) -> None:
    block = BLOCKS[name]
    found = building.close("block", f"%{name}") if block.has_content else _gather(building, name)
    if not found:
        words = _("There is nothing here that this could close.")
        building.problems.note(building.line, f"{{% end{name} %}}", words)


def _gather(building: TreeBuilding, name: str) -> bool:
    """Puts what stands between `{% embed … %}` and its end, which may be missing, into it."""
    siblings = building.here.children
    for index in range(len(siblings) - 1, max(-1, len(siblings) - _FURTHEST), -1):
        one = siblings[index]
        if isinstance(one, Node) and one.tag == f"%{name}":
            if one.children:
                return False
            one.children = siblings[index + 1 :]
            del siblings[index + 1 :]
            return True
    return False


def _say_unknown(building: TreeBuilding, tag: Tag, source: str) -> None:
    if tag.name.startswith("end"):
        return  # its beginning was told
    if address := tag.attributes.get("url") or tag.attributes.get("src"):
        words = _("This block is not known; a link to what it shows stands in its place.")
        building.add(Node("%embed", {"url": address}))
    else:
        words = _("This block is not known; what is inside of it is shown.")
    building.problems.note(building.line, source, words)
