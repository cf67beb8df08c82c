"""How does a test make a tree of help pages, and bring it in? By the real import."""

from pathlib import Path
from typing import Any

from handrail.mediums.docs.importing import FolderTree, Options, Report, import_tree
from handrail.mediums.docs.importing.exporting import FolderWriter, export_sections
from handrail.mediums.docs.models import Page, Section
from handrail.people.viewer import system_viewer

IMPORTER = system_viewer("test")

Files = dict[str, str | bytes]


def write(root: Path, files: Files) -> Path:
    """Files by their paths, beside what is there already."""
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def take_in(root: Path, files: Files | None = None, **options: Any) -> Report:
    """Imports a folder, after it has got these files. Without more, all of it is one section."""
    write(root, files or {})
    report = Report()
    given = Options(**{"section": "brand", "name": root.name, **options})
    return import_tree(IMPORTER, FolderTree(root, report), report, given)


def read(root: Path) -> dict[str, bytes]:
    """Every file of a folder by its path."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def export(root: Path, section: str = "") -> dict[str, bytes]:
    """What an export writes into a folder that was not there."""
    rows = Section.objects.filter(slug=section) if section else Section.objects.all()
    export_sections(IMPORTER, rows, FolderWriter(root), is_alone=bool(section))
    return read(root)


def page(path: str, language: str = "en", section: str = "brand") -> Page:
    """The page at an address."""
    return Page.objects.get(section__slug=section, language=language, path=path)


def said(report: Report) -> list[str]:
    """What a report has to say, in one line each."""
    return [f"{one.file}:{one.line} {one.construct} {one.words}" for one in report.findings]
