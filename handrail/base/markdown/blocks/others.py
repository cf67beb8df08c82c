"""What becomes of blocks that only GitBook can fill? Their content stays, and a line is noted.

`{% include "…" %}` and `{% openapi … %}`, `{% swagger … %}` and their like read what is not in the
page. `{% updates %}` are a list of dated notes and need nothing but their dates.
"""

from django.utils.translation import gettext as _

from handrail.base.markdown.blocks.block import Block
from handrail.base.markdown.page import Page
from handrail.base.markdown.tree import Child, Node, made


def draw_include(node: Node, page: Page) -> None:
    """What is included is in another file of the source."""
    words = _("Text of another file belongs here; it was left out.")
    page.problems.note(node.line, "{% include %}", words)
    node.become("div", children=[])


def draw_interface(node: Node, page: Page) -> None:
    """The method and path of an interface that GitBook would describe from its specification."""
    words = _("A description of an interface belongs here; its address and words are shown.")
    page.problems.note(node.line, f"{{% {node.tag.removeprefix('%')} %}}", words)
    given = node.attributes
    path = " ".join(filter(None, (given.get("method", "").upper(), given.get("path", ""))))
    line: list[Child] = [made("p", {}, [made("code", {}, [path])])] if path else []
    node.become("div", {}, [*line, *node.children])


def draw_update(node: Node, page: Page) -> None:
    """A dated note: its date before its content."""
    line = " · ".join(
        filter(None, (node.attributes.get("date", ""), node.attributes.get("tags", "")))
    )
    heading: list[Child] = [made("p", {"class": "tab-title"}, [line])] if line else []
    node.become("div", {}, [*heading, *node.children])


def draw_content(node: Node, page: Page) -> None:
    """Its content is all there is to it."""
    node.become("div")


OTHERS = (
    Block("include", draw_include, has_content=False),
    *(
        Block(name, draw_interface, has_content=False)
        for name in (
            "openapi",
            "openapi-operation",
            "openapi-schemas",
            "openapi-webhook",
            "swagger",
        )
    ),
    Block("updates", draw_content),
    Block("update", draw_update, within="updates"),
)
