"""How long does a help centre take to come from a folder, on either database?

Two thousand made-up pages with the blocks that help pages have: until readers have them, until they
are found by words, and once more, when nothing has changed. What the model reads comes later, and
nothing waits for it: `bench search` measures that.
"""

import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from handrail.config.bench import library
from handrail.config.bench.process import resident_megabytes
from handrail.config.installation import prepare
from handrail.config.progress import Bar
from handrail.mediums.docs import searching
from handrail.mediums.docs.importing import FolderTree, Options, Report, import_tree
from handrail.mediums.docs.models import Page
from handrail.people.viewer import system_viewer, viewer_for_nobody

PAGES = 2_000
CHAPTERS = 40
SECTIONS = 6
WORDS = 90
"""In a section, as in `bench library`."""

MARK = "kryptonkelp"
"""A word of the last page alone."""

EDITOR = system_viewer("bench")
VISITOR = viewer_for_nobody()


def measure(databases: Sequence[str], say: library.Say) -> list[dict[str, Any]]:
    """A folder of pages into a new installation of each database."""
    with tempfile.TemporaryDirectory(prefix="handrail-bench-") as folder:
        make(Path(folder), PAGES)
        figures = []
        for database in databases:
            with library.installation(database) as installation:
                say(f"{database}: importing")
                figures.append({"database": database, **installation.told("taking", folder)})
        return figures


def take(folder: Path, pid: int) -> dict[str, Any]:
    """Imports the folder into this installation, which must be empty. Seconds of the wall and of
    the CPU of this process."""
    prepare()
    before = resident_megabytes(pid)
    first = _timed(folder)
    began = time.perf_counter()
    found = searching.search(VISITOR, MARK, limit=1)
    searched = time.perf_counter() - began
    if len(found.pages) != 1:
        raise RuntimeError("The last page is not found by its own word.")
    return {
        "pages": Page.objects.visible_to(VISITOR).filter(is_group=False).count(),
        "seconds": first[0],
        "cpu_seconds": first[1],
        "found_seconds": round(searched, 2),
        "again_seconds": _timed(folder)[0],
        "megabytes": round(resident_megabytes(pid) - before),
    }


def _timed(folder: Path) -> tuple[float, float]:
    report = Report()
    options = Options(
        section="made-up", name="made-up", progress=lambda what, total: Bar(sys.stderr, what, total)
    )
    wall, cpu = time.perf_counter(), time.process_time()
    import_tree(EDITOR, FolderTree(folder, report), report, options)
    return round(time.perf_counter() - wall, 2), round(time.process_time() - cpu, 2)


def make(folder: Path, pages: int) -> None:
    """Pages in chapters, each with a table, steps, a hint and a link to the next."""
    some = library.made_up_words(random.Random(5))  # noqa: S311  the same pages every time
    summary = ["# Table of contents", ""]
    for number in range(pages):
        chapter = f"chapter-{number % CHAPTERS}"
        (folder / chapter).mkdir(exist_ok=True)
        path = f"{chapter}/page-{number}.md"
        words = f"{some(12)} {MARK}" if number == pages - 1 else some(12)
        parts = [f"# {some(6)} {number}", words, *(_section(some, at) for at in range(SECTIONS))]
        parts.append(f"[{some(3)}](../chapter-{(number + 1) % CHAPTERS}/page-{number + 1}.md)")
        (folder / path).write_text("\n\n".join(parts) + "\n")
    for at in range(CHAPTERS):
        mine = range(at, pages, CHAPTERS)
        summary += [f"## {some(2)}", ""]
        summary += [f"* [{some(4)}](chapter-{at}/page-{number}.md)" for number in mine]
        summary.append("")
    (folder / "SUMMARY.md").write_text("\n".join(summary))


def _section(some: library.Some, at: int) -> str:
    blocks = [
        f'{{% hint style="info" %}}\n{some(20)}\n{{% endhint %}}',
        "\n".join(f"{step}. {some(9)}" for step in range(1, 6)),
        f"| {some(1)} | {some(1)} |\n|---|---|\n"
        + "\n".join(f"| {some(3)} | {some(6)} |" for _ in "abcd"),
    ]
    return f"## {some(4)}\n\n{some(WORDS)}\n\n{blocks[at % len(blocks)]}"
