"""What is the file of a page called? As it was, or after its address, where it was written here."""

import posixpath
import re
from collections.abc import Iterable

from handrail.mediums.docs.importing.facts import title_of_name
from handrail.mediums.docs.importing.outline import FRONT_PAGES, SUMMARY
from handrail.mediums.docs.importing.trees import fault_of
from handrail.mediums.docs.models import Page, Section
from handrail.mediums.docs.paths import slug_of


def names_of(pages: Iterable[Page], section: Section) -> dict[int, str]:
    """The file of each page that is no group, within the section's folder: no two the same."""
    names: dict[int, str] = {}
    taken: set[str] = set()
    for page in sorted(pages, key=lambda one: (not one.source_path, one.language, one.rank)):
        if page.is_group or is_withdrawn(page):
            continue
        name = page.source_path
        if not name or fault_of(name):
            name = _free(_safe(_own_name(page, section)), taken)
        taken.add(name.casefold())
        names[page.pk] = name
    return names


def is_withdrawn(page: Page) -> bool:
    """Whether its file went: it is kept, and leaves with no export."""
    return bool(page.source_path) and not (page.source_hash or page.is_published or page.is_group)


def slug_of_file(path: str, language: str) -> str:
    """`payments/01-invoices.md` is `invoices`, `payments/README.md` is `payments`.

    The page of the whole section, `README.md`, has none: it is at the section's own address.
    """
    folder, name = posixpath.split(path.removeprefix(f"{language}/"))
    if name.lower() in FRONT_PAGES:
        if not folder:
            return ""
        name = posixpath.basename(folder)
    return slug_of(title_of_name(name))


def _own_name(page: Page, section: Section) -> str:
    name = f"{page.path}.md" if page.path else "README.md"
    return name if page.language == section.language else f"{page.language}/{name}"


def _safe(path: str) -> str:
    """A name that no system misunderstands, and that an import takes for a page of its own."""
    folder, name = posixpath.split(path)
    if fault_of(path):
        parts = [slug_of(part) for part in re.split(r"[/\\]", path.removesuffix(".md"))]
        return "/".join(parts)[:300].strip("/") + ".md"
    is_front = name.lower() in FRONT_PAGES and name != "README.md"
    is_taken = is_front or name.lower() == SUMMARY.lower() or name.startswith(".")
    return posixpath.join(folder, f"{name[:-3].lstrip('.')}-page.md") if is_taken else path


def _free(path: str, taken: set[str]) -> str:
    """Another name where this one is taken; on many disks `A.md` and `a.md` are one file."""
    if path.casefold() not in taken:
        return path
    stem = path.removesuffix(".md")
    number = next(n for n in range(2, len(taken) + 3) if f"{stem}-{n}.md".casefold() not in taken)
    return f"{stem}-{number}.md"
