"""How does a tree of Markdown files become help pages, again and again?

    report = Report()
    import_tree(viewer, FolderTree(Path("help"), report), report, Options(section="brand"))

All is read, compared and drawn before anything is written; then all is written in one transaction,
so that readers have either the old pages or the new ones. About ten seconds for a thousand pages.
"""

from dataclasses import replace
from itertools import count

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from handrail.mediums.docs.access import EDIT
from handrail.mediums.docs.actions import runs, taking_in
from handrail.mediums.docs.actions.sections import RESERVED
from handrail.mediums.docs.importing.matching import Known
from handrail.mediums.docs.importing.options import Options
from handrail.mediums.docs.importing.outline import Node
from handrail.mediums.docs.importing.parts import Part, find_parts, title_of
from handrail.mediums.docs.importing.planning import Planner, SectionPlan
from handrail.mediums.docs.importing.redrawing import Drawing
from handrail.mediums.docs.importing.report import Report
from handrail.mediums.docs.importing.taking_files import FileTaker
from handrail.mediums.docs.importing.trees import FolderTree, Tree
from handrail.mediums.docs.models import Section
from handrail.mediums.docs.paths import LANGUAGE
from handrail.people.models import Audience
from handrail.people.viewer import Viewer

__all__ = ["FolderTree", "Options", "Refused", "Report", "Tree", "import_tree"]

ATTEMPTS = 3
"""Somebody may publish a page while a tree is read: then it is read again."""

Outlines = list[tuple[str, list[Node]]]


class Refused(ValidationError):
    """Nothing was imported, since what the import was told cannot be."""


def import_tree(viewer: Viewer, tree: Tree, report: Report, options: Options) -> Report:
    """Brings the pages to where the tree is, and keeps what there is to say about it.

    Returns the report, which begins with what `report` holds of the tree itself. Raises Refused,
    and whatever stops it; the database is as before then, and the run says why.
    """
    viewer.require(EDIT)
    options = replace(options, audiences={one.key: one for one in Audience.objects.all()})
    if options.audience and options.audience not in options.audiences:
        raise Refused(_("There is no audience “%(key)s”.") % {"key": options.audience})
    run = None if options.dry_run else runs.begin(viewer, options.source)
    try:
        for attempt in range(1, ATTEMPTS + 1):
            fresh = Report(findings=list(report.findings))
            try:
                return _attempt(viewer, tree, fresh, options, run)
            except taking_in.Overtaken:
                if attempt == ATTEMPTS:
                    raise
        raise AssertionError("not reached")
    except Exception as error:
        if run is not None:
            runs.fail(viewer, run, _reason(error))
        raise


def _attempt(
    viewer: Viewer, tree: Tree, report: Report, options: Options, run: "runs.ImportRun | None"
) -> Report:
    parts = find_parts(tree, report, section=options.section, name=options.name)
    begun = [_begin(viewer, part, options) for part in parts]
    total = sum(
        len([one for _code, top in outlines for first in top for one in first.walk() if one.file])
        for _known, outlines in begun
    )
    told, number = options.progress("Files read", max(1, total)), count(1)
    plans: list[tuple[SectionPlan, FileTaker]] = []
    for part, (known, outlines) in zip(parts, begun, strict=True):
        planner = Planner(known, part, options, lambda: told(next(number)))
        plan = planner.make(outlines)
        taker = FileTaker(viewer, plan.section, part)
        taker.take_all()
        plans.append((plan, taker))
    drawing = Drawing(viewer, plans, options)
    drawing.draw()
    report.counts["assets"] = sum(len(one.new) + len(one.changed) for _plan, one in plans)
    report.carry_over(runs.last_problems(viewer, options.source))
    if run is not None:
        taking_in.take_in(viewer, plans, drawing, options, report, run)
    return report


def _begin(viewer: Viewer, part: Part, options: Options) -> tuple[Known, Outlines]:
    """The section as it is, or as it will be made, and the order of its pages."""
    section = Section.objects.visible_to(viewer).filter(slug=part.slug).first()
    if section is None and part.slug in RESERVED:
        raise Refused(_("No section can be called “%(slug)s”.") % {"slug": part.slug})
    language = options.language or str(part.front.get("language") or "en")
    if section is not None and options.language not in ("", section.language):
        words = _("The section's own language is %(own)s: put the pages into a folder “%(other)s”.")
        raise Refused(words % {"own": section.language, "other": options.language})
    if not LANGUAGE.fullmatch(language) or len(language) > 35:
        raise Refused(_("“%(code)s” is no code of a language.") % {"code": language[:40]})
    made = Section(
        slug=part.slug,
        title=title_of(part),
        description=str(part.front.get("description") or "")[:300],
        icon=str(part.front.get("icon") or "")[:40],
        language=language,
    )
    known = Known(viewer, section, made)
    return known, part.outlines(known.section.language)


def _reason(error: Exception) -> str:
    """For whoever reads the report: our own words, or the name of what went wrong."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return _("Something went wrong here (%(kind)s).") % {"kind": type(error).__name__}
