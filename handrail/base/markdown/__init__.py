"""What does Markdown say? Facts, a page, passages to search, and text for machines.

GitBook's dialect and plain Markdown. Nothing here knows who reads, or keeps anything.
"""

from handrail.base.markdown.addresses import Targets
from handrail.base.markdown.blocks.embed import PLAYERS
from handrail.base.markdown.cleaning import clean
from handrail.base.markdown.headings import Heading
from handrail.base.markdown.machines import to_markdown
from handrail.base.markdown.passages import Passage
from handrail.base.markdown.problems import Problem
from handrail.base.markdown.rendering import Rendered, render
from handrail.base.markdown.source import Source, UnreadableSource, read_source, write_source

__all__ = [
    "PLAYERS",
    "Heading",
    "Passage",
    "Problem",
    "Rendered",
    "Source",
    "Targets",
    "UnreadableSource",
    "clean",
    "read_source",
    "render",
    "to_markdown",
    "write_source",
]
