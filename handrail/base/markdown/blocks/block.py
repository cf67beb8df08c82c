"""What is a block to us? A name, whether something stands in it, and how it is drawn."""

from collections.abc import Callable
from dataclasses import dataclass

from handrail.base.markdown.page import Page
from handrail.base.markdown.tree import Node

Draw = Callable[[Node, Page], None]
"""Makes an element of the tree into what browsers know. What is inside is drawn afterwards."""


@dataclass(frozen=True)
class Block:
    """One block of GitBook's: `{% name %}`, with `{% endname %}` where it has content.

    `within` names the block whose part it is. A block without content may still be followed by a
    caption and an end.
    """

    name: str
    draw: Draw
    has_content: bool = True
    within: str = ""
