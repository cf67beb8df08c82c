"""How does the demo's help centre come in? As any tree does; the same again changes nothing."""

from pathlib import Path

from handrail.mediums.docs.importing import FolderTree, Options, Report, import_tree
from handrail.people.models import AccountKind, Audience, AudiencePlan, Plan
from handrail.people.viewer import system_viewer

IMPORTER = system_viewer("demo")


def load_help_centre(content: Path) -> Report | None:
    """Imports the folder `docs` of the demo's content; None where it has none."""
    folder = content / "docs"
    if not folder.is_dir():
        return None
    _load_audiences()
    report = Report()
    return import_tree(IMPORTER, FolderTree(folder, report), report, Options(name="help"))


def _load_audiences() -> None:
    """Whom the demo's pages are for, beside those that every installation has."""
    kinds = [AccountKind.BRAND]
    Audience.objects.get_or_create(
        key="brands", defaults={"name": "Brands of Larkspan", "kinds": kinds}
    )
    enterprise, is_new = Audience.objects.get_or_create(
        key="enterprise", defaults={"name": "Brands on Enterprise", "kinds": kinds}
    )
    if is_new:
        plan = Plan.objects.get(key="enterprise")
        AudiencePlan.objects.create(audience=enterprise, plan=plan)
