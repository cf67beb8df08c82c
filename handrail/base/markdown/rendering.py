"""How does Markdown become a page? Tokens, a tree, blocks that are drawn, and clean HTML."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from handrail.base.markdown.addresses import NoTargets, Targets
from handrail.base.markdown.blocks import BLOCKS
from handrail.base.markdown.blocks.block import Draw
from handrail.base.markdown.caps import MOST_CHARACTERS
from handrail.base.markdown.cleaning import clean
from handrail.base.markdown.elements import ELEMENTS
from handrail.base.markdown.from_tokens import build_tree
from handrail.base.markdown.headings import Heading, add_links, name_headings, take_title
from handrail.base.markdown.page import Page
from handrail.base.markdown.parsing import parse
from handrail.base.markdown.passages import Passage, cut_passages, summarise
from handrail.base.markdown.problems import Problem, Problems
from handrail.base.markdown.tree import Node, to_html

_DRAW: dict[str, Draw] = {f"%{name}": block.draw for name, block in BLOCKS.items()} | ELEMENTS


@dataclass(frozen=True)
class Rendered:
    """A page, ready to be kept.

    `html` is shown by the prose tag, and has no title: its frame shows `title`. `links` and `files`
    are the addresses in the source that lead to pages, here or elsewhere, and to files.
    """

    html: str
    title: str
    summary: str
    outline: tuple[Heading, ...]
    passages: tuple[Passage, ...]
    links: tuple[str, ...]
    files: tuple[str, ...]
    problems: tuple[Problem, ...]


def render(
    body: str,
    *,
    targets: Targets | None = None,
    language: str | None = None,
    first_line: int = 1,
) -> Rendered:
    """Draws a page. Never raises for what is written in it: what cannot be drawn is a problem.

    `language` is that of the page, for the few words of ours in it; problems are in the active one.
    `first_line` is where the body begins in its file. About 5 ms for a page of 500 words.
    """
    problems = Problems(first_line)
    body = _within_limits(body, problems)
    root = build_tree(parse(body, problems), problems)
    page = Page(problems, targets or NoTargets(), language)
    title = take_title(root)
    outline = name_headings(root, page)
    _draw(root, page)
    passages = cut_passages(root, title, outline)
    summary = summarise(root)
    add_links(root)
    return Rendered(
        clean(to_html(root)),
        title,
        summary,
        outline,
        passages,
        tuple(page.links),
        tuple(page.files),
        problems.all(),
    )


def _within_limits(body: str, problems: Problems) -> str:
    if len(body) <= MOST_CHARACTERS:
        return body
    kept = body[:MOST_CHARACTERS].rpartition("\n")[0] or body[:MOST_CHARACTERS]
    words = _("The page is too long to be shown as a whole; from here on it is left out.")
    problems.note(kept.count("\n"), "…", words)
    return kept


def _draw(node: Node, page: Page) -> None:
    """Draws what is in an element, from the outside to the inside."""
    node.children = [
        child
        for child in node.children
        if not (isinstance(child, Node) and "is-removed" in child.attributes)
    ]
    for child in list(node.elements()):
        draw = None if child.is_drawn else _DRAW.get(child.tag)
        if draw:
            draw(child, page)
            child.is_drawn = True
        _draw(child, page)
