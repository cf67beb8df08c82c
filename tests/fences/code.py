"""What have we written? Our own files, read and parsed once."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ("handrail", "tests", "tools")


@dataclass(frozen=True)
class Source:
    """One Python file. `path` is written from the project's root on, with slashes."""

    path: str
    tree: ast.Module
    lines: int

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def is_test(self) -> bool:
        return "tests" in self.path.split("/") or self.name == "conftest.py"

    @property
    def is_migration(self) -> bool:
        return "/migrations/" in self.path


def parsed(path: str, text: str) -> Source:
    tree = ast.parse(text)
    for parent in ast.walk(tree):
        for child in ast.iter_child_nodes(parent):
            child.parent = parent  # type: ignore[attr-defined]
    return Source(path, tree, len(text.splitlines()))


def parent(node: ast.AST) -> ast.AST | None:
    """What a node stands in; none around the module."""
    return getattr(node, "parent", None)


@cache
def sources() -> list[Source]:
    """Every Python file of the package, its tests and its tools."""
    return [parsed(path, (ROOT / path).read_text()) for path in sorted(_files(".py"))]


def product() -> list[Source]:
    """The package alone: neither tests nor migrations."""
    return [
        source
        for source in sources()
        if source.path.startswith("handrail/") and not (source.is_test or source.is_migration)
    ]


@cache
def templates() -> dict[str, str]:
    """The text of every template by path: pages and letters."""
    found = {}
    for ending in (".html", ".txt"):
        for path in _files(ending):
            if "/templates/" in path:
                found[path] = (ROOT / path).read_text()
    return found


def files() -> list[str]:
    """The path of every file that is ours, of whatever kind."""
    return sorted(_files(""))


def _files(ending: str) -> Iterator[str]:
    for top in OURS:
        for path in (ROOT / top).rglob(f"*{ending}"):
            parts = path.relative_to(ROOT).parts
            if path.is_file() and not {"__pycache__", "vendor", "node_modules"} & set(parts):
                yield "/".join(parts)
