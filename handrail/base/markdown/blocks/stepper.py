"""How are steps drawn? As an ordered list; the numbers on their line come from the stylesheet.

GitBook: `{% stepper %}{% step %} … {% endstep %}{% endstepper %}`. A step most often begins with a
heading.
"""

from django.utils.translation import gettext as _

from handrail.base.markdown.blocks.block import Block
from handrail.base.markdown.page import Page
from handrail.base.markdown.tree import Child, Node, says_something


def draw(node: Node, page: Page) -> None:
    """What stands between two steps belongs to the one before it."""
    steps: list[Child] = []
    for child in node.children:
        if isinstance(child, Node) and child.tag == "%step":
            steps.append(_step(child))
        elif says_something(child):
            if not steps:
                steps.append(_step(Node("%step")))
            last = steps[-1]
            assert isinstance(last, Node)  # noqa: S101 - only steps are in there
            last.children.append(child)
    if not steps:
        page.problems.note(node.line, "{% stepper %}", _("There is no step in it."))
    node.become("ol", {"class": "steps"}, steps)


def _step(node: Node) -> Node:
    node.become("li", {"class": "step"})
    return node


def draw_stray(node: Node, page: Page) -> None:
    """A step that is in no stepper is its content."""
    page.problems.note(node.line, "{% step %}", _("This step is in no stepper."))
    node.become("div")


STEPPER = Block("stepper", draw)
STEP = Block("step", draw_stray, within="stepper")
