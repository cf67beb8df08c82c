"""How does the demo's help centre come in, and which of its pages do agents name on tickets?

It comes in as any tree does: the same again changes nothing.
"""

import tomllib
from collections import defaultdict
from pathlib import Path

from handrail.mediums.docs.actions import order_sections
from handrail.mediums.docs.importing import FolderTree, Options, Report, import_tree
from handrail.mediums.docs.models import Page, Section
from handrail.mediums.docs.paths import public_url
from handrail.people.models import AccountKind, Audience, AudiencePlan, Plan
from handrail.people.viewer import system_viewer

IMPORTER = system_viewer("demo")
FOLDER = "docs"

SECTIONS = ("brand", "partner", "other")
"""As readers find them; an import takes them by their names."""

AUDIENCES: dict[str, tuple[str, AccountKind, str]] = {
    "brands": ("Brands of Larkspan", AccountKind.BRAND, ""),
    "partners": ("Partners of Larkspan", AccountKind.PARTNER, ""),
    "enterprise": ("Brands on Enterprise", AccountKind.BRAND, "enterprise"),
}
"""Key, as the pages' front matter says it → name, kind of account, and the plan it is kept to."""


class NamedPages:
    """The pages that agents name on tickets, as `links.toml` in the help centre's folder says."""

    def __init__(self, content: Path) -> None:
        self._of_ticket: dict[tuple[str, str], list[Page]] = defaultdict(list)
        file = content / FOLDER / "links.toml"
        rows = tomllib.loads(file.read_text(encoding="utf-8"))["link"] if file.exists() else []
        for row in rows:
            section, _slash, path = row["page"].partition("/")
            named = Page.objects.visible_to(IMPORTER).published().select_related("section")
            page = named.filter(section__slug=section, source_path=path).first()
            if page is not None:
                self._of_ticket[row["account"], row["subject"]].append(page)

    def linked(self, account: str, subject: str, body: str) -> str:
        """An answer with the addresses of the pages that it names below it, each on its line.

        They are those of the public site, at the hub's own address: they open for whoever gets
        them by mail, and in the panel, where its script leads on within it.
        """
        pages = [page for page in self._of_ticket[account, subject] if page.title in body]
        addresses = "\n".join(public_url(page.section, page) for page in pages)
        return f"{body.strip()}\n\n{addresses}" if addresses else body


def load_help_centre(content: Path) -> Report | None:
    """Imports the folder `docs` of the demo's content; None where it has none."""
    folder = content / FOLDER
    if not folder.is_dir():
        return None
    _load_audiences()
    is_first = not Section.objects.visible_to(IMPORTER).exists()
    report = Report()
    report = import_tree(IMPORTER, FolderTree(folder, report), report, Options(name="help"))
    if is_first:
        sections = list(Section.objects.visible_to(IMPORTER))
        order_sections(IMPORTER, sorted(sections, key=lambda one: SECTIONS.index(one.slug)))
    return report


def _load_audiences() -> None:
    """Whom the demo's pages are for, beside those that every installation has."""
    for key, (name, kind, plan) in AUDIENCES.items():
        audience, is_new = Audience.objects.get_or_create(
            key=key, defaults={"name": name, "kinds": [kind]}
        )
        if is_new and plan:
            AudiencePlan.objects.create(audience=audience, plan=Plan.objects.get(key=plan))
