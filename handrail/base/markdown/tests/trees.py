"""Where do the links of our tests lead? A small tree of pages and files, and a page drawn in it."""

from pathlib import Path
from urllib.parse import quote

from handrail.base.markdown import Rendered, render

EVERYTHING = Path(__file__).parent / "pages" / "everything.md"


class Tree:
    """Pages end with `.md`, files are among the assets; a page called `hidden.md` is for nobody."""

    def page(self, address: str) -> str | None:
        if not address.endswith(".md") or "hidden" in address or ":" in address:
            return None
        return "/docs/" + address.lstrip("./").removesuffix(".md")

    def file(self, address: str) -> str | None:
        name = address.rpartition("/")[2]
        return f"/files/{quote(name)}" if ".gitbook/assets/" in address else None


def drawn(body: str) -> Rendered:
    """A page that must be understood to the last word."""
    rendered = render(body, targets=Tree())
    assert not rendered.problems, rendered.problems
    return rendered


def html_of(body: str) -> str:
    return drawn(body).html


def told(body: str) -> list[tuple[int, str]]:
    """Line and construct of every problem of a page."""
    return [(found.line, found.construct) for found in render(body, targets=Tree()).problems]
